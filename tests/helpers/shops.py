"""An open shop for tests: a real store in a folder, the real wire, time and ids that count, and paper as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.barcode import judge, match_key
from pos.domain.document import Document, Text
from pos.domain.money import Rupiah
from pos.domain.order import Order
from pos.domain.papers import CountSheet, GoodsReceipt, HelpCard, KeyLine, Label, LabelKind, StockCard, UnsentList
from pos.domain.product import Barcode, Price, PriceKind, Product, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.sale import Sale
from pos.domain.shopping import ShoppingList
from pos.local_db.store import SqliteStore
from pos.services.checkout import complete_sale
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.ports import Ids, Rules, Till
from pos.services.selling import scan
from pos.services.views import ShopIdentity
from pos.sync.encoding import WireEncoder
from tests.helpers.ids import CountingIds

if TYPE_CHECKING:
    from pos.domain.cash_book import CashBook
    from pos.domain.credit import CreditEntry, Statement
    from pos.domain.customer import Customer
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.printing import PrinterRole
    from pos.domain.supplier import SupplierBook
    from pos.services.reports import Report
    from pos.services.supplier_views import ConsignedGoods


MORNING = 1_795_564_800_000
"""25 November 2026, 07:00 in Surabaya, in UTC ms."""


class SteppingClock:
    """`ports.Clock` that goes on by a second at every look; `pass_ms` lets more go by."""

    def __init__(self, at: int = MORNING, step_ms: int = 1_000) -> None:
        self.at = at
        self.step_ms = step_ms

    def now(self) -> int:
        self.at += self.step_ms
        return self.at

    def monotonic(self) -> float:
        return self.at / 1_000

    def pass_ms(self, ms: int) -> None:
        self.at += ms


class PlainPaper:
    """`ports.Paper` that writes what it is about as text. Every role prints on the one printer."""

    def __init__(self, printer: str = "kasir") -> None:
        self.printer = printer

    def printer_of(self, role: PrinterRole) -> str:
        return self.printer

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes:
        return f"struk {sale.number} {sale.total} copy {copy}".encode()

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes:
        return f"ambil {order.number} {order.short_code} copy {copy}".encode()

    def test_page(self, shop: ShopIdentity, at: int) -> bytes:
        return f"uji {at}".encode()

    def drawer_kick(self) -> bytes:
        return b"laci"

    def drawer_report(self, report: DrawerReport, shop: ShopIdentity, copy: int = 0) -> bytes:
        return f"laporan {report.number or 'X'} {report.expected} {report.counted} copy {copy}".encode()

    def bon(self, sale: Sale, customer: Customer, balance: Rupiah, shop: ShopIdentity, due_at: int = 0, copy: int = 0) -> bytes:
        return f"bon {sale.number} {customer.name} {balance} {due_at} copy {copy}".encode()

    def statement(self, statement: Statement, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        return f"rekening {statement.customer.name} {statement.balance} copy {copy}".encode()

    def repayment(self, customer: Customer, entry: CreditEntry, shop: ShopIdentity, copy: int = 0) -> bytes:
        return f"bayar utang {customer.name} {entry.amount} sisa {entry.balance} copy {copy}".encode()

    def nota(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> bytes:
        return f"nota {sale.number} {buyer} copy {copy} back {len(corrections)}".encode()

    def kuitansi(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> bytes:
        return f"kuitansi {sale.number} {buyer} {purpose} copy {copy} back {len(corrections)}".encode()

    def nota_document(self, sale: Sale, shop: ShopIdentity, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> Document:
        return (Text(f"nota {sale.number} {buyer}"),)

    def kuitansi_document(
        self, sale: Sale, shop: ShopIdentity, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()
    ) -> Document:
        return (Text(f"kuitansi {sale.number} {buyer} {purpose}"),)

    def labels(self, labels: Sequence[Label], kind: LabelKind) -> bytes:
        return "\n".join(f"label {kind} {label.name} {label.price} {label.code}" for label in labels).encode()

    def goods_receipt(self, receipt: GoodsReceipt, shop: ShopIdentity, copy: int = 0) -> bytes:
        return f"barang masuk {receipt.number} {receipt.cost} copy {copy}".encode()

    def stock_take_sheet(self, sheet: CountSheet, shop: ShopIdentity) -> bytes:
        return f"opname {sheet.part} {len(sheet.rows)}".encode()

    def supplier(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int, copy: int = 0) -> bytes:
        return f"pemasok {book.supplier.name} {book.balance} barang {len(goods or ())} copy {copy}".encode()

    def supplier_document(self, book: SupplierBook, goods: Sequence[ConsignedGoods] | None, shop: ShopIdentity, at: int) -> Document:
        return (Text(f"pemasok {book.supplier.name} {book.balance}"),)

    def cash_book(self, book: CashBook, shop: ShopIdentity, at: int) -> bytes:
        return f"buku kas {book.name} {book.closing}".encode()

    def cash_book_document(self, book: CashBook, shop: ShopIdentity, at: int) -> Document:
        return (Text(f"buku kas {book.name} {book.closing}"),)

    def recap(self, report: Report, shop: ShopIdentity, at: int) -> bytes:
        return f"rekap {report.span.first} {report.takings.turnover}".encode()

    def recap_document(self, report: Report, shop: ShopIdentity, at: int) -> Document:
        return (Text(f"rekap {report.span.first} {report.takings.turnover}"),)

    def statement_document(self, statement: Statement, shop: ShopIdentity, at: int) -> Document:
        return (Text(f"rekening {statement.customer.name} {statement.balance}"),)

    def stock_card(self, card: StockCard, shop: ShopIdentity) -> bytes:
        return f"kartu stok {card.name} {card.on_hand} {len(card.lines)}".encode()

    def stock_card_document(self, card: StockCard, shop: ShopIdentity) -> Document:
        return (Text(f"kartu stok {card.name}"),)

    def shopping_list(self, lists: Sequence[ShoppingList], shop: ShopIdentity, at: int) -> bytes:
        return f"kulakan {sum(len(each.lines) for each in lists)}".encode()

    def key_card(self, keys: Sequence[KeyLine], shop: ShopIdentity) -> bytes:
        return "\n".join(f"{line.key} {line.does}" for line in keys).encode()

    def help_card(self, card: HelpCard, shop: ShopIdentity) -> bytes:
        return f"bantuan {card.support} {card.till} {card.version}".encode()

    def unsent_list(self, told: UnsentList, shop: ShopIdentity) -> bytes:
        return f"belum terkirim {len(told.sales)}".encode()

    def copy_of(self, data: bytes, copy: int) -> bytes:
        return data + f" copy {copy}".encode()


def goods(
    name: str,
    price: int = 3_500,
    *codes: str,
    uid: str = "",
    category: str = "Lain-lain",
    unit: str = "pcs",
    wholesale: tuple[int, int] | None = None,
    ids: Ids | None = None,
    brand: str = "",
    size: str = "",
) -> Product:
    """A product with one unit. `wholesale`: (amount, from how many). Ids from `ids`, else made of the name."""
    prices = [Price(PriceKind.RETAIL, price)]
    if wholesale is not None:
        prices.append(Price(PriceKind.WHOLESALE, wholesale[0], wholesale[1]))
    barcodes = tuple(Barcode(code, match_key(code), judge(code)) for code in codes)
    product_uid = uid or (ids.new() if ids else _uid_of(f"product {name}"))
    unit_uid = ids.new() if ids else _uid_of(f"unit {product_uid}")
    return Product(
        product_uid,
        name,
        category,
        BaseUnit.PCS,
        (Unit(unit_uid, unit, 1, tuple(prices), barcodes),),
        brand=brand,
        size=size,
        cost_total=price * 8 // 10,
        cost_quantity=1,
    )


def _uid_of(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:32]


MI = goods("Mi goreng", 3_500, "089686010947", category="Mi instan", unit="bungkus", wholesale=(3_200, 10), size="85 g")
KOPI = goods("Kopi susu sachet", 1_500, "8991002105485", category="Kopi & teh", unit="sachet")
SABUN = goods("Sabun mandi", 4_000, "8999999036607", category="Sabun & cuci")
TELUR = replace(
    goods("Telur ayam", category="Sembako"),
    base_unit=BaseUnit.GRAM,
    units=(
        Unit(_uid_of("telur gram"), "gram", 1),
        Unit(_uid_of("telur kg"), "kg", 1_000, (Price(PriceKind.RETAIL, 28_000), Price(PriceKind.WHOLESALE, 27_000, 5))),
    ),
    sell_unit=1,
)
SHELF = ((MI, 200), (KOPI, 300), (SABUN, 24), (TELUR, 18_500))
"""A few goods and what is on the shelf of them, in base units."""


@contextmanager
def open_till(
    folder: Path, clock: SteppingClock | None = None, ids: Ids | None = None, rules: Rules | None = None, printer: str = "kasir"
) -> Iterator[Till]:
    """The till of a folder: a new store there, or the one that lies there. Closed when the block ends."""
    clock, ids = clock or SteppingClock(), ids or CountingIds()
    store = SqliteStore.open(folder / "shop.db", clock, ids, folder / "copies")
    try:
        yield Till(store, clock, ids, PlainPaper(printer), WireEncoder(), rules or Rules())
    finally:
        store.close()


@contextmanager
def open_market(folder: Path, shelf: Iterable[tuple[Product, int]] = SHELF, *, float_amount: int = 200_000) -> Iterator[Till]:
    """A new till with goods on its shelf and its drawer open."""
    with open_till(folder) as till:
        put_catalogue(till, shelf)
        open_session(till, float_amount)
        yield till


def sell(till: Till, *codes: str, received: int | None = None) -> Sale:
    """Scan codes and sell for cash, paid exactly unless told otherwise."""
    for code in codes:
        basket, _ = scan(till, code)
    return complete_sale(till, basket, basket.total if received is None else received)
