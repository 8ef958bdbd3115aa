"""Histories of complaints as the service keeps them, told with the builders of examples."""

from chalicelib.application.history import History
from chalicelib.domain.model import Owner
from support.examples import a_life, received
from support.values import replace


def just_received(moment, **facts):
    """The record of a receipt alone, its owner named with it."""
    (record,) = received(moment, **facts).records
    owner = Owner(record.event.owner.role, "jade-manager")
    return History((replace(record, event=replace(record.event, owner=owner)),))


def lived(moment, *steps, **facts):
    """The record of a life: each step is a moment and what was asked of it."""
    life = a_life(moment, **facts)
    for when, command in steps:
        life = life.on(when, command)
    return History(life.records)


def one_more(history, moment, command, **facts):
    """The same history after one more command."""
    life = received(history.records[0].at, **facts)
    return History(type(life)(history.records, life.context, ()).on(moment, command).records)
