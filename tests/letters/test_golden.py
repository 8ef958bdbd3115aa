"""Every letter, byte for byte, in both languages and for each part its reader has in it.

The files of tests/golden are the record of what the handbook's build makes and shows, in plain
words; `pytest --update-golden` writes them anew.
"""

from pathlib import Path

import pytest

from chalicelib import locales
from chalicelib.letters import LETTERS
from support.letter_words import HOSTILE, PLAIN, letters

NAMES = (
    "receipt",
    "alert.owner",
    "alert.head",
    "alert.told",
    "undecided",
    "in_confidence",
    "passed_on",
    "acknowledged",
    "escalated.owner",
    "escalated.head",
    "escalated.told",
    "handed_over",
    "reply",
    "closed",
    "explanation",
    "reply_with_what_was_done",
    "going_on",
    "going_on.of_another",
    "going_on.reopened",
    "disputed.owner",
    "disputed.head",
    "disputed.told",
    "reopened.owner",
    "reopened.head",
    "reopened.told",
    "help_called",
    "help_called_log",
    "agreed_time",
    "feedback_given",
    "gathered.owner",
    "gathered.head",
    "gathered.told",
    "reminder.owner",
    "reminder.above",
    "reminder.up",
    "question",
    "reply_told",
    "handed_back",
    "released",
    "everybody_meant",
    "lowered",
    "stood_in",
    "withdrawn",
    "merged",
    "joined",
    "separated",
    "separated.as_before",
    "parted",
    "message",
    "undelivered",
    "update",
    "code_again",
    "code_renewed",
    "linked",
    "return_visit",
    "confirmed",
    "import_summary",
    "address_changed",
    "stood_in.together",
    "came_back",
    "released.together",
    "new_date",
    "new_date.month",
    "morning",
    "morning.owner",
    "morning.head",
    "morning.up",
    "morning.warned",
)
_MORE = {"undecided", "in_confidence", "reply_with_what_was_done"}
"""Letters that are shown once more, with something else to say."""
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_a_letter_is_what_it_was(golden, language):
    """Subject, text and HTML are those that were looked at and found right."""
    for name in NAMES:
        letter = letters(language, PLAIN)[name]
        golden(f"{name}.{language}.txt", f"{letter.subject}\n\n{letter.text}")
        golden(f"{name}.{language}.html", letter.html)


def test_every_letter_was_looked_at():
    """The story sends each letter that there is, and no file is of a letter that is no more."""
    sent = {name.split(".")[0] for name in NAMES} - _MORE
    assert sent == set(LETTERS)
    for language in locales.LANGUAGES:
        assert set(letters(language, PLAIN)) == set(letters(language, HOSTILE)) == set(NAMES)
    files = {
        f"{name}.{language}.{kind}"
        for name in NAMES
        for language in ("zh", "en")
        for kind in ("txt", "html")
    }
    assert {path.name for path in GOLDEN.iterdir()} == files
