"""Complaints in the table: how many requests each thing costs, and what stands where."""

import json

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import AssignOwner, Note, Withdraw
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError
from support.clouds import requests_of
from support.examples import reply
from support.forms import PERSONAL, an_intake
from support.people import MANAGER, SUPERVISOR


@pytest.fixture
def container(cloud):
    return cloud.container


@pytest.fixture
def intake(container):
    return an_intake(container.clock.now(), form_id="form-1")


class Conflicts:
    """Cancels the first transactions of a client before they are sent, then lets them pass."""

    def __init__(self, client, count, code="TransactionConflict"):
        self.asked, self.count, self.code = 0, count, code
        self.events = client.meta.events

    def __enter__(self):
        self.events.register_first("before-call.dynamodb.TransactWriteItems", self.answer)
        return self

    def __exit__(self, *_):
        self.events.unregister("before-call.dynamodb.TransactWriteItems", self.answer)

    def answer(self, **_):
        """What botocore makes of DynamoDB's refusal, or nothing: then the request is sent."""
        self.asked += 1
        if self.asked > self.count:
            return None
        reasons = [{"Code": "None"}, {"Code": self.code}, {"Code": "None"}]
        error = {"Code": "TransactionCanceledException", "Message": "cancelled"}
        return AWSResponse("", 400, {}, None), {"Error": error, "CancellationReasons": reasons}


def test_a_submission_is_one_request(container, cloud, intake):
    """Head, first event, contact and household keys are written in one transaction, no more."""
    with requests_of(cloud.dynamodb) as sent:
        container.submit_complaint.receive(intake, "web")
    assert sent == ["TransactWriteItems"]
    kinds = ["CONTACT", "E#000001", "HEAD", "K#email", "K#phone", "K#unit"]
    assert sorted(item["sk"]["S"] for item in cloud.items()) == kinds


def test_the_same_form_again_is_one_request_and_changes_nothing(container, cloud, intake):
    """A resend is answered with the complaint that stands, in the same round trip."""
    first = container.submit_complaint.receive(intake, "web")
    before = cloud.items()
    with requests_of(cloud.dynamodb) as sent:
        again = container.submit_complaint.receive(intake, "web")
    assert sent == ["TransactWriteItems"]
    assert again == first
    assert cloud.items() == before


def test_the_same_form_with_other_content_is_refused(container, cloud, intake):
    """The form's id stands for one content; other content is refused in one request."""
    container.submit_complaint.receive(intake, "web")
    before = cloud.items()
    other = an_intake(container.clock.now(), form_id="form-1", request="别的要求")
    with requests_of(cloud.dynamodb) as sent, pytest.raises(FormUsedError):
        container.submit_complaint.receive(other, "web")
    assert sent == ["TransactWriteItems"]
    assert cloud.items() == before


def test_the_same_content_without_an_id_is_another_complaint(container):
    """Two complaints in the same words are two, unless the form says that it is one."""
    plain = an_intake(container.clock.now())
    references = {container.submit_complaint.receive(plain, "web").reference for _ in range(3)}
    assert len(references) == 3


def test_a_conflict_is_tried_again(container, cloud, intake):
    """Only when DynamoDB cancels for a conflict is there a second request."""
    with Conflicts(cloud.dynamodb, 1) as conflicts, requests_of(cloud.dynamodb) as sent:
        container.submit_complaint.receive(intake, "web")
    assert conflicts.asked == 2
    assert sent == ["TransactWriteItems"]
    assert len(cloud.items()) == 6


def test_conflicts_are_waited_for_longer_and_longer(container, cloud, intake):
    """Each pause is of chance length, its bound twice the one before."""
    paused = []
    kind = type(container.complaints)
    complaints = kind(cloud.dynamodb, cloud.table, cloud.container.policy, sleep=paused.append)
    history = container.submit_complaint.begun(intake, "web", "7K3MQ-9TX4B", container.clock.now())
    with Conflicts(cloud.dynamodb, 3):
        complaints.submit(history, "digest", {}, None)
    assert len(set(paused)) == 3
    assert all(0 <= pause <= bound for pause, bound in zip(paused, (0.05, 0.1, 0.2), strict=True))


def test_a_conflict_without_end_is_an_error_and_keeps_nothing(container, cloud, intake):
    """After four tries the caller is told that others keep writing; the table is as it was."""
    complaints = type(container.complaints)(
        cloud.dynamodb, cloud.table, cloud.container.policy, sleep=lambda _: None
    )
    history = container.submit_complaint.begun(intake, "web", "7K3MQ-9TX4B", container.clock.now())
    with Conflicts(cloud.dynamodb, 99) as conflicts, pytest.raises(ChangedMeanwhileError):
        complaints.submit(history, "digest", {}, None)
    assert conflicts.asked == 4
    assert cloud.items() == []


def test_another_reason_is_not_tried_again(container, cloud, intake):
    """What trying again would not mend is raised at once."""
    refused = cloud.dynamodb.exceptions.TransactionCanceledException
    with Conflicts(cloud.dynamodb, 1, "ValidationError") as conflicts, pytest.raises(refused):
        container.submit_complaint.receive(intake, "web")
    assert conflicts.asked == 1


def test_a_change_is_one_read_and_one_write(container, cloud, intake):
    """A verb loads the record and the staff, and keeps what follows in one transaction."""
    reference = container.submit_complaint.receive(intake, "web").reference
    with requests_of(cloud.dynamodb) as sent:
        container.act_on_complaint.act(reference, Note(SUPERVISOR.id, "看过了"), by=SUPERVISOR.id)
    assert sent == ["Query", "Query", "TransactWriteItems"]


def is_personal(sk):
    """Whether an item is the contact or a text, which go with the person."""
    return sk == "CONTACT" or sk.startswith("T#")


def test_personal_data_stands_in_contact_and_texts_alone(container, cloud, intake):
    """No word by or about the resident is in any other item, letters and rate limits included."""
    reference = container.submit_complaint.receive(intake, "web").reference
    container.act_on_complaint.act(
        reference, Note(SUPERVISOR.id, "业户家里有老人"), by=SUPERVISOR.id
    )
    for number in (1, 2, 3):
        cloud.container.notifier.post(ComplaintEvent(reference, number))
    words = [*PERSONAL.values(), "业户家里有老人", "13800000000", "@example.com"]
    elsewhere = [one for one in cloud.items() if not is_personal(one["sk"]["S"])]
    assert "@" not in str([item for item in elsewhere if item["sk"]["S"].startswith("L#")])
    written = json.dumps(elsewhere, ensure_ascii=False).replace("\\\\", "\\")
    assert {item["sk"]["S"][:2] for item in elsewhere} == {"HE", "E#", "K#", "L#", "TA"}
    for word in words:
        assert json.dumps(word, ensure_ascii=False)[1:-1] not in written, word
        assert word not in written, word


def test_the_code_is_stored_nowhere(container, cloud, intake):
    """The resident's code is computed whenever it is needed; the table never has it."""
    reference = container.submit_complaint.receive(intake, "web").reference
    cloud.container.notifier.post(ComplaintEvent(reference, 1))
    code = container.keys.code(reference)
    written = json.dumps(cloud.items())
    assert code not in written
    assert code.replace("-", "") not in written.replace("-", "")


def test_no_number_of_notes_ends_a_life(container, cloud, intake):
    """Sixty of the longest Chinese notes are more than an item or a transaction holds.

    It is still replied to and withdrawn, and everything can be read.
    """
    reference = container.submit_complaint.receive(intake, "web").reference
    container.act_on_complaint.act(reference, AssignOwner(), by="clock")
    for number in range(60):
        note = Note(SUPERVISOR.id, f"{number:02}" + "漏" * 3998)
        container.act_on_complaint.act(reference, note, by=SUPERVISOR.id)
    container.act_on_complaint.act(reference, reply(MANAGER.id), by=MANAGER.id)
    withdraw = Withdraw(SUPERVISOR.id, "业户说不用了")
    container.act_on_complaint.act(reference, withdraw, by=SUPERVISOR.id)
    history = container.complaints.load(reference)
    noted = [one.words["text"][:2] for one in history.records if one.kind == "noted"]
    assert noted == [f"{number:02}" for number in range(60)]
    assert history.complaint.status == "withdrawn"
    assert max(len(json.dumps(one)) for one in cloud.items()) < 100_000
