"""The policy as values: what the file says, once it has been read.

`chalicelib.policy` reads these from ``community.toml`` and checks them; the rest
of the code only sees the values.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.domain.working_time import WorkingTime

LANGUAGES = ("zh", "en")
"""The languages of the product, Chinese first."""
Words = Mapping[str, str]
"""The same words in each language: ``{"zh": …, "en": …}``."""


class Within(Struct, frozen=True):
    """How long a promise may take: clock hours, or working days to closing time."""

    hours: int = 0
    working_days: int = 0


class Role(Struct, frozen=True):
    """A post in the company (3.1-3.4).

    `scope` is ``community``, ``department`` or ``company``; `next_rung` is the
    role that stands in when nobody can answer for this one.
    """

    key: str
    name: Words
    scope: str
    next_rung: str | None = None


class Severity(Struct, frozen=True):
    """Major, important or minor (5.1-5.3), with who owns it and what is promised."""

    key: str
    name: Words
    owner: str
    alerts: tuple[str, ...]
    acknowledge: Within
    reply: Within


class Undecided(Struct, frozen=True):
    """How a complaint is treated until somebody judges what the facts leave open."""

    treated_as: str
    owner: str
    name: Words


class FactWords(Struct, frozen=True):
    """A fact's key and the words in which letters and screens state it."""

    key: str
    words: Words


class Clause(Struct, frozen=True):
    """One entry of the policy: these facts together make this severity.

    Alternatives within a clause of the source are entries with the same number.
    `page` is the handbook page and anchor, relative to a language's home.
    """

    number: str
    severity: str
    facts: tuple[str, ...]
    page: str
    words: Words


class Settings(Struct, frozen=True):
    """What the source leaves open and the organisation decides. Money is in CNY."""

    earlier_times_raised: int
    major_loss: Decimal
    solve_within_months: int
    change_grace: Within
    new_contact: Within
    new_reply: Within
    feedback: Within
    pass_on: Within
    judge: Within
    judge_undecided: Within
    close: Within
    close_confirmed: Within
    silence: Within
    wait_for_resident: Within
    presume_delivered: Within
    warn_after_days: tuple[int, ...]
    explain_invalid: Within
    return_visit_days: int
    return_visit_answer_days: int
    return_visit_tries: int
    sign_report_day: int
    keep_personal_data_months: int
    gather_minutes: int
    gather_after: int
    receipts_a_day: int
    first_letters_an_hour: int


class Ladder(Struct, frozen=True):
    """Whom a missed promise is told to after its owner, rung by rung (our setting).

    Each working day one rung; `hours_between` for what was promised within hours.
    """

    rungs: tuple[str, ...]
    hours_between: int


class Pauses(Struct, frozen=True):
    """Which deadlines pause, and while what lasts. The month is never among them (5.1.3)."""

    waiting_for_resident: frozenset[str]
    agreed_time: frozenset[str]


class Choice(Struct, frozen=True):
    """A key that a form offers, with its name: a category or a department."""

    key: str
    name: Words


class Policy(Struct, frozen=True):
    """The whole policy file. `severities` stand gravest first."""

    version: str
    dated_on: date
    name: Words
    roles: tuple[Role, ...]
    severities: tuple[Severity, ...]
    undecided: Undecided
    facts: tuple[FactWords, ...]
    clauses: tuple[Clause, ...]
    settings: Settings
    ladder: Ladder
    pauses: Pauses
    categories: tuple[Choice, ...]
    working_time: WorkingTime

    def severity(self, key: str | None) -> Severity:
        """The severity of this key; for None, the one an undecided complaint is treated as.

        Raises KeyError for a key that the policy does not have.
        """
        wanted = key or self.undecided.treated_as
        return {severity.key: severity for severity in self.severities}[wanted]

    def role(self, key: str) -> Role:
        """The role of this key. Raises KeyError when there is none."""
        return {role.key: role for role in self.roles}[key]

    def owner_role(self, severity: str | None) -> str:
        """The role that owns a complaint of this severity (3.1, 3.2)."""
        return self.severity(severity).owner if severity else self.undecided.owner

    def severity_name(self, severity: str | None) -> Words:
        """What to call it in a letter or on a screen, undecided included."""
        return self.severity(severity).name if severity else self.undecided.name

    def fact_words(self, key: str) -> Words:
        """The words of a fact. Raises KeyError for an unknown fact."""
        return {fact.key: fact.words for fact in self.facts}[key]

    def graver(self, one: str | None, other: str | None) -> bool:
        """Whether the first severity is graver than the second; undecided is below all."""
        return self.rank(one) < self.rank(other)

    def severity_of(self, clause: str) -> str:
        """The severity that a clause of this number makes. Raises KeyError for an unknown one."""
        return {one.number: one.severity for one in self.clauses}[clause]

    def rank(self, severity: str | None) -> int:
        """How grave it is: 0 for the gravest; undecided comes after all."""
        keys = [known.key for known in self.severities]
        return keys.index(severity) if severity else len(keys)


class Community(Struct, frozen=True):
    """A residential community (小区): its zone, the numbers to call, and where the desk is.

    `households` is how many homes there are; 0 where the company does not say.
    """

    key: str
    name: Words
    zone: str
    emergency: str
    reception: str
    office: Words
    households: int = 0

    @property
    def tz(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.zone)


ROBOT_KINDS = ("wecom",)
"""The services whose robots can speak to the staff's group."""


class Robot(Struct, frozen=True):
    """A robot in the staff's group chat: of which service, and what language it speaks.

    Its URL is a secret and stands elsewhere.
    """

    kind: str
    language: str = LANGUAGES[0]


class Organisation(Struct, frozen=True):
    """The company, its communities and departments, and the sender of its letters.

    `reply_to` is where answers to letters go and are read; blank where nobody reads them.
    `robot` speaks to the staff's group, where they have one.
    """

    name: Words
    sender: str
    communities: tuple[Community, ...]
    departments: tuple[Choice, ...]
    reply_to: str = ""
    robot: Robot | None = None

    def zone_of(self, communities: tuple[str, ...]) -> ZoneInfo:
        """The zone of who serves these, the first of them; of who serves all, the first."""
        keys = communities or tuple(one.key for one in self.communities)
        return self.community(keys[0]).tz

    def community(self, key: str) -> Community:
        """The community of this key. Raises KeyError when there is none."""
        return {community.key: community for community in self.communities}[key]

    @property
    def department_names(self) -> dict[str, Words]:
        """The names of the departments, by key."""
        return {department.key: department.name for department in self.departments}

    def department_name(self, key: str) -> Words:
        """The department's name. Raises KeyError when there is none."""
        return self.department_names[key]
