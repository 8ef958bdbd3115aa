"""`desk act`: a complaint's whole life from the command line, and every refusal in a sentence."""

import json
from datetime import timedelta

import pytest

from offline.running import desk, free_port

OWNER = "jade-manager"
"""Who owns an important complaint of jade-lake."""
FRONT_DESK = "jade-reception"
LACKING = (
    "a judgement of validity",
    "a reply that reached the resident",
    "the root cause",
    "what was done about it",
)
REPLY = "The pipe was replaced on Monday.\nPlease look at the ceiling with us on Friday."


def act(cloud, taken, verb, *options, by=OWNER):
    """Run a verb in English."""
    return cloud.desk("act", taken.reference, verb, "--by", by, "--language", "en", *options)


def done(cloud, taken, verb, *options, by=OWNER):
    """Run a verb that is done; what it said."""
    result = act(cloud, taken, verb, *options, by=by)
    assert result.returncode == 0, result.stderr
    cloud.settle()
    return result.stdout


@pytest.fixture(scope="module")
def ignored(one_cloud):
    """An important complaint of a resident without e-mail that nobody has touched."""
    return one_cloud.submit(email=None, language="en")


def test_the_whole_life_from_acknowledging_to_closing(running):
    """The owner acknowledges, judges, replies and closes; the resident hears of it each time."""
    address = "whole-life@resident.example"
    taken = running.submit(email=address, language="en")
    assert "Status: acknowledged" in done(running, taken, "acknowledge")
    done(running, taken, "judge", "--valid", "--reason", "The pipe is ours.")
    assert "Status: replied to" in done(running, taken, "reply", "--text", REPLY)
    closing = ("--root-cause", "A worn joint.", "--remedy", "All joints of the riser replaced.")
    assert "Status: closed" in done(running, taken, "close", *closing)
    letters = [one for one in running.letters() if one["to"] == address]
    assert [one["subject"].replace(taken.reference, "#") for one in letters] == [
        "We have your complaint #: Water leak",
        "Somebody has taken on your complaint #",
        "Our reply to your complaint #",
        "Your complaint # is closed",
    ]
    for line in REPLY.splitlines():
        assert line in letters[2]["text"]
        assert line in letters[2]["html"]
    page = running.get(taken.path).body
    assert "closed" in page
    assert REPLY.splitlines()[0] in page
    for internal in ("The pipe is ours.", "A worn joint.", "All joints of the riser"):
        assert internal not in page
        assert not [one for one in letters if internal in one["text"]]
    again = act(running, taken, "acknowledge")
    assert again.returncode == 1
    assert "has ended (closed)" in again.stderr


def test_a_call_is_said_to_be_one_and_a_try_is_no_contact(ignored, one_cloud):
    """Without an address the options say how; nobody reached, the complaint stays as it was."""
    silent = act(one_cloud, ignored, "acknowledge")
    assert silent.returncode == 1
    assert "--told-by" in silent.stderr
    tried = done(one_cloud, ignored, "acknowledge", "--told-by", "telephone", "--unreached")
    assert "Status: received" in tried


def test_what_may_happen_before_and_after_an_answer(running):
    """Agreed, called, fed back, disputed, visited, confirmed and withdrawn, each by its verb."""
    address = "later-life@resident.example"
    taken = running.submit(email=address, language="en")
    in_a_week = f"{running.now() + timedelta(days=7):%Y-%m-%dT%H:%M}"
    done(running, taken, "agree-time", "--at", in_a_week, "--note", "The part comes then.")
    done(running, taken, "give-feedback", "--text", "We are there.", by="head-engineering")
    done(running, taken, "call-for-help", "--whom", "property_manager", by=FRONT_DESK)
    done(running, taken, "reply", "--text", "A worn seal.", "--done", "It is replaced.")
    words = ("--told-by", "telephone", "--text", "It drips again.")
    assert "Status: opened again" in done(running, taken, "dispute", *words, by=FRONT_DESK)
    done(running, taken, "reply", "--text", "The pipe, too.")
    visit = ("--held", "unreached", "--told-by", "telephone")
    done(running, taken, "return-visit", *visit, by=FRONT_DESK)
    done(running, taken, "confirm", "--told-by", "visit", by=FRONT_DESK)
    corrects = ("--text", "It was the 6th.", "--corrects", "when_where")
    done(running, taken, "note", *corrects, by=FRONT_DESK)
    said = done(running, taken, "withdraw", "--reason", "All well.", by=FRONT_DESK)
    assert "Status: withdrawn" in said
    assert "Status: opened again" in done(running, taken, "reopen", "--reason", "It leaks.")
    subjects = [one["subject"] for one in running.letters() if one["to"] == address]
    assert len(subjects) == len(set(subjects)) == 7
    assert "It is replaced." in running.get(taken.path).body


def test_what_becomes_known_is_asked_and_promised_on_the_way(running):
    """Facts recorded, a question asked, and a promise in the reply kept, each by its verb."""
    address = "on-the-way@resident.example"
    taken = running.submit(email=address, language="en", cause="facility")
    done(running, taken, "await-answer", "--text", "Which lift?", by="jade-supervisor")
    facts = ("--loss", "6,000", "--reason", "She sent the bill.")
    assert "Severity: major complaint" in done(
        running, taken, "record-facts", *facts, by=FRONT_DESK
    )
    in_a_week = f"{running.now() + timedelta(days=7):%Y-%m-%dT%H:%M}"
    done(running, taken, "judge", "--valid", "--reason", "Seen.")
    done(running, taken, "reply", "--text", "It is old.", "--follow-up-by", in_a_week)
    closing = ("--root-cause", "Age.", "--remedy", "A new one.")
    assert "what the reply promised" in act(running, taken, "close", *closing).stderr
    done(running, taken, "follow-up", "--text", "The new one runs.")
    assert "Status: closed" in done(running, taken, "close", *closing)
    assert "Which lift?" in running.get(taken.path).body


def test_in_confidence_the_head_learns_who_it_is_at_the_resident_s_word_alone(running):
    """The owner passes on what names nobody; nobody of the department lifts the confidence."""
    form = {"in_confidence": "yes", "name": "Emily Carter", "description": "Emily is wet."}
    taken = running.submit(language="en", **form)
    running.settle()
    told = ("--place", "the hall", "--request", "Mend it.", "--no-photos", "--description")
    named = act(running, taken, "pass-on", *told, "Emily has a leak.")
    assert (named.returncode, "Emily" in named.stderr) == (1, True)
    done(running, taken, "pass-on", *told, "There is a leak.")
    lifted = ("--not-in-confidence", "--told-by", "telephone", "--text", "They may know.")
    assert act(running, taken, "record-confidence", *lifted, by="head-engineering").returncode == 1
    assert not [one for one in head_s(running, taken) if "Emily" in one["text"] + one["html"]]
    assert "There is a leak." in head_s(running, taken)[-1]["text"]
    done(running, taken, "record-confidence", *lifted)
    assert "Emily Carter" in head_s(running, taken)[-1]["text"]


def head_s(running, taken):
    """The letters to the head of engineering about it."""
    found = (one for one in running.letters() if one["to"] == "engineering@anhe.example")
    return [one for one in found if taken.reference in one["subject"]]


def test_a_contact_is_corrected_merged_separated_and_erased(running):
    """What is not named stays; about one matter two go on as one, until they are separated."""
    first = running.submit(email="one@resident.example", phone="138 1111 1111", language="en")
    running.advance(minutes=1)  # of two received at one moment the reference decides which stays
    second = running.submit(email="two@resident.example", phone="138 2222 2222", language="en")
    unlike = ("--unit", "4711", "--reason", "She moved.")
    done(running, second, "correct-contact", *unlike, by=FRONT_DESK)
    into = ("--into", first.reference.lower(), "--reason", "The same leak.")
    unknown = ("--into", "00000-00000", "--reason", "The same leak.")
    refused = act(running, second, "merge", *unknown, by="jade-supervisor")
    assert "cannot be merged with" in refused.stderr
    phone = ("--phone", "13811111111", "--email", "", "--reason", "She rang.")
    done(running, second, "correct-contact", *phone, by=FRONT_DESK)
    said = done(running, second, "merge", *into, by="jade-supervisor")
    assert "Status: merged into another complaint" in said
    reason = ("--reason", "Two leaks.")
    said = done(running, second, "separate", *reason, by="jade-supervisor")
    assert "Status: received" in said
    done(running, second, "withdraw", "--reason", "She moved.", by=FRONT_DESK)
    done(running, second, "erase", "--reason", "She asked for it.")
    again = act(running, second, "note", "--text", "Too late.")
    assert "were erased at her request" in again.stderr


def test_handing_back_leaves_the_supervisor_to_decide(running):
    """Two who push a complaint to each other are told to hand it back."""
    taken = running.submit(email=None, language="en")
    head = "head-engineering"
    done(running, taken, "hand-over", "--to", head, "--note", "Yours.")
    back = act(running, taken, "hand-over", "--to", OWNER, "--note", "No, yours.", by=head)
    assert "Hand it back instead" in back.stderr
    said = done(running, taken, "hand-back", "--note", "Not our pipe.", by=head)
    assert "Owner: Chen Jing" in said


def test_handing_over_tells_the_new_owner(running, ignored):
    """The one who takes over gets a letter with the note, and is the owner from then on."""
    note = "Please call her; I am away until Monday."
    said = done(running, ignored, "hand-over", "--to", "jade-supervisor", "--note", note)
    assert "Owner: Chen Jing" in said
    letter = running.letters_about(ignored.reference)[-1]
    assert letter["to"] == "supervisor.jade@anhe.example"
    assert note in letter["text"]
    assert note in letter["html"]
    back = ("--to", OWNER, "--note", "I am back.")
    assert "Owner: Zhao Guoqiang" in done(running, ignored, "hand-over", *back)


REFUSALS = {
    "not the owner": (
        ("acknowledge", "--by", "jade-supervisor"),
        ("Only the owner (Zhao Guoqiang) can do this", "Hand it over first"),
    ),
    "a post that does not allow it": (
        ("acknowledge", "--by", FRONT_DESK),
        ("Your post does not allow this.",),
    ),
    "another community's staff": (
        ("note", "--by", "maple-manager", "--text", "Let me see."),
        ("There is no complaint",),
    ),
    "an address that is none": (
        ("correct-contact", "--by", FRONT_DESK, "--email", "wang", "--reason", "So."),
        ("“--email” is not complete",),
    ),
    "an agreed time that has passed": (
        ("agree-time", "--by", OWNER, "--at", "2026-01-01T10:00", "--note", "Told her."),
        ("must lie ahead",),
    ),
    "unknown staff": (
        ("acknowledge", "--by", "nobody"),
        ("“nobody” is not in the staff directory", "jade-manager", "head-engineering", "leader"),
    ),
    "unknown verb": (
        ("reopen-it", "--by", OWNER),
        ("reopen-it", "acknowledge", "hand-over", "close"),
    ),
    "missing option": (("judge", "--by", OWNER, "--valid"), ("judge needs --reason.",)),
    "an option of another verb": (
        ("acknowledge", "--by", OWNER, "--text", "Yes."),
        ("--text does not go with acknowledge.",),
    ),
    "nobody acts": (("acknowledge",), ("--by",)),
    "closing too early": (("close", "--by", OWNER), ("cannot be closed yet", *LACKING)),
    "a reply by e-mail to somebody without": (
        ("reply", "--by", OWNER, "--text", "Mended."),
        ("gave no e-mail address", "by telephone, in person or by letter"),
    ),
    "a value that is not known": (
        ("judge", "--by", OWNER, "--reason", "So it is.", "--severity", "huge"),
        ("--severity", "huge", "major, important, minor"),
    ),
    "a time that is none": (
        ("reply", "--by", OWNER, "--text", "Told.", "--told-by", "visit", "--told-at", "noon"),
        ("“--told-at” cannot be read",),
    ),
    "a control character": (
        ("note", "--by", OWNER, "--text", "a\x07b"),
        ("“--text” holds control characters",),
    ),
    "a text that is too long": (
        ("note", "--by", OWNER, "--text", "x" * 4001),
        ("“--text” may have 4000 characters at most and has 4001.",),
    ),
    "a time to come": (
        ("reply", "--by", OWNER, "--text", "T.", "--told-by", "visit", "--told-at", "2999-01-01"),
        ("between receipt and now",),
    ),
    "handing over to the owner": (
        ("hand-over", "--by", OWNER, "--to", OWNER, "--note", "Mine."),
        ("is the owner already",),
    ),
    "handing over to another community": (
        ("hand-over", "--by", OWNER, "--to", "maple-manager", "--note", "Yours."),
        ("does not serve this community",),
    ),
    "handing over to nobody": (
        ("hand-over", "--by", OWNER, "--to", "nobody", "--note", "Yours."),
        ("“--to” cannot be “nobody”", "jade-manager"),
    ),
    "an empty reason": (
        ("judge", "--by", OWNER, "--valid", "--reason", "  "),
        ("may not be empty",),
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals_say_in_a_sentence_what_is_wrong(running, ignored, case):
    """Nothing is done, the exit code says so, and the sentence names the mend."""
    (verb, *options), sentences = REFUSALS[case]
    result = running.desk("act", ignored.reference, verb, "--language", "en", *options)
    assert result.returncode != 0
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for sentence in sentences:
        assert sentence in " ".join(result.stderr.split())


def test_an_unknown_complaint_is_said_so_in_chinese_unasked(running):
    """The command speaks Chinese unless the option or LANG says otherwise."""
    result = running.desk("act", "00000-00000", "acknowledge", "--by", OWNER)
    assert result.returncode == 1
    assert "没有编号为“00000-00000”的投诉。" in result.stderr


@pytest.mark.parametrize("left", ["nothing", "the address of one that was killed"])
def test_without_a_running_cloud_it_says_how_to_start_one(tmp_path, left):
    """Where no cloud answers, the sentence is to run `make run`, or to name a stage."""
    if left != "nothing":
        address = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
        (tmp_path / "offline.json").write_text(json.dumps(address), "utf-8")
    given = ("00000-00000", "acknowledge", "--by", OWNER, "--language", "en")
    result = desk(tmp_path, "act", *given)
    assert result.returncode == 1
    assert "The offline cloud is not running, and no stage is named." in result.stderr
    assert "`make run`" in result.stderr
    assert "--stage NAME" in result.stderr
