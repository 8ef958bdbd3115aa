"""The only place where adapters are made, each when it is first needed.

One function never pays for another's parts: the form's never makes a mail client,
and the letters' templates are imported by the postroom alone.
"""

import os
import secrets
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.rules import Organisation, Policy
from chalicelib.policy import load_organisation, load_policy
from chalicelib.service.keys import Keys
from chalicelib.service.ports import Clock
from chalicelib.settings import Settings, settings_from

if TYPE_CHECKING:
    from chalicelib.service.desk import Desk
    from chalicelib.service.postroom import Postroom
    from chalicelib.service.rounds import Rounds


@dataclass(frozen=True)
class Parts:
    """The product's parts for one set of settings."""

    settings: Settings

    @cached_property
    def policy(self) -> Policy:
        """The policy that runs."""
        return load_policy()

    @cached_property
    def organisation(self) -> Organisation:
        """The company, its communities and departments."""
        return load_organisation()

    @cached_property
    def keys(self) -> Keys:
        """References and codes."""
        return Keys(self.settings.code_keys, secrets.token_bytes)

    @cached_property
    def clock(self) -> Clock:
        """The only source of time."""
        from chalicelib.adapters.clock import MovableClock, SystemClock

        moved = self.settings.clock_file
        return MovableClock(moved) if moved else SystemClock()

    @cached_property
    def desk(self) -> "Desk":
        """Takes complaints in and carries out verbs."""
        from chalicelib.adapters.complaints import TableComplaints
        from chalicelib.adapters.staff import TableStaff
        from chalicelib.service.desk import Desk

        table = self.settings.table_name
        return Desk(
            self.policy,
            self.organisation,
            TableComplaints(self._dynamodb, table),
            TableStaff(self._dynamodb, table),
            self.keys,
            self.clock,
        )

    @cached_property
    def postroom(self) -> "Postroom":
        """Sends letters."""
        from chalicelib.adapters.imports import TableImports
        from chalicelib.adapters.letters import TableLetters
        from chalicelib.adapters.mail import SesMailer
        from chalicelib.letters import LetterWriter
        from chalicelib.service.letter_contents import LetterContents
        from chalicelib.service.postroom import Postroom

        table = self.settings.table_name
        return Postroom(
            self.desk,
            TableLetters(self._dynamodb, table),
            TableImports(self._dynamodb, table),
            LetterWriter(),
            SesMailer(self.client("sesv2", tries=1), self.organisation.sender, self.clock),
            LetterContents(self.policy, self.organisation, self.keys, self.settings.site_url),
        )

    @cached_property
    def rounds(self) -> "Rounds":
        """Finds what is due."""
        from chalicelib.service.rounds import Rounds

        return Rounds(self.desk, self.postroom, self.postroom.letters)

    def client(self, service: str, tries: int = 3) -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A botocore client; AWS_ENDPOINT_URL in the environment leads it to another cloud.

        What cannot be repeated without harm, as sending a letter, is tried once.
        """
        from botocore.config import Config
        from botocore.session import get_session

        return get_session().create_client(
            service, config=Config(retries={"total_max_attempts": tries})
        )

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401 - botocore's clients have no type
        return self.client("dynamodb")


@cache
def parts() -> Parts:
    """The parts for this process's environment. Raises SettingsError."""
    return Parts(settings_from(os.environ))
