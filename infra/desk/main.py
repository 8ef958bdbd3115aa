"""The operator's command. Each subcommand is imported when it is asked for."""

from importlib import import_module

import click

COMMANDS = {
    "act": "desk.act:act",
    "check": "desk.check:check",
    "demo": "desk.demo:demo",
    "import": "desk.importing:import_command",
    "package": "desk.packaging:package_command",
    "serve": "desk.offline.server:serve",
    "staff": "desk.staff:staff",
    "status": "desk.status:status",
}


class _Commands(click.Group):
    """Finds a command by its name; so that acting never waits for what serving needs."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.command(cls=_Commands)
def desk() -> None:
    """Complaint Desk (投诉受理台): run it offline, check a policy, take in a spreadsheet, act."""
