"""An answer of the server into the store: results, a page of the feed, where both ends stand. Knows no line.

The page goes first, in small transactions of whole things, each of which may be written twice; results, cursor and course go with the
last one. So the one writer is never held long, and a kill in between only means that the same is asked for again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pos.domain.changed import NOTHING, Changed
from pos.services.line_views import Countersigned, LostStep, ShadowRow
from pos.services.ports import AuditEntry, Store, UnitOfWork
from pos.services.ports.outside import Clock
from pos.services.views import OutboxOperation, SyncPosition
from pos.sync import protocol as wire
from pos.sync import recovery, snapshot
from pos.sync.batch import Receipts, read_results
from pos.sync.encoding import signed_by
from pos.sync.feed import Page, PageEffect, apply_page, pieces, read_page, with_own_edits

_log = logging.getLogger(__name__)

NOTE_EVERY_MS: Final = 30_000
"""A round that brought nothing is written down (`last_success_at`) this seldom: an idle till must not wear out its disk."""
CLOCK_STEP_MS: Final = 2_000
"""The clock's offset is written when it moved by more; the line's own delay makes it tremble."""
TURNED_AWAY: Final = "device_turned_away"
"""Name of the setting that holds the device that the server does not know any more: only such a till may be paired anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent, and from where: an answer counts only for the till that asked. `at`: UTC ms."""

    request: wire.SyncRequest
    sent: tuple[OutboxOperation, ...]
    position: SyncPosition
    device: str
    at: int

    @property
    def pulls(self) -> bool:
        return self.request.page > 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer came to.

    Attributes:
        lost_steps: steps with orders that the server did not take: told in words.
        stuck: nothing moved that should have: to ask again at once would not help.
        later: the server asks for the rest of the batch again, after a while.
        met: both ends know where the other stands; if not, the till shows itself again with its next request.
        at_once: and that is now.
    """

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()
    lost_steps: tuple[LostStep, ...] = ()
    stuck: bool = False
    later: bool = False
    met: bool = False
    at_once: bool = False


class _Answer:
    """One answer beside what was asked: what follows from the two alone."""

    def __init__(self, asked: Asked, answer: wire.SyncAnswer) -> None:
        position = asked.position
        self.told = answer
        self.receipts: Receipts = read_results(asked.sent, position, answer.results)
        self.settled = {item[0] for item in self.receipts.done}
        self.fenced = answer.fenced_epoch > 0
        # the head in the answer to a request that only listens need not be this epoch's
        self.met = bool(asked.request.batch or asked.request.handshake) and not self.fenced
        self.behind = self.met and answer.acked_seq < self.receipts.acked_seq
        # a server that was put back may have lost what earlier epochs told, too
        other_timeline = position.timeline not in ("", answer.timeline)
        self.rewound = self.behind or (self.met and other_timeline)
        self.lost = self.fenced or (other_timeline and not self.met)
        # the page of a fenced answer was made for the epoch that is over: it passes over what this till's other self has booked
        self.pulls = asked.pulls and not self.fenced
        self.changes = answer.changes if self.pulls else ()
        self.more = self.pulls and answer.more
        self.moved = self.pulls and answer.cursor != position.cursor
        self.course = self.rewound or self.fenced
        # the answer's head is ours, and it is not only the one that we had
        self.signs = self.met and not self.course and 0 < answer.acked_seq == self.receipts.acked_seq
        if self.signs and answer.chain_hash != self.receipts.acked_hash:
            _log.error("the server's chain head differs at %d of epoch %d", answer.acked_seq, position.epoch)
            self.signs = False


def take(store: Store, clock: Clock, asked: Asked, answer: wire.SyncAnswer) -> Taken:
    """Write an answer.

    Raises:
        ShopError: DISK_FULL, STORE_BUSY ...; the same request may be sent again then.
    """
    return _Taking(store, clock, asked, answer).take()


class _Taking:
    """One answer on its way into the store."""

    def __init__(self, store: Store, clock: Clock, asked: Asked, answer: wire.SyncAnswer) -> None:
        self._store, self._read, self._clock = store, store.read, clock
        self._asked, self._found = asked, _Answer(asked, answer)
        # an answer that leaves the cursor where it was is no page of the feed: it is not its end either
        self._reading = snapshot.is_reading(self._read)
        self._effect = PageEffect()
        self._swapped = False

    def take(self) -> Taken:
        *before, last = pieces(self._found.changes)
        for piece in before:
            if not self._take_piece(piece):
                return Taken(at_once=True)
        return self._take_last(last)

    def _take_piece(self, piece: Sequence[wire.Change]) -> bool:
        """One of the small transactions. False when this till is another by now."""
        page, shadowed = self._page(piece)
        goods = with_own_edits(self._read, page.products, self._found.settled)
        with self._store.begin() as work:
            if self._is_another():
                return False
            self._effect.add(apply_page(self._read, work, page, goods))
            work.shadow(*shadowed)
            work.commit()
        return True

    def _take_last(self, piece: Sequence[wire.Change]) -> Taken:
        found = self._found
        page, shadowed = self._page(piece)
        goods = with_own_edits(self._read, page.products, found.settled)
        swap = None
        if self._reading and found.moved and not found.more:
            # the end of the reading: what is in the shadow must be all of it
            with self._store.begin() as work:
                work.shadow(*shadowed)
                work.commit()
            shadowed = ((), ())
            swap = snapshot.Swap(self._read, found.told.digest.products if found.told.digest else -1, found.settled)
            self._swapped = swap.prepare(self._store) > 0
        signed = self._countersigned()
        with self._store.begin() as work:
            if self._is_another():
                return Taken(at_once=True)
            self._effect.add(apply_page(self._read, work, page, goods))
            work.shadow(*shadowed)
            if swap is not None:
                self._swapped |= swap.write(work)
            self._write_rest(work, signed)
        if swap is not None:
            snapshot.empty_shadow(self._store)
        return self._taken()

    def _page(self, piece: Sequence[wire.Change]) -> tuple[Page, tuple[Sequence[ShadowRow], Sequence[ShadowRow]]]:
        """The piece as read; in a fresh reading its goods wait in the shadow until the feed was read to its end."""
        page = read_page(self._read, piece)
        if not (self._reading and self._found.moved):
            return page, ((), ())
        shadowed = snapshot.shadow_rows(self._read, page)
        page.products.clear()
        return page, shadowed

    def _is_another(self) -> bool:
        """Whether this till was paired anew, or moved to another epoch, since it asked. Looked at within each transaction."""
        asked = self._asked
        if self._read.shop().device == asked.device and self._read.position().epoch == asked.position.epoch:
            return False
        _log.warning("this till was paired anew meanwhile; the answer to the old pairing is dropped")
        return True

    def _write_rest(self, work: UnitOfWork, signed: Countersigned | None) -> None:
        """Results, cursor, course; committed if there is anything to write."""
        found, now = self._found, self._clock.now()
        news = self._news(now)
        if found.receipts.done:
            work.acknowledge(found.receipts.done, now)
        for step in found.receipts.lost_steps:
            work.set_pending(step.order, None)
            work.note_lost(step.order, f"{step.command}:{step.code}")
        if not (news or self._effect.changed or found.settled or found.course or self._reading):
            return
        if signed is not None:
            work.countersign(signed)
        work.set_shop(**news | {"last_success_at": now})
        if found.course:
            self._change_course(work, now)
        if self._read.setting(TURNED_AWAY):
            work.set_setting(TURNED_AWAY, "")
        work.commit()

    def _news(self, now: int) -> dict[str, object]:
        """The columns of `shop` that are to be written; empty when nothing is worth a write."""
        found, position, line = self._found, self._asked.position, self._read.line()
        news: dict[str, object] = {}
        if found.receipts.acked_seq != position.acked_seq and not found.fenced:
            news |= {"acked_seq": found.receipts.acked_seq, "acked_hash": found.receipts.acked_hash}
        if found.moved:
            news["cursor"] = found.told.cursor
        if found.told.timeline != position.timeline and found.met:
            news["timeline"] = found.told.timeline
        offset = found.told.server_time - (self._asked.at + now) // 2
        if abs(offset - line.clock_offset) > CLOCK_STEP_MS:
            news["clock_offset"] = offset
        if news or not 0 <= now - line.last_success_at < NOTE_EVERY_MS:
            news["last_success_at"] = now
        return news

    def _countersigned(self) -> Countersigned | None:
        """The server's signature over the head that it acknowledges, if it is good: what this till keeps as proof of what it has told."""
        found, told, position = self._found, self._found.told, self._asked.position
        if not (found.signs and told.head_signature and found.settled):
            return None
        text = wire.head_text(self._asked.device, position.epoch, told.acked_seq, told.chain_hash)
        key = self._read.server_keys().get(told.head_key, "")
        try:
            signature = wire.unb64(told.head_signature)
        except ValueError:
            signature = b""
        if not signed_by(key, signature, text):
            _log.error("the server's signature over the head at %d of epoch %d is not good", told.acked_seq, position.epoch)
            return None
        return Countersigned(
            position.epoch, self._asked.device, told.acked_seq, told.chain_hash, told.head_signature, told.head_key, self._clock.now()
        )

    def _change_course(self, work: UnitOfWork, now: int) -> None:
        """What a restored or cloned till, or a server that was put back, asks for. Ids stay, so nothing takes effect twice."""
        told, position = self._found.told, self._asked.position
        if self._found.fenced:
            _log.warning("the server has this till's earlier self; it goes on under epoch %d", told.fenced_epoch)
            work.start_epoch(told.fenced_epoch)
            # while both were one till to the server, each was spared what the other had booked
            snapshot.want(work, now)
            recovery.want_own(self._read, work, position.epoch, position.acked_seq)
            work.audit([AuditEntry(now, "", "epoch_started", str(told.fenced_epoch))])
        elif self._found.rewound:
            _log.warning("the server is back at %d of this till's operations; what came after is sent again", told.acked_seq)
            work.resend_after(told.acked_seq, told.chain_hash)
            work.audit([AuditEntry(now, "", "sent_again", str(told.acked_seq))])

    def _taken(self) -> Taken:
        found, effect = self._found, self._effect
        receipts = found.receipts
        changed = effect.changed | Changed(
            goods=self._swapped, outbox=bool(found.settled) or found.course, orders=bool(receipts.lost_steps), shop=found.course
        )
        stuck = receipts.stuck or found.behind or (found.pulls and not found.moved and (found.more or self._reading))
        # a head that moved while the till only listened is a clone's doing
        met = found.met or found.told.acked_seq == self._asked.position.acked_seq
        return Taken(changed, effect.new_orders, receipts.lost_steps, stuck, receipts.later, met=met and not found.lost, at_once=found.lost)
