"""What screens and engines may read, as protocols by room, joined to one `Queries`. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos.domain.basket import Basket
from pos.domain.cash_session import CashSession
from pos.domain.order import Order
from pos.domain.product import Price, Product, SellableUnit
from pos.domain.sale import Sale
from pos.services.ports.counter import CounterQueries
from pos.services.ports.goods import GoodsCareQueries
from pos.services.ports.imports import ImportQueries
from pos.services.ports.line import LineMemory
from pos.services.ports.paper import PaperQueries
from pos.services.ports.paying import CorrectionQueries, CustomerQueries, QrisQueries
from pos.services.ports.people import DrawerQueries, PeopleQueries
from pos.services.ports.reports import ReportQueries
from pos.services.ports.stock import StockQueries
from pos.services.ports.suppliers import SupplierQueries
from pos.services.views import (
    GoodsFilter,
    GoodsHit,
    GoodsRow,
    LineState,
    OutboxOperation,
    OutboxRow,
    SaleRow,
    ShopIdentity,
    StoreHealth,
    SyncPosition,
)


class GoodsQueries(Protocol):
    """What the shop sells, and how much of it is there."""

    def find_unit(self, code: str) -> SellableUnit | None:
        """What a scanned code sells. One statement."""
        ...

    def unit(self, unit_uid: str) -> SellableUnit | None: ...

    def search(self, text: str, limit: int = 24) -> list[GoodsHit]:
        """By words, prefixes and codes in popularity order; when nothing is found, by likeness (typos)."""
        ...

    def tiles(self, category: str, limit: int, offset: int = 0) -> list[GoodsHit]:
        """Most sold first; an empty category means all."""
        ...

    def categories(self) -> list[tuple[str, int]]:
        """(category, products), the fullest first."""
        ...

    def goods(self, which: GoodsFilter, text: str, offset: int, limit: int) -> list[GoodsRow]: ...

    def goods_total(self, which: GoodsFilter, text: str) -> int:
        """How many rows `goods` has in all, so that a list can be scrolled without reading it."""
        ...

    def goods_counts(self) -> dict[GoodsFilter, int]: ...

    def product(self, product_uid: str) -> Product | None: ...

    def on_hand(self, product_uid: str) -> int: ...

    def prices_of(self, unit_uids: Sequence[str]) -> dict[str, tuple[Price, ...]]:
        """Every price of some units, by unit uid; a unit that is gone is left out. One statement."""
        ...

    def product_of_code(self, key: str) -> str | None:
        """Product uid that holds a barcode key, for the import's verdicts."""
        ...

    def codes_in_use(self) -> dict[str, str]:
        """Every barcode key -> product uid, for the verdicts of a long spreadsheet."""
        ...


class SaleQueries(Protocol):
    """Baskets, sales and the drawer."""

    def basket(self) -> Basket:
        """The open basket; an empty one with an empty uid if there is none."""
        ...

    def held_baskets(self) -> list[Basket]: ...

    def sales(self, text: str, offset: int, limit: int) -> list[SaleRow]:
        """Newest first; `text` matches number, amount or a product's name."""
        ...

    def sale(self, uid: str) -> Sale | None: ...

    def last_sale(self) -> Sale | None: ...

    def next_sale(self) -> int:
        """The seq that the next sale's receipt will have in the epoch that the shop is in."""
        ...

    def session(self) -> CashSession | None:
        """The open cash session with its expected cash, turnover and count of sales."""
        ...


class OrderQueries(Protocol):
    """Online orders."""

    def orders(self, history: bool = False) -> list[Order]:
        """The board (placed, accepted, ready and unknown ones), or the finished ones, newest first."""
        ...

    def order(self, uid: str) -> Order | None: ...

    def order_of_short_code(self, short_code: str) -> Order | None:
        """By its short code without the dash (`7K241`), among orders on the board; else the latest whose time was over."""
        ...

    def unseen_orders(self) -> int: ...


class LineQueries(Protocol):
    """The outbox, the line, and who we are."""

    def outbox_problems(self, limit: int = 100) -> list[OutboxRow]: ...

    def waiting_operations(self, limit: int) -> list[OutboxOperation]: ...

    def position(self) -> SyncPosition: ...

    def digest(self) -> tuple[int, int, int, int]:
        """(products, movements, on hand, open orders): protocol.Digest of this till."""
        ...

    def line(self) -> LineState: ...

    def shop(self) -> ShopIdentity: ...


class StoreQueries(Protocol):
    """The file itself."""

    def setting(self, key: str) -> str | None: ...

    def health(self) -> StoreHealth: ...

    def check(self) -> list[str]:
        """Names of the checks that failed: integrity, stock totals, sale sums, audit chain, outbox chain. Empty is well. Slow."""
        ...


class Queries(
    GoodsQueries,
    GoodsCareQueries,
    ImportQueries,
    SaleQueries,
    CounterQueries,
    OrderQueries,
    PaperQueries,
    LineQueries,
    LineMemory,
    StoreQueries,
    CustomerQueries,
    CorrectionQueries,
    QrisQueries,
    PeopleQueries,
    DrawerQueries,
    ReportQueries,
    SupplierQueries,
    StockQueries,
    Protocol,
):
    """Reads for screens and engines, each from one consistent moment, on a read-only connection of the calling thread."""
