"""What erasing a resident's data takes away, and what stays: shown before anybody does it."""

from collections.abc import Iterable

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.application.mentions import lessons_that_name
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.events import HelpCalled
from chalicelib.views.presentation import Content, Presenter


def erasure(
    history: History, presenter: Presenter, mentions: Iterable[DutyLogEntry] | None = None
) -> Content:
    """What goes, line by line; the lessons drawn that stay; and what is out of reach.

    `mentions` are the duty log's entries that name the resident, where they were looked for.
    """
    words = presenter.field_words
    known = [words.label(one.name) for one in words.form.asked if history.words.get(one.name)]
    later = history.records[1:]
    counts = {
        "texts": sum(len(one.words) for one in later),
        "photos": len(history.complaint.photos),
        "calls": sum(isinstance(one.event, HelpCalled) and bool(one.event.entry) for one in later),
    }
    drawn = [one.words["lesson"] for one in later if "lesson" in one.words]
    cut = list(lessons_that_name(history))
    say = presenter.say_desk
    joined = presenter.say("sentence.joined").join(known)
    return {
        "goes": [
            say("erasing.fields", fields=joined),
            *(say(f"erasing.{name}", count=count) for name, count in counts.items() if count),
        ],
        "lessons": [one for one in drawn if one not in cut],
        "cut_lessons": cut,
        "mentions": None if mentions is None else [_mention(one, presenter) for one in mentions],
        "stays": [say(f"erasing.stays_{one}") for one in _STAYS],
    }


_STAYS = ("backups", "mailboxes", "exports")
"""What nobody can take back, or what goes by itself later."""


def _mention(entry: DutyLogEntry, presenter: Presenter) -> str:
    """Which entry, and what it says."""
    on = locales.day(entry.on, presenter.language)
    text = " ".join(entry.words.values())
    return presenter.say_desk("erasing.mention", on=on, number=entry.number, text=text)
