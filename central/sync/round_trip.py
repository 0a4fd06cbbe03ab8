"""`POST /v1/sync`: what a till tells and what it is told, in one transaction. Owns the order of steps and the answer.

1. the handshake and the batch's hashes say whether both ends tell the same story (chains)
2. the operations take effect (intake)
3. the feed since the till's cursor, and where both ends stand
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from central import qris
from central.database import WriteNeeded
from central.incarnations import mark_at
from central.orders import moving
from central.pace import next_sync_in
from central.problems import ProblemCode, Refusal
from central.shop_work import Book, Origin, ShopWork, read_book
from central.statements import Call
from central.sync import chains, feed
from central.sync.chains import Chain, Course, Sent
from central.sync.cursor import Cursor, read_cursor
from central.sync.intake import Intake
from central.sync.spoken_of import read_all
from central.tokens import Device, note_seen
from central.world import World
from pos.sync.protocol import MAX_BEFORE, MAX_PAGE, OperationResult, ResultStatus, SyncAnswer, SyncRequest, b64, head_text


def round_trip(world: World, connection: Connection, writes: bool, device: Device, request: SyncRequest) -> SyncAnswer | Refusal:
    """Answer a till. A refusal that is returned is to be committed first.

    Raises:
        Refusal: BATCH_BROKEN, PROGRAM_TOO_OLD, CURSOR_TOO_OLD. WriteNeeded.
    """
    trip = _Trip(world, connection, device, request)
    if request.batch is None and request.handshake is None:
        if trip.too_old and request.page:
            raise Refusal(ProblemCode.PROGRAM_TOO_OLD)
        return trip.pull(writes)
    if not writes:
        raise WriteNeeded
    return trip.push()


class _Trip:
    """One request's way through."""

    def __init__(self, world: World, connection: Connection, device: Device, request: SyncRequest) -> None:
        self._world = world
        self._connection = connection
        self._device = device
        self._request = request
        self.too_old = request.protocol < world.settings.min_protocol

    def pull(self, writes: bool) -> SyncAnswer | Refusal:
        """Only listening: no lock, unless something is overdue or was lost."""
        book = read_book(self._connection, self._device.shop)
        cursor = read_cursor(self._request.cursor, book)
        if (is_due(book, self._world.clock.now()) or cursor.from_the_future(book)) and not writes:
            raise WriteNeeded
        if writes:
            work = self._begin()
            book = work.book
            if cursor.from_the_future(book):
                self._rewind(work)
            work.finish()
        chain = chains.load(self._connection, self._device, cursor.epoch or self._device.epoch)
        return self._answer(book, chain, cursor, ())

    def push(self) -> SyncAnswer | Refusal:
        """What the till says of itself and tells. Its facts are taken however old its program is."""
        operations = chains.sent(self._request.batch) if self._request.batch is not None else []
        epoch = self._epoch()
        read, spoken = read_all(operations)
        calls = [(chains.HEAD, chains.key(self._device, epoch)), *(spoken.calls(self._device.shop) if operations else ())]
        work = self._begin(calls, spoken.moves)
        cursor = read_cursor(self._request.cursor, work.book)
        chain = chains.of(self._device, epoch, work.told[0])
        course, heads = self._course(chain, operations)
        intake = Intake(self._world, work, Origin(self._device.uid, chain.epoch), chain.booked_at)
        known = intake.look_up(operations) if course is not Course.PARTED else False
        if course is Course.PARTED or (course is Course.SEEN and not known):
            return self._fenced(work, chain)
        if course is Course.WE_ARE_BEHIND or cursor.from_the_future(work.book) or self._has_forgotten():
            self._rewind(work)
        results: tuple[OperationResult, ...] = ()
        more: list[Call] = []
        if operations and course is not Course.WE_ARE_BEHIND:
            results = intake.take(operations, read, spoken)
            chain, more = self._advanced(chain, operations, heads, results, intake.booked_at)
        work.finish(*more)
        return self._answer(work.book, chain, cursor, results)

    def _begin(self, calls: Sequence[Call] = (), moves: Mapping[str, int] | None = None) -> ShopWork:
        work = ShopWork.begin(self._connection, self._device.shop, self._world.clock.now(), calls, moves)
        moving.sweep(work, self._world.settings)
        qris.sweep(work)
        note_seen(work, self._device)
        return work

    def _epoch(self) -> int:
        """The till's own, as its batch or handshake says."""
        batch, handshake = self._request.batch, self._request.handshake
        if batch is not None and handshake is not None and batch.epoch != handshake.epoch:
            raise Refusal(ProblemCode.BATCH_BROKEN)
        if batch is not None:
            return batch.epoch
        return handshake.epoch if handshake is not None else self._device.epoch

    def _course(self, chain: Chain, operations: Sequence[Sent]) -> tuple[Course, Sequence[str]]:
        """How the till's story and ours relate, and the chain's head after each operation."""
        handshake, batch = self._request.handshake, self._request.batch
        course = chains.compare(chain, handshake) if handshake is not None else Course.GOES_ON
        if course is not Course.GOES_ON or batch is None:
            return course, ()
        return chains.follow(chain, batch.prev_hash, operations)

    def _has_forgotten(self) -> bool:
        """Whether this server knows less of an earlier epoch than it has acknowledged: a new epoch alone does not tell."""
        before = self._request.handshake.before[:MAX_BEFORE] if self._request.handshake is not None else ()
        return any(told.acked_seq > chains.load(self._connection, self._device, told.epoch).seq for told in before)

    def _advanced(
        self, chain: Chain, operations: Sequence[Sent], heads: Sequence[str], results: Sequence[OperationResult], booked_at: int
    ) -> tuple[Chain, list[Call]]:
        taken = sum(result.status != ResultStatus.RETRY for result in results)
        last = operations[taken - 1].operation.seq
        return chains.advance(self._device, chain, last, heads[taken - 1], booked_at) if last > chain.seq else (chain, [])

    def _rewind(self, work: ShopWork) -> None:
        """This server was put back: no cursor of before counts any more."""
        work.book.timeline = self._world.chance.id()

    def _fenced(self, work: ShopWork, chain: Chain) -> SyncAnswer:
        """The till's epoch is over. Nothing of its batch has an effect; it comes again under the new epoch, ids unchanged."""
        fresh = chains.fence(self._connection, self._device, chain)
        work.finish()
        return self._standing(work.book, fresh, fenced_epoch=fresh.epoch)

    def _answer(self, book: Book, chain: Chain, cursor: Cursor, results: tuple[OperationResult, ...]) -> SyncAnswer | Refusal:
        listens_only = self._request.batch is None and self._request.handshake is None
        if cursor.too_old(book) and listens_only:
            # returned and not raised: a new timeline is kept
            return Refusal(ProblemCode.CURSOR_TOO_OLD)
        if cursor.too_old(book) or self._request.page <= 0 or self.too_old:
            # facts are never refused: they were taken, and the next request that only listens is told what is wrong
            return self._standing(book, chain, results)
        own = None if cursor.everything else Origin(self._device.uid, chain.epoch)
        page = feed.read_page(self._connection, book, cursor.seq, min(self._request.page, MAX_PAGE), own)
        told = Cursor(book.timeline, chain.epoch, cursor.floor, cursor.everything and page.more, page.seq, mark_at(book.marks, page.seq))
        digest = book.digest() if self._request.want_digest and not page.more else None
        return msgspec.structs.replace(
            self._standing(book, chain, results), changes=page.changes, cursor=str(told), more=page.more, digest=digest
        )

    def _standing(self, book: Book, chain: Chain, results: tuple[OperationResult, ...] = (), fenced_epoch: int = 0) -> SyncAnswer:
        """Where both ends stand, with nothing of the feed."""
        settings, keys, now = self._world.settings, self._world.keys, self._world.clock.now()
        return SyncAnswer(
            results=results,
            acked_seq=chain.seq,
            chain_hash=chain.head,
            head_signature=b64(keys.sign(head_text(self._device.uid, chain.epoch, chain.seq, chain.head))),
            changes=(),
            cursor=self._request.cursor,
            more=False,
            timeline=book.timeline,
            server_time=now,
            next_sync_in=next_sync_in(settings, self._device.uid, book.open_orders > 0, now, self._world.load.level()),
            fenced_epoch=fenced_epoch,
            head_key=keys.key_id,
            upgrade=str(settings.min_protocol) if self.too_old else "",
            wait=settings.wait_s > 0,
        )


def is_due(book: Book, now: int) -> bool:
    """Whether an order or a QR of the shop has to be moved on by the server's clock."""
    return moving.is_due(book.next_due_at, now) or moving.is_due(book.next_qris_at, now)
