"""What a resident reads of her own complaint; nothing internal is among it."""

from chalicelib.domain.events import Recorded, Replied
from chalicelib.domain.roles import Directory
from chalicelib.service.history import History
from chalicelib.service.presentation import Content, Presenter


def resident_page(history: History, directory: Directory, presenter: Presenter) -> Content:
    """Her page: what happens next and by when, what she was told, and what she said."""
    content = presenter.complaint(history, directory)
    return {
        "c": content,
        "title": _title(content, presenter),
        "steps": resident_steps(content, presenter, _agreed(history, presenter)),
        "replies": [_reply(one, history, presenter) for one in history.records if _is_reply(one)],
    }


def _title(content: Content, presenter: Presenter) -> str:
    if content["status"] == "received":
        return presenter.say("page.received_title")
    return presenter.say("page.status_title", status=content["status_words"])


def _agreed(history: History, presenter: Presenter) -> list[str]:
    """The time that was agreed with her, while it holds (principle 3)."""
    at = history.complaint.agreed_at
    moment = presenter.moment(at, history.complaint) if at else ""
    return [presenter.say("page.next_agreed", moment=moment)] if at else []


def resident_steps(content: Content, presenter: Presenter, agreed: list[str]) -> list[str]:
    """What happens next, and by when."""
    acknowledge = presenter.say("page.next_acknowledge", moment=content["acknowledge_by"])
    reply = presenter.say("page.next_reply", moment=content["reply_by"])
    match content["status"]:
        case "received" | "reopened":
            return [acknowledge, *agreed, reply]
        case "acknowledged":
            accepted = presenter.say("page.next_acknowledged", name=content["owner"])
            return [accepted, *agreed, reply]
        case "replied":
            return [presenter.say("page.next_replied")]
        case _:
            return [presenter.say("page.next_ended", status=content["status_words"])]


def _is_reply(record: Recorded) -> bool:
    return isinstance(record.event, Replied)


def _reply(record: Recorded, history: History, presenter: Presenter) -> Content:
    at = presenter.moment(record.at, history.complaint)
    told = (record.words.get(name, "") for name in ("text", "done"))
    return {"at": at, "text": "\n\n".join(part for part in told if part)}
