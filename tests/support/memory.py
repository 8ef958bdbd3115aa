"""The table in memory, under the product's own adapters."""

import os
from collections import Counter
from datetime import timedelta

from chalicelib.bootstrap import Container
from chalicelib.settings import settings_from
from desk.offline.mailbox import Mailbox
from desk.offline.memory_table.client import MemoryDynamoDB, Paginator
from desk.offline.stream import Pump
from desk.offline.time_travel import TimeTravel
from support.forms import an_intake
from support.load import power_cut
from support.people import STAFF
from support.time import Functions, StillParts
from support.watched_table import memory_client


def memory_container():
    """The product's parts over an empty table in memory."""
    settings = settings_from(os.environ)
    return Container(settings, {"dynamodb": memory_client(settings.table_name)})


class Counted:
    """A client that counts what it is asked, by the names of its methods."""

    def __init__(self, client):
        self.client, self.exceptions, self.asked = client, client.exceptions, Counter()

    def get_paginator(self, operation):
        """Follows a query from page to page; each page is asked for."""
        return Paginator(self, operation)

    def __getattr__(self, operation):
        """Ask, and count."""

        def ask(**request):
            self.asked[operation] += 1
            return getattr(self.client, operation)(**request)

        return ask


class MemoryCloud:
    """The product over the table in memory, with the offline cloud's pump, clock and mailbox."""

    def __init__(self):
        settings = settings_from(os.environ)
        self.table = memory_client(settings.table_name).table
        self.client = Counted(MemoryDynamoDB(self.table))
        self.mailbox = Mailbox()
        clients = {"dynamodb": self.client, "sesv2": self.mailbox}
        self.container = StillParts(settings, clients)
        self.functions = Functions(self.container)
        self.pump = Pump(self.table.stream, self.functions, self.mailbox.next_event)
        self._travel = TimeTravel(
            self.container,
            self.container.clock,
            self.pump,
            lambda now: self.table.expire(int(now.timestamp())),
        )
        for person in STAFF:
            self.container.staff.put(person)
        self.pump.drain()

    def receive(self, number, **form):
        """A home complains; the reference. Its letters wait for the pump."""
        intake = an_intake(self.container.clock.now(), **power_cut(number, **form))
        return self.container.submit_complaint.receive(intake, "web").reference

    def advance(self, **by):
        """Let time pass, with everything that falls due; how often the table was asked."""
        before = self.client.asked.total()
        self._travel.advance(timedelta(**by))
        return self.client.asked.total() - before
