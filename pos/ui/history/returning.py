"""Goods that come back, line by line: how many of each, whole or spoilt, and the money for them; or other goods in their place.

Owns what was chosen; what it is worth is worked out by the domain, and shown before it is booked.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.correction import Exchange, ReturnLine
from pos.domain.errors import ShopError
from pos.domain.money import format_rupiah
from pos.domain.people import Act, Approval
from pos.domain.quantity import format_quantity, parse_quantity
from pos.domain.sale import Sale, SaleLine, short_number
from pos.services import correcting
from pos.ui.context import UiContext
from pos.ui.history.correcting import Reason, WayBack, back_text
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, StepButton, on_click
from pos.ui.widgets.card import Rule
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import ElidedText, Text


class ReturnRow(QWidget):
    """One line of the nota.

    Signals:
        changed(): another quantity, or whether it is spoilt.

    Attributes:
        quantity: base units that come back.
        trouble: what is wrong with what was typed; None while it can be read.
    """

    changed = Signal()

    def __init__(self, position: int, line: SaleLine, left: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position, self._line, self._left = position, line, left
        self.quantity = 0
        self.trouble: ShopError | None = None
        self.less = StepButton("minus", tr("Kurangi {name}", name=line.name))
        self.more = StepButton("plus", tr("Tambah {name}", name=line.name))
        self.typed = TextField(tr("Jumlah {name}", name=line.name))
        self.typed.setMaxLength(40)
        self.typed.setFixedWidth(look().px(96))
        self.typed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.spoilt = CheckRow(tr("rusak"))
        self.spoilt.setAccessibleName(tr("{name} rusak", name=line.name))
        self.spoilt.setFixedWidth(look().px(124))
        most = f"{format_quantity(left, line.factor)} {line.unit_name}"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedText(line.name, Role.BACA, Token.TINTA, 600))
        words.addWidget(Text(tr("bisa kembali {most}", most=most), Role.BACA, Token.TINTA2, 400))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look().px(6), 0, look().px(6))
        row.setSpacing(look().px(8))
        row.addLayout(words, 1)
        for part in (self.less, self.typed, self.more, self.spoilt):
            row.addWidget(part)
        on_click(self.less, lambda: self.put(self.quantity - line.factor))
        on_click(self.more, lambda: self.put(self.quantity + line.factor))
        on_click(self.spoilt, self.changed.emit)
        self.typed.textEdited.connect(lambda _text: self._read())
        self.put(0)

    def put(self, quantity: int) -> None:
        """So much of it comes back, as far as it was bought."""
        self.quantity = max(0, min(self._left, quantity))
        self.trouble = None
        self.typed.set_faulty(False)
        self.typed.setText(format_quantity(self.quantity, self._line.factor))
        self.changed.emit()

    def line(self) -> ReturnLine:
        return ReturnLine(self.position, self.quantity, self.spoilt.isChecked())

    def all(self) -> None:
        """All that is left of it."""
        self.put(self._left)

    def _read(self) -> None:
        self.trouble = None
        text = self.typed.text().strip()
        try:
            self.quantity = parse_quantity(text, self._line.factor) if text not in ("", "0") else 0
        except ShopError as error:
            self.trouble, self.quantity = error, 0
        self.typed.set_faulty(self.trouble is not None or self.quantity > self._left)
        self.changed.emit()


class ReturnDialog(Dialog):
    """Accepted once goods came back (`correction`), or an exchange was begun (`exchange`)."""

    def __init__(self, context: UiContext, sale: Sale, parent: QWidget | None = None) -> None:
        super().__init__(tr("Retur nota {n}", n=short_number(sale.number)), parent, 860)
        self._context, self._sale = context, sale
        self.correction: Sale | None = None
        self.exchange: Exchange | None = None
        left = correcting.returnable(context.till, sale)
        self.rows = [ReturnRow(place, line, left[place]) for place, line in enumerate(sale.lines) if left[place] > 0]
        self.all_button = ActionButton(tr("Semua barang"), "list-checks", kind=Kind.FILL)
        self.reason, self.way = Reason(), WayBack(self._show)
        self.said = Text("", Role.SUB, Token.TINTA, 700, wrap=True)
        self._build()
        for row in self.rows:
            row.changed.connect(self._show)
        on_click(self.all_button, self._all)
        self._show()

    def scanned(self, code: str) -> bool:
        """A scanned good is one more of it that comes back."""
        unit = self._context.till.store.read.find_unit(code)
        row = next((row for row in self.rows if unit and self._sale.lines[row.position].unit_uid == unit.unit_uid), None)
        if row is None:
            self._context.sound.emit("unknown")
            self.said.setText(tr("Barang itu tidak ada di nota ini, atau sudah kembali semua."))
            return True
        self._context.sound.emit("accepted")
        row.put(row.quantity + self._sale.lines[row.position].factor)
        return True

    def _build(self) -> None:
        board = QWidget()
        lines = QVBoxLayout(board)
        lines.setContentsMargins(0, 0, look().px(8), 0)
        lines.setSpacing(0)
        for row in self.rows:
            lines.addWidget(row)
            lines.addWidget(Rule())
        lines.addStretch(1)
        self._area = scrolled(board)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Apa yang kembali? Pindai, atau isi jumlahnya."), Role.BACA, Token.TINTA2, 400), 1)
        head.addWidget(self.all_button)
        self.body.addLayout(head)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.way)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.said)
        on_click(self.add_button(tr("Tidak jadi")), self.reject)
        self.swap = self.add_button(tr("Tukar barang"), Kind.QUIET, "arrow-down-up")
        self.yes = self.add_button(tr("Kembalikan uang"), Kind.PRIMARY, "undo-2")
        for button, act in ((self.swap, self._exchange), (self.yes, self._refund)):
            button.once = True
            on_click(button, act)
        self._give_room()

    def _give_room(self) -> None:
        """The lines get what the window leaves them, two of them at least in sight."""
        px = look().px
        least, wanted = px(100), min(px(230), max(px(80), len(self.rows) * px(72)))
        self._area.setMinimumHeight(min(least, wanted))
        over = self.parentWidget()
        room = over.window().height() - self.sizeHint().height() if over is not None else wanted
        self._area.setMinimumHeight(max(min(least, wanted), min(wanted, least + room - px(40))))

    def _lines(self) -> list[ReturnLine]:
        return [row.line() for row in self.rows if row.quantity]

    def _all(self) -> None:
        for row in self.rows:
            row.all()

    def _show(self) -> None:
        """What would be given back, or what is wrong with what was typed."""
        trouble = next((row.trouble for row in self.rows if row.trouble), None)
        ready = False
        if trouble is not None:
            self._say(error_sentence(trouble), Token.BATA_TEKS)
        elif not self._lines():
            self._say(tr("Belum ada yang dipilih."), Token.TINTA2)
        else:
            try:
                back = correcting.preview(self._context.till, self._sale, self._lines(), self.way.tender)
            except ShopError as error:
                self._say(error_sentence(error), Token.BATA_TEKS)
            else:
                ready = True
                self._say(back_text(back), Token.TINTA)
        for button in (self.swap, self.yes):
            button.setEnabled(ready)

    def _say(self, sentence: str, token: Token) -> None:
        self.said.setText(sentence)
        self.said.set_token(token)

    def _refund(self) -> None:
        till, sale, lines, reason, way = self._context.till, self._sale, self._lines(), self.reason.text(), self.way.tender

        def do(approval: Approval | None) -> Sale:
            return correcting.refund_lines(till, sale.uid, lines, reason, way, approval)

        with_approval(self._context, Act.REFUND, do, self._refunded, self)

    def _refunded(self, correction: Sale) -> None:
        self.correction = correction
        self.accept()

    def _exchange(self) -> None:
        till, sale, lines, reason = self._context.till, self._sale, self._lines(), self.reason.text()

        def do(approval: Approval | None) -> Exchange:
            return correcting.begin_exchange(till, sale.uid, lines, reason, approval)

        with_approval(self._context, Act.REFUND, do, self._begun, self)

    def _begun(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.accept()


def exchange_text(exchange: Exchange) -> str:
    """What the toast says once goods are to be exchanged."""
    amount = format_rupiah(exchange.amount)
    return tr("Barang tukar {amount} dari nota {n}. Pindai barang gantinya.", amount=amount, n=short_number(exchange.number))
