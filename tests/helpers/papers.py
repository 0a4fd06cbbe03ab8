"""What is put on paper in tests: a shop, sales, orders, and random ones of both. The same on every run."""

from __future__ import annotations

from hypothesis import strategies as st

from pos.domain.money import MAX_AMOUNT, RoundingDirection, line_amount, round_cash
from pos.domain.order import Order, OrderLine, OrderStatus
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender
from pos.printing.profiles import Profile
from pos.services.views import ShopIdentity
from tests.helpers.escpos_reader import StrictReader

AT = 1_795_417_500_000
"""23/11/2026 14:05 WIB"""

SHOP = ShopIdentity("5" * 32, "Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya", "Bu Sari", "kasir-1", "A", 1, "", "", "")

HOSTILE = (
    "\x1bp\x00\x19\xfaSabun",  # opens the drawer
    "Kopi\x1dV\x00 susu",  # cuts
    "\x1b@\x1b!\xff",
    "\x10\x14\x01\x00\x05 Gula \x10\x04\x01\x10\x05\x02",
    "\x1c&\x1cS\x0c\x18\x7f\x80\x9b",
    "Mi 🍜 goreng 🌶️",
    "康师傅 红烧牛肉面",
    "شاي أحمد",
    "Beras\u00a0pandan\u2003wangi\u200b\u202eterbalik",
    "Café é̈ ① ﬁ Ⅻ ½ €5 ₹",
    "Teh\nbotol\r\nsosro\tdingin",
    "N" * 300,
    "kata " * 60,
    "",
    "   ",
    "  99.999  1.000",
    "????",
    "\ud800 lone",
)


def make_line(name: str, quantity: int, unit_price: int, unit_name: str = "pcs", factor: int = 1, discount: int = 0) -> SaleLine:
    """A line that adds up. `quantity` base units."""
    return SaleLine("p", "u", name, unit_name, factor, quantity, unit_price, discount, line_amount(unit_price, quantity, factor) - discount)


def make_sale(lines: tuple[SaleLine, ...], received: int | None = None, step: int = 0, kind: SaleKind = SaleKind.SALE) -> Sale:
    """A cash sale of the lines that adds up."""
    total = sum(line.amount for line in lines)
    due = round_cash(total, step, RoundingDirection.DOWN)
    got = due if received is None else received
    payment = Payment(Tender.CASH, due, got, got - due)
    return Sale("7c2f" + "0" * 28, "A1-1042-7C2F", "s", "Bu Sari", AT, lines, (payment,), due, due - total, kind)


def make_order(lines: tuple[OrderLine, ...], code: str = "", note: str = "", buyer: str = "Dewi A.") -> Order:
    total = sum(line.amount for line in lines)
    return Order(
        "ab" * 16,
        "4821",
        OrderStatus.READY,
        "ready",
        3,
        buyer,
        "3841",
        "ASN",
        lines,
        total,
        True,
        AT,
        AT,
        AT + 7_200_000,
        AT + 10_800_000,
        note,
        pickup_code=code,
        short_code="7K241",
    )


def names() -> st.SearchStrategy[str]:
    """Names as goods have them, and as nobody should be able to type them."""
    usual = st.lists(
        st.sampled_from(["Mi", "goreng", "Kopi", "susu", "Minyak", "1", "liter", "85g", "Sabun-cair", "(isi)", "SUPERMI", "indomie"]),
        min_size=1,
        max_size=9,
    )
    control = st.text(st.characters(max_codepoint=0x9F), max_size=40)
    return st.one_of(usual.map(" ".join), st.sampled_from(HOSTILE), st.text(max_size=60), control)


def sale_lines() -> st.SearchStrategy[SaleLine]:
    """Lines with any amount that the till lets through, none and negative ones among them."""
    prices = st.one_of(st.integers(0, 500_000), st.sampled_from([0, 1, 999_999_999, MAX_AMOUNT]))
    quantities = st.one_of(st.integers(1, 40), st.integers(-5_000, 5_000), st.sampled_from([0, 1_000_000_000]))
    units = st.sampled_from([("pcs", 1), ("kg", 1_000), ("renteng", 10), ("dus isi banyak sekali", 40), ("", 1), ("\x1bp\x00", 1)])

    def build(name: str, quantity: int, price: int, unit: tuple[str, int], discount: int) -> SaleLine:
        return make_line(name, quantity, min(price, MAX_AMOUNT * unit[1] // max(1, abs(quantity))), unit[0], unit[1], discount)

    return st.builds(build, names(), quantities, prices, units, st.sampled_from([0, 0, 0, 500, 2_000_000]))


def sales(most: int = 25) -> st.SearchStrategy[Sale]:
    """Sales that add up."""
    return st.builds(
        make_sale,
        st.lists(sale_lines(), min_size=1, max_size=most).map(tuple),
        st.none(),
        st.sampled_from([0, 0, 100, 500]),
        st.sampled_from([SaleKind.SALE, SaleKind.SALE, SaleKind.VOID, SaleKind.REFUND]),
    )


def orders() -> st.SearchStrategy[Order]:
    """Orders with codes from none to longer than any QR code holds."""

    def line(name: str, quantity: int, unit: tuple[str, int]) -> OrderLine:
        return OrderLine("p", name, unit[0], unit[1], quantity, 1_000, 1_000 * quantity // unit[1])

    units = st.sampled_from([("pcs", 1), ("kg", 1_000), ("renteng", 10), ("dus isi banyak sekali sekali sekali", 40)])
    lines = st.lists(st.builds(line, names(), st.integers(1, 1_000_000_000), units), min_size=1, max_size=12).map(tuple)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567:"
    codes = st.one_of(st.text(alphabet, min_size=1, max_size=400), st.sampled_from(["", "EPK1:" + "A7" * 70, "Q" * 5_000]))
    return st.builds(make_order, lines, codes, names(), names())


def reader_of(profile: Profile) -> StrictReader:
    """The strict reader of a profile's printer."""
    from pos.printing.profiles import Cutter

    cutter = profile.cutter is not Cutter.NONE
    return StrictReader(profile.columns, profile.dots, profile.codepage, profile.table, cutter, native_qr=profile.native_qr)
