"""A stranger's spreadsheet goes in whole: 100 real service requests of New York."""

from collections import Counter

from importing.office import nyc_file, nyc_map, tried

OPEN_SINCE_2015 = "31132444"


def test_all_100_requests_go_in(office):
    """Every request is taken in: 99 that had ended, and the one open since 2015."""
    report = office.imports_file(nyc_file(), nyc_map())
    counts = {kind: report.count(kind) for kind in ("ended", "open", "there", "refused")}
    assert counts == {"ended": 99, "open": 1, "there": 0, "refused": 0}


def test_a_second_run_enters_nothing_and_sends_nothing(office):
    """Run twice, the file stands once, and the manager was written to once."""
    office.imports_file(nyc_file(), nyc_map())
    first, kept = office.told(), dict(office.complaints.saved)
    report = office.imports_file(nyc_file(), nyc_map())
    assert report.count("there") == 100
    assert (first, office.told()) == (["maple-manager"], [])
    assert office.complaints.saved == kept


def test_the_dry_run_foretells_the_import(office):
    """A dry run names the same rows with the same severities as the import that follows."""
    foretold = tried(nyc_file(), nyc_map())
    done = office.imports_file(nyc_file(), nyc_map())
    assert foretold.outcomes == done.outcomes
    assert foretold.dry_run


def test_ended_requests_are_judged_as_they_stood_when_they_ended():
    """An archive is not all major: ended rows count a month (5.1.3) up to their end alone."""
    severities = tried(nyc_file(), nyc_map()).severities
    assert severities == Counter({"major": 10, "important": 31, "minor": 30, None: 29})


def test_what_was_open_for_years_is_major_with_its_missed_promises(office):
    """The request open since 2015 is major by 5.1.3; what it missed is recorded once."""
    office.imports_file(nyc_file(), nyc_map())
    history = office.history(OPEN_SINCE_2015, "nyc311")
    assert [one.kind for one in history.records] == ["received", "owner_assigned", "missed"]
    assert history.complaint.verdict.clauses == ("5.1.3", "5.2.1")
    assert history.complaint.missed == {"acknowledge", "reply"}
    assert history.complaint.owner.staff == "maple-manager"


def test_the_summary_counts_what_is_open_and_what_had_ended(office):
    """The manager's one letter names the spreadsheet and the number of open complaints."""
    report = office.imports_file(nyc_file(), nyc_map())
    assert report.summaries == {"maple-manager": {"major": 1}}
    [letter] = office.letters_sent()
    assert letter.written.subject == "【请查看】从“nyc311”导入了 1 件由您负责的投诉"
    assert "另有 99 件在导入前已在别处办结" in letter.written.text


def test_alerts_tell_of_the_open_request_alone(office):
    """With alerts, everybody named for a major complaint reads of the open one; no summary."""
    office.imports_file(nyc_file(), nyc_map(), alert=True)
    assert office.told() == ["head-of-cleaning", "leader", "maple-manager", "maple-supervisor"]


def test_dates_come_from_new_york_into_the_communitys_own_time(office):
    """9.55 in the evening in New York is 9.55 the next morning in the community."""
    office.imports_file(nyc_file(), nyc_map())
    complaint = office.history("42254749", "nyc311").complaint
    assert complaint.happened_at == "2019-04-19T09:55"
    assert complaint.received_at.isoformat() == "2019-04-19T01:55:45+00:00"
    assert complaint.ended_at.isoformat() == "2019-04-19T07:45:24+00:00"


def test_what_is_due_holds_the_open_request_and_nothing_that_had_ended(office):
    """Ended rows are not in the queue's index; the open one has no clock left to run."""
    office.imports_file(nyc_file(), nyc_map())
    assert office.sweep.go().looked_at == 0
