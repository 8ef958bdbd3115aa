"""Who may do what, over HTTP: every address of the desk × role × own and foreign community.

What is allowed is read off the permission table here once more, and asked of the real
pages with real sessions. An address that stands in no row fails.
"""

import re

import pytest

import app
from chalicelib.domain.permissions import MAY
from chalicelib.domain.staff import Staff
from chalicelib.domain.verbs import STAFF_VERBS
from support.clouds import a_light_cloud
from support.desk_web import Browser, Desk
from support.forms import an_intake
from support.values import replace

pytestmark = pytest.mark.slow

ROLES = {
    "receptionist": {},
    "customer_service_supervisor": {},
    "department_head": {"communities": (), "department": "engineering"},
    "property_manager": {},
    "company_leadership": {"communities": ()},
}
OURS, FOREIGN = "jade-lake", "maple-court"


def _person(role, community, **more):
    name = {"zh": f"{role}{community}", "en": f"{role} of {community}"}
    address = f"{role}.{community}@anhe.example"
    person = Staff(f"{community}.{role}".replace("_", "-"), name, address, "en", (role,))
    return replace(person, **({"communities": (community,)} | more))


STAFF = {role: _person(role, OURS, **more) for role, more in ROLES.items()}
OWNER = replace(_person("customer_service_supervisor", OURS), id="a-supervisor")
"""Whose the complaints of our community are: somebody who is not asked about here."""
OTHERS = (
    OWNER,
    _person("customer_service_supervisor", FOREIGN),
    _person("property_manager", FOREIGN),
    _person("department_head", FOREIGN, communities=(), department="cleaning"),
)
SCOPES = {
    "own community, own department": (OURS, "engineering"),
    "own community, other department": (OURS, "cleaning"),
    "foreign community, own department": (FOREIGN, "engineering"),
    "foreign community, other department": (FOREIGN, "cleaning"),
}


def reaches(role, verb, place):
    """Whether the table lets this role do this to a complaint there that they do not own."""
    community, department = place
    match MAY[verb].get(role):
        case "company":
            return True
        case "community":
            return community == OURS
        case "department":
            return department == "engineering"
        case _:
            return False


@pytest.fixture(scope="module")
def cloud():
    """One cloud for all: no case of this file depends on what another did."""
    with a_light_cloud(staff=(*STAFF.values(), *OTHERS)) as made:
        yield made


@pytest.fixture(scope="module")
def desks(cloud):
    """Each role, signed in through the real pages."""
    desk = Desk(cloud)
    return {role: desk.as_(person.id) for role, person in STAFF.items()}


@pytest.fixture(scope="module")
def complaints(cloud):
    """A complaint in each place, owned by somebody who is not asked about here."""
    found = {}
    container = cloud.container
    for name, (community, department) in SCOPES.items():
        form = {"community": community, "about": department, "person": None, "cause": "facility"}
        intake = an_intake(container.clock.now(), **form)
        found[name] = container.submit_complaint.receive(intake, "web").reference
    return found


CASES = [(role, name) for role in ROLES for name in SCOPES]


@pytest.mark.parametrize(("role", "name"), CASES)
@pytest.mark.parametrize("page", ["", "/slip", "/looks"])
def test_who_may_look(desks, complaints, role, name, page):
    """A page opens for whom the table lets see it; for all others it is not there."""
    verb = {"": "see", "/slip": "receive", "/looks": "see-access"}[page]
    allowed = all(reaches(role, one, SCOPES[name]) for one in ("see", verb))
    answer = desks[role].get(f"/desk/complaints/{complaints[name]}{page}")
    # Nobody here took it in: the slip's page only says how the resident gets a code.
    opened = 403 if page == "/slip" else 200
    assert answer.status_code == (opened if allowed else 404)


FORM = {
    "text": "x",
    "note": "x",
    "reason": "x",
    "done": "x",
    "told_by": "telephone",
    "at": "2026-12-01T10:00",
    "to": "nobody",
    "valid": "yes",
    "held": "unreached",
    "whom": "property_manager",
    "into": "00000-00000",
    "contact_by": "visit",
}
"""A form for any verb that lacks nothing but the right to send it."""


REFUSED = [
    (role, name, verb)
    for role, name in CASES
    for verb in STAFF_VERBS
    if not reaches(role, verb, SCOPES[name])
]


@pytest.mark.parametrize("case", REFUSED, ids=" ".join)
def test_who_may_not_act_changes_nothing(cloud, desks, complaints, case):
    """A verb that a role does not have is refused, and the record stays as it was."""
    role, name, verb = case
    place, reference = SCOPES[name], complaints[name]
    before = cloud.container.complaints.load(reference)
    path = f"/desk/complaints/{reference}/{verb}"
    answer = desks[role].post(path, FORM | {"checked": "yes"})
    assert answer.status_code == (409 if reaches(role, "see", place) else 404) or (
        answer.status_code == 422 and reaches(role, "see", place)
    )
    assert cloud.container.complaints.load(reference) == before


@pytest.mark.parametrize(("role", "name"), CASES)
def test_who_may_note_can(cloud, desks, complaints, role, name):
    """The same address does what it says for whom the table allows it."""
    if not reaches(role, "note", SCOPES[name]):
        return
    path = f"/desk/complaints/{complaints[name]}/note"
    assert desks[role].post(path, {"text": f"Seen by {role}."}).status_code == 303
    latest = cloud.container.complaints.load(complaints[name]).records[-1]
    assert (latest.by, latest.words["text"]) == (STAFF[role].id, f"Seen by {role}.")


@pytest.mark.parametrize(("role", "name"), CASES)
def test_only_verbs_that_the_reader_may_use_are_offered(desks, complaints, role, name):
    """What the page shows a button for is in the table; nothing else is."""
    answer = desks[role].get(f"/desk/complaints/{complaints[name]}")
    if answer.status_code == 404:
        return
    page = answer.body.decode()
    offered = [verb for verb in STAFF_VERBS if f'/{complaints[name]}/{verb}"' in page]
    assert offered
    assert all(reaches(role, verb, SCOPES[name]) for verb in offered)


@pytest.mark.parametrize("role", ROLES)
def test_the_queue_lists_and_counts_what_the_reader_may_see(desks, complaints, role):
    """No foreign reference stands anywhere in the page."""
    page = desks[role].get("/desk?view=all").body.decode()
    for name, reference in complaints.items():
        assert (reference in page) is reaches(role, "see", SCOPES[name])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("query", ["", "?status=open", "?building=3", "?owner=nobody&sort=owner"])
def test_the_list_holds_and_counts_what_the_reader_may_see(desks, complaints, role, query):
    """No foreign reference stands anywhere in the page, nor is one counted."""
    page = desks[role].get(f"/desk/complaints{query}").body.decode()
    seen = [name for name in complaints if reaches(role, "see", SCOPES[name])]
    for name, reference in complaints.items():
        assert (reference in page) is (name in seen and "nobody" not in query)
    counted = re.findall(r'<option value="open"[^>]*>[^<]*\((\d+)\)', page)[0]
    assert int(counted) == len(seen)


@pytest.mark.parametrize(("role", "name"), CASES)
def test_the_archive_finds_what_the_reader_may_see(desks, complaints, role, name):
    """By reference and by telephone alike."""
    for form in (
        {"way": "reference", "reference": complaints[name]},
        {"way": "phone", "phone": "13800000000"},
    ):
        page = desks[role].post("/desk/archive", form).body.decode()
        link = f'/desk/complaints/{complaints[name]}"'
        assert (link in page) is reaches(role, "see", SCOPES[name])


@pytest.mark.parametrize("role", ROLES)
def test_an_export_holds_what_the_reader_may_export(desks, complaints, role):
    """Of one complaint, and of a person: nothing of a foreign community's."""
    for name, reference in complaints.items():
        answer = desks[role].post(f"/desk/complaints/{reference}/export", {})
        assert answer.status_code == (200 if reaches(role, "export", SCOPES[name]) else 404)
    answer = desks[role].post("/desk/archive/export", {"way": "phone", "phone": "138 0000 0000"})
    body = answer.body.decode()
    for name, reference in complaints.items():
        assert (reference in body) is reaches(role, "export", SCOPES[name])


@pytest.mark.parametrize("role", ROLES)
def test_reception_is_for_one_s_own_community(cloud, desks, role):
    """Who takes complaints in does so for their community; nothing is kept of another."""
    may = "receive" in {verb for verb in MAY if role in MAY[verb]}
    assert desks[role].get("/desk/new").status_code == (200 if may else 404)
    for community in (OURS, FOREIGN):
        allowed = may and reaches(role, "receive", (community, "engineering"))
        count = len(cloud.items())
        form = _reception(community)
        answer = desks[role].post("/desk/new", form | {"do": "save"})
        assert answer.status_code == (303 if allowed else 422 if may else 404)
        assert (len(cloud.items()) > count) is allowed
        count = len(cloud.items())
        desks[role].post("/desk/new", form | {"do": "call"})
        assert (len(cloud.items()) > count) is allowed
        look = desks[role].post("/desk/households", form)
        assert look.status_code == (200 if may else 404)
        assert ("/desk/complaints/" in look.body.decode()) is allowed


def _reception(community):
    return {
        "channel": "walk_in",
        "community": community,
        "building": "3栋",
        "unit": "1201-甲",
        "name": "李女士",
        "phone": "138 0000 0000",
        "description": "x",
        "place": "x",
        "happened_on": "2026-11-20",
        "category": "noise",
        "about": "cleaning",
        "cause": "facility",
        "hurt": "no",
        "request": "x",
        "language": "zh",
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_log_is_for_one_s_own_community(cloud, desks, role):
    """It opens and is written in where the table allows it, and nowhere else."""
    for community in (OURS, FOREIGN):
        place = (community, "engineering")
        read, written = (reaches(role, verb, place) for verb in ("read-log", "write-log"))
        answer = desks[role].get(f"/desk/log?community={community}&date=2026-11-25")
        assert answer.status_code == (200 if read else 404)
        count = len(cloud.items())
        entry = {"community": community, "date": "2026-11-25", "kind": "entry", "text": "x"}
        answer = desks[role].post("/desk/log", entry)
        assert answer.status_code == (303 if written else 404)
        assert (len(cloud.items()) > count) is written


@pytest.mark.parametrize("role", ROLES)
def test_the_report_is_of_one_s_own_community(cloud, desks, role):
    """It opens where the table allows it, as a page and as a file; and nowhere else."""
    month = f"{cloud.container.clock.now():%Y-%m}"
    for community in (OURS, FOREIGN):
        may_read = reaches(role, "read-report", (community, "engineering"))
        for address in (month, f"{month}.json", f"{month}.csv"):
            answer = desks[role].get(f"/desk/reports/{address}?community={community}")
            assert answer.status_code == (200 if may_read else 404)
    may_somewhere = bool(MAY["read-report"].get(role))
    assert desks[role].get("/desk/reports").status_code == (303 if may_somewhere else 404)


@pytest.mark.parametrize(("role", "name"), CASES)
def test_several_are_handed_over_as_one_is(cloud, desks, complaints, role, name):
    """The page is there for who may hand over anywhere, and moves nothing beyond that."""
    assert desks[role].get("/desk/hand-over").status_code == (
        200 if MAY["hand-over"].get(role) else 404
    )
    if reaches(role, "hand-over", SCOPES[name]):
        return
    before = cloud.container.complaints.load(complaints[name])
    ticked = {f"pick-{complaints[name]}": "yes", "from": before.complaint.owner.staff or ""}
    sent = ticked | {"to": STAFF["company_leadership"].id, "note": "x"}
    assert desks[role].post("/desk/hand-over", sent).status_code in (404, 409)
    assert cloud.container.complaints.load(complaints[name]) == before


@pytest.mark.parametrize("role", ROLES)
def test_everybody_keeps_filters_of_their_own(cloud, desks, role):
    """With nothing in them that could show more than the queue itself does."""
    answer = desks[role].post("/desk/filters", {"name": role, "view": "all", "do": "keep"})
    assert answer.status_code == 303
    kept = cloud.container.staff.snapshot().filters
    assert {one.name for one in kept[STAFF[role].id]} == {role}


@pytest.mark.parametrize("role", ROLES)
def test_lessons_are_those_of_the_reader_s_communities(desks, role):
    """Everybody on the staff may learn; an unknown category has none."""
    for query in ("", "?category=noise", "?category=nothing"):
        assert desks[role].get(f"/desk/archive/lessons{query}").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_the_staff_list_is_for_those_who_answer_for_people(desks, role):
    """A property manager and the leadership; for all others it is not there."""
    other = STAFF["receptionist"].id
    for path in ("/desk/staff", "/desk/staff/new", f"/desk/staff/{other}"):
        answer = desks[role].get(path)
        assert answer.status_code == (200 if role in MAY["edit-staff"] else 404), path


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MAY["edit-staff"]])
def test_nobody_else_changes_the_staff(cloud, desks, role):
    """Neither adding, editing nor disabling; and a manager's arm does not reach elsewhere."""
    before = cloud.container.staff.directory()
    other = STAFF["property_manager"].id
    for path in ("/desk/staff/new", f"/desk/staff/{other}", f"/desk/staff/{other}/disable"):
        assert desks[role].post(path, {"id": "x"}).status_code == 404, path
    assert cloud.container.staff.directory() == before


def test_a_manager_changes_nobody_of_a_foreign_community(cloud, desks):
    """Somebody who works elsewhere is not theirs to disable."""
    before = cloud.container.staff.directory()
    foreign = OTHERS[1].id
    answer = desks["property_manager"].post(f"/desk/staff/{foreign}/disable", {})
    assert answer.status_code in (403, 404, 409)
    assert cloud.container.staff.directory() == before


ROUTES = {
    "/desk",
    "/desk/filters",
    "/desk/hand-over",
    "/desk/new",
    "/desk/households",
    "/desk/letters",
    "/desk/log",
    "/desk/complaints",
    "/desk/complaints.csv",
    "/desk/complaints.xlsx",
    "/desk/complaints/{reference}",
    "/desk/complaints/{reference}/{verb}",
    "/desk/complaints/{reference}/slip",
    "/desk/complaints/{reference}/looks",
    "/desk/complaints/{reference}/export",
    "/desk/archive",
    "/desk/archive/export",
    "/desk/archive/lessons",
    "/desk/reports",
    "/desk/reports/{month}",
}
"""The addresses asked here; those of sign-in, account and staff have tests of their own."""
ELSEWHERE = ("/desk/sign-", "/desk/account", "/desk/forgot", "/desk/reset", "/desk/staff")


def test_no_address_is_left_out():
    """Every address of the desk stands in this matrix, or is one that needs no post."""
    known = {path for path in app.app.routes if path.startswith("/desk")}
    assert {path for path in known if not path.startswith(ELSEWHERE)} == ROUTES


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_without_a_session_everything_leads_to_the_sign_in(cloud, path):
    """Nothing is shown and nothing done for somebody who has not signed in."""
    stranger = Browser()
    address = path.replace("{reference}", "00000-00000").replace("{verb}", "note")
    address = address.replace("{month}", "2026-11")
    for method in app.app.routes[path]:
        if method == "GET":
            answer = stranger.get(address)
            assert answer.status_code == 303
            assert answer.headers["Location"].startswith("/desk/sign-in?next=")
        else:
            count = len(cloud.items())
            answer = stranger.post(address, {"text": "typed"})
            assert answer.status_code == 401
            assert "typed" in answer.body.decode()
            assert len(cloud.items()) == count
