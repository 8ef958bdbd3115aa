"""The staff directory: who may change what, and what becomes of somebody's complaints."""

from dataclasses import dataclass
from datetime import date

import pytest

from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.application.sessions import Session
from chalicelib.application.staff_form import StaffForm, typed_from
from chalicelib.application.staffing import Staffing, may_edit
from chalicelib.application.standing_in import HandedOn
from chalicelib.domain.errors import BadInputError, ChangedMeanwhileError, RefusedError
from chalicelib.domain.staff_log import open_requests
from fakes.identity import FakeIdentity
from support.examples import at
from support.forms import ORGANISATION
from support.office import Office
from support.people import DIRECTORY, HEAD, LEADER, MANAGER, RECEPTIONIST, STAFF, SUPERVISOR
from support.values import replace

NEW = replace(
    SUPERVISOR,
    id="li-si",
    name={"zh": "李四", "en": "Li Si"},
    email="li.si@anhe.example",
    roles=("receptionist",),
)
ELSEWHERE = replace(NEW, id="wu-li", email="wu.li@anhe.example", communities=("maple-court",))
SECOND_LEADER = replace(LEADER, id="shen-jianhua", email="shen@anhe.example")


@dataclass
class Company:
    """An office with accounts."""

    office: Office
    staffing: Staffing
    identity: FakeIdentity

    @property
    def directory(self):
        """Everybody."""
        return self.office.staff.directory()

    def owner_of(self, reference):
        """The id of who owns a complaint."""
        return self.office.complaints.load(reference).complaint.owner.staff


@pytest.fixture
def company():
    office, identity = Office("Monday 2026-11-23 10:00"), FakeIdentity()
    for person in STAFF:
        identity.create(person.id, person.email)
    return Company(office, office.but(identity=identity).staffing, identity)


def refused(code):
    return pytest.raises(RefusedError, match=f"^{code}$")


def test_somebody_new_is_in_the_directory_and_invited(company):
    """The new one can be named an owner at once, and gets the invitation."""
    company.staffing.add(MANAGER, NEW)
    assert company.directory.person(NEW.id) == NEW
    assert company.identity.sent[-1] == NEW.email


def test_an_id_is_given_once(company):
    """A second person under the same id replaces nobody and is not invited."""
    company.staffing.add(MANAGER, NEW)
    sent = len(company.identity.sent)
    with pytest.raises(ChangedMeanwhileError):
        company.staffing.add(MANAGER, replace(NEW, email="other@anhe.example"))
    assert company.directory.person(NEW.id) == NEW
    assert len(company.identity.sent) == sent


@pytest.mark.parametrize(
    ("editor", "person", "may"),
    [
        (MANAGER, SUPERVISOR, True),
        (MANAGER, NEW, True),
        (MANAGER, MANAGER, True),
        (MANAGER, ELSEWHERE, False),
        (MANAGER, HEAD, False),
        (MANAGER, LEADER, False),
        (replace(MANAGER, communities=()), HEAD, True),
        (replace(MANAGER, communities=()), LEADER, False),
        (replace(MANAGER, disabled=True), SUPERVISOR, False),
        (LEADER, MANAGER, True),
        (LEADER, ELSEWHERE, True),
        (LEADER, SECOND_LEADER, True),
        (SUPERVISOR, NEW, False),
        (HEAD, NEW, False),
        (NEW, NEW, False),
    ],
)
def test_who_may_edit_whom(editor, person, may):
    """A manager the people of their communities, leadership everybody, others nobody."""
    assert may_edit(editor, person) is may


def test_a_manager_makes_no_leader(company):
    """Neither of somebody new nor of somebody there."""
    with refused("no_leader_by_you"):
        company.staffing.add(MANAGER, replace(NEW, roles=("company_leadership",)))
    with refused("no_leader_by_you"):
        company.staffing.change(MANAGER, replace(SUPERVISOR, roles=("company_leadership",)))
    assert company.directory == DIRECTORY


def test_a_manager_gives_nobody_away_to_another_community(company):
    """What managers could not edit afterwards they cannot make of anybody."""
    with refused("other_community"):
        company.staffing.change(MANAGER, replace(SUPERVISOR, communities=("maple-court",)))
    with refused("other_community"):
        company.staffing.change(MANAGER, replace(SUPERVISOR, communities=()))


def test_a_manager_of_elsewhere_edits_nobody_here(company):
    """Whatever it is that they want to change."""
    stranger = replace(MANAGER, id="sun-li", communities=("maple-court",))
    for change in (
        lambda: company.staffing.change(stranger, replace(SUPERVISOR, email="x@anhe.example")),
        lambda: company.staffing.disable(stranger, SUPERVISOR.id),
        lambda: company.staffing.enable(stranger, SUPERVISOR.id),
        lambda: company.staffing.invite_again(stranger, SUPERVISOR.id),
        lambda: company.staffing.forget_second_factor(stranger, SUPERVISOR.id),
    ):
        with refused("not_yours_to_edit"):
            change()
    assert company.directory == DIRECTORY


@pytest.mark.parametrize(
    "changed",
    [
        replace(MANAGER, roles=("customer_service_supervisor",)),
        replace(MANAGER, communities=("jade-lake", "maple-court")),
        replace(MANAGER, communities=()),
    ],
)
def test_nobody_changes_their_own_post(company, changed):
    """A manager neither leaves their post nor widens it alone."""
    with pytest.raises(RefusedError):
        company.staffing.change(MANAGER, changed)
    with refused("not_yourself"):
        company.staffing.disable(MANAGER, MANAGER.id)
    assert company.directory == DIRECTORY


def test_a_manager_changes_the_rest_of_their_own_entry(company):
    """Name and address are theirs to change."""
    renamed = replace(MANAGER, email="zhao@anhe.example")
    company.staffing.change(MANAGER, renamed)
    assert company.directory.person(MANAGER.id) == renamed
    assert company.identity.accounts[MANAGER.id].email == "zhao@anhe.example"


def test_the_last_of_the_leadership_stays(company):
    """Not even the operator disables or demotes the last leader; with another there, it works."""
    demoted = replace(LEADER, roles=("property_manager",))
    for change in (
        lambda: company.staffing.disable(None, LEADER.id),
        lambda: company.staffing.change(None, demoted),
    ):
        with refused("last_leader"):
            change()
    company.staffing.add(None, SECOND_LEADER)
    company.staffing.disable(SECOND_LEADER, LEADER.id)
    assert company.directory.person(LEADER.id).disabled
    with refused("last_leader"):
        company.staffing.disable(None, SECOND_LEADER.id)


def test_disabling_closes_entry_account_and_sessions(company):
    """All three, and enabling opens entry and account again."""
    company.staffing.disable(MANAGER, SUPERVISOR.id)
    assert company.directory.person(SUPERVISOR.id) == replace(SUPERVISOR, disabled=True)
    assert company.identity.accounts[SUPERVISOR.id].disabled
    company.staffing.enable(MANAGER, SUPERVISOR.id)
    assert company.directory.person(SUPERVISOR.id) == SUPERVISOR
    assert not company.identity.accounts[SUPERVISOR.id].disabled


def test_somebody_without_an_account_is_disabled_all_the_same(company):
    """The directory decides; an account that is not there cannot be closed."""
    del company.identity.accounts[SUPERVISOR.id]
    company.staffing.disable(MANAGER, SUPERVISOR.id)
    assert company.directory.person(SUPERVISOR.id).disabled


def test_the_second_of_two_editors_is_told(company):
    """What the first one saved stays."""
    version = company.office.staff.snapshot().versions[SUPERVISOR.id]
    first = replace(SUPERVISOR, email="one@anhe.example")
    company.staffing.change(MANAGER, first, version)
    with pytest.raises(ChangedMeanwhileError):
        company.staffing.change(LEADER, replace(SUPERVISOR, email="two@anhe.example"), version)
    assert company.directory.person(SUPERVISOR.id) == first


def test_an_invitation_is_sent_again_or_for_the_first_time(company):
    """Who never signed in gets another; who has a password needs none."""
    company.staffing.invite_again(MANAGER, SUPERVISOR.id)
    del company.identity.accounts[SUPERVISOR.id]
    company.staffing.invite_again(MANAGER, SUPERVISOR.id)
    assert company.identity.sent[-2:] == [SUPERVISOR.email] * 2
    company.identity.accounts[SUPERVISOR.id].is_temporary = False
    with pytest.raises(IdentityRefusedError, match=r"^has_password$"):
        company.staffing.invite_again(MANAGER, SUPERVISOR.id)


def test_everybody_sets_their_own_absence_and_nothing_else(company):
    """Whatever else came with it."""
    version = company.office.staff.snapshot().versions[SUPERVISOR.id]
    wanted = replace(
        SUPERVISOR,
        absent=True,
        deputy=MANAGER.id,
        language="en",
        roles=("company_leadership",),
        communities=(),
        email="other@anhe.example",
    )
    company.staffing.change_own(wanted, version)
    assert company.directory.person(SUPERVISOR.id) == replace(
        SUPERVISOR, absent=True, deputy=MANAGER.id, language="en"
    )


def test_an_absent_owners_complaints_go_to_the_deputy(company):
    """All that are open, and nobody else's; who is there again has them back."""
    mine = company.office.receive()
    assert company.owner_of(mine) == MANAGER.id
    away = replace(MANAGER, absent=True, deputy=SUPERVISOR.id)
    handed_on = company.staffing.change(LEADER, away)
    assert handed_on == HandedOn(moved=(mine,))
    assert company.owner_of(mine) == SUPERVISOR.id
    assert company.staffing.change(LEADER, MANAGER) == HandedOn(back=(mine,))
    assert company.owner_of(mine) == MANAGER.id


def test_a_disabled_owners_complaints_go_up_a_rung(company):
    """Without a deputy the next rung answers; doing it again changes nothing more."""
    mine = company.office.receive()
    assert company.staffing.disable(LEADER, MANAGER.id).moved == (mine,)
    assert company.owner_of(mine) == LEADER.id
    records = len(company.office.complaints.load(mine).records)
    assert company.staffing.standing_in.hand_on(MANAGER.id) == HandedOn()
    assert len(company.office.complaints.load(mine).records) == records


@pytest.mark.parametrize(
    "changed",
    [
        replace(MANAGER, roles=("receptionist",)),
        replace(MANAGER, communities=("maple-court",)),
    ],
    ids=["without the post", "elsewhere"],
)
def test_who_may_not_own_it_any_more_gives_it_up(company, changed):
    """A change of post or community leaves no complaint with somebody who cannot act on it."""
    mine = company.office.receive()
    assert company.staffing.change(LEADER, changed).moved == (mine,)
    assert company.owner_of(mine) == LEADER.id


def test_a_deputy_keeps_what_they_stand_in_for(company):
    """A change of the deputy's own entry moves nothing on."""
    both = ("maple-court", *MANAGER.communities)
    deputy = replace(MANAGER, id="sun-li", email="sun@anhe.example", communities=both)
    company.staffing.add(LEADER, deputy)
    mine = company.office.receive()
    company.staffing.change(LEADER, replace(MANAGER, absent=True, deputy=deputy.id))
    assert company.owner_of(mine) == deputy.id
    company.staffing.change(LEADER, replace(deputy, language="zh"))
    assert company.owner_of(mine) == deputy.id


def test_what_nobody_can_take_over_is_told(company):
    """It stays where it was, and the editor learns how many."""
    mine = company.office.receive()
    for person in STAFF:
        if person != MANAGER:
            company.office.staff.put(replace(person, disabled=True))
    company.office.staff.put(replace(MANAGER, absent=True))
    assert company.staffing.standing_in.hand_on(MANAGER.id) == HandedOn(left=(mine,))


def test_one_that_fails_stops_no_other(company):
    """The others go on, and the one that failed is named."""
    bad, good = (company.office.receive(form_id=one) for one in ("1", "2"))
    save = company.office.complaints.save

    def saves(before, after, *rest, **named):
        if after.complaint.reference == bad:
            raise OSError("made up")
        save(before, after, *rest, **named)

    company.office.complaints.save = saves
    handed_on = company.staffing.disable(LEADER, MANAGER.id)
    assert handed_on == HandedOn(moved=(good,), failed=(bad,))
    company.office.complaints.save = save
    assert company.staffing.standing_in.hand_on(MANAGER.id) == HandedOn(moved=(bad,))


def form(**changes):
    """A form as it stands for the supervisor, changed."""
    return {**typed_from(SUPERVISOR), **changes}


def read(sent, before=SUPERVISOR):
    return StaffForm(sent, DIRECTORY, ORGANISATION, at("Monday 2026-11-23 10:00")).read(before)


AWAY = replace(
    HEAD,
    absent=True,
    absent_from=date(2026, 11, 20),
    absent_until=date(2026, 11, 27),
    deputy=LEADER.id,
)


@pytest.mark.parametrize("person", [*STAFF, NEW, AWAY])
def test_a_form_says_what_it_was_filled_from(person):
    """Reading the form of somebody's entry gives the same entry."""
    assert read(typed_from(person), person) == person


def test_a_new_id_is_tidied():
    """Capitals and full width are made plain."""
    sent = {**typed_from(NEW), "id": "ＬＩ-Si"}
    assert read(sent, None) == NEW


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name_zh": " "}, "name_zh", "missing"),
        ({"name_en": "x" * 81}, "name_en", "too_long"),
        ({"name_en": "a\x00b"}, "name_en", "control_characters"),
        ({"email": "no address"}, "email", "email_unreadable"),
        ({"email": "Gao.Yuan@anhe.example"}, "email", "email_taken"),
        ({"language": "fr"}, "language", "unknown_choice"),
        ({"role-customer_service_supervisor": ""}, "roles", "no_role"),
        ({"community-jade-lake": ""}, "communities", "no_community"),
        ({"role-department_head": "yes"}, "department", "no_department"),
        ({"community-nowhere": "yes"}, "communities", "unknown_key"),
        ({"department": "kitchen"}, "department", "unknown_key"),
        ({"deputy": SUPERVISOR.id}, "deputy", "deputy_unfit"),
        ({"deputy": "nobody"}, "deputy", "deputy_unfit"),
        ({"deputy": RECEPTIONIST.id}, "deputy", "deputy_without_rights"),
        ({"deputy": HEAD.id}, "deputy", "deputy_without_rights"),
    ],
)
def test_a_fault_names_its_field(changes, field, code):
    """One fault, where it is."""
    with pytest.raises(BadInputError) as raised:
        read(form(**changes))
    assert [(fault.field, fault.code) for fault in raised.value.faults] == [(field, code)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("chen jing", "id_unreadable"),
        ("陈静", "id_unreadable"),
        ("-x", "id_unreadable"),
        ("S#x", "id_unreadable"),
        ("chen-jing", "id_taken"),
        ("resident", "id_taken"),
        ("clock", "id_taken"),
    ],
)
def test_an_id_is_plain_and_free(typed, code):
    """It stands in addresses and on the record, so it is letters, digits and hyphens."""
    with pytest.raises(BadInputError) as raised:
        read({**typed_from(NEW), "id": typed}, None)
    assert [(fault.field, fault.code) for fault in raised.value.faults] == [("id", code)]


def test_every_fault_is_told_at_once():
    """So that all are mended together."""
    with pytest.raises(BadInputError) as raised:
        read({}, None)
    assert {fault.field for fault in raised.value.faults} == {
        "id", "name_zh", "name_en", "email", "language", "roles", "communities",
    }  # fmt: skip


def on_record(company):
    """What is on record, in its order: kind, whose, and by whom."""
    return [(one.kind.value, one.staff, one.by) for one in company.office.staff.log.records]


def test_every_change_is_on_record_with_who_made_it(company):
    """Whatever the directory's pages and the operator's command can do."""
    staffing = company.staffing
    staffing.add(MANAGER, NEW)
    staffing.change(LEADER, replace(NEW, roles=("customer_service_supervisor",)))
    staffing.change_own(replace(NEW, language="en"), 2)
    staffing.invite_again(MANAGER, NEW.id)
    staffing.disable(MANAGER, NEW.id)
    staffing.enable(None, NEW.id)
    staffing.forget_second_factor(MANAGER, NEW.id)
    staffing.forget_second_factor(None, NEW.id)
    assert on_record(company) == [
        ("added", NEW.id, MANAGER.id),
        ("changed", NEW.id, LEADER.id),
        ("changed", NEW.id, NEW.id),
        ("invited", NEW.id, MANAGER.id),
        ("disabled", NEW.id, MANAGER.id),
        ("enabled", NEW.id, "operator"),
        ("factor_asked", NEW.id, MANAGER.id),
        ("factor_forgotten", NEW.id, "operator"),
    ]
    changed = company.office.staff.log.records[1]
    assert changed.what == {"roles": ("receptionist", "customer_service_supervisor")}


def test_what_changes_nothing_is_not_on_record(company):
    """A form that is saved as it was is no change."""
    company.staffing.change(MANAGER, SUPERVISOR)
    assert on_record(company) == []


def test_what_is_refused_is_not_on_record(company):
    """The record says only what happened."""
    with refused("not_yours_to_edit"):
        company.staffing.change(MANAGER, replace(HEAD, email="x@anhe.example"))
    with refused("own_factor"):
        company.staffing.forget_second_factor(LEADER, LEADER.id)
    assert on_record(company) == []


def test_another_address_ends_the_sessions_and_the_old_one_is_told(company):
    """Whoever took over the account is not alone in knowing it."""
    session = Session(company.office.clock.now(), company.office.clock.now(), "a browser")
    company.office.staff.begin_session(SUPERVISOR.id, "a digest", session)
    company.staffing.change(MANAGER, replace(SUPERVISOR, email="mine@anhe.example"))
    assert company.office.staff.snapshot().sessions[SUPERVISOR.id] == {}
    company.office.deliver()
    (mail,) = company.office.mailer.sent
    assert mail.to == SUPERVISOR.email
    assert "赵国强" in mail.written.text
    assert "mine@anhe.example" not in mail.written.text


def test_a_manager_alone_takes_off_no_second_factor(company):
    """It is asked for until the leadership confirms it, which ends the sessions."""
    company.identity.accounts[SUPERVISOR.id].asks_code = True
    assert not company.staffing.forget_second_factor(MANAGER, SUPERVISOR.id)
    assert company.identity.asks_code(SUPERVISOR.id)
    (request,) = open_requests(tuple(company.office.staff.log.records))
    assert (request.staff, request.by) == (SUPERVISOR.id, MANAGER.id)
    assert company.staffing.forget_second_factor(LEADER, SUPERVISOR.id)
    assert not company.identity.asks_code(SUPERVISOR.id)
    assert open_requests(tuple(company.office.staff.log.records)) == ()
