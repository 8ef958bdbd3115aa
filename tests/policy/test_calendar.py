"""The files of days off: they reach far enough and say what the notices say."""

import tomllib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from calendar_days import (
    CALENDARS,
    CHINA,
    YEARS_AHEAD,
    UnknownCountryError,
    calendar_text,
    statutory_days,
)
from chalicelib.policy import load_policy, reader
from support.examples import SHANGHAI

TODAY = date(2026, 11, 28)
DAYS = tomllib.loads(reader.COMMUNITY.read_text("utf-8"))["calendar"]["days"]
KEPT = sorted(path.stem for path in CALENDARS.glob("*.toml"))
MEND = (
    "{code}.toml does not cover {year}. Raise {package} in requirements-dev.txt and"
    " constraints.txt, run `make test`, then `.venv/bin/python infra/calendar_days.py {code}`"
    " (docs/running/calendar.md)."
    " China publishes the next year's holidays in November."
)


def mend(code, year):
    """What to do when a calendar ends too early."""
    package = "chinesecalendar" if code == CHINA else "holidays"
    return MEND.format(code=code, year=year, package=package)


def kept_days(code):
    return tomllib.loads((CALENDARS / f"{code}.toml").read_text("utf-8"))


def years_needed(today):
    """The current year, and from 15 December the next one too."""
    near_the_end = (today.month, today.day) >= (12, 15)
    return {today.year, today.year + 1} if near_the_end else {today.year}


@pytest.mark.parametrize(
    ("today", "needed"),
    [
        (date(2026, 1, 1), {2026}),
        (date(2026, 12, 14), {2026}),
        (date(2026, 12, 15), {2026, 2027}),
        (date(2026, 12, 31), {2026, 2027}),
    ],
)
def test_when_the_next_year_is_needed(today, needed):
    """Promises of December reach into January, so the next year must be there by 15 December."""
    assert years_needed(today) == needed


def test_the_calendar_covers_today():
    """The policy's calendar knows the days off of the year we live in, in good time the next."""
    for year in years_needed(datetime.now(SHANGHAI).date()):  # noqa: TID251 - the day it is
        assert year in load_policy().working_time.years, mend(DAYS, year)


@pytest.mark.parametrize("code", KEPT)
def test_a_file_is_what_its_package_says(code):
    """Days off and make-up days are those of the pinned package, on whatever day it was written."""
    kept = kept_days(code)
    known = tomllib.loads(calendar_text(TODAY, code, map(int, kept)))
    assert kept == {year: known[year] for year in kept}


@pytest.mark.parametrize("code", KEPT)
def test_a_file_names_its_source_and_date(code):
    """Above the days stand the package with its version, and the day of writing."""
    header = (CALENDARS / f"{code}.toml").read_text("utf-8").partition("\n[")[0]
    assert "Source: " in header
    written_on = header.partition("Written on ")[2].split()[0]
    assert date.fromisoformat(written_on) <= datetime.now(UTC).date()  # noqa: TID251 - never to come


def test_days_off_are_weekdays_and_make_up_days_are_not():
    """China's file says only what differs from an ordinary week, in each year of its own."""
    for year, days in kept_days(CHINA).items():
        if "statutory_days" in days:
            continue
        assert {day.isoweekday() in range(1, 6) for day in days["days_off"]} == {True}
        assert {day.isoweekday() in range(1, 6) for day in days["make_up_days"]} == {False}
        assert {str(day.year) for each in days.values() for day in each} == {year}


def test_years_ahead_have_the_statutory_days():
    """Ten years beyond the published ones have the feasts that the law fixes, and no more days."""
    kept = kept_days(CHINA)
    ahead = {int(year): days["statutory_days"] for year, days in kept.items() if len(days) == 1}
    last = max(load_policy().working_time.years)
    assert [*ahead] == [last + 1 + number for number in range(YEARS_AHEAD)]
    fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    for year, days in ahead.items():
        assert days == statutory_days(year)
        assert fixed <= {(day.month, day.day) for day in days}
        assert len(days) in {12, 13}  # Mid-Autumn may fall on a day of the National Day


def test_the_lunar_days_of_a_year_to_come():
    """In 2027 Spring Festival begins on 5 February, with its eve; Mid-Autumn is 15 September."""
    lunar = [date(2027, 2, day) for day in (5, 6, 7, 8)]
    lunar += [date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)]
    assert set(lunar) <= set(statutory_days(2027))


def test_what_is_known_of_a_published_year_agrees_with_its_statutory_days():
    """Whatever a notice moves, the statutory days themselves are days off in each year on file."""
    calendar = load_policy().working_time
    for year in sorted(calendar.years):
        if year >= 2025:  # the law gives 13 days from then on
            days = statutory_days(year)
            assert not [day for day in days if calendar.is_working_day(day)], year


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),  # Friday, New Year's Day
        (date(2027, 1, 4), True),
        (date(2027, 2, 5), False),  # Friday, the eve of Spring Festival
        (date(2027, 2, 8), False),  # Monday, its third day
        (date(2027, 2, 9), True),
        (date(2030, 10, 3), False),  # Thursday
        (date(2036, 10, 4), False),  # Saturday, Mid-Autumn
    ],
)
def test_a_statutory_day_of_an_unpublished_year_is_off(day, works):
    """What the law itself fixes counts as off before any notice; weekdays around it work."""
    calendar = load_policy().working_time
    assert calendar.is_working_day(day) is works
    assert day.year not in calendar.years


def policy_with(code, folder):
    """The company's policy with another country's calendar, written into a folder of its own."""
    (folder / f"{code}.toml").write_text(calendar_text(TODAY, code, [2026, 2027]), "utf-8")
    text = reader.COMMUNITY.read_text("utf-8").replace(f'days = "{DAYS}"', f'days = "{code}"')
    (folder / "policy.toml").write_text(text, "utf-8")
    return load_policy(folder / "policy.toml", calendars=folder)


@pytest.mark.parametrize(
    ("code", "day_off", "weekend_holiday"),
    [
        ("GB-ENG", date(2026, 8, 31), date(2026, 12, 26)),  # Summer bank holiday; Boxing Day
        ("GB-SCT", date(2026, 11, 30), date(2026, 12, 26)),  # St Andrew's Day; Boxing Day
        ("SG", date(2026, 8, 10), date(2026, 8, 9)),  # National Day, observed on Monday
    ],
)
def test_another_country_by_a_setting(code, day_off, weekend_holiday, tmp_path):
    """`days` names the country: its holidays on weekdays are off, and no weekend day is worked."""
    calendar = policy_with(code, tmp_path).working_time
    assert calendar.years == {2026, 2027}
    assert not calendar.is_working_day(day_off)
    assert {day.isoweekday() in range(1, 6) for day in calendar.days_off} == {True}
    assert weekend_holiday not in calendar.days_off
    assert calendar.make_up_days == frozenset()


def test_a_promise_in_england(tmp_path):
    """Thursday 24 December 2026: Christmas, and Boxing Day on Monday the 28th, do not count."""
    london = ZoneInfo("Europe/London")
    received_at = datetime(2026, 12, 24, 10, tzinfo=london)
    working_time = policy_with("GB-ENG", tmp_path).working_time
    due_at = working_time.working_days_after(received_at, 1, london)
    assert f"{due_at.astimezone(london):%A %Y-%m-%d %H:%M}" == "Tuesday 2026-12-29 18:00"


def test_days_worked_to_make_up_for_others_are_known_elsewhere_too():
    """Hungary works on Saturday 10 January 2026, and not on Friday the 2nd."""
    days = tomllib.loads(calendar_text(TODAY, "HU", [2026]))["2026"]
    assert date(2026, 1, 10) in days["make_up_days"]
    assert date(2026, 1, 2) in days["days_off"]


def test_what_is_estimated_is_named():
    """Feasts that follow the moon are estimates until they are published, and the file says so."""
    header = calendar_text(TODAY, "AE", [2035]).partition("\n[")[0]
    assert "Estimated by the package, to be compared with the official notice: 2035-" in header


def test_this_year_and_the_next_when_none_is_named():
    """Written in November, the file has the year that runs and the one to come."""
    assert list(tomllib.loads(calendar_text(TODAY, "SG"))) == ["2026", "2027"]


@pytest.mark.parametrize("code", ["ZZ", "sg", "GB-XX", ""])
def test_an_unknown_country(code):
    """The error names what was asked for, and says what to write instead."""
    with pytest.raises(UnknownCountryError, match=r"ISO 3166-1, as SG") as caught:
        calendar_text(TODAY, code, [2026])
    assert f"`{code}`" in str(caught.value)
