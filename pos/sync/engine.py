"""The line's engine: one round trip at a time, whatever the line, the server or the till's own death do in between. No Qt, no sleeping.

No transaction is held while it talks. What an answer says is written in small transactions, its cursor with the last one; if that is lost
(a kill, a full disk), the same is sent again and the server knows it by its id. Every wait that it asks for ends, so the outbox drains
once the line is healthy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pos.domain.changed import NOTHING, Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.services.line_views import LostStep
from pos.services.ports import AuditEntry, Clock, Ids, NewOperation, Store
from pos.services.views import OutboxOperation, ShopIdentity, SyncPosition
from pos.sync import protocol as wire
from pos.sync import recovery, snapshot
from pos.sync.backoff import Backoff
from pos.sync.batch import fitting, order_of, to_wire
from pos.sync.central import Central, SnapshotNeeded
from pos.sync.digests import Digests
from pos.sync.halving import Halving, Next
from pos.sync.pace import Pace
from pos.sync.taking import TURNED_AWAY, Asked, Taken, take

_log = logging.getLogger(__name__)

UNPAIRED_S: Final = 60.0
MEET_EVERY_S: Final = 900.0
"""Seconds after which a till that has nothing to say shows itself: so a copy of it is found out, and a server that was put back."""
TOO_OLD_S: Final = 3_600.0
"""Seconds until a till that was told to be too old asks for the feed again; its facts go on being told."""
MOST: Final = 2**53
"""No number of an answer is beyond what every reader of JSON can hold."""


@dataclass(frozen=True, slots=True)
class SyncRound:
    """What one round came to.

    Attributes:
        changed: for the screens.
        new_orders: uids of placed orders that were not known before.
        next_in: seconds until the next round unless woken; 0 is at once.
        error: the known failure that it met, if any; `next_in` is already chosen for it.
        lost_steps: steps with orders that the server did not take, to be told in words.
    """

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()
    next_in: float = 60.0
    error: ShopError | None = None
    lost_steps: tuple[LostStep, ...] = ()


class SyncEngine:
    """For one thread at a time, but for `hurry()`.

    Attributes:
        pace: how often and how much; whoever holds a long poll tells it so.
        may_wait: the last answer offers long polls, and nothing is left to say or to hear.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ids: Ids,
        connect: Callable[[], Central],
        dice: Callable[[], float],
        heard: Callable[[int], object] = lambda server_time: None,
    ) -> None:
        """
        Args:
            clock: of the machine as it is, also when it is wrong: how far it is off is told by it.
            connect: makes the other end; called when there is something to say to it, again after a new pairing. May raise ShopError.
            dice: 0 <= number < 1, for the back-off's jitter.
            heard: told the server's time (UTC ms) of each answer.
        """
        self._store = store
        self._clock = clock
        self._ids = ids
        self._connect = connect
        self._heard = heard
        self._backoff = Backoff(dice)
        self._halving = Halving()
        self._digests = Digests(store, clock)
        self.pace = Pace()
        self.may_wait = False
        self._central: Central | None = None
        self._of = ("", "")
        self._met = False
        self._met_at = 0.0
        self._more = False
        self._error: ShopError | None = None
        self._too_old: ShopError | None = None
        self._pull_at = 0.0

    def run_once(self) -> SyncRound:
        """One round trip, if one is due. Known failures come back in the round and are not raised."""
        self.may_wait = False
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
        if snapshot.is_wanted(self._store.read):
            snapshot.start(self._store)
            self._more = True
        if self._recovers():
            return self._recover(central)
        asked = self._ask(shop)
        started = self._clock.monotonic()
        try:
            answer = central.sync(asked.request)
        except SnapshotNeeded:
            return self._start_over(asked)
        except ShopError as error:
            return self._refused(shop, asked, error)
        if not _is_possible(answer):
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="number")
        if 0 < answer.fenced_epoch <= asked.position.epoch:
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="epoch")
        self._heard(answer.server_time)
        self._halving.went_through(len(asked.sent))
        self.pace.paged(self._clock.monotonic() - started, len(answer.changes))
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
        sent = fitting(read.waiting_operations(wire.MAX_OPERATIONS), position.epoch, self._halving.most)
        pulls = self._clock.monotonic() >= self._pull_at and self._halving.most > 0
        request = wire.SyncRequest(
            protocol=wire.PROTOCOL_VERSION,
            cursor=position.cursor,
            page=self.pace.page if pulls else 0,
            batch=to_wire(sent, position),
            handshake=None if self._has_met() and self._halving.most else self._handshake(position),
            # at the end of a fresh reading the server's count says whether it was whole
            want_digest=pulls and (snapshot.is_reading(read) or not (sent or self._more)),
        )
        return Asked(request, sent, position, shop.device, self._clock.now())

    def _has_met(self) -> bool:
        return self._met and self._clock.monotonic() - self._met_at < MEET_EVERY_S

    def _handshake(self, position: SyncPosition) -> wire.Handshake:
        before = self._store.read.earlier_epochs(wire.MAX_BEFORE)
        return wire.Handshake(
            epoch=position.epoch,
            last_seq=position.last_seq,
            acked_seq=position.acked_seq,
            chain_hash=position.acked_hash or wire.GENESIS,
            before=tuple(wire.EarlierEpoch(epoch=epoch, acked_seq=seq) for epoch, seq in before),
        )

    # --- it went well ------------------------------------------------------------------------------------------------

    def _succeeded(self, asked: Asked, answer: wire.SyncAnswer, taken: Taken) -> SyncRound:
        # a head beyond all that was ever said here: another self tells under this name, and is found out when this one shows itself
        beyond = bool(asked.sent) and not answer.fenced_epoch and answer.acked_seq > asked.position.last_seq
        self._met = taken.met and not beyond
        if asked.request.handshake is not None:
            self._met_at = self._clock.monotonic()
        self._more = answer.more if asked.pulls else self._more
        self._note_upgrade(asked, answer)
        self._error = self._too_old
        now = self._clock.monotonic()
        if taken.changed:
            self.pace.stirred(now)
        changed, next_in = taken.changed, 0.0
        if taken.stuck:
            next_in = self._backoff.failed(now)
        else:
            self._backoff.succeeded()
        try:
            if not taken.at_once:
                changed |= self._compare(asked, answer)
            if not (taken.stuck or taken.at_once) and (taken.later or not self._goes_on(asked)):
                open_orders = self._store.read.digest()[3]
                next_in = self.pace.next_in(now, answer.next_sync_in, open_orders, answer.server_time)
                self.may_wait = answer.wait and not taken.later and self._error is None
        except ShopError as error:
            # the answer is written and its new orders must be told; what the store has against it now it will say again
            _log.warning("after an answer: %s %s", error.code.value, error.fields)
            self._error, next_in = error, self._backoff.failed(now)
        return SyncRound(changed, taken.new_orders, next_in, self._error, taken.lost_steps)

    def _note_upgrade(self, asked: Asked, answer: wire.SyncAnswer) -> None:
        """The server has taken the facts of a program that it feeds no more."""
        if answer.upgrade:
            self._too_old = ShopError(ErrorCode.PROGRAM_TOO_OLD, version=answer.upgrade)
            self._pull_at = self._clock.monotonic() + TOO_OLD_S
        elif asked.pulls:
            self._too_old = None

    def _goes_on(self, asked: Asked) -> bool:
        """Whether there is more to say or to hear right now."""
        read = self._store.read
        hears = asked.pulls and (self._more or snapshot.goes_on(read))
        return hears or bool(read.waiting_operations(1)) or self._recovers()

    def _compare(self, asked: Asked, answer: wire.SyncAnswer) -> Changed:
        """Hold this till's digest beside the server's, when both are of the same moment."""
        if answer.digest is None or answer.more or asked.sent or answer.fenced_epoch:
            return NOTHING
        changed, same, afresh = self._digests.compare(answer.digest, asked.position)
        # if a difference comes of a clone, the server finds it out when the till shows itself
        self._met = self._met and same
        if afresh:
            self._begin_afresh()
        return Changed(shop=changed)

    def _begin_afresh(self) -> None:
        _log.warning("the feed is read again from its start")
        with self._store.begin() as work:
            snapshot.want(work, self._clock.now())
            work.commit()
        self._met, self._more = False, True
        self._digests.forget()

    # --- what was told before ------------------------------------------------------------------------------------------

    def _recovers(self) -> bool:
        """Whether a page of what was told before is due: once both ends have met, and the feed is read."""
        read = self._store.read
        return self._met and not self._more and not snapshot.goes_on(read) and bool(recovery.tasks(read))

    def _recover(self, central: Central) -> SyncRound:
        task = recovery.tasks(self._store.read)[0]
        try:
            answer = central.recover(task.request())
        except ShopError as error:
            if error.code is not ErrorCode.CENTRAL_REFUSED:
                raise
            recovery.give_up(self._store, task)
            return SyncRound(next_in=0, error=self._error)
        changed = recovery.take_back(self._store, task, answer, self._clock.now())
        self._backoff.succeeded()
        return SyncRound(changed, next_in=0, error=self._error)

    # --- it did not ----------------------------------------------------------------------------------------------------

    def _refused(self, shop: ShopIdentity, asked: Asked, error: ShopError) -> SyncRound:
        """What a failed request asks for. Raises the error where that is only to wait."""
        if error.code is ErrorCode.PROGRAM_TOO_OLD and asked.pulls:
            return self._push_only(error)
        if error.code in (ErrorCode.DEVICE_REVOKED, ErrorCode.NOT_PAIRED):
            self._note_turned_away(shop.device)
        if error.code is ErrorCode.NOT_PAIRED:
            # the store says that it is: its keys are gone, and what helps is what helps a till that was revoked
            raise ShopError(ErrorCode.DEVICE_REVOKED, reason="keys_lost") from error
        what = self._halving.refused(error, tuple(operation.id for operation in asked.sent))
        if what is Next.NOTHING:
            raise error
        _log.warning("%d operations are refused whole (%s): %s", len(asked.sent), error.fields.get("reason"), what.name)
        if what is Next.SET_ASIDE:
            self._set_aside(asked.sent[0], str(error.fields.get("reason")))
        return SyncRound(Changed(outbox=what is Next.SET_ASIDE), next_in=0, error=self._error)

    def _set_aside(self, culprit: OutboxOperation, code: str) -> None:
        """The one that no request can carry leaves the outbox, and the server is told so in its place."""
        now = self._clock.now()
        told = wire.SetAsidePayload(
            operation=culprit.id,
            kind=culprit.kind,
            code=code,
            payload_hash=wire.payload_hash(culprit.payload),
            size=len(culprit.payload),
        )
        instead = NewOperation(self._ids.new(), wire.OperationKind.SET_ASIDE.value, now, wire.encode(told))
        order = order_of(culprit)
        with self._store.begin() as work:
            work.set_operation_aside(culprit.id, code, now, instead)
            if order:
                work.set_pending(order, None)
            work.audit([AuditEntry(now, "", "set_aside", culprit.id, f'{{"code": "{code}"}}')])
            work.commit()
        self._met = False

    def _failed(self, error: ShopError) -> SyncRound:
        self._met = False
        self._error = error
        self.pace.failed()
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
        again = snapshot.goes_on(self._store.read)
        self._begin_afresh()
        next_in = self._backoff.failed(self._clock.monotonic()) if again else 0.0
        return SyncRound(next_in=next_in, error=self._error)


def _is_possible(answer: wire.SyncAnswer) -> bool:
    """Whether its numbers can be kept: JSON has no end to them, the store has."""
    numbers = answer.acked_seq, answer.server_time, answer.next_sync_in, answer.fenced_epoch
    return all(0 <= number <= MOST for number in numbers)
