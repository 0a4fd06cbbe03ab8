"""What an import shows while it works and when it is done. Own no work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import format_figure
from pos.services.imports.model import ImportedCount
from pos.ui.goods.importing.undoing import taken_parts
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.text import Text


class WorkingPage(QWidget):
    """What is being done, and how far it is. The bar comes after a second: shorter work needs none."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", Role.JUDUL, Token.TINTA, 700)
        self._count = Text("", Role.BACA, Token.TINTA2, 400)
        self._bar = StockBar(thick=16)
        self._bar.setFixedWidth(look().px(480))
        box = QVBoxLayout(self)
        box.setSpacing(look().px(12))
        box.addStretch(1)
        box.addWidget(DrawingLabel("kosong_barang", 120), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._title, self._bar, self._count):
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)

    def begin(self, title: str) -> None:
        """Other work has begun."""
        self._title.setText(title)
        self._count.setText(" ")
        self._bar.set(0.0)
        self._bar.setVisible(False)

    def slow(self) -> None:
        """It takes longer than a second."""
        self._bar.setVisible(True)

    def step(self, done: int, total: int) -> None:
        """How far it is."""
        self._bar.set(done / total if total else 0.0)
        self._count.setText(tr("{done} dari {total} baris", done=format_figure(done), total=format_figure(total)))
        self._bar.setAccessibleName(self._count.text())


class DonePage(QWidget):
    """What an import did, in figures that need no reading twice."""

    def __init__(self) -> None:
        super().__init__()
        self._figure = Text("", Role.UANG_MASUK, Token.TINTA, 800)
        self._title = Text("", Role.JUDUL, Token.TINTA, 700)
        self._sentence = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QVBoxLayout(self)
        box.setSpacing(look().px(8))
        box.addStretch(1)
        box.addWidget(DrawingLabel("toko", 132), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._figure, self._title):
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._sentence)
        box.addStretch(1)

    def tell(self, count: ImportedCount, refused: int) -> None:
        """`refused`: rows that were left out."""
        self._figure.setText(format_figure(count.created + count.updated + count.same))
        self._title.setText(tr("barang sudah masuk"))
        parts = taken_parts(count.created, count.updated, count.same)
        parts += [tr("{n} perlu dilihat nanti", n=format_figure(count.flagged))] if count.flagged else []
        self._sentence.setText(" · ".join(parts + taken_parts(0, 0, 0, refused)))
