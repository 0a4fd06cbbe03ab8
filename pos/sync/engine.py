"""The line's engine: one round trip at a time, whatever the line, the server or the till's own death do in between. No Qt, no sleeping.

No transaction is held while it talks. What an answer says is written in one transaction; if that is lost (a kill, a full disk), the
same is sent again and the server knows it by its id. Every wait that it asks for ends, so the outbox drains once the line is healthy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pos.domain.changed import NOTHING, Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import AuditEntry, Clock, Ids, Store
from pos.services.views import ShopIdentity
from pos.sync import fresh
from pos.sync import protocol as wire
from pos.sync.backoff import Backoff
from pos.sync.batch import fitting, to_wire
from pos.sync.central import Central, SnapshotNeeded
from pos.sync.taking import TURNED_AWAY, Asked, Taken, take

_log = logging.getLogger(__name__)

PAGE: Final = 250
"""Changes asked for at once. They are written in one transaction, which a person at the counter may have to wait for."""
UNPAIRED_S: Final = 60.0
IDLE_S: Final = 60.0
"""Seconds until the next round when the server names none."""
LONGEST_S: Final = 3_600.0
"""Seconds that a server may send the till away for."""
TOO_OLD_S: Final = 3_600.0
"""Seconds until a till that was told to be too old asks for the feed again; its facts go on being told."""
MISSES: Final = 2
"""Rounds in a row with another digest than the server's before the feed is read afresh."""
MEND_EVERY_MS: Final = 24 * 3_600_000
"""Read afresh, or told again, for a digest's sake at most once in this time: where it does not help, it must not be all that the line
does."""
MOST: Final = 2**53
"""No number of an answer is beyond what every reader of JSON can hold."""
TOLD_AGAIN: Final = "told_again_at"
"""Name of the setting with the moment (UTC ms) when everything was last told again."""


@dataclass(frozen=True, slots=True)
class SyncRound:
    """What one round came to.

    Attributes:
        changed: for the screens.
        new_orders: uids of placed orders that were not known before.
        next_in: seconds until the next round unless woken; 0 is at once.
        error: the known failure that it met, if any; `next_in` is already chosen for it.
    """

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()
    next_in: float = 60.0
    error: ShopError | None = None


class SyncEngine:
    """For one thread at a time, but for `hurry()`."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, connect: Callable[[], Central], dice: Callable[[], float]) -> None:
        """
        Args:
            ids: none are needed by this engine; a bridge to another server that numbers its requests takes them from here.
            connect: makes the other end; called when there is something to say to it, again after a new pairing. May raise ShopError.
            dice: 0 <= number < 1, for the back-off's jitter.
        """
        self._store = store
        self._clock = clock
        self._ids = ids
        self._connect = connect
        self._backoff = Backoff(dice)
        self._central: Central | None = None
        self._of = ("", "")
        self._met = False
        self._more = False
        self._misses = 0
        self._error: ShopError | None = None
        self._too_old: ShopError | None = None
        self._pull_at = 0.0

    def run_once(self) -> SyncRound:
        """One round trip, if one is due. Known failures come back in the round and are not raised."""
        try:
            return self._round()
        except ShopError as error:
            return self._failed(error)

    def hurry(self) -> None:
        """A person asked for it: the next `run_once` tries even though the line has just failed. From any thread."""
        self._backoff.hurry()

    def close(self) -> None:
        """Give the line back. `run_once` may be called again."""
        if self._central is not None:
            self._central.close()
        self._central = None

    def _round(self) -> SyncRound:
        shop = self._store.read.shop()
        if not shop.device:
            self._error = None
            return SyncRound(next_in=UNPAIRED_S)
        if (left := self._backoff.left(self._clock.monotonic())) > 0:
            return SyncRound(next_in=left, error=self._error)
        central = self._other_end(shop)
        asked = self._ask(shop)
        try:
            answer = central.sync(asked.request)
        except SnapshotNeeded:
            return self._start_over(asked)
        except ShopError as error:
            if error.code is ErrorCode.PROGRAM_TOO_OLD and asked.pulls:
                return self._push_only(error)
            if error.code in (ErrorCode.DEVICE_REVOKED, ErrorCode.NOT_PAIRED):
                self._note_turned_away(shop.device)
            if error.code is ErrorCode.NOT_PAIRED:
                # the store says that it is: its keys are gone, and what helps is what helps a till that was revoked
                raise ShopError(ErrorCode.DEVICE_REVOKED, reason="keys_lost") from error
            raise
        if not _is_possible(answer):
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="number")
        if 0 < answer.fenced_epoch <= asked.position.epoch:
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="epoch")
        taken = take(self._store, self._clock, asked, answer)
        return self._succeeded(asked, answer, taken)

    def _other_end(self, shop: ShopIdentity) -> Central:
        """The connection of this pairing; a new one after a new pairing, for the old one knows old keys."""
        if self._central is None or self._of != (shop.device, shop.central_url):
            self.close()
            self._central = self._connect()
            self._of, self._met = (shop.device, shop.central_url), False
        return self._central

    def _ask(self, shop: ShopIdentity) -> Asked:
        read = self._store.read
        # the position first: what a person does meanwhile is then seen as waiting, and no digest is asked for
        position = read.position()
        sent = fitting(read.waiting_operations(wire.MAX_OPERATIONS), position.epoch)
        pulls = self._clock.monotonic() >= self._pull_at
        met = wire.Handshake(
            epoch=position.epoch, last_seq=position.last_seq, acked_seq=position.acked_seq, chain_hash=position.acked_hash or wire.GENESIS
        )
        request = wire.SyncRequest(
            protocol=wire.PROTOCOL_VERSION,
            cursor=position.cursor,
            page=PAGE if pulls else 0,
            batch=to_wire(sent, position),
            handshake=None if self._met else met,
            # at the end of a fresh reading the server's count says whether it was whole
            want_digest=pulls and (fresh.pages_told(read) is not None or not (sent or self._more)),
        )
        return Asked(request, sent, position, shop.device, self._clock.now())

    # --- it went well ------------------------------------------------------------------------------------------------

    def _succeeded(self, asked: Asked, answer: wire.SyncAnswer, taken: Taken) -> SyncRound:
        self._met = taken.met
        self._more = answer.more if asked.pulls else self._more
        self._too_old = None if asked.pulls else self._too_old
        self._error = self._too_old
        if taken.stuck:
            next_in = self._backoff.failed(self._clock.monotonic())
        else:
            self._backoff.succeeded()
            next_in = 0.0 if taken.at_once else _pause(answer)
        changed = taken.changed
        try:
            if not taken.at_once:
                changed |= self._compare(asked, answer)
            if next_in and not taken.stuck and self._goes_on(asked):
                next_in = 0.0
        except ShopError as error:
            # the answer is written and its new orders must be told; what the store has against it now it will say again
            _log.warning("after an answer: %s %s", error.code.value, error.fields)
            self._error = error
        return SyncRound(changed, taken.new_orders, next_in, self._error)

    def _goes_on(self, asked: Asked) -> bool:
        """Whether there is more to say or to hear right now."""
        read = self._store.read
        hears = asked.pulls and (self._more or fresh.pages_told(read) is not None)
        return hears or bool(read.waiting_operations(1))

    def _compare(self, asked: Asked, answer: wire.SyncAnswer) -> Changed:
        """Hold this till's digest beside the server's, when both are of the same moment."""
        told, read = answer.digest, self._store.read
        if told is None or answer.more or asked.sent or answer.fenced_epoch:
            return NOTHING
        own = read.digest()
        if read.position().last_seq != asked.position.last_seq or read.position().epoch != asked.position.epoch:
            return NOTHING
        same = own == (told.products, told.movements, told.on_hand, told.open_orders)
        self._misses = 0 if same else self._misses + 1
        if not same:
            # if that comes of a clone, the server finds it out when the till shows itself
            self._met = False
            _log.warning("the till has (products, movements, on hand, open orders) %s, the server %s", own, told)
        changed = read.line().digest_ok != same
        if changed:
            with self._store.begin() as work:
                work.set_shop(digest_ok=int(same))
                work.commit()
        if self._misses >= MISSES:
            self._mend(own[1] > told.movements)
        return Changed(shop=changed)

    def _mend(self, more_here: bool) -> None:
        """The two ends stay different. First hear all of the feed again; if that did not help and the till has facts that the server has
        not (it was put back while a clone spoke for this till), tell everything again. Ids stay, so nothing takes effect twice."""
        if self._is_due(fresh.STARTED):
            self._begin_afresh()
        elif more_here and self._is_due(TOLD_AGAIN):
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

    def _begin_afresh(self) -> None:
        _log.warning("the feed is read again from its start")
        with self._store.begin() as work:
            fresh.begin(self._store.read, work, self._clock.now())
            work.commit()
        self._met, self._more, self._misses = False, True, 0

    # --- it did not ----------------------------------------------------------------------------------------------------

    def _failed(self, error: ShopError) -> SyncRound:
        self._met = False
        self._error = error
        waits = error.fields.get("retry_after")
        next_in = self._backoff.failed(self._clock.monotonic(), waits if isinstance(waits, int | float) else None)
        _log.info("the line failed (%s %s); again in %.0f s", error.code.value, error.fields, next_in)
        return SyncRound(next_in=next_in, error=error)

    def _push_only(self, error: ShopError) -> SyncRound:
        """The server feeds no program so old; it still takes its facts."""
        self._pull_at = self._clock.monotonic() + TOO_OLD_S
        self._error = self._too_old = error
        return SyncRound(next_in=0, error=error)

    def _note_turned_away(self, device: str) -> None:
        """Revoked, its tokens over or its keys lost: a new code may be used, and nothing else happens."""
        if self._store.read.setting(TURNED_AWAY) == device:
            return
        with self._store.begin() as work:
            work.set_setting(TURNED_AWAY, device)
            work.commit()

    def _start_over(self, asked: Asked) -> SyncRound:
        """410: the cursor is older than the server's memory of what was deleted. The outbox is not concerned."""
        if not asked.request.cursor:
            # for a server to which even the beginning is too old this is no answer
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="cursor")
        again = fresh.pages_told(self._store.read) is not None
        self._begin_afresh()
        next_in = self._backoff.failed(self._clock.monotonic()) if again else 0.0
        return SyncRound(next_in=next_in, error=self._error)


def _is_possible(answer: wire.SyncAnswer) -> bool:
    """Whether its numbers can be kept: JSON has no end to them, the store has."""
    numbers = answer.acked_seq, answer.server_time, answer.next_sync_in, answer.fenced_epoch
    return all(0 <= number <= MOST for number in numbers)


def _pause(answer: wire.SyncAnswer) -> float:
    """Seconds that the server wants to be left alone for."""
    return min(answer.next_sync_in / 1000, LONGEST_S) if answer.next_sync_in > 0 else IDLE_S
