"""Merging: the same household says the same thing twice, and it goes on under one reference."""

from chalicelib.application.history import History
from chalicelib.application.households import household_keys
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain.commands import Merge
from chalicelib.domain.errors import NotFoundError, RefusedError


def target_of(command: Merge, source: History, complaints: Complaints, keys: Keys) -> History:
    """The complaint that takes the other in.

    Raises RefusedError ``merge_unlike`` unless it is open, of the same community, and of
    the same household or contact.
    """
    try:
        target = complaints.load(command.into)
    except NotFoundError as error:
        raise RefusedError("merge_unlike", into=command.into) from error
    here = target.complaint.community == source.complaint.community
    if not (here and target.complaint.is_open and _alike(source, target, keys)):
        raise RefusedError("merge_unlike", into=command.into)
    return target


def _alike(one: History, other: History, keys: Keys) -> bool:
    """Whether unit, telephone or e-mail are the same, however they were written."""
    return not _keys(one, keys).isdisjoint(_keys(other, keys))


def _keys(history: History, keys: Keys) -> set[str]:
    """The keys under which it is found: unit, telephone and e-mail."""
    return set(household_keys(history.complaint.community, history.words, keys).values())
