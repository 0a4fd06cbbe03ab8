"""Goods in and out in the shop's words. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import format_quantity
from pos.domain.stock import MovementReason
from pos.domain.stock_take import StockTake, TakePart
from pos.ui.language import later, tr

REASONS: Final[Mapping[MovementReason, str]] = {
    MovementReason.SALE: later("Terjual"),
    MovementReason.ORDER: later("Pesanan online"),
    MovementReason.RECEIPT: later("Barang masuk"),
    MovementReason.STOCK_TAKE: later("Stok opname"),
    MovementReason.DAMAGED: later("Rusak"),
    MovementReason.OWN_USE: later("Dipakai sendiri"),
    MovementReason.REPACK: later("Ganti kemasan"),
    MovementReason.RETURN: later("Retur"),
    MovementReason.CONSIGNMENT_RETURN: later("Titip jual kembali"),
    MovementReason.OPENING: later("Stok awal"),
    MovementReason.OTHER: later("Lain-lain"),
}
_EPOCH: Final = date(1970, 1, 1)


def reason_text(reason: MovementReason) -> str:
    """Why goods moved."""
    return tr(REASONS[reason])


def part_text(take: StockTake) -> str:
    """What a count is about."""
    if take.part is TakePart.ALL:
        return tr("Semua barang")
    return take.name or tr("Satu rak")


def moved_text(quantity: int, factor: int, unit_name: str) -> str:
    """`+2 dus`, `-3 bungkus`."""
    sign = "+" if quantity > 0 else ""
    return f"{sign}{format_quantity(quantity, factor)} {unit_name}"


def day_text(day: int) -> str:
    """A day since 1970 as `25/11/2026`."""
    return f"{_EPOCH + timedelta(days=day):%d/%m/%Y}"


def read_day(typed: str) -> int:
    """`25/11/2026` as a day since 1970; nothing is 0. Raises ShopError UNCLEAR_DATE."""
    text = typed.strip().replace("-", "/").replace(".", "/")
    if not text:
        return 0
    for shape in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            found = datetime.strptime(text, shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        if found > _EPOCH:
            return (found - _EPOCH).days
    raise ShopError(ErrorCode.UNCLEAR_DATE, typed=typed[:20])
