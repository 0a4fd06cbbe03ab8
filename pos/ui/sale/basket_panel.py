"""The basket as a paper: its number, its lines, its torn edge; or what to do while it is empty. Owns no line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import format_rupiah
from pos.domain.printing import PrintState
from pos.domain.sale import Sale, short_number
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import print_state_text
from pos.ui.sale.basket_foot import BasketFoot
from pos.ui.sale.basket_list import BasketList
from pos.ui.sale.customer_pill import CustomerPill
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, Rule, TornEdge
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.painting import text_width
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import ElidedText


class LastSale(QWidget):
    """What the last customer got back, and its struk once more: still there when KEMBALI has closed itself.

    Signals:
        reprint(): print it again.
    """

    reprint = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sale: Sale | None = None
        self._state: PrintState | None = None
        self.rows = Rows()
        self.button = ActionButton("", "printer", key_of(Action.REPRINT), Kind.QUIET)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(4), look().px(4), look().px(4), look().px(10))
        box.setSpacing(look().px(6))
        box.addWidget(Rule(dashed=True))
        box.addWidget(self.rows)
        box.addWidget(self.button)
        on_click(self.button, self.reprint.emit)
        self.hide()

    def show_sale(self, sale: Sale | None, state: PrintState | None = None) -> None:
        """Another sale and how far its struk is; None hides it."""
        self._sale, self._state = sale, state
        self.retranslate()
        self.setVisible(sale is not None)

    def retranslate(self) -> None:
        sale = self._sale
        self.button.setText(tr("Cetak ulang"))
        if sale is not None:
            last = tr("Nota {number}", number=short_number(sale.number))
            if self._state is not None:
                last += " · " + tr("struk {state}", state=print_state_text(self._state))
            change = Row(tr("Uang kembali"), format_rupiah(sale.change), strong=True)
            self.rows.show_rows([change, Row(last, format_rupiah(sale.total))])


class BasketPanel(QWidget):
    """Card, list and torn edge.

    Signals:
        customer(): who buys is to be chosen.
        discount(): the discount of the whole basket is to be changed.

    Attributes:
        rows: the list of lines with the buttons of the chosen one.
        last: the last sale, below the empty state.
        foot: the discount of the whole, and what is to be remembered.
    """

    customer = Signal()
    discount = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self._basket = Basket("")
        self._session = True
        self.title = ElidedText("", Role.SUB, Token.TINTA, 700)
        self.pill = CustomerPill()
        self.rows = BasketList()
        self.foot = BasketFoot()
        self.empty = EmptyState("kosong_keranjang", tr("Pindai barang pertama"), "", px=112)
        self.last = LastSale()
        self._build()
        self.pill.clicked.connect(self.customer)
        self.foot.discount.connect(self.discount)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.pill.retranslate()
        self.foot.retranslate()
        self.rows.retranslate()
        self.last.retranslate()
        self._say()

    def show_basket(self, basket: Basket, chosen: str, touched: str) -> None:
        """Other lines."""
        self._basket = basket
        self._pages.setCurrentIndex(0 if basket.lines else 1)
        self.pill.show_basket(basket)
        self.foot.show_basket(basket)
        self.rows.show_basket(basket, chosen, touched)
        self._say()

    def choose(self, line_uid: str) -> None:
        """Another line has the buttons."""
        self.rows.choose(line_uid)

    @property
    def number(self) -> str:
        """The number that is shown."""
        return self._number

    def show_number(self, number: str) -> None:
        """The number that the next nota will have, as people say it; empty while it is not known."""
        self._number = number
        self._say()

    def show_last(self, sale: Sale | None, state: PrintState | None = None) -> None:
        """The last sale, below the empty state; None hides it."""
        self.last.show_sale(sale, state)
        self._fit()

    def show_session(self, is_open: bool) -> None:
        """Whether the drawer is open."""
        self._session = is_open
        self._say()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(330), look().px(190))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What the last customer got back goes before the drawing."""
        last = 0 if self.last.isHidden() else self.last.sizeHint().height()
        self.empty.fit(self._pages.height() - last)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(look().px(18), 0, look().px(8), 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.pill)
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 1)
        column.addWidget(self.foot)
        column.addSpacing(4)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(look().px(16), 0, look().px(16), 0)
        column.addWidget(self.empty, 1)
        column.addWidget(self.last)
        self._pages = QStackedWidget()
        self._pages.addWidget(lines)
        self._pages.addWidget(nothing)
        card = Card(torn=True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 0, 1, 0)
        inside.setSpacing(0)
        head_box = QWidget()
        head_box.setLayout(head)
        head_box.setFixedHeight(look().px(51))
        inside.addWidget(head_box)
        inside.addWidget(Rule())
        inside.addWidget(self._pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(card, 1)
        box.addWidget(TornEdge())

    def _say(self) -> None:
        self.title.setText(tr("Nota {number}", number=self._number) if self._number else tr("Nota baru"))
        # a long name of a customer gives way first
        self.title.setMinimumWidth(min(look().px(170), round(text_width(self.title.text(), self.title.font())) + 4))
        if self._session:
            self.empty.set_words(tr("Pindai barang pertama"), tr("atau cari namanya dengan {key}", key=key_of(Action.SEARCH)))
        else:
            self.empty.set_words(tr("Pindai barang pertama"), tr("Hitung uang di laci dulu, lalu mulai jualan."))
