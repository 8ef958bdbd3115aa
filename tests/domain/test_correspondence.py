"""The word between the resident and the desk: messages, updates, the code."""

from chalicelib.domain.commands import (
    AskCode,
    Confirm,
    Dispute,
    Erase,
    Message,
    RenewCode,
    Update,
    Withdraw,
)
from chalicelib.domain.decisions import correspondence
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import a_life, judge, reply, staff_but, update

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
MESSAGE = Message(RESIDENT, " It drips into the lamp now.\n")
ASKED = AskCode(RESIDENT)
TO_HER = (Notice("code_again", RESIDENT),)


def test_a_message_is_on_the_record_and_its_owner_is_told():
    """What the resident adds is kept trimmed, and goes to the owner alone."""
    life = a_life(MONDAY).on(TUESDAY, MESSAGE)
    record = life.records[-1]
    assert (record.kind, record.words) == ("messaged", {"text": "It drips into the lamp now."})
    assert life.letters == (Notice("message", OWNER),)


def test_a_message_to_an_absent_owner_reaches_who_stands_in():
    """Whoever stands in for the owner is named first, and gets the message."""
    life = a_life(MONDAY).among(staff_but(jade_manager={"absent": True})).on(TUESDAY, MESSAGE)
    assert life.kinds[-2:] == ("stood_in", "messaged")
    assert Notice("message", life.owner) in life.letters
    assert life.owner != OWNER


def test_a_message_says_something():
    """A blank message is refused."""
    assert a_life(MONDAY).refusal(TUESDAY, Message(RESIDENT, " \n")).code == "text_missing"


def test_messages_have_an_end():
    """After thirty the record takes no more, and the resident is asked to call."""
    life = a_life(MONDAY)
    for _ in range(correspondence.MOST_MESSAGES):
        life = life.on(MONDAY, MESSAGE)
    assert life.refusal(MONDAY, MESSAGE).code == "messages_full"


def test_no_staff_may_have_the_code_sent():
    """Only the resident may ask for that; the staff renew it instead."""
    assert a_life(MONDAY).refusal(TUESDAY, AskCode(OWNER)).code == "not_allowed"


def test_what_a_resident_says_by_word_of_mouth_is_written_down():
    """It is on the record by whoever wrote it down; another owner is told, the writer is not."""
    said = Message("jade-receptionist", "It drips on the lamp.")
    life = a_life(MONDAY).on(TUESDAY, said)
    assert (life.kinds, life.latest[0].by) == (("messaged",), "jade-receptionist")
    assert life.letters == (Notice("message", OWNER),)
    assert a_life(MONDAY).on(TUESDAY, Message(OWNER, "She rang.")).letters == ()


def test_a_resident_uses_no_verb_of_the_staff():
    """With the code alone nobody judges, replies or closes."""
    for command in (judge(RESIDENT, valid=True), reply(RESIDENT), update(RESIDENT)):
        assert a_life(MONDAY).hides_from(TUESDAY, command)


def test_the_resident_s_own_word_needs_no_reason():
    """The resident withdraws, confirms and disputes with or without saying why."""
    assert a_life(MONDAY).on(TUESDAY, Withdraw(RESIDENT, "")).complaint.status == "withdrawn"
    answered = a_life(MONDAY).on(MONDAY, reply(OWNER))
    assert answered.on(TUESDAY, Confirm(RESIDENT, "page")).complaint.confirmed_at
    disputed = answered.on(TUESDAY, Dispute(RESIDENT, " ", "page"))
    assert (disputed.complaint.status, disputed.records[-1].words) == ("reopened", {})


def test_not_solved_tells_the_owner_and_the_supervisor():
    """Both hear of it at once, the head who is asked anew too; it counts as raised again."""
    life = a_life(MONDAY).on(MONDAY, reply(OWNER)).on(TUESDAY, Dispute(RESIDENT, "No.", "page"))
    assert {one.to for one in life.letters} == {OWNER, SUPERVISOR, HEAD, RESIDENT}
    assert life.complaint.times_raised == 1


def test_solved_tells_the_owner():
    """The owner hears from the resident's page that it is solved; what staff recorded they know."""
    answered = a_life(MONDAY).on(MONDAY, reply(OWNER))
    assert answered.on(TUESDAY, Confirm(RESIDENT, "page")).letters == (Notice("confirmed", OWNER),)
    assert answered.on(TUESDAY, Confirm(SUPERVISOR, "telephone")).letters == ()


def test_an_update_reaches_the_resident_as_it_was_told():
    """By e-mail it is a letter; by word of mouth it stands on the record."""
    by_mail = a_life(MONDAY).on(TUESDAY, Update(OWNER, "The part is ordered.", "email"))
    assert by_mail.letters == (Notice("update", RESIDENT),)
    assert a_life(MONDAY).on(TUESDAY, update(OWNER)).letters == ()


def test_an_update_needs_words_and_an_address():
    """Nothing blank is sent, and nothing to an address that was never given."""
    assert a_life(MONDAY).refusal(TUESDAY, Update(OWNER, " ")).code == "text_missing"
    no_address = a_life(MONDAY, reachable_by=("phone",), contact_by="phone")
    assert no_address.refusal(TUESDAY, Update(OWNER, "Soon.")).code == "no_email"


def test_a_lost_code_goes_to_the_address_on_record():
    """Whoever asks, it is sent there and nowhere else; not twice within ten minutes."""
    life = a_life(MONDAY).on("Monday 2026-11-23 11:00", ASKED)
    assert life.letters == TO_HER
    assert life.on("Monday 2026-11-23 11:09", ASKED).latest == ()
    assert life.on("Monday 2026-11-23 11:10", ASKED).letters == TO_HER


def test_without_an_address_asking_for_the_code_does_nothing():
    """There is nothing on the record, and nothing that tells it from another complaint."""
    life = a_life(MONDAY, reachable_by=("phone",), contact_by="phone")
    assert life.on(TUESDAY, ASKED).latest == ()


def test_a_code_is_sent_again_after_the_end_too():
    """What has ended can still be looked at; what was erased cannot."""
    ended = a_life(MONDAY).on(MONDAY, Withdraw(OWNER, "It stopped."))
    assert ended.on(TUESDAY, ASKED).letters == TO_HER
    erased = ended.on(MONDAY, Erase(OWNER, "She asked."))
    assert erased.refusal(TUESDAY, ASKED).code == "erased"


def test_a_code_is_replaced_with_a_reason():
    """Each renewal is the next version, and the new code goes to the resident."""
    life = a_life(MONDAY).on(TUESDAY, RenewCode(SUPERVISOR, "Her telephone was stolen."))
    assert life.complaint.code_version == 2
    assert life.letters == (Notice("code_renewed", RESIDENT),)
    assert life.on(TUESDAY, RenewCode(SUPERVISOR, "Again.")).complaint.code_version == 3
    assert a_life(MONDAY).refusal(TUESDAY, RenewCode(SUPERVISOR, "")).code == "text_missing"


def test_codes_have_an_end():
    """As many versions as are tried, and no more."""
    life = a_life(MONDAY)
    for _ in range(correspondence.MOST_CODES - 1):
        life = life.on(MONDAY, RenewCode(SUPERVISOR, "Lost."))
    assert life.refusal(MONDAY, RenewCode(SUPERVISOR, "Lost.")).code == "codes_used_up"
