"""e-Peken in memory, for the rules of the till's engine: chains, results, a feed, a digest, and faults that a test orders.

Plays one shop with any number of tills by the words of docs/protocol.md. It is no proof of the real central: tests/integration has that.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.errors import ErrorCode, ShopError
from pos.sync import protocol as wire
from pos.sync.central import SnapshotNeeded
from tests.helpers.tills import HandClock

SHOP = "5" * 32
FINAL = frozenset({"picked_up", "rejected", "cancelled", "expired", "no_show"})


@dataclass(slots=True)
class Chain:
    """`ids` and `heads` of the operations in seq order; heads[0] is before the first."""

    ids: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=lambda: [wire.GENESIS])
    fenced: bool = False


@dataclass(slots=True)
class Books:
    """Everything the server remembers; copied whole for a backup."""

    timeline: str = "t1"
    chains: dict[tuple[str, int], Chain] = field(default_factory=dict)
    results: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    told: list[tuple[str, int, wire.Operation]] = field(default_factory=list)
    sales: dict[str, wire.SalePayload] = field(default_factory=dict)
    movements: dict[tuple[str, int], wire.StockChange] = field(default_factory=dict)
    booked_by: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    products: dict[str, wire.WireProduct] = field(default_factory=dict)
    orders: dict[str, wire.WireOrder] = field(default_factory=dict)
    rows: dict[str, wire.Change] = field(default_factory=dict)
    seq: int = 0
    floor: int = 0


class FakeCentral:
    """The server; its clock is that of the tills on it, `ahead_ms` apart. `page`: changes in an answer at most."""

    def __init__(self) -> None:
        self.books = Books()
        self.clock = HandClock()
        self.ahead_ms = 0
        self.poll_ms = 60_000
        self.page = wire.MAX_PAGE
        self.shop_uid = SHOP
        self.shop = wire.ShopInfo(uid=SHOP, name="Toko Sinar", address="Jl. Kenanga 12")
        self.retry_ids: set[str] = set()
        self.quarantine_ids: set[str] = set()
        self.poison: dict[str, ShopError] = {}
        """Operation id -> what any request that carries it is refused with."""
        self.refuses_all: ShopError | None = None
        self.wait = False
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)
        self.key_id = ""
        self.signs = False
        self.too_old = False
        self.digest_off = 0

    # --- what a test does to the server ---------------------------------------------------------------------------

    def enrol(self, device: str) -> str:
        """A new till of the shop; returns what the server calls it."""
        self.books.chains[device, 1] = Chain()
        return device

    def backup(self) -> Books:
        return copy.deepcopy(self.books)

    def put_back_unseen(self, books: Books) -> None:
        """An older state, and the server has not noticed."""
        self.books = copy.deepcopy(books)

    def put_back(self, books: Books) -> None:
        """An older state under a new timeline, as after a failover."""
        timeline = self.books.timeline + "x"
        self.books = copy.deepcopy(books)
        self.books.timeline = timeline

    def forget_old_deletions(self) -> None:
        """No cursor of before now counts any more."""
        self.books.floor = self.books.seq + 1
        self.books.seq += 1

    def put(self, product: wire.WireProduct) -> None:
        """A product as the city's office changed it."""
        known = self.books.products.get(product.uid)
        kept = msgspec.structs.replace(product, version=known.version + 1 if known else 1)
        self.books.products[product.uid] = kept
        self._row(wire.Change(seq=0, kind="product", uid=product.uid, product=kept))

    def remove(self, uid: str) -> None:
        del self.books.products[uid]
        self._row(wire.Change(seq=0, kind="product", uid=uid, deleted=True))

    def forget_silently(self, uid: str) -> None:
        """A product is gone and nobody is told: what a fresh reading must find out."""
        del self.books.products[uid]
        del self.books.rows[f"product {uid}"]

    def row(self, change: wire.Change) -> None:
        """Any row into the feed."""
        self._row(change)

    def order(self, order: wire.WireOrder) -> None:
        self.books.orders[order.uid] = order
        self._row(wire.Change(seq=0, kind="order", uid=order.uid, order=order))

    def tell_shop(self) -> None:
        self._row(wire.Change(seq=0, kind="shop", uid=SHOP, shop=self.shop))

    @property
    def sales(self) -> set[str]:
        return set(self.books.sales)

    @property
    def prices(self) -> dict[str, int]:
        """Product uid -> price of its first unit."""
        return {uid: told.units[0].prices[0].amount for uid, told in self.books.products.items()}

    @property
    def stock(self) -> dict[str, int]:
        on_hand: dict[str, int] = {}
        for movement in self.books.movements.values():
            on_hand[movement.product] = on_hand.get(movement.product, 0) + movement.quantity
        return on_hand

    # --- one round trip ---------------------------------------------------------------------------------------------

    def sync(self, device: str, request: wire.SyncRequest) -> wire.SyncAnswer:
        if self.too_old and request.page:
            raise ShopError(ErrorCode.PROGRAM_TOO_OLD, status=426)
        if self.refuses_all is not None:
            raise self.refuses_all
        for operation in request.batch.operations if request.batch else ():
            if operation.id in self.poison:
                raise self.poison[operation.id]
        epoch = self._epoch(device, request)
        chain = self.books.chains.setdefault((device, epoch), Chain())
        fenced = self._fence(device, request, chain)
        results = tuple(self._batch(device, request.batch, chain)) if request.batch and not fenced else ()
        place = ""
        try:
            after, place = self._after(request.cursor) if request.page else (0, "")
        except SnapshotNeeded:
            if not (request.batch or request.handshake):
                raise
            # facts are never refused: the next request that only listens is sent back to the beginning
            after, request = 0, msgspec.structs.replace(request, page=0)
        everything = place.endswith("a")
        changes, more = self._changes(after, min(request.page, self.page), ("", 0) if everything else (device, epoch))
        place = place if more else place.rstrip("a")
        last = changes[-1].seq if changes and more else self.books.seq
        head = chain.heads[-1]
        more = more and request.page > 0
        return wire.SyncAnswer(
            results=results,
            acked_seq=len(chain.ids),
            chain_hash=head,
            head_signature=self._signature(device, epoch, chain),
            head_key=self.key_id,
            wait=self.wait,
            changes=tuple(changes),
            cursor=f"{self.books.timeline}.{epoch}.{place}.{last}" if request.page else request.cursor,
            more=more,
            timeline=self.books.timeline,
            server_time=self.clock.now() + self.ahead_ms,
            next_sync_in=self.poll_ms,
            digest=self._digest() if request.want_digest and request.page and not more else None,
            fenced_epoch=fenced,
        )

    def recover(self, device: str, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
        """What was told, in the order it came; a page of `page` operations."""
        own = request.scope == wire.RecoveryScope.OWN.value
        chain = self.books.chains.get((device, request.epoch), Chain()).ids
        wanted = [
            (who, epoch, item)
            for who, epoch, item in self.books.told
            if (not request.kinds or item.kind in request.kinds) and (not own or (who == device and item.id in chain[request.after_seq :]))
        ]
        start = int(request.cursor or 0)
        part = wanted[start : start + min(request.page, self.page)]
        return wire.RecoveryAnswer(
            operations=tuple(
                wire.KnownOperation(
                    device=who,
                    prefix="A",
                    epoch=epoch,
                    operation=item,
                    status=self.books.results[item.id][0],
                    received_at=item.at,
                    booked_at=item.at,
                )
                for who, epoch, item in part
            ),
            cursor=str(start + len(part)),
            more=start + len(part) < len(wanted),
            server_time=self.clock.now(),
        )

    def _signature(self, device: str, epoch: int, chain: Chain) -> str:
        return wire.b64(self.key.sign(wire.head_text(device, epoch, len(chain.ids), chain.heads[-1]))) if self.signs else ""

    def _epoch(self, device: str, request: wire.SyncRequest) -> int:
        """As batch, handshake or cursor say. A till that only listens from the beginning says nothing of itself."""
        if request.batch or request.handshake:
            return request.batch.epoch if request.batch else request.handshake.epoch if request.handshake else 0
        return int(request.cursor.split(".")[1]) if request.cursor else self._newest(device)

    def _newest(self, device: str) -> int:
        return max(epoch for known, epoch in self.books.chains if known == device)

    def _fence(self, device: str, request: wire.SyncRequest, chain: Chain) -> int:
        met, batch = request.handshake, request.batch
        other = chain.fenced
        if met is not None:
            other |= met.last_seq < len(chain.ids)
            other |= met.acked_seq < len(chain.heads) and chain.heads[met.acked_seq] != met.chain_hash
        if batch is not None and batch.operations[0].seq <= len(chain.heads):
            other |= chain.heads[batch.operations[0].seq - 1] != batch.prev_hash
            other |= any(item.seq <= len(chain.ids) and chain.ids[item.seq - 1] != item.id for item in batch.operations)
        if not other:
            return 0
        chain.fenced = True
        new = self._newest(device) + 1
        self.books.chains[device, new] = Chain()
        return new

    def _batch(self, device: str, batch: wire.Batch, chain: Chain) -> Iterable[wire.OperationResult]:
        stopped = batch.operations[0].seq > len(chain.ids) + 1
        for operation in batch.operations:
            stopped |= operation.id in self.retry_ids
            if stopped:
                yield wire.OperationResult(id=operation.id, status="retry", code="later")
                continue
            if operation.seq == len(chain.ids) + 1:
                chain.ids.append(operation.id)
                digest = wire.payload_hash(bytes(operation.payload))
                chain.heads.append(wire.chain_hash(chain.heads[-1], operation.id, operation.seq, operation.kind, operation.at, digest))
            yield self._result(device, batch.epoch, operation)

    def _result(self, device: str, epoch: int, operation: wire.Operation) -> wire.OperationResult:
        digest = wire.payload_hash(bytes(operation.payload))
        known = self.books.results.get(operation.id)
        if known is not None:
            if known[2] != digest:
                return wire.OperationResult(id=operation.id, status="quarantined", code="id_reused")
            return wire.OperationResult(id=operation.id, status="duplicate", code=known[1])
        try:
            status, code = ("quarantined", "asked for") if operation.id in self.quarantine_ids else self._effect(device, epoch, operation)
        except msgspec.ValidationError:
            status, code = "quarantined", "unreadable"
        self.books.results[operation.id] = (status, code, digest)
        self.books.told.append((device, epoch, operation))
        return wire.OperationResult(id=operation.id, status=status, code=code)

    def _effect(self, device: str, epoch: int, operation: wire.Operation) -> tuple[str, str]:
        if operation.kind == wire.OperationKind.SALE.value:
            sale = wire.decode(operation.payload, wire.SalePayload)
            self.books.sales[operation.id] = sale
            for place, line in enumerate(sale.lines):
                self._move(
                    wire.StockChange(
                        product=line.product, quantity=-line.quantity, reason="sale", cause=operation.id, position=place, at=operation.at
                    ),
                    device,
                    epoch,
                )
        elif operation.kind == wire.OperationKind.STOCK.value:
            stock = wire.decode(operation.payload, wire.StockPayload)
            for place, item in enumerate(stock.lines):
                self._move(
                    wire.StockChange(
                        product=item.product,
                        quantity=item.quantity,
                        reason=stock.reason,
                        cause=operation.id,
                        position=place,
                        at=operation.at,
                    ),
                    device,
                    epoch,
                )
        elif operation.kind == wire.OperationKind.PRODUCT.value:
            for product in wire.decode(operation.payload, wire.ProductPayload).products:
                self.put(product)
        elif operation.kind == wire.OperationKind.ORDER_COMMAND.value:
            return self._command(wire.decode(operation.payload, wire.OrderCommandPayload))
        return "applied", ""

    def _command(self, command: wire.OrderCommandPayload) -> tuple[str, str]:
        order = self.books.orders[command.order]
        if order.version != command.expected_version:
            return "refused", "version"
        status = {"accept": "accepted", "reject": "rejected", "ready": "ready"}[command.command]
        self.order(msgspec.structs.replace(order, status=status, version=order.version + 1))
        return "applied", ""

    def _move(self, movement: wire.StockChange, device: str, epoch: int) -> None:
        place = (movement.cause, movement.position)
        assert place not in self.books.movements, "a movement is booked once"
        self.books.movements[place] = movement
        self.books.booked_by[place] = (device, epoch)
        self._row(wire.Change(seq=0, kind="stock", uid=f"{movement.cause} {movement.position}", stock=movement))

    # --- the feed -----------------------------------------------------------------------------------------------------

    def _row(self, change: wire.Change) -> None:
        self.books.seq += 1
        self.books.rows[f"{change.kind} {change.uid}"] = msgspec.structs.replace(change, seq=self.books.seq)

    def _after(self, cursor: str) -> tuple[int, str]:
        """(seq, floor when the reading began): a reading that began above the floor is not sent back by it. A reading from the beginning
        is told everything, also what this till has booked itself: an `a` at the floor."""
        if not cursor:
            return 0, f"{self.books.floor}a"
        timeline, _, place, seq = cursor.split(".")
        if timeline != self.books.timeline or (int(seq) < self.books.floor and int(place.rstrip("a")) < self.books.floor):
            raise SnapshotNeeded
        return int(seq), place

    def _changes(self, after: int, page: int, own: tuple[str, int]) -> tuple[list[wire.Change], bool]:
        if not page:
            return [], self.books.seq > after
        rows = sorted((row for row in self.books.rows.values() if row.seq > after), key=lambda row: row.seq)
        told = [row for row in rows if row.stock is None or self.books.booked_by.get((row.stock.cause, row.stock.position)) != own]
        return told[:page], len(told) > page

    def _digest(self) -> wire.Digest:
        return wire.Digest(
            products=len(self.books.products) + self.digest_off,
            movements=len(self.books.movements),
            on_hand=sum(self.stock.values()),
            open_orders=sum(order.status not in FINAL for order in self.books.orders.values()),
            prices=sum(wire.product_marks(product) for product in self.books.products.values()) % wire.PRICE_MARKS,
        )
