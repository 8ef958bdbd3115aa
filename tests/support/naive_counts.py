"""A second way of counting a month: kind by kind over raw events, without a state of ours."""

from collections import Counter

from docs.generator.moments import SHANGHAI


def moves_of(records):
    """What came in and went out in each month, by the names of events alone."""
    found, stands, under, before = {}, "", False, ""
    for record in records:
        was = "merged" if under else stands
        stands, before = _stands(record, stands, before, under=under)
        under = {"merged": True, "separated": False}.get(record.kind, under)
        move = _named(was, "merged" if under else stands, records[0].event.channel)
        if move:
            found.setdefault(f"{record.at.astimezone(SHANGHAI):%Y-%m}", Counter())[move] += 1
    return {month: dict(moves) for month, moves in found.items()}


def _stands(record, stands, before, *, under):
    """How it stands after a record, and how it stood before another's word opened it."""
    match record.kind:
        case "received" | "disputed":
            return "open", ""
        case "reopened":
            by_others = record.event.by_another or under
            return "open", (before or stands) if by_others else ""
        case "closed":
            return record.event.ended_as, ""
        case "withdrawn" if not record.event.others_go_on:
            stands = "withdrawn"
        case "confirmed":
            before = ""
        case "part_left" | "separated" if record.event.as_before:
            stands, before = before, ""
    return stands, before


def _named(was, now, channel):
    if was == now or "open" not in (was, now):
        return ""
    if was == "open":
        return now
    new = "imported" if channel == "import" else "new"
    return {"": new, "merged": "separated"}.get(was, f"reopened_{was}")


def said_of(records):
    """Month and figure of each event that a figure counts by itself."""
    for record in records:
        month, event = f"{record.at.astimezone(SHANGHAI):%Y-%m}", record.event
        if record.kind == "received" and event.channel != "import":
            yield month, f"new {event.category}"
        if record.kind == "missed" and record.at != records[0].at:
            yield from ((month, "missed") for _ in event.promises)
        if record.kind in ("return_visited", "confirmed", "disputed") and event.satisfaction:
            yield month, "answers"
            yield month, event.satisfaction
