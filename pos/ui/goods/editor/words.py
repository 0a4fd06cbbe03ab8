"""What the editor says of units, prices and margins. Pure: reads values, draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.money import Rupiah, format_rupiah
from pos.domain.product import Price, PriceKind
from pos.domain.product_rules import share_of
from pos.domain.quantity import BaseUnit
from pos.services.goods_views import CENTRAL, PriceChange
from pos.ui.language import later, tr
from pos.ui.moments import date_text, moment_text
from pos.ui.tones import Tone

BASE_UNITS: Final[Mapping[BaseUnit, str]] = {
    BaseUnit.PCS: later("pcs"),
    BaseUnit.GRAM: later("gram"),
    BaseUnit.ML: later("ml"),
}
"""What stock is counted in, as the last thing that a ladder stands on."""

COUNTED_BY: Final[Mapping[BaseUnit, str]] = {
    BaseUnit.PCS: later("Per buah"),
    BaseUnit.GRAM: later("Berat"),
    BaseUnit.ML: later("Cairan"),
}


def margin_text(margin: Rupiah | None, price: Rupiah) -> tuple[str, Tone]:
    """`Untung Rp700 (20%)`; a loss in words too."""
    if margin is None:
        return tr("Modalnya belum diketahui"), Tone.QUIET
    if margin < 0:
        return tr("Rugi {amount}: di bawah modal", amount=format_rupiah(-margin)), Tone.FAULT
    return tr("Untung {amount} ({percent}%)", amount=format_rupiah(margin), percent=_percent(share_of(margin, price))), Tone.GOOD


def _percent(hundredths: int) -> str:
    """`20`, `7,5`"""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest // 10}" if rest >= 10 else str(whole)


def rule_words(kind: PriceKind, min_quantity: int, group: str) -> str:
    """`Eceran`, `Grosir mulai 10`, `Langganan warung mulai 5`"""
    if kind is PriceKind.RETAIL:
        words = tr("Eceran")
    elif kind is PriceKind.WHOLESALE:
        words = tr("Grosir")
    else:
        words = tr("Langganan {group}", group=group)
    return tr("{price} mulai {n}", price=words, n=min_quantity) if min_quantity > 1 else words


def price_words(price: Price, now: int) -> str:
    """A rule with the day from which it holds, where that is still to come."""
    words = rule_words(price.kind, price.min_quantity, price.group)
    if price.starts_at > now:
        return tr("{price}, mulai {date}", price=words, date=date_text(price.starts_at))
    return words


def change_words(change: PriceChange) -> str:
    """`Rp3.500 menjadi Rp3.700`, `Rp3.500` where there was none, and `dihapus` where there is none any more."""
    if change.amount is None:
        return tr("{amount} dihapus", amount=format_rupiah(change.before or 0))
    if change.before is None:
        return format_rupiah(change.amount)
    return tr("{before} menjadi {after}", before=format_rupiah(change.before), after=format_rupiah(change.amount))


def who_words(change: PriceChange) -> str:
    """`25/11/2026 07.00 · Bu Sari`"""
    when = moment_text(change.at) if change.at else tr("sebelum dicatat")
    who = tr("dari e-Peken") if change.actor == CENTRAL else change.actor or tr("toko")
    return f"{when} · {who}"
