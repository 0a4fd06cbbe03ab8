"""A receipt of twenty lines to bytes, beside the same words put together by hand."""

from __future__ import annotations

from benchmarks.measure import Row, compare, cpu
from pos.domain.sale import Payment, Sale, SaleLine, Tender
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import profile_named
from pos.services.views import ShopIdentity

SHOP = ShopIdentity("5" * 32, "Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya", "Bu Sari", "d" * 32, "A", 1, "t", "", "")
LINES = 20


def receipt() -> Sale:
    """Twenty goods, paid in cash."""
    lines = tuple(
        SaleLine("p" * 32, "u" * 32, f"Mi instan goreng rasa {number}", "bungkus", 1, number + 1, 3_500, 0, 3_500 * (number + 1))
        for number in range(LINES)
    )
    total = sum(line.amount for line in lines)
    return Sale(
        "a" * 32, "A1-1042-7K2F", "s" * 32, "Bu Sari", 1_790_000_000_000, lines, (Payment(Tender.CASH, total, total + 5_000, 5_000),), total
    )


def by_hand(sale: Sale) -> bytes:
    """The least that could be called the same receipt: fixed columns, no wrapping, no safety."""
    parts = [b"\x1b@\x1bt\x00", SHOP.name.encode().center(32), b"\n", SHOP.address.encode().center(32), b"\n", b"-" * 32, b"\n"]
    for line in sale.lines:
        amount = f"Rp{line.amount:,}".replace(",", ".")
        detail = f"{line.quantity} x Rp{line.unit_price:,}".replace(",", ".")
        parts += [line.name.encode("cp437"), b"\n", detail.encode("cp437"), amount.rjust(32 - len(detail)).encode("cp437"), b"\n"]
    parts += [b"-" * 32, b"\n", f"TOTAL{sale.total:>27}".encode(), b"\n\n\n\n\x1dV\x00"]
    return b"".join(parts)


def rows() -> list[Row]:
    sale = receipt()
    # every receipt has other words: what the till keeps of the last one must not help it here
    paper = PrinterPaper(profile_named("generic58"), "id", "Terima kasih", "tcp://127.0.0.1:9100")
    paper.receipt(sale, SHOP)
    return [
        compare(
            "receipt",
            "a receipt of 20 lines to bytes, beside hand-built bytes",
            20.0,
            lambda: cpu(lambda: paper.receipt(sale, SHOP), 100),
            lambda: cpu(lambda: by_hand(sale), 100),
        )
    ]
