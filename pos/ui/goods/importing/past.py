"""The list of goods as files: out to a spreadsheet, and what was taken in before, with the way back. Owns no rule and opens no file.

A list that was taken in is a card: file, when and by whom, what it did. One that was taken back says which rows had to stay.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import format_figure
from pos.services.goods_export import export_goods
from pos.services.imports.model import GoodsImport, ImportState, KeptRow, UndoneCount
from pos.ui.context import UiContext
from pos.ui.goods.importing.undoing import kept_text, take_back, taken_parts, undone_text
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.operations import Progress, run
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.files import choose_place
from pos.ui.widgets.text import ElidedText, Text

_WIDE: Final = 860
_HIGH: Final = 600
_MOST_KEPT: Final = 200


class FilesDialog(Dialog):
    """Opened with `open()` over the goods."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Daftar barang sebagai berkas"), parent, _WIDE)
        self._context = context
        self._out = Text(
            tr("Semua barang dengan satuan, barcode, harga, dan stok. Bisa dimasukkan lagi."), Role.BACA, Token.TINTA2, wrap=True
        )
        self._excel = ActionButton(tr("Simpan ke Excel"), "file-spreadsheet", kind=Kind.PRIMARY)
        self._csv = ActionButton(tr("Simpan ke CSV"), "file-down")
        on_click(self._excel, lambda: self._ask_where(".xlsx"))
        on_click(self._csv, lambda: self._ask_where(".csv"))
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        row.addWidget(self._out, 1)
        row.addWidget(self._csv)
        row.addWidget(self._excel)
        self._inside = QWidget()
        self._cards = QVBoxLayout(self._inside)
        self._cards.setContentsMargins(0, 0, look().px(4), 0)
        self._cards.setSpacing(look().px(10))
        self._area = scrolled(self._inside)
        self._none = EmptyState(
            "kosong_barang", tr("Belum ada daftar yang masuk"), tr("Masukkan satu lewat Masukkan daftar, atau seret berkasnya.")
        )
        self.body.addLayout(row)
        self.body.addWidget(Text(tr("Yang pernah masuk"), Role.SUB, Token.TINTA, 700))
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._none, 1)
        self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the window allows."""
        parent = self.parentWidget()
        room = parent.window().height() - look().px(48) if parent else look().px(_HIGH)
        self.setMinimumHeight(min(look().px(_HIGH), room))
        super().showEvent(event)

    def renew(self) -> None:
        """Read the past lists again."""
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        read = self._context.till.store.read
        told = read.imports()
        for one in told:
            self._cards.addWidget(_ImportCard(self, one, read.kept_rows(one.uid) if one.kept else []))
        self._cards.addStretch(1)
        self._area.setVisible(bool(told))
        self._none.setVisible(not told)

    def take_back(self, uid: str) -> None:
        """Undo a list; its card says afterwards what became of it."""
        take_back(self._context, uid, lambda _count: self.renew())

    def export_to(self, path: str) -> None:
        """Write all goods; the ending says how."""
        till = self._context.till

        def work(progress: Progress) -> int | None:
            return export_goods(till, path, progress)

        run(self._context, work, lambda written: self._written(path, written or 0))

    def _written(self, path: str, count: int) -> None:
        self._context.told.emit("good", tr("{n} barang tersimpan di {file}", n=format_figure(count), file=Path(path).name))

    def _ask_where(self, ending: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        choose_place(self, tr("Simpan daftar barang"), Path(folder) / f"{tr('daftar-barang')}{ending}", self.export_to)


class _ImportCard(Card):
    """One list that was taken in."""

    def __init__(self, dialog: FilesDialog, told: GoodsImport, kept: list[KeptRow]) -> None:
        super().__init__(None, Token.CEKUNG, 14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedText(told.file or tr("Daftar tanpa nama"), Role.BACA, Token.TINTA, 700))
        who = f"{moment_text(told.at)} · {told.actor}" if told.actor else moment_text(told.at)
        words.addWidget(ElidedText(who, Role.BACA, Token.TINTA2))
        words.addWidget(
            Text(" · ".join(taken_parts(told.created, told.updated, told.same, told.refused)), Role.BACA, Token.TINTA2, wrap=True)
        )
        if told.state is ImportState.UNDONE:
            undone = undone_text(UndoneCount(told.put_back, told.retired, told.kept))
            words.addWidget(Text(f"{moment_text(told.undone_at)}: {undone}", Role.BACA, Token.KUNYIT_TEKS, 600, wrap=True))
        for row in kept[:_MOST_KEPT]:
            said = tr("Baris {number}, {name}: {why}", number=row.number, name=row.name, why=kept_text(row))
            words.addWidget(Text(said, Role.BACA, Token.TINTA, wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(look().px(14), look().px(10), look().px(10), look().px(10))
        box.addLayout(words, 1)
        if told.state is ImportState.TAKEN:
            undo = ActionButton(tr("Batalkan semua"), "undo-2")
            undo.setAccessibleName(tr("Batalkan semua dari {file}", file=told.file))
            on_click(undo, lambda: self._undo(dialog, told.uid))
            self._button = undo
            box.addWidget(undo)

    def _undo(self, dialog: FilesDialog, uid: str) -> None:
        self._button.setEnabled(False)
        dialog.take_back(uid)
