"""*Coba dulu*: what taking a list would do, in one breath. Owns its words; the planning is `pos.services.imports.planning`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.money import format_figure
from pos.services.imports.planning import Change, ImportPlan
from pos.ui.language import later, tr

_CHANGES: Final[Mapping[Change, str]] = {
    Change.DEARER: later("{n} harga naik"),
    Change.CHEAPER: later("{n} harga turun"),
    Change.OTHER_PRICES: later("{n} harga grosir atau langganan berubah"),
    Change.COST: later("{n} harga modal berubah"),
    Change.NAME: later("{n} nama berubah"),
    Change.SHELF: later("{n} kategori, merek, atau ukuran berubah"),
    Change.UNITS: later("{n} satuan bertambah atau berubah"),
    Change.CODES: later("{n} barcode bertambah"),
    Change.REST: later("{n} aturan lain berubah"),
}


def plan_text(plan: ImportPlan) -> str:
    """`Kalau diambil: 3 barang baru, 12 harga naik, 40 tidak berubah. Belum ada yang disimpan.`"""
    parts = [
        tr("{n} barang baru", n=format_figure(plan.created)) if plan.created else "",
        tr("{n} dengan stok awal", n=format_figure(plan.stock)) if plan.stock else "",
        *(tr(words, n=format_figure(plan.changes[change])) for change, words in _CHANGES.items() if plan.changes.get(change)),
        tr("{n} tidak berubah", n=format_figure(plan.same)) if plan.same else "",
    ]
    return tr("Kalau diambil: {what}. Belum ada yang disimpan.", what=", ".join(part for part in parts if part))
