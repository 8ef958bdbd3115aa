"""The operators' page about `desk act` says what the table of verbs says."""

import pytest

import verb_table
from chalicelib.fields import FIELDS
from desk.act import act
from desk.verb_options import option_of

WRITTEN = verb_table.PAGE.read_text("utf-8")


def row_of(verb):
    """The row of a verb, cell by cell."""
    (row,) = [line for line in WRITTEN.splitlines() if line.startswith(f"| `{verb}` |")]
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def test_the_page_is_up_to_date():
    """The table that stands there is the one that would be written now."""
    now = verb_table.page_with_table(WRITTEN)
    assert now == WRITTEN, "run .venv/bin/python infra/verb_table.py"


def test_a_page_without_its_marks_is_refused():
    """Nothing is written where nobody knows where it belongs."""
    with pytest.raises(ValueError, match="has lost"):
        verb_table.page_with_table("# The `desk` command\n")


@pytest.mark.parametrize("verb", FIELDS.staff_verbs.values(), ids=lambda one: one.name)
def test_every_verb_has_its_options_and_its_roles(verb):
    """Each field is an option of the command and stands in the verb's row, once."""
    row = " ".join(row_of(verb.name))
    known = {option for one in act.params for option in (*one.opts, *one.secondary_opts)}
    for field in verb.fields:
        for option in option_of(field).split("/"):
            assert option in known
            assert row.count(f"`{option}`") == 1


def test_every_verb_has_somebody_who_may():
    """The last cell of each row names who may do it."""
    assert row_of("erase")[-1] == (
        "property manager (in the communities they serve)<br>company leadership (everywhere)"
    )
    assert all(row_of(verb)[-1] for verb in FIELDS.staff_verbs)


def test_no_field_has_the_name_of_another_option():
    """A field that means two things would be two options of one name."""
    names = [one.name for one in act.params]
    assert len(names) == len(set(names))
