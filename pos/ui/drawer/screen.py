"""Laci: opened with its float, closed by counting. Owns which of the two it is; the sums come from the store."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash_session import CashSession
from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.services import drawer
from pos.ui.context import Screen, UiContext
from pos.ui.drawer.count import CashCount
from pos.ui.drawer.counting import CountBoard
from pos.ui.drawer.dialog import CloseDialog
from pos.ui.drawer.words import difference_text
from pos.ui.language import tr
from pos.ui.moments import clock_text, moment_text
from pos.ui.operations import attempt, tell
from pos.ui.payment.summary import Row, Rows
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.text import Text

_COMPACT_BELOW: Final = 1080
_RIGHT: Final = 450
_RIGHT_COMPACT: Final = 396
_CHANGED: Final = Changed(session=True, outbox=True)


class DrawerScreen(Screen):
    """Opening and closing the drawer."""

    key = "drawer"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._session: CashSession | None = None
        self._closed: CashSession | None = None
        self.header = PageHeader("", "")
        self.board = CountBoard()
        self.day_card, self.day = Card(), Rows()
        self.title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_BESAR)
        self.difference = Text("", Role.SUB, Token.DI_TUA, 700, wrap=True)
        self.field = AmountField("")
        self.hint = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.button = ActionButton("", "lock-open", kind=Kind.NEXT)
        self._build()
        self.board.changed.connect(self._counted)
        self.field.amount_changed.connect(self._typed)
        self.field.returnPressed.connect(lambda: self.button.setFocus(Qt.FocusReason.TabFocusReason))
        on_click(self.button, self._press)
        self.retranslate()

    # --- what the shell asks ----------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Whether the drawer is open, and what should be in it."""
        if changed is not None and not (changed.session or changed.sales):
            return
        session = self.context.till.store.read.session()
        if changed is None or (session is None) != (self._session is None):
            self._begin()
        self._session = session
        self._show()

    def clear_right(self) -> int:
        """Toasts leave the sum and its button free."""
        return self._right.width() + 16

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # whoever comes here with the sum in mind types it
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Every word anew; what is counted stays."""
        self.board.retranslate()
        self._show()

    def help_text(self) -> str:
        """What F1 says here."""
        if self._session is None:
            return tr("Hitung uang yang ada di laci sebelum jualan, per lembar atau langsung jumlahnya, lalu tekan Buka laci.")
        return tr("Hitung semua uang di laci, lalu tekan Tutup kasir. Selisihnya dicatat apa adanya, tidak ada yang diubah.")

    # --- making ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)
        column.addStretch(1)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look().px(18), look().px(16), look().px(12), look().px(12))
        inside.addWidget(scrolled(holder))
        inside = QVBoxLayout(self.day_card)
        inside.setContentsMargins(look().px(18), look().px(10), look().px(18), look().px(10))
        inside.addWidget(self.day)
        left = QVBoxLayout()
        left.setSpacing(look().px(12))
        left.addWidget(self.day_card)
        left.addWidget(card, 1)
        self._right = self._make_counter()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._right)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(look().px(12))
        box.addWidget(self.header)
        box.addLayout(row, 1)

    def _make_counter(self) -> QWidget:
        block = CounterBlock()
        side = look().px(12)
        inside = QVBoxLayout()
        inside.setContentsMargins(side, 0, side, 0)
        inside.setSpacing(look().px(10))
        inside.addWidget(self.title)
        inside.addWidget(self.amount)
        inside.addWidget(self.difference)
        inside.addSpacing(look().px(6))
        inside.addWidget(self.field)
        inside.addWidget(self.hint)
        inside.addStretch(1)
        box = QVBoxLayout(block)
        box.setContentsMargins(side, look().px(18), side, side)
        box.addLayout(inside, 1)
        box.addWidget(self.button)
        self.button.setMinimumHeight(look().px(84))
        return block

    # --- acting ------------------------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self.field.text():
            try:
                self.field.amount()
            except ShopError as error:
                # `12,500` is no amount: it is said, and nothing is opened with it
                self.field.set_faulty(True)
                self.field.setFocus(Qt.FocusReason.OtherFocusReason)
                self.field.selectAll()
                tell(self.context, error)
                return
        if self._session is None:
            self._open()
        else:
            self._ask_close(self._session)

    def _open(self) -> None:
        total = self.board.count.total
        attempt(self.context, lambda: drawer.open_session(self.context.till, total), self._opened)

    def _opened(self, session: CashSession) -> None:
        self._closed = None
        self.context.changed.emit(_CHANGED)
        self.context.backstage.sync_now()
        self.context.told.emit("good", tr("Kasir buka. Modal awal {amount}.", amount=format_rupiah(session.float_amount)))
        self.context.go.emit("sale")

    def _ask_close(self, session: CashSession) -> None:
        counted = self.board.count.total
        dialog = CloseDialog(session, counted, self.window())
        dialog.accepted.connect(lambda: self._close(counted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _close(self, counted: Rupiah) -> None:
        attempt(self.context, lambda: drawer.close_session(self.context.till, counted), self._shut)

    def _shut(self, session: CashSession) -> None:
        self._closed = session
        self.context.changed.emit(_CHANGED)
        self.context.backstage.sync_now()
        self.context.told.emit("good", tr("Kasir ditutup. {difference}.", difference=difference_text(session.difference or 0)))

    # --- showing -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.board.begin()
        self.field.set_amount(None)
        self.field.set_faulty(False)

    def _typed(self) -> None:
        self.field.set_faulty(False)
        text = self.field.text()
        if not text:
            self.board.type_total(None)
            return
        try:
            self.board.type_total(self.field.amount())
        except ShopError:
            # unclear: what was read of its beginning (`12` of `12,500`) counts no more; it is said when the button is pressed
            self.board.blockSignals(True)
            self.board.type_total(None)
            self.board.blockSignals(False)
            self._show_money()

    def _counted(self, count: CashCount) -> None:
        if count.by_pieces and self.field.text():
            self.field.blockSignals(True)
            self.field.set_amount(None)
            self.field.blockSignals(False)
        self._show_money()

    def _show(self) -> None:
        session = self._session
        opening = session is None
        name = tr("Modal awal") if opening else tr("Uang dihitung")
        self.title.setText(tr("MODAL AWAL") if opening else tr("DI LACI"))
        self.field.set_words(name, tr("atau ketik jumlahnya"), name)
        self.button.setText(tr("Buka laci") if opening else tr("Tutup kasir"))
        self.button.set_icon("lock-open" if opening else "lock")
        if session is None:
            self.header.set_words(tr("Buka kasir"), tr("Hitung uang di laci, atau ketik saja jumlahnya."))
            self._show_closed()
        else:
            self.header.set_words(
                tr("Laci"), tr("Dibuka {at} oleh {cashier}", at=moment_text(session.opened_at), cashier=session.cashier or "–")
            )
            self._show_day(session)
        self._show_money()

    def _show_day(self, session: CashSession) -> None:
        self.day_card.show()
        self.day.show_rows(
            [
                Row(tr("Modal awal"), format_rupiah(session.float_amount)),
                Row(tr("{n} penjualan", n=session.sales), format_rupiah(session.turnover)),
                Row(tr("Uang seharusnya"), format_rupiah(session.expected), strong=True),
            ]
        )

    def _show_closed(self) -> None:
        """What the last closing came to, until the drawer is opened again."""
        closed = self._closed
        self.day_card.setVisible(closed is not None)
        if closed is not None:
            at = clock_text(closed.closed_at or 0)
            self.day.show_rows(
                [
                    Row(tr("Ditutup {at}, uang seharusnya", at=at), format_rupiah(closed.expected)),
                    Row(tr("Uang dihitung"), format_rupiah(closed.counted or 0)),
                    Row(difference_text(closed.difference or 0), "", strong=True),
                ]
            )

    def _show_money(self) -> None:
        total = self.board.count.total
        self.amount.set_amount(total)
        if self._session is None:
            self.difference.hide()
            self.hint.setText(tr("Uang kecil untuk kembalian. Boleh kosong."))
            return
        self.difference.show()
        counted = self.board.count.pieces or not self.board.count.by_pieces
        self.difference.setText(difference_text(total - self._session.expected) if counted else tr("Belum dihitung"))
        self.hint.setText(tr("Seharusnya {amount}. Selisih dicatat apa adanya.", amount=format_rupiah(self._session.expected)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < look().px(_COMPACT_BELOW)
        self._right.setFixedWidth(look().px(_RIGHT_COMPACT if compact else _RIGHT))
