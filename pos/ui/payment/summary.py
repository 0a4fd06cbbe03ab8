"""What is being paid for: the nota's number, its goods in short, the sums. Owns no sum: they come from the basket or the sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.sale import Sale, short_number
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.sale.words import kinds_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.card import Card, Rule, TornEdge
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, fitting_font, paint_focus, painter_on, step_darker, text_width
from pos.ui.widgets.text import Text

_ROW: Final = 32


class Row(NamedTuple):
    """Left and right words of one row. `good` paints them green: something taken off."""

    left: str
    right: str
    good: bool = False
    strong: bool = False


class Rows(QWidget):
    """Rows of words and amounts; what does not fit is counted in the last one. Amounts never elide."""

    def __init__(self, parent: QWidget | None = None, growing: bool = False) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._growing = growing
        # a growing one gives way down to one row, and never asks for more than its rows
        vertical = QSizePolicy.Policy.Maximum if growing else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self._rows = rows
        self.setAccessibleName(", ".join(f"{row.left} {row.right}".strip() for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(_ROW) * max(1, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(_ROW) if self._growing else self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        height = look().px(_ROW)
        room = max(1, self.height() // height)
        shown = list(self._rows)
        if len(shown) > room:
            hidden = len(shown) - room + 1
            shown = [*shown[: room - 1], Row(tr("{n} barang lagi", n=hidden), "")]
        for place, row in enumerate(shown):
            rect = QRectF(0, place * height, self.width(), height)
            font = look().font(Role.BACA, 700 if row.strong else 500)
            painter.setPen(look().colour(Token.DAUN_TEKS if row.good else Token.TINTA if row.strong else Token.TINTA2))
            painter.setFont(font)
            painter.drawText(rect, RIGHT, row.right)
            left = rect.adjusted(0, 0, -text_width(row.right, font) - look().px(10), 0)
            painter.drawText(left, LEFT, elide_middle(row.left, font, left.width()))
        painter.end()


class TotalRow(QWidget):
    """*Total* and its amount, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._amount = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_total(self, word: str, amount: Rupiah) -> None:
        """Another total."""
        self._word, self._amount = word, format_rupiah(amount)
        self.setAccessibleName(f"{word} {self._amount}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(54))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(look().colour(Token.TINTA))
        word_font = look().font(Role.SUB, 700)
        painter.setFont(word_font)
        painter.drawText(QRectF(self.rect()), LEFT, self._word)
        room = self.width() - text_width(self._word, word_font) - look().px(12)
        painter.setFont(fitting_font(self._amount, room, Role.ANGKA, 800, 22))
        painter.drawText(QRectF(self.rect()), RIGHT, self._amount)
        painter.end()


class BackHead(QAbstractButton):
    """The head of the card: back to the counter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(54))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(step_darker(look().colour(Token.CEKUNG), self.isDown(), hover=False))
            painter.drawRoundedRect(rect.adjusted(6, 5, -6, -5), 12, 12)
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(6, 5, -6, -5), 12)
        side = look().px(24)
        painter.drawPixmap(look().px(16), round(rect.center().y() - side / 2), icon("arrow-left", Token.TINTA, side))
        key = key_of(Action.BACK)
        cap = key_cap_size(key)
        left = rect.right() - look().px(14) - cap.width()
        paint_key_cap(painter, QRectF(left, rect.center().y() - cap.height() / 2, cap.width(), cap.height()), key)
        font = look().font(Role.SUB, 700)
        painter.setFont(font)
        painter.setPen(look().colour(Token.TINTA))
        room = QRectF(look().px(50), 0, left - look().px(58), rect.height())
        painter.drawText(room, LEFT, QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width()))
        painter.end()


class SummaryCard(Card):
    """Goods and sums of what is being paid.

    Signals:
        back(): back to the counter.
    """

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = BackHead()
        self.goods, self.sums, self.total = Rows(growing=True), Rows(), TotalRow()
        on_click(self.head, self.back.emit)
        inside = QVBoxLayout()
        side = look().px(18)
        inside.setContentsMargins(side, look().px(8), side, look().px(8))
        inside.setSpacing(look().px(4))
        inside.addWidget(self.goods)
        inside.addStretch(1)
        inside.addWidget(self.sums)
        inside.addWidget(Rule(dashed=True))
        inside.addWidget(self.total)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 1, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(Rule())
        box.addLayout(inside, 1)

    def show_basket(self, basket: Basket, due: Rupiah, number: str) -> None:
        """Goods, discount and rounding of a basket, and what it comes to in cash."""
        self.head.setText(tr("Nota {number}", number=number) if number else tr("Nota baru"))
        self.head.setAccessibleName(tr("Kembali ke keranjang"))
        self.goods.show_rows([Row(line.name, format_rupiah(line.amount + line.discount)) for line in basket.lines])
        sums = [Row(kinds_text(basket), format_rupiah(basket.subtotal), strong=True)]
        if basket.discount:
            sums.append(Row(tr("Potongan"), format_rupiah(-basket.discount), good=True))
        if due != basket.total:
            sums.append(Row(tr("Pembulatan"), format_rupiah(due - basket.total)))
        self.sums.show_rows(sums)
        self.total.show_total(tr("Total"), due)


class ShortSummary(Card):
    """The same in one row, where the window is narrow: back, number, total."""

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, radius=14)
        self.head, self.total = BackHead(), TotalRow()
        on_click(self.head, self.back.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, look().px(16), 1)
        row.addWidget(self.head, 4)
        row.addWidget(self.total, 5)

    def show_basket(self, basket: Basket, due: Rupiah, number: str) -> None:
        """Another basket."""
        self.head.setText(tr("Nota {number}", number=number) if number else tr("Nota baru"))
        self.head.setAccessibleName(tr("Kembali ke keranjang"))
        self.total.show_total(tr("Total"), due)


class SoldPaper(QWidget):
    """A sale as a paper torn off: goods, sums, what was paid. For the eye only; the struk itself is the printer's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text("", Role.SUB, Token.TINTA, 700)
        self.goods, self.sums, self.total = Rows(growing=True), Rows(), TotalRow()
        card = Card(torn=True)
        inside = QVBoxLayout(card)
        side = look().px(20)
        inside.setContentsMargins(side, look().px(14), side, look().px(6))
        inside.setSpacing(look().px(6))
        inside.addWidget(self.title)
        inside.addWidget(Rule(dashed=True))
        inside.addWidget(self.goods)
        inside.addWidget(Rule(dashed=True))
        inside.addWidget(self.total)
        inside.addWidget(self.sums)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(card)
        box.addWidget(TornEdge())
        box.addStretch(1)

    def show_sale(self, sale: Sale) -> None:
        """Another sale."""
        self.title.setText(tr("Nota {number}", number=short_number(sale.number)))
        self.goods.show_rows([Row(line.name, format_rupiah(line.amount)) for line in sale.lines])
        rows = [Row(tr("Tunai"), format_rupiah(sale.received)), Row(tr("Uang kembali"), format_rupiah(sale.change), strong=True)]
        if sale.rounding:
            rows.insert(0, Row(tr("Pembulatan"), format_rupiah(sale.rounding)))
        self.sums.show_rows(rows)
        self.total.show_total(tr("Total"), sale.total)
