"""Taking a whole list back, off the UI thread, and what is said of it. Owns no window; shown in a toast and in the list of past imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pos.domain.changed import Changed
from pos.domain.money import format_figure
from pos.services.imports.model import ImportedCount, KeptReason, KeptRow, UndoneCount
from pos.services.imports.undoing import undo_import
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.operations import run

_REASONS: Final[Mapping[KeptReason, str]] = {
    KeptReason.SOLD: later("sudah terjual, tetap di daftar"),
    KeptReason.MOVED: later("stoknya sudah bergerak, tetap di daftar"),
    KeptReason.IN_USE: later("ada di keranjang atau pesanan, tetap di daftar"),
    KeptReason.GONE: later("sudah tidak dijual lagi"),
    KeptReason.EDITED: later("sudah diubah lagi sesudahnya, tetap: {what}"),
}
_WHAT: Final[Mapping[str, str]] = {
    "name": later("nama"),
    "category": later("kategori"),
    "brand": later("merek"),
    "size": later("ukuran"),
    "min_stock": later("stok minimum"),
    "online_buffer": later("cadangan online"),
    "listed_online": later("jual online"),
    "cost": later("harga modal"),
    "price": later("harga"),
    "units": later("satuan"),
}


def take_back(context: UiContext, uid: str, then: Callable[[UndoneCount], object] = lambda count: None) -> None:
    """Take a list back, tell what came of it, then hand on the counts."""
    till = context.till

    def done(count: UndoneCount) -> None:
        context.told.emit("info" if count.kept else "good", undone_text(count))
        context.changed.emit(Changed(goods=True, stock=True, outbox=True))
        context.backstage.sync_now()
        then(count)

    run(context, lambda progress: undo_import(till, uid, progress), done)


def offer_undo(context: UiContext, count: ImportedCount) -> None:
    """A toast over the goods: what came in, and the way back."""
    parts = taken_parts(count.created, count.updated, count.same)
    context.offered.emit(tr("Daftar sudah masuk"), " · ".join(parts), tr("Batalkan semua"), lambda: take_back(context, count.uid))


def taken_parts(created: int, updated: int, same: int = 0, refused: int = 0) -> list[str]:
    """`3 baru`, `12 diperbarui`: what a list did, without zeros."""
    said = (
        (created, tr("{n} baru", n=format_figure(created))),
        (updated, tr("{n} diperbarui", n=format_figure(updated))),
        (same, tr("{n} tidak berubah", n=format_figure(same))),
        (refused, tr("{n} baris tidak diambil", n=format_figure(refused))),
    )
    return [words for number, words in said if number]


def undone_text(count: UndoneCount) -> str:
    """What taking a list back did."""
    parts = [
        tr("{n} barang kembali seperti semula", n=format_figure(count.put_back)) if count.put_back else "",
        tr("{n} barang baru ditarik", n=format_figure(count.retired)) if count.retired else "",
        tr("{n} baris tidak bisa dibatalkan", n=format_figure(count.kept)) if count.kept else "",
    ]
    return f"{tr('Daftar dibatalkan')}. {', '.join(part for part in parts if part)}."


def kept_text(row: KeptRow) -> str:
    """Why something of a row stayed."""
    what = ", ".join(tr(_WHAT[name]) if name in _WHAT else name for name in row.detail.split(", "))
    return tr(_REASONS[row.reason], what=what)
