"""Bugs that others have had, planted into the two programs for as long as a `with` block lasts: the simulation must find each of them.

Each is a few lines in the place of what stands, laid over the real class or module from here; the product has no switch for any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from central import shop_work
from central.orders import book, commands
from central.orders.book import OPEN
from central.shop_work import Book, ShopWork
from central.sync import chains, cursor, feed, round_trip
from central.sync.chains import Chain, Course, Sent
from central.sync.feed import Page
from central.sync.intake import Intake
from central.sync.reading import Unfit
from pos.domain.errors import ErrorCode, ShopError
from pos.services import checkout
from pos.sync import batch
from pos.sync import protocol as wire
from pos.sync.backoff import Backoff
from pos.sync.client import CentralClient
from pos.sync.engine import SyncEngine
from pos.sync.transport import Answer
from tests.simulation.laying import laid_over

Plant = Callable[[], Any]
OFFENDED: Final = "offended"


def no_dedup() -> Any:
    """The central takes what it has taken before once more."""

    def forgetful(self: Intake, operations: Sequence[Sent]) -> bool:
        known = real(self, operations)
        self._known.clear()
        return known

    real = Intake.look_up
    return laid_over((Intake, "look_up", forgetful))


def nextval_cursor() -> Any:
    """A full page's cursor is the feed's newest number: what was numbered before and not told yet is skipped."""

    def skipping(connection: Any, book: Book, after: int, page: int, own: Any, *others: Any) -> Page:
        told = real(connection, book, after, page, own, *others)
        return Page(told.changes, book.feed_seq, False)

    real = feed.read_page
    return laid_over((feed, "read_page", skipping))


def a_401_is_final() -> Any:
    """The till gives up once its token is not good any more."""

    def offended(self: CentralClient, method: str, path: str, body: bytes) -> Answer:
        if self._shared.token == OFFENDED:
            raise ShopError(ErrorCode.CENTRAL_REFUSED, status=401)
        answer = self._proven(method, path, body, self._access("")[0])
        if answer.status == 401:
            self._shared.token, self._shared.until = OFFENDED, float("inf")
        return answer

    return laid_over((CentralClient, "_authorised", offended))


def seq_reused() -> Any:
    """Nobody is ever fenced: a restored till tells new things under numbers that it has used before."""

    def trusting(chain: Chain, handshake: wire.Handshake) -> Course:
        return Course.GOES_ON

    def taken(chain: Chain, prev_hash: str, operations: Sequence[Sent]) -> tuple[Course, Sequence[str]]:
        course, heads = real(chain, prev_hash, operations)
        return (Course.GOES_ON if course is Course.PARTED and heads else course), heads

    real = chains.follow
    return laid_over((chains, "compare", trusting), (chains, "follow", taken))


def retry_never_fires() -> Any:
    """After a few failures in a row the till does not try again."""

    def tired(self: Backoff, now: float, retry_after: float | None = None) -> float:
        waits = real(self, now, retry_after)
        return float("inf") if self._failures > 2 else waits

    real = Backoff.failed
    return laid_over((Backoff, "failed", tired))


def reservation_is_kept() -> Any:
    """What an order held is not let go when it ends."""

    def greedy(self: ShopWork, product: str, quantity: int) -> None:
        real(self, product, max(0, quantity))

    real = ShopWork.reserve
    return laid_over((ShopWork, "reserve", greedy))


def digest_is_ignored() -> Any:
    """The till does not look at the sums that it is told."""

    def blind(answer: wire.SyncAnswer) -> wire.SyncAnswer:
        return msgspec.structs.replace(answer, digest=None)

    def sync(self: CentralClient, request: wire.SyncRequest) -> wire.SyncAnswer:
        return blind(real(self, request))

    real = CentralClient.sync
    return laid_over((CentralClient, "sync", sync))


def revoked_forgets() -> Any:
    """A till that is turned away takes what it has not told for settled."""

    def forgetful(self: SyncEngine, device: str) -> None:
        waiting = self._store.read.waiting_operations(1_000)
        with self._store.begin() as work:
            work.acknowledge([(item.id, batch.APPLIED, "") for item in waiting], self._clock.now())
            work.commit()
        real(self, device)

    real = SyncEngine._note_turned_away
    return laid_over((SyncEngine, "_note_turned_away", forgetful))


def receipts_are_counted() -> Any:
    """A receipt's number is a number, as on paper."""
    return laid_over((checkout, "receipt_number", lambda prefix, epoch, seq, uid: f"{seq:06d}"))


def total_forgets_orders() -> Any:
    """The kept total does not count what is handed over."""

    def careless(self: ShopWork, cause: str, position: int, product: str, quantity: int, reason: str, at: int, origin: Any) -> None:
        real(self, cause, position, product, quantity, reason, at, origin)
        if reason == "order":
            self.book.on_hand -= quantity

    real = ShopWork.book_movement
    return laid_over((shop_work.ShopWork, "book_movement", careless))


def expiry_wins() -> Any:
    """An order that has ended is not handed over, though the goods are gone."""

    def strict(world: Any, work: ShopWork, payload: wire.OrderPickedUpPayload, *others: Any) -> commands.Verdict:
        order = book.find(work.connection, work.shop, payload.order)
        if order is not None and order.status not in OPEN:
            return commands.Verdict(wire.ResultStatus.REFUSED, "not_allowed")
        return real(world, work, payload, *others)

    real = commands.picked_up
    return laid_over((commands, "picked_up", strict))


def another_shops_feed() -> Any:
    """The condition on the shop is forgotten where goods are read."""

    def open_to_all(connection: Any, asked: dict[str, int]) -> list[wire.Change]:
        return [change for shop in (1, 2) for change in real(connection, {**asked, "shop": shop})]

    real = feed._products
    return laid_over((feed, "_products", open_to_all))


def put_back_unnoticed() -> Any:
    """A cursor of what will be is taken for one of what is."""
    return laid_over((cursor.Cursor, "from_the_future", lambda self, book: False), (chains, "compare", _never_behind(chains.compare)))


def _never_behind(real: Callable[[Chain, wire.Handshake], Course]) -> Callable[[Chain, wire.Handshake], Course]:
    def compare(chain: Chain, handshake: wire.Handshake) -> Course:
        course = real(chain, handshake)
        return Course.GOES_ON if course is Course.WE_ARE_BEHIND else course

    return compare


def clock_decides() -> Any:
    """What a till with a wrong clock tells is set aside."""

    def punctual(self: Intake, item: Sent, payload: Any) -> commands.Verdict:
        if abs(item.operation.at - self._work.now) > 86_400_000 * 365:
            payload = Unfit("field_invalid")
        return real(self, item, payload)

    real = Intake._first
    return laid_over((Intake, "_first", punctual))


def quarantine_blocks() -> Any:
    """What could not be read is sent until it can be."""

    def stubborn(operation: Any, result: wire.OperationResult) -> str | None:
        return None if result.status == batch.QUARANTINED else real(operation, result)

    real = batch._state
    return laid_over((batch, "_state", stubborn))


def head_is_not_signed() -> Any:
    """The countersignature is over something else."""
    return laid_over((round_trip, "head_text", lambda device, epoch, seq, head: wire.head_text(device, epoch, seq + 1, head)))


PLANTED: Final[dict[str, tuple[Plant, int]]] = {
    "no dedup": (no_dedup, 20),
    "nextval cursor": (nextval_cursor, 20),
    "401 taken as final": (a_401_is_final, 20),
    "seq reused after restore": (seq_reused, 40),
    "retry timer that never fires": (retry_never_fires, 20),
    "reservation not released": (reservation_is_kept, 20),
    "receipts without the till": (receipts_are_counted, 20),
    "kept total forgets orders": (total_forgets_orders, 60),
    "another shop's feed": (another_shops_feed, 20),
    "quarantine blocks what is behind it": (quarantine_blocks, 20),
    "head not signed": (head_is_not_signed, 20),
    "digest ignored": (digest_is_ignored, 20),
    "a revoked till forgets": (revoked_forgets, 20),
    "expiry wins over a hand-over": (expiry_wins, 20),
    "a server that was put back goes on": (put_back_unnoticed, 20),
    "the clock decides": (clock_decides, 20),
}
"""Name -> the bug, and within how many seeds it is found."""
