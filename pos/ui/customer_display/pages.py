"""The four things a customer sees: a welcome, the basket, a QR to pay, thanks. Own how they look; what is in them is handed in.

Read from two metres away: names and amounts are large, nothing can be pressed, nothing of a person is shown.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from pos.domain.basket import Basket, BasketLine
from pos.domain.money import format_rupiah
from pos.domain.qris_request import QrisRequest
from pos.domain.sale import Sale, TenderState
from pos.ui.language import tr
from pos.ui.payment.qr_code import QrCode
from pos.ui.sale.words import detail_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import awning
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.goods import DrawingLabel, GoodsPicture
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.painting import painter_on
from pos.ui.widgets.text import ElidedText, Text

_AWNING: Final = 64
_LINES: Final = 6


class Arrival(QWidget):
    """Somebody comes or goes: the awning over the whole width, a drawing, two lines, and the money where there is any."""

    def __init__(self, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text("", Role.UANG_MASUK, Token.TINTA, 800, wrap=True)
        self.sentence = Text("", Role.ANGKA, Token.TINTA2, 500, wrap=True)
        self.block = CounterBlock()
        self.word = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_BESAR)
        inside = QHBoxLayout(self.block)
        inside.setContentsMargins(look().px(28), look().px(18), look().px(28), look().px(18))
        inside.setSpacing(look().px(24))
        inside.addWidget(self.word)
        inside.addWidget(self.amount, 1)
        for text in (self.title, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(40), look().px(_AWNING + 24), look().px(40), look().px(40))
        box.setSpacing(look().px(14))
        box.addStretch(1)
        box.addWidget(DrawingLabel(drawing, 180), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.title)
        box.addWidget(self.sentence)
        box.addWidget(self.block)
        box.addStretch(1)
        self.block.hide()

    def welcome(self, shop: str) -> None:
        """Nobody is served."""
        self.title.setText(shop or "e-Peken")
        self.sentence.setText(tr("Selamat datang"))
        self.block.hide()

    def thank(self, sale: Sale, shop: str) -> None:
        """A sale is made: what was paid, or what comes back."""
        self.title.setText(tr("Terima kasih"))
        self.sentence.setText(tr("Belanja lagi di {shop}.", shop=shop) if shop else tr("Sampai bertemu lagi."))
        self.word.setText(tr("KEMBALI") if sale.change else tr("TOTAL"))
        self.amount.set_amount(sale.change or sale.total)
        self.block.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.drawPixmap(QPointF(0, 0), awning(self.width(), look().px(_AWNING)))
        painter.end()


class _Line(QWidget):
    """One line of the basket: picture, name, how many at what price, its amount."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = GoodsPicture(60, 12)
        self.name = ElidedText("", Role.JUDUL, Token.TINTA, 700)
        self.details = ElidedText("", Role.SUB, Token.TINTA2, 400)
        self.amount = Text("", Role.JUDUL, Token.TINTA, 800)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.details)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look().px(4), 0, look().px(4))
        row.setSpacing(look().px(16))
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        row.addWidget(self.amount)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: BasketLine, last: bool) -> None:
        """`last`: it was put on the counter just now."""
        self._picture.set_goods(line.name, line.category, line.drawing)
        self.name.setText(line.name)
        self.details.setText(detail_text(line))
        self.amount.setText(format_rupiah(line.amount))
        for text in (self.name, self.amount):
            text.set_token(Token.DAUN_TEKS if last else Token.TINTA)


class BasketPage(QWidget):
    """The latest lines, and the total as large as it goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = [_Line() for _ in range(_LINES)]
        self.more = Text("", Role.SUB, Token.TINTA2, 500)
        self.saved = Text("", Role.SUB, Token.DI_TUA2, 600)
        self.word = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.total = MoneyLabel(0, Role.UANG_KEMBALI)
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(look().px(24), look().px(16), look().px(24), look().px(16))
        column.setSpacing(look().px(4))
        for line in self.lines:
            column.addWidget(line)
        column.addWidget(self.more)
        column.addStretch(1)
        block = CounterBlock()
        inside = QVBoxLayout(block)
        inside.setContentsMargins(look().px(28), look().px(16), look().px(28), look().px(16))
        row = QHBoxLayout()
        row.addWidget(self.word)
        row.addWidget(self.total, 1)
        inside.addLayout(row)
        inside.addWidget(self.saved)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(20), look().px(20), look().px(20), look().px(20))
        box.setSpacing(look().px(14))
        box.addWidget(card, 1)
        box.addWidget(block)

    def show_basket(self, basket: Basket, touched: str) -> None:
        """What is on the counter; `touched` is the uid of the line that changed last."""
        self.word.setText(tr("TOTAL"))
        room = self._room()
        shown = basket.lines[-room:]
        for place, widget in enumerate(self.lines):
            widget.setVisible(place < len(shown))
            if place < len(shown):
                widget.show_line(shown[place], shown[place].uid == touched)
        hidden = len(basket.lines) - len(shown)
        self.more.setText(tr("{n} barang lagi", n=hidden))
        self.more.setVisible(hidden > 0)
        self.total.set_amount(basket.total)
        off = sum(line.discount for line in basket.lines)
        self.saved.setText(tr("Potongan {amount}", amount=format_rupiah(off)))
        self.saved.setVisible(off > 0)

    def _room(self) -> int:
        """Lines that fit above the total at this height."""
        each = self.lines[0].sizeHint().height() + look().px(4)
        return max(1, min(_LINES, (self.height() - look().px(260)) // each))


class QrPage(QWidget):
    """The code to scan, how much it is, and whose account it pays into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = QrCode()
        self.word = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_BESAR)
        self.whose = Text("", Role.SUB, Token.DI_TUA, 600, wrap=True)
        self.how = Text("", Role.SUB, Token.DI_TUA2, 400, wrap=True)
        block = CounterBlock()
        inside = QVBoxLayout(block)
        inside.setContentsMargins(look().px(28), look().px(24), look().px(28), look().px(24))
        inside.setSpacing(look().px(14))
        inside.addStretch(1)
        for part in (self.word, self.amount, self.whose, self.how):
            inside.addWidget(part)
        inside.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look().px(20), look().px(20), look().px(20), look().px(20))
        self._row.setSpacing(look().px(20))
        self._row.addWidget(self.code, 1)
        self._row.addWidget(block, 1)

    def show_request(self, request: QrisRequest) -> None:
        """A QR that waits for its money. What only hangs on the counter as a sticker has no picture here."""
        name = tr("Kode QRIS, {amount}", amount=format_rupiah(request.amount))
        self.code.show_text(request.payload, name)
        self.code.setVisible(bool(request.payload))
        self.word.setText(tr("BAYAR"))
        self.amount.set_amount(request.amount)
        self.whose.setText(" · ".join(part for part in (request.merchant, request.nmid) if part))
        self.whose.setVisible(bool(self.whose.text()))
        waits = request.state is TenderState.WAITING
        told = tr("Pindai dengan aplikasi bank atau dompet apa pun.") if waits else tr("Tunggu sebentar.")
        self.how.setText(told if request.payload else tr("Pindai stiker QRIS di meja, lalu ketik jumlahnya."))
        if request.state is TenderState.EXPIRED:
            self.code.set_over(tr("Sudah lewat waktunya"))


class Pages(QWidget):
    """One of the four, on rice paper; it never takes the keyboard."""

    def __init__(self, shop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop = shop
        self.welcome_page, self.thanks = Arrival("toko"), Arrival("toko")
        self.basket, self.qr = BasketPage(), QrPage()
        self._pages = QStackedLayout(self)
        for page in (self.welcome_page, self.basket, self.qr, self.thanks):
            self._pages.addWidget(page)
        self.retranslate()

    def retranslate(self) -> None:
        """The welcome anew; the others come with what they show."""
        self.welcome_page.welcome(self._shop)

    def shown(self) -> QWidget | None:
        return self._pages.currentWidget()

    def welcome(self, shop: str = "") -> None:
        """Nobody is served."""
        self._shop = shop or self._shop
        self.retranslate()
        self._pages.setCurrentWidget(self.welcome_page)

    def show_basket(self, basket: Basket, touched: str) -> None:
        self._pages.setCurrentWidget(self.basket)
        self.basket.show_basket(basket, touched)

    def show_qr(self, request: QrisRequest) -> None:
        self._pages.setCurrentWidget(self.qr)
        self.qr.show_request(request)

    def thank(self, sale: Sale) -> None:
        self.thanks.thank(sale, self._shop)
        self._pages.setCurrentWidget(self.thanks)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(Token.ALAS))
        painter.drawRect(QRectF(self.rect()))
        painter.end()
