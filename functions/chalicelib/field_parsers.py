"""Field by field: from what somebody typed to a value, or the code of what is wrong.

Each parser takes text that was trimmed and is not blank. The words for each code
stand in ``locales`` under ``field``.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from chalicelib.domain.email_addresses import is_address
from chalicelib.domain.references import REFERENCE_SYMBOLS, tidied_reference
from chalicelib.text_cleaning import visible

MOST_LOSS = Decimal(99_999_999)
MOST_TIMES = 99
_MONEY = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII)
_PHONE = re.compile(
    r"(?:\(\+?|\+\(?)?[0-9][0-9 ()/.-]{3,30}(?:(?:x|ext\.?|转) ?[0-9]{1,6})?", re.ASCII
)
_DASHES = str.maketrans("\u2010\u2012\u2013\u2014\u2212", "-----")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?", re.ASCII)
_A_DAY = re.compile(
    r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?", re.ASCII
)
_REFERENCE = re.compile(rf"[0-9A-HJKMNP-TV-Z]{{{REFERENCE_SYMBOLS}}}")


class UnfitError(Exception):
    """Raised by a parser: the code of what is wrong, and what fills its sentence."""

    def __init__(self, code: str, params: dict[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def unfit(code: str, **params: object) -> UnfitError:
    """An error to raise, with what fills its sentence."""
    return UnfitError(code, params)


def plain_text(raw: object, limit: int, *, is_long: bool) -> str:
    """The trimmed text, each line end as one line feed, and none where it is short.

    What shows nothing is dropped; a text that shows nothing at all is empty.
    Raises UnfitError ``wrong_type``, ``control_characters`` or ``too_long``.
    """
    if not isinstance(raw, str):
        raise unfit("wrong_type")
    value = _LINE_END.sub("\n", raw).strip()
    if any(_is_control(char, is_long=is_long) for char in value):
        raise unfit("control_characters")
    value = visible(value).strip()
    if len(value) > limit:
        raise unfit("too_long", limit=limit, length=len(value))
    return value


def one_of(value: str, known: Iterable[str]) -> str:
    """The value when it is offered. Raises UnfitError ``unknown_choice``."""
    if value not in known:
        raise unfit("unknown_choice")
    return value


def happened_at(value: str, local_now: datetime) -> str:
    """A local date or time, not after now; `local_now` is naive, in the community's zone.

    Raises UnfitError ``date_unreadable`` or ``date_in_future``.
    """
    if not _DATE.fullmatch(value):
        raise unfit("date_unreadable")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise unfit("date_unreadable") from None
    is_later = moment > local_now if "T" in value else _day(value) > local_now.date()
    if is_later:
        raise unfit("date_in_future")
    return value


def day(value: str) -> date:
    """A day, as 2026-12-05, 2026/12/5 or 2026年12月5日. Raises UnfitError ``date_unreadable``."""
    found = _A_DAY.fullmatch(unicodedata.normalize("NFKC", value).translate(_DASHES))
    if not found:
        raise unfit("date_unreadable")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise unfit("date_unreadable") from None


def loss(value: str) -> Decimal:
    """An amount in CNY. Raises UnfitError ``amount_unreadable`` or ``amount_out_of_range``."""
    plain = unicodedata.normalize("NFKC", value)
    if re.fullmatch(r"-.*\d", plain):
        raise unfit("amount_out_of_range", most=f"{MOST_LOSS:,}")
    if not _MONEY.fullmatch(plain):
        raise unfit("amount_unreadable")
    amount = Decimal(plain.replace(",", ""))
    if amount > MOST_LOSS:
        raise unfit("amount_out_of_range", most=f"{MOST_LOSS:,}")
    return amount


def times_raised(value: str) -> int:
    """A whole number from 0 to 99. Raises UnfitError ``count_out_of_range``."""
    plain = unicodedata.normalize("NFKC", value).removesuffix(".0")
    if not re.fullmatch(r"\d{1,10}", plain, re.ASCII) or int(plain) > MOST_TIMES:
        raise unfit("count_out_of_range", most=MOST_TIMES)
    return int(plain)


def earlier_reference(value: str) -> str:
    """A reference as it is kept. Raises UnfitError ``reference_unreadable``."""
    tidied = tidied_reference(unicodedata.normalize("NFKC", value))
    if not _REFERENCE.fullmatch(tidied.replace("-", "")):
        raise unfit("reference_unreadable")
    return tidied


def phone(value: str) -> str:
    """A telephone number, full-width signs made plain. Raises UnfitError ``phone_unreadable``."""
    plain = unicodedata.normalize("NFKC", value).translate(_DASHES)
    if not _PHONE.fullmatch(plain):
        raise unfit("phone_unreadable")
    return plain


def email(value: str) -> str:
    """An e-mail address as the HTML standard has it. Raises UnfitError ``email_unreadable``."""
    plain = unicodedata.normalize("NFKC", value)
    if not is_address(plain):
        raise unfit("email_unreadable")
    return plain


def form_id(value: str) -> str:
    """Printable characters only. Raises UnfitError ``form_id_unreadable``."""
    if not value.isprintable():
        raise unfit("form_id_unreadable")
    return value


def honeypot(_: str) -> None:
    """A field that people do not see. Raises UnfitError ``honeypot`` whatever stands in it."""
    raise unfit("honeypot")


def _is_control(char: str, *, is_long: bool) -> bool:
    if char in "\n\t":
        return not is_long
    return unicodedata.category(char) in ("Cc", "Cs")


def _day(value: str) -> date:
    return date.fromisoformat(value)
