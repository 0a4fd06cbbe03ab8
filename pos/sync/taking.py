"""An answer of the server into the store: results, a page of the feed, where both ends stand, in one transaction. Knows no line."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pos.domain.changed import NOTHING, Changed
from pos.domain.product import Product
from pos.services.ports import AuditEntry, Clock, Queries, Store, UnitOfWork
from pos.services.views import OutboxOperation, SyncPosition
from pos.sync import fresh
from pos.sync import protocol as wire
from pos.sync.batch import Receipts, read_results
from pos.sync.feed import PageEffect, apply_page, read_page

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
        stuck: nothing moved that should have: to ask again at once would not help.
        met: both ends know where the other stands; if not, the till shows itself again with its next request.
        at_once: and that is now.
    """

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()
    stuck: bool = False
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
        if self.met and answer.acked_seq == self.receipts.acked_seq > 0 and answer.chain_hash != self.receipts.acked_hash:
            _log.error("the server's chain head differs at %d of epoch %d", answer.acked_seq, position.epoch)


def take(store: Store, clock: Clock, asked: Asked, answer: wire.SyncAnswer) -> Taken:
    """Write an answer.

    Raises:
        ShopError: DISK_FULL, STORE_BUSY ...; nothing is written then, and the same request may be sent again.
    """
    read = store.read
    found = _Answer(asked, answer)
    # an answer that leaves the cursor where it was is no page of the feed: it is not its end either
    reading = fresh.pages_told(read)
    pages = reading if found.moved else None
    mentions = _mentions(found.changes)
    ended = pages is not None and not found.more
    forget = fresh.left_over(read, pages or 0, mentions, answer.digest.products if answer.digest else -1) if ended else []
    page = read_page(read, found.changes)
    with store.begin() as work:
        if read.shop().device != asked.device or read.position().epoch != asked.position.epoch:
            _log.warning("this till was paired anew meanwhile; the answer to the old pairing is dropped")
            return Taken(at_once=True)
        effect = apply_page(read, work, page, found.settled) if found.changes else PageEffect(NOTHING, ())
        news = _news(read, clock, asked, found)
        _settle(work, found, clock.now())
        if pages is not None:
            _go_on_fresh(work, pages, mentions, forget, found.more)
        if news or effect.changed or found.settled or found.rewound or found.fenced or pages is not None:
            work.set_shop(**news | {"last_success_at": clock.now()})
            _change_course(read, work, found, clock.now())
            if read.setting(TURNED_AWAY):
                work.set_setting(TURNED_AWAY, "")
            work.commit()
    course = found.rewound or found.fenced
    changed = effect.changed | Changed(
        goods=bool(forget), outbox=bool(found.settled) or course, orders=bool(found.receipts.answered_orders), shop=course
    )
    stuck = found.receipts.stuck or found.behind or (found.pulls and not found.moved and (found.more or reading is not None))
    # a head that moved while the till only listened is a clone's doing
    met = found.met or answer.acked_seq == asked.position.acked_seq
    return Taken(changed, effect.new_orders, stuck, met and not found.lost, found.lost)


def _mentions(changes: Sequence[wire.Change]) -> fresh.Mentions:
    products = (change for change in changes if change.kind == wire.ChangeKind.PRODUCT.value)
    return {change.uid: not change.deleted and not (change.product is not None and change.product.deleted) for change in products}


def _settle(work: UnitOfWork, found: _Answer, now: int) -> None:
    if found.receipts.done:
        work.acknowledge(found.receipts.done, now)
    for order in found.receipts.answered_orders:
        work.set_pending(order, None)


def _go_on_fresh(work: UnitOfWork, pages: int, mentions: fresh.Mentions, forget: list[Product], more: bool) -> None:
    if more:
        fresh.note(work, pages, mentions)
        return
    fresh.end(work, pages, forget)
    _log.info("the feed was read afresh; %d goods are no more", len(forget))


def _news(read: Queries, clock: Clock, asked: Asked, found: _Answer) -> dict[str, object]:
    """The columns of `shop` that are to be written; empty when nothing is worth a write."""
    position, line, now = asked.position, read.line(), clock.now()
    news: dict[str, object] = {}
    if found.receipts.acked_seq != position.acked_seq and not found.fenced:
        news |= {"acked_seq": found.receipts.acked_seq, "acked_hash": found.receipts.acked_hash}
    if found.moved:
        news["cursor"] = found.told.cursor
    if found.told.timeline != position.timeline and found.met:
        news["timeline"] = found.told.timeline
    offset = found.told.server_time - (asked.at + now) // 2
    if abs(offset - line.clock_offset) > CLOCK_STEP_MS:
        news["clock_offset"] = offset
    if news or not 0 <= now - line.last_success_at < NOTE_EVERY_MS:
        news["last_success_at"] = now
    return news


def _change_course(read: Queries, work: UnitOfWork, found: _Answer, now: int) -> None:
    """What a restored or cloned till, or a server that was put back, asks for. Ids stay, so nothing takes effect twice."""
    told = found.told
    if found.fenced:
        _log.warning("the server has this till's earlier self; it goes on under epoch %d", told.fenced_epoch)
        work.start_epoch(told.fenced_epoch)
        # while both were one till to the server, each was spared what the other had booked
        fresh.begin(read, work, now)
        work.audit([AuditEntry(now, "", "epoch_started", str(told.fenced_epoch))])
    elif found.rewound:
        _log.warning("the server is back at %d of this till's operations; what came after is sent again", told.acked_seq)
        work.resend_after(told.acked_seq, told.chain_hash)
        work.audit([AuditEntry(now, "", "sent_again", str(told.acked_seq))])
