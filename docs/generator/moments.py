"""Moments written with their weekday, so that whoever reads a story can check its dates."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(moment: str) -> datetime:
    """The instant (UTC) of "Monday 2026-11-23 16:29", seconds if given, in Shanghai.

    Raises ValueError when that day is another day of the week.
    """
    weekday, written = moment.split(" ", 1)
    local = datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)
    if local.strftime("%A") != weekday:
        raise ValueError(f"{written} is a {local:%A}, not a {weekday}")
    return local.astimezone(UTC)
