"""What is being paid for: the nota's number, its goods in short, the sums. Owns no sum: they come from the basket or the sale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.sale import Sale, Tender, short_number
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.payment.parts import PartsList
from pos.ui.payment.words import tender_word
from pos.ui.sale.words import kinds_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.card import Card, Rule, TornEdge
from pos.ui.widgets.painting import LEFT, RIGHT, fitting_font, paint_focus, painter_on, step_darker, text_width
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text


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
    """Goods and sums of what is being paid, and the parts that were paid already.

    Signals:
        back(): back to the counter.
        removed(int): the part at this place is to go. `more()`: all parts are to be seen.
        drop_exchange(): the goods do not come back after all.
    """

    back = Signal()
    removed = Signal(int)
    more = Signal()
    drop_exchange = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = BackHead()
        self.goods, self.sums, self.total, self.parts = Rows(growing=True), Rows(), TotalRow(), PartsList()
        self.exchange = ActionButton("", "x")
        on_click(self.head, self.back.emit)
        on_click(self.exchange, self.drop_exchange.emit)
        self.parts.removed.connect(self.removed)
        self.parts.more.connect(self.more)
        self.exchange.hide()
        inside = QVBoxLayout()
        side = look().px(18)
        inside.setContentsMargins(side, look().px(8), side, look().px(8))
        inside.setSpacing(look().px(4))
        inside.addWidget(self.goods)
        inside.addStretch(1)
        inside.addWidget(self.sums)
        inside.addWidget(self.exchange)
        inside.addWidget(Rule(dashed=True))
        inside.addWidget(self.total)
        inside.addWidget(self.parts)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 1, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(Rule())
        box.addLayout(inside, 1)

    def show_basket(self, basket: Basket, due: Rupiah, number: str, exchange: Rupiah = 0) -> None:
        """Goods, discount and rounding of a basket, and what it comes to: in cash, after goods that come back for it."""
        self.head.setText(tr("Nota {number}", number=number) if number else tr("Nota baru"))
        self.head.setAccessibleName(tr("Kembali ke keranjang"))
        self.goods.show_rows([Row(line.name, format_rupiah(line.amount + line.discount)) for line in basket.lines])
        sums = [Row(kinds_text(basket), format_rupiah(basket.subtotal), strong=True)]
        if basket.discount:
            sums.append(Row(tr("Potongan"), format_rupiah(-basket.discount), good=True))
        rest = basket.total - exchange
        if due != rest:
            sums.append(Row(tr("Pembulatan"), format_rupiah(due - rest)))
        self.sums.show_rows(sums)
        self.exchange.setText(tr("Barang tukar {amount}", amount=format_rupiah(-exchange)))
        self.exchange.setVisible(bool(exchange))
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
        rows = [Row(*row) for row in _money_rows(sale)]
        if sale.rounding:
            rows.insert(0, Row(tr("Pembulatan"), format_rupiah(sale.rounding)))
        self.sums.show_rows(rows)
        self.total.show_total(tr("Total"), sale.total)


def _money_rows(sale: Sale) -> list[tuple[str, str, bool, bool]]:
    """What was handed over, tender by tender, and what went back."""
    rows = []
    for part in sale.payments:
        kept = part.tender is Tender.TITIPAN and part.amount < 0
        shown = part.received if part.tender is Tender.CASH else abs(part.amount)
        rows.append((tr("Dititip") if kept else tender_word(part.tender), format_rupiah(shown), False, False))
    if sale.change or any(part.tender is Tender.CASH for part in sale.payments):
        rows.append((tr("Uang kembali"), format_rupiah(sale.change), False, True))
    return rows
