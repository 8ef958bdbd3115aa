"""What erasing a resident's data takes away, and what stays: shown before anybody does it."""

from chalicelib.application.history import History
from chalicelib.domain.events import HelpCalled
from chalicelib.views.presentation import Content, Presenter


def erasure(history: History, presenter: Presenter) -> Content:
    """What goes, line by line; and the lessons drawn, which stay and may name somebody."""
    words = presenter.field_words
    known = [words.label(one.name) for one in words.form.asked if history.words.get(one.name)]
    later = history.records[1:]
    counts = {
        "texts": sum(len(one.words) for one in later),
        "photos": len(history.complaint.photos),
        "calls": sum(isinstance(one.event, HelpCalled) and bool(one.event.entry) for one in later),
    }
    say = presenter.say_desk
    joined = presenter.say("sentence.joined").join(known)
    return {
        "goes": [
            say("erasing.fields", fields=joined),
            *(say(f"erasing.{name}", count=count) for name, count in counts.items() if count),
        ],
        "lessons": [one.words["lesson"] for one in later if "lesson" in one.words],
    }
