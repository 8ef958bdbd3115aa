"""Options that several commands share."""

import os

import click

from chalicelib import locales

language_option = click.option(
    "--language",
    type=click.Choice(locales.LANGUAGES),
    default=lambda: locales.preferred(os.environ.get("LANG", "")),
    help="Of what is said: zh, or en where LANG says so.",
)
