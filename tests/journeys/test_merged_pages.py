"""A merge from the desk's form to the residents' pages and letters, over HTTP and a table.

An injury, major, is merged with a minor complaint about the same door, nine days older.
"""

import re

import pytest

from chalicelib.domain.commands import Judge, Reply
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.resident import ResidentBrowser

MINOR = {"cause": "facility", "name": "王先生", "description": "电梯门关得太快。", "person": ""}
HURT = {"hurt": "yes", "name": "李女士", "description": "电梯门夹伤了我的手。", "person": ""}
REASON = {"reason": "是同一部电梯。"}


class Merged:
    """Two residents at their browsers, and a desk."""

    def __init__(self, cloud):
        self.cloud, self.office = cloud, DeskOffice(cloud)
        self.elder = ResidentBrowser(cloud, **MINOR)
        self.office.deliver()
        cloud.advance(days=9)
        self.hurt = ResidentBrowser(cloud, **HURT)
        self.office.deliver()
        self.seen = len(cloud.mails())

    def merge(self, source, into, person=SUPERVISOR):
        """By the form of the desk, as it is confirmed."""
        answer = self.office.act(
            person,
            source.reference,
            "merge",
            into=into.reference,
            version=self.version(source),
            **REASON,
        )
        assert answer.status_code == 303, answer.body.decode()
        self.office.deliver()
        return answer

    def version(self, resident):
        """What a page of this moment carries."""
        return self.office.version(resident.reference)

    def mails(self):
        """What was sent since the last time, by address."""
        self.office.deliver()
        found = self.cloud.mails()[self.seen :]
        self.seen += len(found)
        return [
            (mail["To"], str(mail["Subject"]), mail.get_body(("plain",)).get_content())
            for mail in found
        ]


@pytest.fixture
def merged():
    """The injury merged into the earlier, by the supervisor."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        matter = Merged(cloud)
        matter.merge(matter.hurt, matter.elder)
        yield matter


def path_of(resident):
    return f"/desk/complaints/{resident.reference}"


def test_the_whole_is_major_and_all_are_told(merged):
    """Both residents by themselves; supervisor, manager, head and leadership of the rise."""
    state = merged.elder.history.complaint
    assert (state.severity, state.hurt, state.absorbed) == ("major", True, (merged.hurt.reference,))
    assert "5.1.2" in state.verdict.clauses
    assert state.owner.staff == MANAGER.id
    mails = merged.mails()
    rise = {to for to, subject, _ in mails if "升级为重大投诉" in subject}
    assert rise == {SUPERVISOR.email, MANAGER.email, HEAD.email, LEADER.email}
    for one, other in ((merged.elder, merged.hurt), (merged.hurt, merged.elder)):
        ((_, _, text),) = [mail for mail in mails if mail[0] == one.email]
        assert one.code in text
        assert other.reference not in text
        assert other.code not in text


def test_each_resident_has_a_page_and_writes_and_disputes(merged):
    """The message reaches the owner, the dispute opens the whole; nobody sees another's."""
    merged.mails()
    assert merged.hurt.press("message", {"text": "手还在肿。"}).status_code == 303
    (mail,) = merged.mails()
    assert mail[0] == MANAGER.email
    assert "手还在肿。" in mail[2]
    merged.elder.staff(Judge(SUPERVISOR.id, "看过", valid=True), Reply(MANAGER.id, "门已调慢。"))
    replies = {to for to, subject, _ in merged.mails() if "答复" in subject}
    assert {merged.elder.email, merged.hurt.email} <= replies
    assert "门已调慢。" in merged.hurt.page()
    (reply,) = [one for one in merged.hurt.history.records if one.kind == "replied"]
    assert reply.origin.startswith(f"{merged.elder.reference}#")
    assert merged.hurt.press("dispute", {"text": "门还是很快。"}).status_code == 303
    letters = merged.mails()
    assert merged.elder.history.complaint.status == "reopened"
    assert merged.hurt.history.complaint.status == "reopened"
    assert {merged.elder.email, merged.hurt.email} <= {to for to, _, _ in letters}
    page = merged.elder.page()
    for private in ("手还在肿", "门还是很快", "李女士", "夹伤", merged.hurt.reference):
        assert private not in page
    assert merged.elder.reference not in merged.hurt.page()
    assert merged.hurt.press("withdraw").status_code == 303
    assert merged.elder.history.complaint.is_open


def test_the_staffs_pages_lead_from_one_to_the_other(merged):
    """The survivor lists its residents and how each is reached; queue and archive have both."""
    page = merged.office.page(SUPERVISOR, path_of(merged.elder))
    residents = page.partition('<h2 id="residents">')[2].partition("<h2")[0]
    for word in ("王先生", "李女士", merged.elder.email, merged.hurt.email, "夹伤", "尚未答复"):
        assert word in residents, word
    assert f'href="{path_of(merged.hurt)}"' in residents
    part = merged.office.page(SUPERVISOR, path_of(merged.hurt))
    assert f'已并入 <a href="{path_of(merged.elder)}"' in part
    assert '<details id="separate"' in part
    assert '<details id="judge"' not in part
    queue = merged.office.page(SUPERVISOR, "/desk?view=all").partition('<table class="cards">')[2]
    assert len(re.findall("<tr>", queue)) == 1 + 1
    assert f'并案 <a href="{path_of(merged.hurt)}"' in queue
    form = {"way": "reference", "reference": merged.hurt.reference}
    found = merged.office.as_(SUPERVISOR).post("/desk/archive", form).body.decode()
    assert merged.elder.reference in found


def test_the_wrong_way_round_is_turned_round_and_shown_before():
    """The letters that are shown first are those of the earlier one that stays."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        matter = Merged(cloud)
        form = {"into": matter.hurt.reference, "version": matter.version(matter.elder), **REASON}
        browser = matter.office.as_(SUPERVISOR)
        shown = browser.post(f"{path_of(matter.elder)}/merge", form).body.decode()
        assert "与同一件事的其他投诉一并办理" in shown
        assert f"升级为重大投诉 {matter.elder.reference}" in shown
        matter.merge(matter.elder, matter.hurt)
        assert matter.hurt.history.complaint.merged_into == matter.elder.reference


def test_it_is_separated_from_the_page_and_both_are_told(merged):
    """The injury is major by itself again, the other as minor as it was."""
    merged.mails()
    version = merged.version(merged.hurt)
    form = {"reason": "是两部电梯。", "version": version}
    answer = merged.office.act(SUPERVISOR, merged.hurt.reference, "separate", **form)
    assert answer.status_code == 303, answer.body.decode()
    assert merged.elder.history.complaint.severity == "minor"
    hurt = merged.hurt.history.complaint
    assert (hurt.severity, hurt.merged_into) == ("major", None)
    told = {to for to, subject, _ in merged.mails() if "单独办理" in subject}
    assert told == {merged.elder.email, merged.hurt.email}
