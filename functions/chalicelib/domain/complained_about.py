"""Whom a complaint about a member of staff may mean (our setting).

Nobody who may be the one meant owns it, is told of it or sees it. So what cannot be told
counts as meant, and what is certain as certain: a full name that fits nobody on the staff
list is none of them.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from chalicelib.domain import naming_words as said
from chalicelib.domain.model import OTHER_STAFF, UNKNOWN_POST, UNSURE
from chalicelib.domain.names import (
    HAN,
    folded,
    has_surname_anywhere,
    is_full_name,
    is_part_of_name,
)
from chalicelib.domain.policy import Policy, Words
from chalicelib.domain.staff import (
    HEAD,
    LEADER,
    MANAGER,
    RECEPTIONIST,
    SUPERVISOR,
    Directory,
    Post,
    Staff,
)
from chalicelib.domain.strangers import is_slip_of, may_be_called, starts_a_part, stranger_in

POSTS: Mapping[str, str] = {
    "supervisor": SUPERVISOR,
    "department_head": HEAD,
    "property_manager": MANAGER,
}
"""The role of each post that the form offers beside the free name."""

_APART = re.compile(r"[,，、;；/&+\n]|\b(?:and|or)\b|和|与|及|跟|或者?|还有", re.ASCII)
_SOME_OF_CUSTOMER_SERVICE = frozenset({RECEPTIONIST, SUPERVISOR})
_UNTOLD = frozenset({RECEPTIONIST, SUPERVISOR, HEAD})
"""Who may be meant where nothing is recognised."""


class Naming(Struct, frozen=True):
    """How somebody was named: freely, by the post that was chosen, and where.

    `place` holds the community and the department complained about; `departments` are the
    names of all departments, by key.
    """

    text: str
    post: str | None
    place: Post
    departments: Mapping[str, Words] = {}


def may_be_meant(naming: Naming, directory: Directory, policy: Policy) -> frozenset[str]:
    """The ids of those who may be meant; empty where nobody of the staff is."""
    return _Reading(naming, directory, policy).meant()


def fit(naming: Naming, one: Staff) -> int:
    """How well the name alone fits: 2 for a full name, 1 for a part of it, 0 for none."""
    text = folded(naming.text)
    if is_full_name(one, text.lower()):
        return 2
    return int(any(is_part_of_name(one, piece) for piece in _pieces(text)))


class _Found(Struct, frozen=True):
    """What one piece of the text says: whom by name, and whom by title.

    `hinted` are those whose surname stands where one does, though nothing makes a name of it.
    `is_known` when it says anything about who it is, be it that nobody here is meant.
    """

    named: frozenset[str]
    titled: frozenset[str]
    is_known: bool
    hinted: frozenset[str] = frozenset()

    @property
    def agreed(self) -> frozenset[str]:
        """Whom the name and the title fit alike."""
        return self.named & self.titled or self.hinted & self.titled

    @property
    def meant(self) -> frozenset[str]:
        """Titles are given loosely; only one that contradicts the name adds anybody."""
        if self.agreed:
            return self.named | self.hinted
        return self.named | self.titled | self.hinted


class _Reading(Struct, frozen=True):
    """One naming, read against the staff."""

    naming: Naming
    directory: Directory
    policy: Policy

    def meant(self) -> frozenset[str]:
        """Everybody whom it may mean."""
        text = folded(self.naming.text).strip()
        post = self.naming.post or (UNKNOWN_POST if text else OTHER_STAFF)
        if any(one in text.lower() for one in said.EVERYBODY):
            return frozenset(one.id for one in self.directory.staff)
        full = self._full_names(text)
        found = [self._found(piece, full) for piece in _pieces(text)]
        if post in POSTS:
            return full | self._of_post(POSTS[post], found, text)
        if post == OTHER_STAFF:
            return full.union(*(self._of_others(one) for one in found))
        if text and not full and not any(one.is_known for one in found):
            return self._holders(_UNTOLD, "") | self._hinted(text)
        return full.union(*(one.meant for one in found))

    def _of_post(self, role: str, found: list[_Found], text: str) -> frozenset[str]:
        """Namesakes without the post are not meant; where name and post differ, both may be."""
        holders = self._holders(frozenset({role}), self._department(text.lower()))
        narrowed = ((one.named | one.hinted) & holders or one.meant for one in found)
        fitting: frozenset[str] = frozenset().union(*narrowed)
        return fitting if fitting & holders else fitting | holders

    def _of_others(self, found: _Found) -> frozenset[str]:
        """Whom name and title fit, and who holds by title a post that the form does not offer."""
        unoffered = self._holders(frozenset({RECEPTIONIST, LEADER}), "")
        return found.agreed | (found.titled if found.titled <= unoffered else frozenset())

    def _hinted(self, text: str) -> frozenset[str]:
        """Where nothing is recognised, whoever's surname stands there at all."""
        return frozenset(one.id for one in self._here() if has_surname_anywhere(one, text))

    def _full_names(self, text: str) -> frozenset[str]:
        plain = text.lower()
        return frozenset(one.id for one in self.directory.staff if is_full_name(one, plain))

    def _found(self, piece: str, full: frozenset[str]) -> _Found:
        """A stranger's full name tells that nobody here is meant, unless by a slip of the pen."""
        plain = piece.lower()
        department = self._department(plain)
        rest, posts, has_title = self._titles(plain, department)
        whole = self._full_names(piece) & full
        bare = self._without_departments(rest)
        stranger = stranger_in(bare, piece)
        if stranger and not whole:
            return _Found(self._almost(stranger), frozenset(), is_known=True)
        named = whole or frozenset(one.id for one in self._here() if is_part_of_name(one, piece))
        roles = posts if has_title else _of_department(department)
        titled = whole or self._holders(roles, department)
        hinted = frozenset(one.id for one in self._here() if not named and starts_a_part(one, bare))
        return _Found(named, titled, bool(named or has_title or department), hinted)

    def _almost(self, stranger: str) -> frozenset[str]:
        """Whose name a full name that fits nobody may be all the same."""
        slips = frozenset(one.id for one in self.directory.staff if is_slip_of(one, stranger))
        return slips.union(one.id for one in self._here() if may_be_called(one, stranger))

    def _here(self) -> Iterator[Staff]:
        community = self.naming.place.community
        return (one for one in self.directory.staff if one.serves(community))

    def _holders(self, roles: frozenset[str], department: str) -> frozenset[str]:
        """Who holds one of these posts here; a head, that of the department."""
        about = department or self.naming.place.department or UNSURE
        return frozenset(
            one.id
            for one in self._here()
            for role in roles.intersection(one.roles)
            if role != HEAD or about in (UNSURE, one.department)
        )

    def _department(self, plain: str) -> str:
        """The department that the text names; blank for none."""
        for key, words in self.naming.departments.items():
            if any(name in plain for name in _department_names(words)):
                return key
        known = (key for name, key in said.DEPARTMENT_OF.items() if name in plain)
        return next((key for key in known if key in self.naming.departments), "")

    def _without_departments(self, plain: str) -> str:
        names = {
            name for words in self.naming.departments.values() for name in _department_names(words)
        }
        return _cut(plain, sorted(names, key=len, reverse=True))

    def _titles(self, plain: str, department: str) -> tuple[str, frozenset[str], bool]:
        """The text without its titles, the posts that they may mean, and whether there is one."""
        own = {
            folded(name).lower(): frozenset({role.key})
            for role in self.policy.roles
            for name in role.name.values()
        }
        titles, posts, has_title = said.TITLES | own, frozenset[str](), False
        whole = plain
        for title in sorted(titles, key=len, reverse=True):
            place = _place_of(title, plain)
            if place < 0:
                continue
            posts, has_title = posts | titles[title], True
            if title in said.UNQUALIFIED and (department or _is_qualified(plain[:place])):
                posts |= {HEAD, *(_of_department(department))}
            if title in said.OF_A_PLACE and _is_of_the_place(whole):
                posts |= {MANAGER}
            plain = plain.replace(title, " ")
        return plain, posts, has_title


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _APART.split(text) if piece.strip()]


def _place_of(title: str, plain: str) -> int:
    """Where a title stands, a Latin one as words of their own; a trade's department is none."""
    pattern = rf"\b{re.escape(title)}s?\b" if title.isascii() else rf"{re.escape(title)}(?![部发])"
    found = re.search(pattern, plain, re.ASCII)
    return found.start() if found else -1


def _is_of_the_place(plain: str) -> bool:
    """Whether the place or its office is named: who is over it is the property manager."""
    return re.search("|".join(said.PLACES), plain, re.ASCII) is not None


def _is_qualified(before: str) -> bool:
    """Whether more stands before a title than a surname or whose it is: of some department."""
    run = re.split(rf"[^\u3400-\u9fffa-z ]|姓{HAN}的?|.*(?:们|的|个|是)", before)[-1].strip()
    words = [one for one in run.split() if one not in said.NO_LATIN_NAME - _QUALIFYING]
    return bool(words) if run.isascii() else len(run) > 1


_QUALIFYING = frozenset({"customer", "service", "department", "office", "security", "engineering"})


def _of_department(department: str) -> frozenset[str]:
    """Who of a department may be meant: its head, at customer service the front desk too."""
    if not department:
        return frozenset()
    is_front = department == said.DEPARTMENT_OF["客服"]
    return frozenset({HEAD}) | (_SOME_OF_CUSTOMER_SERVICE if is_front else frozenset())


def _department_names(words: Words) -> Iterator[str]:
    for name in words.values():
        plain = folded(name).lower()
        yield plain
        if len(short := plain.removesuffix("部")) > 1:
            yield short


def _cut(plain: str, names: list[str]) -> str:
    for name in names:
        plain = plain.replace(name, " ")
    return plain
