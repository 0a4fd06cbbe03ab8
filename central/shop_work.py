"""One transaction's work on one shop: its row locked, the feed's counter, kept totals, movements and reservations, written at the end.

Who writes anything of a shop does it through here. The lock on the shop's row puts all writers of a shop in order, and the counter
is written in the transaction that makes the changes, so a cursor never skips one (a sequence's `nextval` would).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table

from central import incarnations, tables
from central.bulk import append_all
from central.database import CHANGED
from central.problems import ProblemCode, Refusal
from central.qris_text import QrisText
from central.statements import Call, Statement, Told, as_words, run, run_all
from pos.sync.protocol import PRICE_MARKS, Change, Digest, ShopInfo, encode

_WHO: Final = ("id", "uid", "name", "address", "qris_static", "cap_from")
_KEPT: Final = (
    "cap_amount",
    "cap_used",
    "timeline",
    "marks",
    "feed_seq",
    "product_seq",
    "movement_seq",
    "order_seq",
    "info_seq",
    "news_seq",
    "feed_floor",
    "products",
    "movements",
    "on_hand",
    "open_orders",
    "prices",
    "devices",
    "orders",
    "next_due_at",
    "next_qris_at",
)
BOOK: Final = f"SELECT {', '.join((*_WHO, *_KEPT))}, (SELECT incarnation FROM server WHERE id = 1) FROM shop WHERE id = :shop"
"""What every call of a shop begins with. Each of its tables is found by a key."""
_READ: Final = Statement(BOOK)
_LOCKED: Final = Statement(BOOK, postgres=f"{BOOK} FOR UPDATE OF shop")
_BOOKED: Final = Statement("SELECT position FROM movement WHERE shop = :shop AND cause = :cause")
_SAVE: Final = Statement(f"UPDATE shop SET {', '.join(f'{name} = :{name}' for name in _KEPT)} WHERE id = :shop")
_INTO: Final = "INSERT INTO stock (shop, product, on_hand, reserved, known) SELECT :shop, "
_ADDS: Final = (
    " ON CONFLICT (shop, product) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, reserved = stock.reserved + excluded.reserved"
)
_ROW: Final = "json_extract(value, '$[0]'), json_extract(value, '$[1]')"
_LISTS: Final = "string_to_array(:product, ' '), CAST(string_to_array(:on_hand, ' ') AS bigint[])"
_STOCK: Final = Statement(
    f"{_INTO}{_ROW}, json_extract(value, '$[2]'), false FROM json_each(:rows) WHERE true{_ADDS}",
    postgres=f"{_INTO}t.*, false FROM unnest({_LISTS}, CAST(string_to_array(:reserved, ' ') AS bigint[])) AS t{_ADDS}",
)
_MOVE: Final = Statement(
    f"{_INTO}{_ROW}, 0, false FROM json_each(:rows) WHERE true{_ADDS} RETURNING product, on_hand, known",
    postgres=f"{_INTO}t.*, 0, false FROM unnest({_LISTS}) AS t{_ADDS} RETURNING product, on_hand, known",
)
CHANNEL: Final = "epeken_feed"
"""Where PostgreSQL tells other processes of news; a payload is `<shop> <feed_seq>`."""
_NOTIFY: Final = Statement("SELECT 1", postgres=f"SELECT pg_notify('{CHANNEL}', :news)")
_LOOK: Final = Statement("SELECT product, on_hand, known FROM stock WHERE shop = :shop AND product AMONG :products")
_NEWS: Final = Statement(
    "INSERT INTO news (shop, kind, key, feed_seq, at, document) VALUES (:shop, :kind, :key, :feed_seq, :at, :document)"
    " ON CONFLICT (shop, kind, key) DO UPDATE SET feed_seq = excluded.feed_seq, at = excluded.at, document = excluded.document"
)


@dataclass(slots=True)
class Book:
    """The shop's row: who it is, where its feed stands, and the kept totals. Changed in memory, saved by `ShopWork.finish`."""

    id: int
    uid: str
    name: str
    address: str
    qris_static: str
    cap_from: int
    cap_amount: int
    cap_used: int
    timeline: str
    marks: str
    feed_seq: int
    product_seq: int
    movement_seq: int
    order_seq: int
    info_seq: int
    news_seq: int
    feed_floor: int
    products: int
    movements: int
    on_hand: int
    open_orders: int
    prices: int
    devices: int
    orders: int
    next_due_at: int
    next_qris_at: int
    incarnation: str

    def kept(self) -> dict[str, Any]:
        """The columns that change, by name."""
        return {name: getattr(self, name) for name in _KEPT}

    def info(self) -> ShopInfo:
        """As its tills are told."""
        qris = QrisText.of(self.qris_static)
        return ShopInfo(
            uid=self.uid,
            name=self.name,
            address=self.address,
            cap_amount=self.cap_amount,
            cap_used=self.cap_used,
            cap_from=self.cap_from,
            nmid=qris.nmid if qris else "",
            merchant=qris.merchant if qris else "",
        )

    def digest(self) -> Digest:
        """The sums at the feed's end."""
        return Digest(
            products=self.products, movements=self.movements, on_hand=self.on_hand, open_orders=self.open_orders, prices=self.prices
        )

    @property
    def cap_reached(self) -> bool:
        """A shop over its cap drops off the listing (shop.md)."""
        return 0 < self.cap_amount <= self.cap_used


@dataclass(frozen=True, slots=True)
class Origin:
    """Who booked a movement first: a till under an epoch, or the server (both empty)."""

    device: str = ""
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class OnHand:
    """Base units of a product before this transaction, and whether the product itself was ever told."""

    quantity: int
    known: bool


_NOTHING: Final = OnHand(0, False)


def read_book(connection: Connection, shop: int) -> Book:
    """The shop as it is in this moment, without a lock.

    Raises:
        Refusal: SHOP_UNKNOWN.
    """
    return _book(run(connection, _READ, {"shop": shop}))


def _book(told: Told) -> Book:
    if told.one is None:
        raise Refusal(ProblemCode.SHOP_UNKNOWN)
    return Book(*told.one)


class ShopWork:
    """Made by `begin`, ended by `finish`. Nothing is written of movements, reservations and totals before, but what `moves` foretold."""

    def __init__(self, connection: Connection, book: Book, now: int) -> None:
        self.connection = connection
        self.book = book
        self.now = now
        self.shop = book.id
        self.told: list[Told] = []
        """What the calls that were given to `begin` gave, in their order."""
        self._before = book.kept()
        self._rows: dict[str, tuple[Table, list[tuple[Any, ...]]]] = {}
        self._calls: list[Call] = []
        self._movements: list[tuple[Any, ...]] = []
        self._stock: dict[str, list[int]] = {}
        self._foretold: dict[str, int] = {}
        self._on_hand: dict[str, OnHand] = {}

    @classmethod
    def begin(
        cls, connection: Connection, shop: int, now: int, calls: Sequence[Call] = (), moves: Mapping[str, int] | None = None
    ) -> ShopWork:
        """Lock the shop; other writers of it wait.

        Args:
            calls: what else is asked, under the lock and in the same round trip; see `told`.
            moves: product -> base units that will probably come (positive) or go. They are booked on the stock at once, which tells what
                was on hand before (`on_hand`); `finish` puts right what came otherwise.

        Raises:
            Refusal: SHOP_UNKNOWN.
        """
        asked: list[Call] = [(_LOCKED, {"shop": shop}), *calls]
        if moves:
            asked.append((_MOVE, {"shop": shop, **_stock_values([(product, quantity) for product, quantity in moves.items()])}))
        told = run_all(connection, asked)
        work = cls(connection, _book(told[0]), now)
        work.told = told[1 : 1 + len(calls)]
        if moves:
            work._foretold = dict(moves)
            work._on_hand = {product: OnHand(after - moves[product], bool(known)) for product, after, known in told[-1].rows}
        return work

    def on_hand(self, product: str) -> OnHand:
        """A product's stock before this transaction; only of products that were among `moves`."""
        return self._on_hand.get(product, _NOTHING)

    def look_at(self, products: Iterable[str]) -> None:
        """Read the stock of products, for `on_hand`: where it was not known at `begin` what would move."""
        for product, quantity, known in run(self.connection, _LOOK, {"shop": self.shop, "products": products}).rows:
            self._on_hand[product] = OnHand(quantity, bool(known))

    def next_seq(self) -> int:
        """The feed's next place."""
        self.book.feed_seq += 1
        return self.book.feed_seq

    def add(self, table: Table, row: tuple[Any, ...]) -> None:
        """A row to be written, with the table's columns in their order."""
        self.rows(table).append(row)

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """The rows of a table that are to be written so far; more may be put behind them."""
        return self._rows.setdefault(table.name, (table, []))[1]

    def then(self, statement: Statement, values: Mapping[str, Any]) -> None:
        """A statement to be run at the end, after the rows; what it gives is nobody's."""
        self._calls.append((statement, values))

    def book_movement(self, cause: str, position: int, product: str, quantity: int, reason: str, at: int, origin: Origin) -> None:
        """Goods that came or went, in base units. `cause` and `position` must be new in the shop."""
        book = self.book
        book.feed_seq = book.movement_seq = seq = book.feed_seq + 1
        book.movements += 1
        book.on_hand += quantity
        self._movements.append((self.shop, cause, position, product, quantity, reason, at, origin.device, origin.epoch, seq))
        deltas = self._stock.get(product)
        if deltas is None:
            self._stock[product] = [quantity, 0]
        else:
            deltas[0] += quantity

    def booked(self, cause: str) -> set[int]:
        """The positions that are taken of a cause already."""
        gathered = {row[2] for row in self._movements if row[1] == cause}
        return gathered | {position for (position,) in run(self.connection, _BOOKED, {"shop": self.shop, "cause": cause}).rows}

    def reserve(self, product: str, quantity: int) -> None:
        """Hold base units for an order; negative lets them go."""
        self._deltas(product)[1] += quantity

    def price(self, marks: int) -> None:
        """Prices that came (their `product_marks`) or went (negative)."""
        self.book.prices = (self.book.prices + marks) % PRICE_MARKS

    def use_cap(self, amount: int) -> None:
        """Count rupiah of online turnover against the cap (negative takes back), and tell the tills."""
        if amount:
            self.book.cap_used += amount
            self.book.info_seq = self.next_seq()

    def tell(self, key: str, change: Change) -> None:
        """News for the feed; of each kind and key only the newest stays. The change's own `seq` is not looked at."""
        self.book.news_seq = seq = self.next_seq()
        values = {"shop": self.shop, "kind": change.kind, "key": key, "feed_seq": seq, "at": self.now}
        self.then(_NEWS, {**values, "document": encode(change).decode()})

    def due(self, at: int) -> None:
        """An order falls due at `at`; 0 is never."""
        if at and (self.book.next_due_at == 0 or at < self.book.next_due_at):
            self.book.next_due_at = at

    def finish(self, *more: Call) -> None:
        """Write what was gathered, and run `more` at the end of it. The caller commits."""
        parts = [*self._rows.values(), (tables.movement, self._movements)]
        append_all(self.connection, parts)
        if self.book.feed_seq != self._before["feed_seq"]:
            self.book.marks = incarnations.noted(self.book.marks, self._before["feed_seq"] + 1, self.book.incarnation)
        calls, kept = self._left_of_stock(), self.book.kept()
        if kept != self._before:
            calls.append((_SAVE, {"shop": self.shop, **kept}))
        calls += [*self._calls, *more]
        if self._others_care(kept):
            self.connection.info.setdefault(CHANGED, []).append((self.shop, self.book.feed_seq))
            calls.append((_NOTIFY, {"news": f"{self.shop} {self.book.feed_seq}"}))
        if calls:
            run_all(self.connection, calls)
        self._rows, self._calls, self._movements, self._stock, self._foretold, self._before = {}, [], [], {}, {}, kept

    def _others_care(self, kept: Mapping[str, Any]) -> bool:
        """Whether somebody may wait for this. The only till of a shop waits for nothing that it has told itself; and a notice to all
        processes puts commits of the whole database in a row."""
        if kept["feed_seq"] == self._before["feed_seq"]:
            return False
        alone = self.book.devices <= 1 and all(kept[name] == self._before[name] for name in ("order_seq", "info_seq", "news_seq"))
        return not alone

    def _left_of_stock(self) -> list[Call]:
        """What the stock does not hold yet: all but what was foretold, and what was foretold and did not come."""
        left = {product: [deltas[0] - self._foretold.get(product, 0), deltas[1]] for product, deltas in self._stock.items()}
        left |= {product: [-quantity, 0] for product, quantity in self._foretold.items() if product not in self._stock}
        changed = [(product, came, held) for product, (came, held) in left.items() if came or held]
        return [(_STOCK, {"shop": self.shop, **_stock_values(changed)})] if changed else []

    def _deltas(self, product: str) -> list[int]:
        return self._stock.setdefault(product, [0, 0])


def _stock_values(rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    """Product, on hand and reserved of many rows, as both databases read them."""
    columns = [as_words(map(str, column)) for column in zip(*rows, strict=True)]
    return {"rows": json.dumps(rows), **dict(zip(("product", "on_hand", "reserved"), columns, strict=False))}
