"""One Lambda's parts, with clients of its own, over another implementation of AWS."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from botocore.config import Config

from chalicelib.application.ports.mailer import Mailer
from chalicelib.bootstrap import Container
from chalicelib.settings import settings_from
from fakes.clock import FakeClock
from fakes.mailer import FakeMailer
from support.examples import at
from support.forms import an_intake
from support.load import power_cut
from support.people import STAFF
from support.values import replace


@dataclass(frozen=True, kw_only=True)
class Worker(Container):
    """The parts of the product; time is a clock that tests move."""

    url: str
    wall: FakeClock
    sends_mail: bool

    @property
    def clock(self) -> FakeClock:
        """The clock on the wall."""
        return self.wall

    @cached_property
    def mailer(self) -> Mailer:
        """The mail service; where there is none, a fake one."""
        return super().mailer if self.sends_mail else FakeMailer()

    def client(self, service: str, tries: int = 3) -> Any:
        """A client that nobody else has."""
        config = Config(retries={"total_max_attempts": tries})
        return self._aws.session.create_client(service, endpoint_url=self.url, config=config)

    def until(self, moment: str) -> "Worker":
        """The same worker at another moment."""
        self.wall.at = at(moment)
        return self

    def begin(self) -> None:
        """The staff come in."""
        for person in STAFF:
            self.staff.put(person)

    def receive(self, numbers: Iterable[int]) -> list[str]:
        """A power cut: as many homes complain, each of them once."""
        intakes = [an_intake(self.wall.now(), **power_cut(number)) for number in numbers]
        return [self.submit_complaint.receive(intake, "web").reference for intake in intakes]


def a_worker(url: str, table: str, moment: str, *, sends_mail: bool = True) -> Worker:
    """A worker over this table, at this moment."""
    settings = replace(settings_from(os.environ), table_name=table)
    return Worker(settings=settings, url=url, wall=FakeClock(at(moment)), sends_mail=sends_mail)
