"""The company's own files: sound, whole, and with the settings that were agreed."""

from datetime import time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.clauses import FACTS
from chalicelib.domain.deadlines import PAUSABLE
from chalicelib.domain.policy import Ladder, Pauses, Settings, Within
from chalicelib.policy import load_organisation, load_policy
from chalicelib.policy.checks import faults
from chalicelib.policy.reader import COMMUNITY
from support.examples import POLICY

ORGANISATION = load_organisation()


def test_the_company_s_policy_has_no_fault():
    """The file that staff read and the functions run is sound."""
    assert faults(COMMUNITY.read_text("utf-8")) == ()


def test_the_settings_are_those_that_were_agreed():
    """What the source leaves open stands as the organisation decided it."""
    assert POLICY.settings == Settings(
        earlier_times_raised=2,
        major_loss=Decimal(5000),
        solve_within_months=1,
        change_grace=Within(working_days=1),
        new_contact=Within(working_days=1),
        new_reply=Within(working_days=2),
        feedback=Within(working_days=1),
        pass_on=Within(working_days=1),
        judge=Within(working_days=2),
        judge_undecided=Within(working_days=1),
        close=Within(working_days=10),
        close_confirmed=Within(working_days=3),
        silence=Within(working_days=3),
        wait_for_resident=Within(working_days=3),
        presume_delivered=Within(hours=24),
        warn_after_days=(20, 25),
        explain_invalid=Within(working_days=2),
        return_visit_days=7,
        return_visit_answer_days=7,
        return_visit_tries=3,
        sign_report_day=5,
        keep_personal_data_months=24,
        gather_minutes=15,
        gather_after=15,
        receipts_a_day=10,
        first_letters_an_hour=1000,
    )
    assert (POLICY.working_time.opens, POLICY.working_time.closes) == (time(9), time(18))
    assert POLICY.working_time.weekdays == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("severity", "name", "owner"),
    [
        ("major", "重大投诉", "property_manager"),
        ("important", "重要投诉", "property_manager"),
        ("minor", "轻微投诉", "customer_service_supervisor"),
        (None, "待客服主任判定", "customer_service_supervisor"),
    ],
)
def test_severities_by_their_names(severity, name, owner):
    """Each severity has the source's name and the owner that 3.1 and 3.2 give it."""
    assert POLICY.severity_name(severity)["zh"] == name
    assert POLICY.owner_role(severity) == owner


def test_severities_stand_gravest_first():
    """Major is graver than important, important than minor, and minor than undecided."""
    ranks = [*(severity.key for severity in POLICY.severities), None]
    assert ranks == ["major", "important", "minor", None]
    for at, one in enumerate(ranks):
        assert [POLICY.graver(one, other) for other in ranks] == [at < n for n in range(4)]


def test_every_clause_of_the_source_is_there():
    """5.1.1 to 5.3.1 each stand with their severity; 5.1.2 names two alternatives."""
    assert [(clause.number, clause.severity) for clause in POLICY.clauses] == [
        ("5.1.1", "major"),
        ("5.1.2", "major"),
        ("5.1.2", "major"),
        ("5.1.3", "major"),
        ("5.2.1", "important"),
        ("5.3.1", "minor"),
    ]


def test_every_fact_has_words():
    """A letter can say in both languages why a complaint is as severe as it is."""
    for fact in FACTS:
        assert all(POLICY.fact_words(fact)[language] for language in ("zh", "en"))


def test_every_ladder_ends_at_company_leadership():
    """From each role the rungs lead up to company leadership."""
    for role in POLICY.roles:
        top = role
        while top.next_rung:
            top = POLICY.role(top.next_rung)
        assert top.key == "company_leadership"


def test_what_the_policy_does_not_have_is_an_error():
    """An unknown severity, role or fact is never taken for another."""
    for ask in (POLICY.severity, POLICY.role, POLICY.fact_words):
        with pytest.raises(KeyError):
            ask("no_such_thing")


def test_the_organisation_of_the_demonstration():
    """Two communities with a zone that exists, and six departments, engineering first."""
    assert [one.key for one in ORGANISATION.communities] == ["jade-lake", "maple-court"]
    assert {ZoneInfo(one.zone).key for one in ORGANISATION.communities} == {"Asia/Shanghai"}
    assert len(ORGANISATION.departments) == 6
    assert ORGANISATION.departments[0].name == {"zh": "工程部", "en": "Engineering"}
    assert ORGANISATION.department_name("cleaning")["zh"] == "环境保洁部"
    with pytest.raises(KeyError):
        ORGANISATION.community("no-such-place")


def test_another_file_can_be_read(tmp_path):
    """A candidate policy is read from wherever it stands."""
    candidate = tmp_path / "candidate.toml"
    text = COMMUNITY.read_text("utf-8").replace("major_loss = 5000 ", "major_loss = 800.50 ")
    candidate.write_text(text, "utf-8")
    assert load_policy(candidate).settings.major_loss == Decimal("800.50")


def test_the_ladder_is_the_one_that_was_agreed():
    """After the owner the supervisor, the manager, leadership; for hours, every two of them."""
    rungs = ("customer_service_supervisor", "property_manager", "company_leadership")
    assert POLICY.ladder == Ladder(rungs=rungs, hours_between=2)


def test_nothing_pauses_the_month():
    """Waiting stops the reply and the silence, an agreed time the silence alone (5.1.3)."""
    waiting = frozenset({"reply", "silence"})
    assert POLICY.pauses == Pauses(waiting, agreed_time=frozenset({"silence"}))
    assert "month" not in PAUSABLE
