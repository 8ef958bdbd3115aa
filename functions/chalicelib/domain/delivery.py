"""The life of a letter: its states in the order in which it goes through them.

What the mail service tells may come twice, late, or in another order than it happened: a state only
ever moves forward in this one order, so that the last word does not hang on who was quicker.
"""

PENDING, CLAIMED, SENT = "pending", "claimed", "sent"
DELAYED, DELIVERED, COMPLAINED = "delayed", "delivered", "complained"
FAILED, REFUSED, BOUNCED = "failed", "refused", "bounced"
STATES = (
    *(PENDING, CLAIMED, SENT, DELAYED, DELIVERED, COMPLAINED),
    *(FAILED, REFUSED, BOUNCED),
)
"""THE order: called for; taken to be sent; the mail service has it; it tries again; it arrived; its
reader called it junk. It could not be handed over, or nobody took it in; the service refused it;
it came back.
"""
REACHED = frozenset({DELIVERED, COMPLAINED})
"""The states of a letter that its reader has got."""
UNREACHED = frozenset({FAILED, REFUSED, BOUNCED})
"""The states of a letter that its reader has not got, and will not get."""
MARKING = frozenset({REFUSED, BOUNCED, COMPLAINED})
"""The states after which nothing more is sent to that address (our setting)."""
LETTER_OF = {
    "acknowledged": "acknowledged",
    "time_agreed": "agreed_time",
    "updated": "update",
    "answer_awaited": "question",
    "replied": "reply",
    "explained": "explanation",
}
"""What the letter is called by which the resident is told of a record, by its kind.

A reply to an invalid complaint is told as ``explained``.
"""
COUNTED = frozenset(LETTER_OF.values())
"""The letters by which the resident is told what counts once it has arrived."""
PRESUMED, ANSWERED = "presumed", "answered"
"""How else it is known that a letter arrived: no bounce came for so long, or it was answered."""


TO_SEE_TO = UNREACHED | {COMPLAINED}
"""The states of a letter that somebody has to see to."""
SENT_OUT = frozenset(STATES[STATES.index(SENT) :]) - {FAILED, REFUSED}
"""The states of a letter that left the house."""


def before(state: str) -> tuple[str, ...]:
    """The states from which a letter may come into this one. Raises ValueError for none of them."""
    return STATES[: STATES.index(state)]


def further(one: str, other: str) -> str:
    """The later of two states."""
    return max(one, other, key=STATES.index)
