"""Every letter of the product as it is sent: what the handbook shows, and the tests compare.

Each story has an office of its own. The engine decides what follows from its commands, under
the policy that is given, so a letter here says what a letter of that day would say.
"""

from collections.abc import Callable
from functools import reduce

from docs.generator.errors import HandbookError
from docs.generator.samples import (
    delays,
    handling,
    morning,
    others,
    owners_and_ends,
    reminders,
    residents,
    storm,
)
from docs.generator.samples.office import SampleOffice
from docs.generator.samples.words import SampleWords
from docs.generator.samples.written import Samples

from chalicelib.domain.errors import DeskError
from chalicelib.domain.policy import Policy

Story = Callable[[SampleOffice], Samples]
STORIES: tuple[Story, ...] = (
    handling.leak,
    handling.undecided,
    handling.invalid,
    handling.taken_in_at_the_desk,
    handling.in_confidence,
    owners_and_ends.owners,
    owners_and_ends.away,
    owners_and_ends.everybody,
    owners_and_ends.ends,
    owners_and_ends.of_another,
    residents.messages,
    residents.unreached,
    delays.late,
    reminders.neglect,
    storm.storm,
    others.call_from_the_log,
    others.imported,
    others.address_changed,
    morning.morning,
    morning.brought,
)


class SampleError(HandbookError):
    """A story of the sample letters does not go as told; the message names it and why."""


def sample_letters(policy: Policy, said: SampleWords) -> Samples:
    """Every letter by its name: ``alert.owner``, ``reply``, ``undecided``.

    Raises SampleError when the policy refuses what happens in a story, or brings about none
    of its letters.
    """
    return reduce(lambda told, story: told | _told(story, policy, said), STORIES, {})


def _told(story: Story, policy: Policy, said: SampleWords) -> Samples:
    name = f"{story.__module__}.{story.__name__}"
    try:
        return story(SampleOffice(policy, said))
    except DeskError as error:
        raise SampleError(f"{name}: a step is refused: {error}") from error
    except KeyError as error:
        raise SampleError(f"{name}: there is no {error}") from error
