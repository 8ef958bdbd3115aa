"""E-mail addresses: which there can be. Light, as the form's path imports it."""

import re

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
_LONGEST_ADDRESS = 254


def is_address(given: str) -> bool:
    """Whether letters can go there, or come from there: as the HTML standard has it."""
    has_bad_dots = ".." in given or given.startswith(".") or ".@" in given
    fits = len(given) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(given)
    return bool(fits) and not has_bad_dots
