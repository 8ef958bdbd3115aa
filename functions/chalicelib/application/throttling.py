"""Keeps many complaints at once from being a flood of letters (our setting).

A claimed letter goes out at once, waits in a batch or until there is room, or is withheld.
Whatever breaks off on the way is asked again under the same key, so that nothing is counted
or told twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.application.first_letters import FirstLetters, LetterWaitsError
from chalicelib.application.keys import Keys
from chalicelib.application.mailboxes import mailbox
from chalicelib.application.outbox import AlertBatch, ComplaintEvent
from chalicelib.application.ports.alert_batches import AlertBatches
from chalicelib.application.ports.letters import LetterKey, Letters
from chalicelib.application.ports.rate_limits import RateLimits
from chalicelib.domain.alert_batching import RECEIPTS, Window, may_wait, share_of, window_of
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.model import Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.policy import Policy

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Matter:
    """What a letter is about: the complaint, who did what it follows from, the address.

    `waited` says that it had to wait, and that its turn has come.
    """

    complaint: Complaint
    by: str
    email: str
    waited: bool = False


@dataclass(frozen=True)
class Throttling:
    """Decides of each claimed letter whether it goes out now."""

    policy: Policy
    keys: Keys
    letters: Letters
    rate_limits: RateLimits
    alert_batches: AlertBatches
    first_letters: FirstLetters

    def keeps_back(self, key: LetterKey, notice: Notice, matter: Matter, now: datetime) -> bool:
        """Whether a letter that was claimed at `now` waits in a batch or is withheld.

        Raises LetterHeldError or ChangedMeanwhileError; it is then asked for again. Raises
        LetterWaitsError where it waits until there is room.
        """
        complaint, share = matter.complaint, share_of(notice, matter.by)
        if share == RECEIPTS:
            return self._keeps_receipt_back(key, matter, now)
        if share and not self._may_write(key, share, matter, now):
            self.letters.withhold(key)
            return True
        if may_wait(notice, complaint, self.policy):
            return self._is_held(key, complaint.community, now)
        return False

    def _keeps_receipt_back(self, key: LetterKey, matter: Matter, now: datetime) -> bool:
        """A receipt waits and is never withheld, unless what it acknowledges ended meanwhile."""
        entry, complaint = key.about, matter.complaint
        if matter.waited and not complaint.is_open:
            self.letters.withhold(key)
            return True
        if isinstance(entry, ComplaintEvent) and self._waits(entry, key, matter, now):
            self.letters.release(key)
            raise LetterWaitsError(entry.name)
        return False

    def _waits(self, entry: ComplaintEvent, key: LetterKey, matter: Matter, now: datetime) -> bool:
        """Whether it is put where it waits: its address' day first, then its community's hour."""
        if not self._may_write(key, RECEIPTS, matter, now):
            self.first_letters.wait_for_tomorrow(entry, matter.complaint, now)
            return True
        if matter.waited:
            return False
        return self.first_letters.must_wait(entry, matter.complaint, matter.email, now)

    def _may_write(self, key: LetterKey, share: str, matter: Matter, now: datetime) -> bool:
        """Whether an address may have another letter today, so that nobody floods a mailbox.

        It is counted under an HMAC, for a day of the community's calendar.
        """
        address = self.keys.household("mailbox", mailbox(matter.email))
        name = f"{share}/{now.astimezone(matter.complaint.tz):%Y-%m-%d}/{address}"
        most = self.policy.settings.receipts_a_day
        return self.rate_limits.take(name, key.about.name, most, now + _A_DAY)

    def _is_held(self, key: LetterKey, community: str, now: datetime) -> bool:
        window = window_of(now, self.policy.settings.gather_minutes)
        if self._goes_singly(key, community, window):
            return False
        self._hold(key, AlertBatch(community, key.to, window.ends_at), now)
        return True

    def _goes_singly(self, key: LetterKey, community: str, window: Window) -> bool:
        """The first alerts of a window reach a person one by one."""
        name = f"alerts/{AlertBatch(community, key.to, window.ends_at).name}"
        most = self.policy.settings.gather_after
        return self.rate_limits.take(name, key.about.name, most, window.ends_at + _A_DAY)

    def _hold(self, key: LetterKey, batch: AlertBatch, now: datetime) -> None:
        try:
            self.alert_batches.hold(key, batch, now)
        except ChangedMeanwhileError:
            self.letters.release(key)
            raise
