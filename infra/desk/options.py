"""Options that several commands share."""

import os

import click

from chalicelib import locales

stage_option = click.option(
    "--stage", metavar="NAME", help="A deployed stage, with this shell's AWS credentials."
)
needed_stage_option = click.option(
    "--stage", metavar="NAME", required=True, help="The stage, with this shell's AWS credentials."
)
region_option = click.option(
    "--region", metavar="REGION", help="Where the stage stands; as this shell has it unless told."
)
language_option = click.option(
    "--language",
    type=click.Choice(locales.LANGUAGES),
    default=lambda: locales.preferred(os.environ.get("LANG", "")),
    help="Of what is said: zh, or en where LANG says so.",
)
