"""The operator's command."""

import click

from desk.acting import act
from desk.checking import check
from desk.importing import import_command
from desk.offline.server import serve
from desk.packaging import package_command


@click.group()
def desk() -> None:
    """Complaint Desk (投诉受理台): run it offline, check a policy, take in a spreadsheet, act."""


for command in (serve, check, act, import_command, package_command):
    desk.add_command(command)
