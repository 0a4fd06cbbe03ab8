"""The till's sums beside the server's, and what is done where they stay different. Owns the count of misses; asks nobody.

A difference is said on the page at once, and healed by reading the feed afresh; where that did not help and the till has facts that the
server has not, by telling everything again. Neither more often than once a day: where it does not help, it must not be all that the line
does.
"""

from __future__ import annotations

import logging
from typing import Final

from pos.services.ports import AuditEntry, Clock, Store
from pos.services.views import SyncPosition
from pos.sync import protocol as wire
from pos.sync import snapshot

_log = logging.getLogger(__name__)

MISSES: Final = 2
"""Rounds in a row with another digest than the server's before something is done about it."""
MEND_EVERY_MS: Final = 24 * 3_600_000
TOLD_AGAIN: Final = "told_again_at"
"""Name of the setting with the moment (UTC ms) when everything was last told again."""
NOT_TOLD: Final = -1


class Digests:
    """Of one till and its server."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._misses = 0

    def forget(self) -> None:
        """The feed is read afresh: what was counted before does not count."""
        self._misses = 0

    def compare(self, told: wire.Digest, asked_at: SyncPosition) -> tuple[bool, bool, bool]:
        """(the verdict on the page has changed, the sums are the same, the feed is to be read afresh). Nothing is said of sums that this
        till's own doing has changed since it asked."""
        read = self._store.read
        own, marks = read.digest(), read.price_marks()
        now_at = read.position()
        if (now_at.last_seq, now_at.epoch) != (asked_at.last_seq, asked_at.epoch):
            return False, True, False
        prices = told.prices in (NOT_TOLD, marks)
        same = own == (told.products, told.movements, told.on_hand, told.open_orders) and prices
        self._misses = 0 if same else self._misses + 1
        if not same:
            _log.warning("the till has (products, movements, on hand, open orders) %s and prices %d, the server %s", own, marks, told)
        changed = read.line().digest_ok != same
        if changed:
            with self._store.begin() as work:
                work.set_shop(digest_ok=int(same))
                work.commit()
        afresh = self._misses >= MISSES and self._is_due(snapshot.STARTED)
        if self._misses >= MISSES and not afresh and own[1] > told.movements:
            self._tell_again()
        return changed, same, afresh

    def _tell_again(self) -> None:
        """The server was put back while a clone spoke for this till. Ids stay, so nothing takes effect twice."""
        if not self._is_due(TOLD_AGAIN):
            return
        _log.warning("everything that can be told is told again")
        now = self._clock.now()
        with self._store.begin() as work:
            work.resend_after(0, "")
            work.set_setting(TOLD_AGAIN, str(now))
            work.audit([AuditEntry(now, "", "sent_again", "0")])
            work.commit()

    def _is_due(self, last: str) -> bool:
        """Whether what the setting `last` dates may be done again. A clock that was set back by more does not forbid it."""
        text = self._store.read.setting(last)
        return not text or abs(self._clock.now() - int(text)) >= MEND_EVERY_MS
