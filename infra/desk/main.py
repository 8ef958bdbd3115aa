"""The operator's command. Each subcommand is imported when it is asked for."""

from importlib import import_module

import click

COMMANDS = {
    "act": "desk.act:act",
    "check": "desk.check:check",
    "demo": "desk.demo:demo",
    "deploy": "desk.deploy:deploy",
    "destroy": "desk.destroy:destroy",
    "import": "desk.importing:import_command",
    "keys": "desk.keys:keys",
    "mail-check": "desk.mail_check:mail_check",
    "package": "desk.packaging:package_command",
    "robot": "desk.robot:robot",
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
        try:
            command: click.Command = getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] in _OURS:
                raise
            return _not_installed(name)
        return command


_OURS = ("desk", "chalicelib")
_NOT_INSTALLED = (
    "Needs the developers' tools, which `make run` does not install. `make .venv/.ready` does."
)


def _not_installed(name: str) -> click.Command:
    """What stands for a command whose packages are not there."""

    def tell(**_: object) -> None:
        raise click.ClickException(_NOT_INSTALLED)

    words = click.Argument(["words"], nargs=-1, type=click.UNPROCESSED)
    anything = {"ignore_unknown_options": True}
    return click.Command(name, anything, tell, [words], help=_NOT_INSTALLED)


@click.command(cls=_Commands)
def desk() -> None:
    """Complaint Desk (投诉受理台): run it offline, check a policy, take in a spreadsheet, act."""
