"""One example of every paper, for the preview of the settings and for pictures. Owns made-up facts; nobody's shop is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from pos.domain.business_day import business_day
from pos.domain.cash_book import CashBook, CashKind, CashRow, ExpenseCategory, make_days
from pos.domain.cash_movement import CashReason
from pos.domain.credit import CreditEntry, CreditKind, Statement, make_statement
from pos.domain.customer import Customer
from pos.domain.drawer_report import DrawerLine, DrawerLineKind, DrawerReport, Tally, TenderTotal
from pos.domain.order import Order, OrderLine, OrderStatus
from pos.domain.papers import (
    CountRow,
    CountSheet,
    GoodsReceipt,
    HelpCard,
    KeyLine,
    Label,
    LabelKind,
    ReceivedLine,
    StockCard,
    StockCardLine,
    UnsentList,
)
from pos.domain.printing import DocumentKind
from pos.domain.sale import Payment, Sale, SaleLine, Tender
from pos.domain.shopping import ShoppingList, Wanted
from pos.domain.supplier import Supplier, SupplierBook, SupplierEntry, SupplierKind, make_book
from pos.printing.paper import PrinterPaper
from pos.services.report_views import OnlineTakings, ProductTakings, StockWorth, Takings, TenderTakings
from pos.services.reports import Report, Span, SpanKind, by_category
from pos.services.supplier_views import ConsignedGoods
from pos.services.views import ShopIdentity

AT: Final = 1_795_417_500_000
"""23/11/2026 14:05 WIB"""
DAY: Final = 86_400_000
BUYER: Final = "Dinas Komunikasi dan Informatika Kota Surabaya"

SHOP: Final = ShopIdentity("5" * 32, "Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya", "Sari", "", "A", 1, "", "", "")
CUSTOMER: Final = Customer("c" * 32, "Bu Rina", "3841", limit=500_000, due_days=30)


def _line(name: str, quantity: int, price: int, unit: str = "pcs", factor: int = 1, discount: int = 0) -> SaleLine:
    return SaleLine("p" * 32, "u" * 32, name, unit, factor, quantity, price, discount, price * quantity // factor - discount)


_LINES: Final = (
    _line("Sabun mandi", 3, 4_500),
    _line("Telur ayam", 1_500, 28_000, "kg", 1_000),
    _line("Mi goreng", 5, 3_500, "bungkus"),
    _line("Kopi susu sachet", 20, 14_500, "renteng", 10),
    _line("Minyak goreng 1 liter", 2, 18_500, "refill", discount=2_000),
    _line("Gula pasir", 400, 17_500, "kg", 1_000),
    _line("Roti tawar", 1, 18_500, "bungkus"),
)


def sale(*payments: Payment, customer: str = "") -> Sale:
    """The sale of the sketches, paid in cash unless told otherwise."""
    total = sum(line.amount for line in _LINES)
    paid = payments or (Payment(Tender.CASH, total, 200_000, 200_000 - total),)
    return Sale("7c2f" + "0" * 28, "A1-1042-7C2F", "s" * 32, "Sari", AT, _LINES, paid, total, customer_name=customer)


def order() -> Order:
    """The online order of the sketches."""
    lines = tuple(
        OrderLine("p" * 32, name, unit, 1, quantity, price, price * quantity)
        for name, unit, quantity, price in (
            ("Minyak goreng 1 liter", "pcs", 2, 18_500),
            ("Gula pasir 1 kg", "pcs", 1, 17_500),
            ("Mi goreng", "pcs", 5, 3_500),
            ("Kecap manis 275 ml", "pcs", 1, 14_500),
        )
    )
    return Order(
        "ab" * 16,
        "4821",
        OrderStatus.READY,
        "ready",
        3,
        "Dewi A.",
        "3841",
        "ASN",
        lines,
        sum(line.amount for line in lines),
        True,
        AT,
        AT,
        AT + 6_900_000,
        AT + 10_500_000,
        "kecap yang botol kaca",
        pickup_code="EPK1:MFRGGZDFMZTWQ2LK:7K241:K5QWY3DPO5WGC4TU",
        short_code="7K241",
    )


def drawer_report(number: int | None = 214) -> DrawerReport:
    """A day's drawer; without a number an X."""
    lines = (
        DrawerLine(DrawerLineKind.FLOAT, "", 1, 300_000),
        DrawerLine(DrawerLineKind.SALES, "", 96, 4_215_500),
        DrawerLine(DrawerLineKind.VOIDS, "", 1, -12_500),
        DrawerLine(DrawerLineKind.REFUNDS, "", 2, -37_000),
        DrawerLine(DrawerLineKind.REPAYMENTS, "", 3, 250_000),
        DrawerLine(DrawerLineKind.CASH_IN, CashReason.CHANGE, 1, 100_000),
        DrawerLine(DrawerLineKind.CASH_OUT, CashReason.SHOPPING, 2, -186_000),
        DrawerLine(DrawerLineKind.CASH_OUT, CashReason.OWNER, 1, -2_000_000),
    )
    notes = ((100_000, 18), (50_000, 12), (20_000, 7), (10_000, 5), (5_000, 4), (2_000, 8), (1_000, 2), (500, 3))
    closed = number is not None
    return DrawerReport(
        number,
        "d1" * 16,
        ("Sari", "Bima"),
        AT - 25_000_000,
        AT,
        AT if closed else None,
        300_000,
        lines,
        sum(line.amount for line in lines),
        sum(note * count for note, count in notes) if closed else None,
        notes if closed else (),
        (TenderTotal("cash", 96, 4_166_000), TenderTotal("qris", 41, 2_380_500), TenderTotal("credit", 4, 310_000)),
        138,
        6_856_500,
        48_000,
        -350,
        Tally(1, -12_500),
        Tally(2, -37_000),
        Tally(3, 145_000),
        1_500,
        "2026-11-23",
    )


def statement() -> Statement:
    """A customer's book."""
    entries = (
        CreditEntry(CreditKind.SALE, AT - 40 * DAY, "A1-0811-3F0A", 162_500, due_at=AT - 10 * DAY),
        CreditEntry(CreditKind.REPAYMENT, AT - 20 * DAY, "B-0031", -100_000),
        CreditEntry(CreditKind.SALE, AT - 3 * DAY, "A1-1012-9C1B", 48_000, due_at=AT + 27 * DAY),
        CreditEntry(CreditKind.CORRECTION, AT - 2 * DAY, "A1-1019-0B77", -3_500),
    )
    return make_statement(CUSTOMER, entries, AT, titipan=500)


def repayment() -> CreditEntry:
    """Half of what was owed, in cash."""
    return CreditEntry(
        CreditKind.REPAYMENT, AT, "B-0032", -57_000, 50_000, uid="e1" * 16, tender="cash", received=60_000, change=3_000, cashier="Sari"
    )


def goods_receipt() -> GoodsReceipt:
    """A delivery."""
    lines = (
        ReceivedLine("Mi goreng", "dus", 40, 120, 372_000),
        ReceivedLine("Kopi susu sachet", "renteng", 10, 200, 260_000),
        ReceivedLine("Beras premium 5 kg", "sak", 1, 10, None),
    )
    return GoodsReceipt("f1" * 16, "M-0107", AT, "Sari", "CV Sumber Rejeki", "SR/11/0482", lines)


def count_sheet() -> CountSheet:
    """A category to count."""
    rows = (
        CountRow("Mi goreng", "bungkus", 1, "089686010947", 187),
        CountRow("Mi kuah rasa soto", "bungkus", 1, "089686043433", 24),
        CountRow("Telur ayam", "kg", 1_000, "", 18_500),
    )
    return CountSheet(AT, "Mi instan", rows, len(rows))


LABELS: Final = (
    Label("Mi goreng rasa ayam bawang", "bungkus", 3_500, "089686010947", "85 g", 3_200, 10),
    Label("Kopi susu sachet", "sachet", 1_500, "8991002105485"),
    Label("Telur ayam", "kg", 28_000, "TLR-KG"),
)
KEYS: Final = tuple(
    KeyLine(*pair)
    for pair in (("F2", "Cari barang"), ("F3", "Jumlah"), ("F4", "Simpan dulu"), ("F5", "Lanjutkan"), ("F9", "Bayar"), ("F12", "Uang pas"))
)


CONSIGNED: Final = (
    ConsignedGoods("a1" * 16, "Kue lapis", "pcs", 6, 24, 36_000, 1_500, 1),
    ConsignedGoods("a2" * 16, "Kerupuk bawang", "pcs", 11, 9, 7_200, 800, 1),
)


def supplier_book() -> SupplierBook:
    """Somebody who leaves goods here."""
    supplier = Supplier("b1" * 16, "Bu Tin kue basah", "2222", consignment=True)
    entries = (
        SupplierEntry("c1" * 16, supplier.uid, SupplierKind.SOLD, AT - 2 * DAY, 36_000, "A1-1012-9C1B", source="d1" * 16),
        SupplierEntry("c2" * 16, supplier.uid, SupplierKind.SOLD, AT - DAY, 7_200, "A1-1019-0B77", source="d2" * 16),
    )
    return make_book(supplier, entries, AT)


def cash_book() -> CashBook:
    """A day of the drawer."""
    day = business_day(AT)
    rows = (
        CashRow(day, AT - 9_000_000, CashKind.FLOAT, 300_000),
        CashRow(day, AT - 8_000_000, CashKind.SALES, 1_265_000, count=38),
        CashRow(day, AT - 5_000_000, CashKind.MOVED, -120_000, "supplier", name="Agen Makmur"),
        CashRow(day, AT - 4_000_000, CashKind.MOVED, -52_500, "expense", "electricity", "token"),
    )
    return CashBook("", make_days(rows, 0, day, day), ((ExpenseCategory.ELECTRICITY, 52_500),))


def stock_card() -> StockCard:
    """A product's last days."""
    lines = (
        StockCardLine(AT - 1_000_000, "damaged", "sobek", -1, 187),
        StockCardLine(AT - 2_000_000, "sale", "A1-1019-0B77", -2, 188),
        StockCardLine(AT - 9_000_000, "receipt", "BM-A1-12", 120, 190),
    )
    return StockCard("a3" * 16, "Mi goreng", "bungkus", 1, AT, 187, lines)


SHOPPING: Final = (
    ShoppingList("b2" * 16, "CV Sumber Rejeki", (Wanted("a3" * 16, "Mi goreng", "dus", 2, 12, 40, 224_000),)),
    ShoppingList("", "", (Wanted("a4" * 16, "Plastik kresek", "pak", 3, 1, 1),)),
)


def recap() -> Report:
    """A good Wednesday."""
    day = business_day(AT)
    sold = Takings(38, 1_265_000, 12_000, -300, 1_020_000, 1_265_000, 1, -24_500)
    before = Span(SpanKind.TODAY, day - timedelta(days=7), day - timedelta(days=7))
    goods = (
        ProductTakings("a" * 32, "Beras premium", "Sembako", "", "kg", 1_000, 31_500, 472_500, 410_000, 472_500),
        ProductTakings("b" * 32, "Mi goreng", "Mi instan", "", "bungkus", 1, 86, 301_000, 267_000, 301_000),
    )
    return Report(
        Span(SpanKind.TODAY, day, day),
        before,
        sold,
        Takings(35, 1_180_000),
        ((9, Takings(14, 470_000)), (16, Takings(24, 795_000))),
        ((day, sold),),
        ((day.replace(day=1), sold),),
        {},
        goods,
        by_category(goods),
        (("Sari", sold),),
        (TenderTakings("cash", 30, 905_000), TenderTakings("qris", 8, 360_000)),
        OnlineTakings(2, 184_000),
        StockWorth(18_450_000, 212, 3),
        312_000_000,
        0,
    )


def sample(kind: DocumentKind, paper: PrinterPaper, shop: ShopIdentity, last: Sale | None = None) -> bytes:
    """The bytes of an example of `kind`; of the shop's `last` sale where the paper is of a sale and there is one."""
    return _SAMPLES[kind](paper, shop, last or sale())


_SAMPLES: Final[dict[DocumentKind, Callable[[PrinterPaper, ShopIdentity, Sale], bytes]]] = {
    DocumentKind.RECEIPT: lambda paper, shop, sold: paper.receipt(sold, shop),
    DocumentKind.PICKUP: lambda paper, shop, sold: paper.pickup(order(), shop),
    DocumentKind.TEST_PAGE: lambda paper, shop, sold: paper.test_page(shop, AT),
    DocumentKind.DRAWER_KICK: lambda paper, shop, sold: paper.drawer_kick(),
    DocumentKind.DRAWER_REPORT: lambda paper, shop, sold: paper.drawer_report(drawer_report(), shop),
    DocumentKind.BON: lambda paper, shop, sold: paper.bon(
        sale(Payment(Tender.CASH, 60_000, 60_000), Payment(Tender.CREDIT, 102_500, 102_500)), CUSTOMER, 209_500, shop, AT + 30 * DAY
    ),
    DocumentKind.STATEMENT: lambda paper, shop, sold: paper.statement(statement(), shop, AT),
    DocumentKind.REPAYMENT: lambda paper, shop, sold: paper.repayment(CUSTOMER, repayment(), shop),
    DocumentKind.NOTA: lambda paper, shop, sold: paper.nota(sold, shop, BUYER),
    DocumentKind.KUITANSI: lambda paper, shop, sold: paper.kuitansi(sold, shop, BUYER),
    DocumentKind.LABEL: lambda paper, shop, sold: paper.labels(LABELS, LabelKind.SHELF),
    DocumentKind.GOODS_RECEIPT: lambda paper, shop, sold: paper.goods_receipt(goods_receipt(), shop),
    DocumentKind.STOCK_TAKE: lambda paper, shop, sold: paper.stock_take_sheet(count_sheet(), shop),
    DocumentKind.KEY_CARD: lambda paper, shop, sold: paper.key_card(KEYS, shop),
    DocumentKind.SUPPLIER: lambda paper, shop, sold: paper.supplier(supplier_book(), CONSIGNED, shop, AT),
    DocumentKind.STOCK_CARD: lambda paper, shop, sold: paper.stock_card(stock_card(), shop),
    DocumentKind.SHOPPING: lambda paper, shop, sold: paper.shopping_list(SHOPPING, shop, AT),
    DocumentKind.CASH_BOOK: lambda paper, shop, sold: paper.cash_book(cash_book(), shop, AT),
    DocumentKind.UNSENT: lambda paper, shop, sold: paper.unsent_list(
        UnsentList(AT, "Kasir 1", "Bu Siti", (("A1-1042-7K2F", AT - 3_600_000, 12_500),), (("stock.moved", 2),)), shop
    ),
    DocumentKind.HELP_CARD: lambda paper, shop, sold: paper.help_card(HelpCard("Kasir 1", "031-5312144", "1.0.0"), shop),
    DocumentKind.RECAP: lambda paper, shop, sold: paper.recap(recap(), shop, AT),
}
