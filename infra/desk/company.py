"""The company's own files, given from outside the checkout: who it is, and its policy.

`desk package` puts them into the package, and the site is built from the same two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from chalicelib import locales
from chalicelib.domain.policy import Organisation
from chalicelib.policy import load_organisation
from chalicelib.policy.organisation_checks import is_example
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.company_checks import require_sound

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class CompanyFiles:
    """Both files; where one is not given, the one of this checkout."""

    organisation: Path = ORGANISATION
    policy: Path = COMMUNITY

    def check(self, language: str) -> None:
        """Raise ClickException with every fault of either, by file and line."""
        require_sound(self.organisation, language, organisation=True)
        require_sound(self.policy, language, organisation=False)

    def warn(self, language: str) -> None:
        """Say so when the demonstration's company would go in."""
        if is_example(self.read()):
            click.echo(locales.say_desk(language, "company_files.example"), err=True)

    def read(self) -> Organisation:
        """The organisation; the file must be sound."""
        return load_organisation(self.organisation)

    def copy_into(self, folder: Path) -> None:
        """Put both in the place of those in a copy of `functions/chalicelib/policy`."""
        for path, name in ((self.organisation, ORGANISATION.name), (self.policy, COMMUNITY.name)):
            (folder / name).write_bytes(path.read_bytes())


def company_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--organisation` and `--policy`, as every command takes them that builds for a company."""
    organisation = click.option(
        "--organisation",
        type=_FILE,
        default=ORGANISATION,
        help="The company, its communities and departments (the demonstration's unless told).",
    )
    policy = click.option(
        "--policy", type=_FILE, default=COMMUNITY, help="The policy (this checkout's unless told)."
    )
    return organisation(policy(command))


def gone_keys(before: CompanyFiles, after: CompanyFiles) -> tuple[str, ...]:
    """The keys of communities and departments that were there and are not any more.

    Staff serve them and complaints name them by these.
    """

    def keys(files: CompanyFiles) -> list[str]:
        organisation = files.read()
        communities = [one.key for one in organisation.communities]
        return communities + [one.key for one in organisation.departments]

    return tuple(key for key in keys(before) if key not in keys(after))
