"""The staff of the sample letters, from ``docs/words/sample_staff.toml``."""

from docs.generator.words import book

from chalicelib.domain.staff import Staff


def _person(key: str) -> Staff:
    entry = book("sample_staff")[key]
    several = {name: tuple(entry.get(name, ())) for name in ("roles", "communities")}
    return Staff(**entry | several, language="zh")


SUPERVISOR = _person("supervisor")
MANAGER = _person("manager")
HEAD = _person("head")
LEADER = _person("leader")
RECEPTIONIST = _person("receptionist")
STAFF = (SUPERVISOR, MANAGER, HEAD, LEADER, RECEPTIONIST)
