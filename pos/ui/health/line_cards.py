"""Cards of the page of the line: what was set aside, and edits that met, each with its ways on. Own their looks only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.product import Product
from pos.services.line_views import AsideRow, EditRow
from pos.ui.health.cards import RowsCard, words_row
from pos.ui.health.edit_words import field_text, value_text
from pos.ui.language import tr
from pos.ui.messages import operation_text
from pos.ui.moments import moment_text
from pos.ui.widgets.buttons import ActionButton, Kind, on_click

_MOST: Final = 8


class AsideCard(RowsCard):
    """What no request could carry.

    Signals:
        again(str), export(str): an operation is to be told once more, or written to a file.
    """

    again = Signal(str)
    export = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[AsideRow, ...] = ()

    def show_aside(self, rows: tuple[AsideRow, ...]) -> None:
        if rows != self._shown:
            self._shown = rows
            self.fill([self._row(row) for row in rows[:_MOST]], len(rows) - _MOST)

    def retranslate(self) -> None:
        self.set_title(tr("Kiriman yang disisihkan"))
        self._shown = ()

    def _row(self, row: AsideRow) -> QWidget:
        again, export = ActionButton(tr("Kirim lagi"), "refresh-cw"), ActionButton(tr("Simpan berkas"), "save")
        on_click(again, lambda: self.again.emit(row.id))
        on_click(export, lambda: self.export.emit(row.id))
        title = f"{operation_text(row.kind).capitalize()} · {moment_text(row.at)}"
        said = tr("Server tidak bisa menerimanya, jadi disisihkan supaya yang lain jalan terus. Di toko ini tetap tercatat.")
        small = tr("Kode untuk petugas: {code} · {id}", code=row.code, id=row.id[:8])
        return words_row(title, (said, small), again, export)


class EditsCard(RowsCard):
    """Fields that two edits met in, both values, and which of them is wanted.

    Signals:
        settled(EditRow, bool): a person wants the shop's own (True) or e-Peken's.
    """

    settled = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[EditRow] = ()

    def show_edits(self, edits: Sequence[EditRow], products: Mapping[str, Product]) -> None:
        """`products`: those that the edits are of, by uid, as far as they are there."""
        if edits != self._shown:
            self._shown = edits
            self.fill([self._row(edit, products.get(edit.product_uid)) for edit in edits[:_MOST]], len(edits) - _MOST)

    def retranslate(self) -> None:
        self.set_title(tr("Diubah di dua tempat"))
        self._shown = ()

    def _row(self, edit: EditRow, product: Product | None) -> QWidget:
        ours, theirs = (edit.lost, edit.kept) if edit.ours_lost else (edit.kept, edit.lost)
        shop = tr("Punya toko: {value}", value=value_text(edit, ours))
        city = tr("Punya e-Peken: {value}", value=value_text(edit, theirs))
        counts = tr("Yang dipakai sekarang punya e-Peken.") if edit.ours_lost else tr("Yang dipakai sekarang punya toko.")
        use_ours, use_theirs = self._way(edit, shops=True), self._way(edit, shops=False)
        title = f"{edit.name or tr('Barang yang sudah dihapus')} · {field_text(edit, product)}"
        return words_row(title, (f"{shop}  ·  {city}", f"{moment_text(edit.at)}. {counts}"), use_ours, use_theirs)

    def _way(self, edit: EditRow, *, shops: bool) -> ActionButton:
        counts = shops != edit.ours_lost
        words, icon = (tr("Pakai punya toko"), "store") if shops else (tr("Pakai punya e-Peken"), "globe")
        button = ActionButton(words, icon, kind=Kind.SOFT if counts else Kind.QUIET)
        on_click(button, lambda: self.settled.emit(edit, shops))
        return button
