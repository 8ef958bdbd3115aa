"""In confidence : the department complained about does not learn who the resident is.

`sees_resident` is the one place that says who of the staff may know it. Whatever shows a
complaint to somebody - pages, lists, letters, look-ups, exports - derives from it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from chalicelib.domain.model import Complaint, Guarded
from chalicelib.domain.naming_words import DEPARTMENT_OF, OF_RESIDENTS
from chalicelib.domain.staff import RECEPTIONIST, SUPERVISOR, Directory, Staff

CUSTOMER_SERVICE = DEPARTMENT_OF["customer service"]
"""The department whose people are the front desk: then the property manager owns it."""
_FRONT = frozenset({RECEPTIONIST, SUPERVISOR})
_PERSONS = ("name", "behalf_of", "contact_person")
_CONTACTS = ("phone", "email")
_HOME = ("building", "unit")
IDENTIFYING = (*_PERSONS, *_CONTACTS, *_HOME, "contact_time")
"""The words that say who the resident is, or where they live."""
_FEWEST = 2
"""A name of fewer characters stands in any text."""
_FEWEST_DIGITS = 7
_FEWEST_OF_A_UNIT = 3
"""Units of fewer digits are numbers of anything; the owner sees to those."""


def sees_resident(staff: Staff | None, complaint: Guarded) -> bool:
    """Whether this person may know who the resident is.

    Nobody of the department complained about may, where the resident asked for confidence.
    Where nobody else is left to own it, its owner does all the same.
    """
    departments = confided(complaint)
    if not departments:
        return True
    if staff is None:
        return False
    return complaint.owner.staff == staff.id or not is_of_one(staff, departments)


def confided(complaint: Guarded) -> tuple[str, ...]:
    """The departments that are not to learn who complains, here or in what goes on under it."""
    own = (complaint.about,) if complaint.in_confidence else ()
    return tuple(dict.fromkeys((*own, *complaint.confided)))


def is_of_one(staff: Staff, departments: Iterable[str]) -> bool:
    """Whether this person is of any of these departments."""
    return any(is_of_department(staff, one) for one in departments)


def is_of_department(staff: Staff, department: str) -> bool:
    """Whether this person is of the department; the front desk is of customer service."""
    at_front_desk = department == CUSTOMER_SERVICE and not _FRONT.isdisjoint(staff.roles)
    return at_front_desk or staff.department == department


def is_of_some_department(staff: Staff) -> bool:
    """Whether there are complaints of which this person may not know the resident."""
    return staff.department is not None or not _FRONT.isdisjoint(staff.roles)


def kept_from_owning(complaint: Complaint, directory: Directory) -> frozenset[str]:
    """The ids of those who cannot own it, as they would learn who the resident is."""
    departments = confided(complaint)
    return frozenset(one.id for one in directory.staff if is_of_one(one, departments))


def naming_in(text: str, words: Mapping[str, str]) -> str:
    """The first of the resident's words by which this text tells who they are; blank for none.

    Names, telephone and e-mail are found however they are spaced, a surname with its form of
    address, a unit by its number. It helps whoever reads the text, and stands in for nobody: a
    nickname it does not know.
    """
    plain = _folded(text)
    return next((name for name in IDENTIFYING if _names(name, words.get(name, ""), plain)), "")


def is_safe(text: str, words: Mapping[str, str]) -> bool:
    """Whether nothing in a short text could tell the home or the person, however short a unit."""
    numbers = set(_runs(text))
    home = {run for name in _HOME for run in _runs(words.get(name, ""))}
    return not naming_in(text, words) and not numbers & home


def _names(name: str, word: str, plain: str) -> bool:
    own = _folded(word)
    if not own:
        return False
    if name in _PERSONS:
        return any(_stands_in(one, plain) for one in (own, *_latin_parts(own), *_titled(own)))
    if name == "phone":
        digits = _digits(own)
        return len(digits) >= _FEWEST_DIGITS and digits[-_FEWEST_DIGITS:] in _digits(plain)
    if name == "email":
        return own in plain
    return name == "unit" and any(
        run in set(_runs(plain)) for run in _runs(own) if len(run) >= _FEWEST_OF_A_UNIT
    )


def _stands_in(name: str, plain: str) -> bool:
    """A Latin name stands as words of their own, a Chinese one anywhere."""
    if len(name) < _FEWEST:
        return False
    if name.isascii():
        return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", plain) is not None
    return "".join(name.split()) in "".join(plain.split())


def _titled(name: str) -> Iterator[str]:
    """A Chinese surname, of one character or two, with what a resident is called after it."""
    if not name.isascii():
        yield from (f"{name[:size]}{title}" for size in (1, 2) for title in OF_RESIDENTS)


def _latin_parts(name: str) -> Iterator[str]:
    """The parts of a Latin name that are long enough to be nobody else's."""
    return (one for one in name.split() if one.isascii() and len(one) > _FEWEST)


def _runs(text: str) -> list[str]:
    """The numbers in a text, with the letter that may belong to them."""
    return re.findall(r"[0-9]+[a-z]?(?![a-z])", _folded(text))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", re.sub(r"(?<=[0-9])[\s().-]+(?=[0-9])", "", text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
