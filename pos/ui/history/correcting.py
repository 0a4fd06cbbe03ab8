"""Questions before something is taken back: why, how the money goes back, what will happen. Own what is chosen; the verbs own the rules.

Only these ask before they act: a correction cannot be taken back itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from pos.domain.correction import WAYS_BACK, Back, Book, void
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.people import Act, Approval
from pos.domain.sale import Sale, Tender, short_number
from pos.services import correcting
from pos.services.correcting import LONGEST_REASON
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import tell
from pos.ui.payment.words import tender_word
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

REASONS: Final = (
    later("Salah input"),
    later("Barang rusak"),
    later("Pembeli batal"),
    later("Salah barang"),
)
_WAY_WORDS: Final = {
    Tender.CASH: later("Tunai"),
    Tender.TRANSFER: later("Transfer"),
    Tender.TITIPAN: later("Simpan titipan"),
}


class Reason(QWidget):
    """Why: one of the usual reasons, or a few words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = [Chip(tr(reason)) for reason in REASONS]
        self.other = TextField(tr("Alasan lain"), tr("atau tulis alasannya"))
        self.other.setMaxLength(LONGEST_REASON)
        group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(look().px(8))
        for place, chip in enumerate(self.chips):
            chip.setCheckable(True)
            group.addButton(chip)
            grid.addWidget(chip, 0, place, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(len(self.chips), 1)
        self.chips[0].setChecked(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(8))
        box.addWidget(Text(tr("Kenapa?"), Role.SUB))
        box.addLayout(grid)
        box.addWidget(self.other)

    def text(self) -> str:
        """What was written, else the chip that is chosen."""
        chosen = next((chip.text() for chip in self.chips if chip.isChecked()), "")
        return self.other.text().strip() or chosen


class WayBack(QWidget):
    """How money goes back that cannot go the way it came."""

    def __init__(self, changed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ways = Segments([(tender.value, tr(_WAY_WORDS[tender])) for tender in WAYS_BACK])
        self.ways.chosen.connect(lambda _key: changed())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(6))
        box.addWidget(Text(tr("Uangnya kembali lewat"), Role.SUB))
        box.addWidget(self.ways)

    @property
    def tender(self) -> Tender:
        return Tender(self.ways.current())


class VoidDialog(Dialog):
    """A whole nota is taken back. Accepted once it is; `correction` is the fact."""

    def __init__(self, context: UiContext, sale: Sale, parent: QWidget | None = None) -> None:
        super().__init__(tr("Batalkan nota {n}", n=short_number(sale.number)), parent, 640)
        self._context, self._sale = context, sale
        self.correction: Sale | None = None
        self.reason = Reason()
        self.way = WayBack(self._show)
        self.said = Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        for part in (self.said, self.way, self.reason, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Tidak jadi")), self.reject)
        self.yes = self.add_button(tr("Batalkan nota"), Kind.DANGER, "circle-x")
        self.yes.once = True
        on_click(self.yes, self._void)
        self._show()

    def scanned(self, code: str) -> bool:
        """A scan is no answer; it is refused where it is seen."""
        self._context.sound.emit("error")
        self._complain(tr("Jawab dulu, lalu pindai lagi."))
        return True

    def _show(self) -> None:
        back = self._back()
        other = any(part.tender in (Tender.QRIS, Tender.TRANSFER) for part in self._sale.payments)
        # a debt that was paid meanwhile leads back no other way either
        self.way.setVisible(other or _by(back, Tender.CREDIT) != -_credit(self._sale))
        goods = tr("Semua barangnya kembali ke stok.")
        self.said.setText(f"{back_text(back)} {goods}")

    def _back(self) -> Back:
        """As it would be booked now; told before it is."""
        till, sale = self._context.till, self._sale
        read = till.store.read
        holders = {part.reference for part in sale.payments if part.tender is Tender.TITIPAN}
        debt = read.credit_balance(sale.customer_uid) if sale.customer_uid else 0
        book = Book((), debt, {holder: read.titipan_of(holder) for holder in holders}, till.rules.rounding)
        return void(sale, book, self.way.tender)

    def _void(self) -> None:
        sale, reason, way = self._sale, self.reason.text(), self.way.tender

        def do(approval: Approval | None) -> Sale:
            return correcting.void_sale(self._context.till, sale.uid, reason, way, approval)

        with_approval(self._context, Act.VOID, do, self._done, self)

    def _done(self, correction: Sale) -> None:
        self.correction = correction
        self.accept()

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
        self.adjustSize()


def back_text(back: Back) -> str:
    """`Kembali Rp8.500 tunai, Rp2.000 mengurangi bon.`"""
    parts = []
    for payment in back.payments:
        amount = format_rupiah(abs(payment.amount))
        if payment.tender is Tender.CREDIT:
            parts.append(tr("{amount} mengurangi bon", amount=amount))
        elif payment.tender is Tender.TITIPAN:
            taken = payment.amount > 0
            parts.append(tr("titipan {amount} batal", amount=amount) if taken else tr("{amount} jadi titipan", amount=amount))
        else:
            parts.append(tr("{amount} {way}", amount=amount, way=tender_word(payment.tender).lower()))
    return tr("Kembali: {what}.", what=", ".join(parts))


def may_begin(context: UiContext) -> bool:
    """Whether there is a drawer to take back from; else that is said."""
    if context.till.store.read.session() is None:
        tell(context, ShopError(ErrorCode.NO_CASH_SESSION))
        return False
    return True


def _by(back: Back, tender: Tender) -> Rupiah:
    return sum(payment.amount for payment in back.payments if payment.tender is tender)


def _credit(sale: Sale) -> Rupiah:
    return sum(payment.amount for payment in sale.payments if payment.tender is Tender.CREDIT)
