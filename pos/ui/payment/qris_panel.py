"""The middle of the payment page while QRIS is paid: the code, whose it is, how much, how long, how sure; and the ways on.

Owns how it looks; what is known of the money is `QrisFlow`'s.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.money import Rupiah, format_rupiah
from pos.domain.qris_request import QrisRequest, QrisSource
from pos.domain.sale import TenderState
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.payment.qr_code import QrCode
from pos.ui.payment.words import left_text, source_text, state_badge, whose_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text


class QrisPanel(QWidget):
    """A QR and its state.

    Signals:
        confirm(): somebody saw the money.
        renew(): another code is wanted.
        sticker(): the sticker on the counter is used instead.
        hold(): the basket is put aside while the money is waited for.
    """

    confirm = Signal()
    renew = Signal()
    sticker = Signal()
    hold = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: QrisRequest | None = None
        self._shown_uid = ""
        self.amount = Text("", Role.JUDUL, Token.TINTA, 800)
        self.state = StateBadge()
        self.left = Text("", Role.SUB, Token.TINTA2, 700)
        self.code = QrCode()
        self.whose = ElidedText("", Role.BACA, Token.TINTA, 600)
        self.note = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.nothing = EmptyState("pemindai", "", px=96)
        self.confirm_button = ActionButton("", "eye", kind=Kind.QUIET)
        self.confirm_button.once = True
        self.renew_button = ActionButton("", "refresh-cw", kind=Kind.QUIET)
        self.sticker_button = ActionButton("", "scan-qr-code", kind=Kind.QUIET)
        self.hold_button = ActionButton("", "pause", key_of(Action.HOLD), kind=Kind.QUIET)
        self.hold_sign = IconButton("pause", "", size=54)
        self._build()
        for button, signal in (
            (self.confirm_button, self.confirm),
            (self.renew_button, self.renew),
            (self.sticker_button, self.sticker),
            (self.hold_button, self.hold),
            (self.hold_sign, self.hold),
        ):
            on_click(button, signal.emit)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.confirm_button.setText(tr("Uang sudah saya lihat"))
        self.renew_button.setText(tr("Kode baru"))
        self.sticker_button.setText(tr("Stiker toko"))
        self.hold_button.setText(tr("Simpan dulu"))
        self.hold_sign.set_name(tr("Simpan dulu"))
        self._shown_uid = ""

    def set_compact(self, compact: bool) -> None:
        """Where there is little room the code is what counts."""
        self.note.setVisible(not compact)
        # one row where there is little room down, else two
        self._others.removeWidget(self.confirm_button)
        self._own_row.removeWidget(self.confirm_button)
        if compact:
            self._others.insertWidget(0, self.confirm_button, 2)
        else:
            self._own_row.addWidget(self.confirm_button)
        # only now: shown without a parent they would be windows of their own for a moment, and take the keyboard with them
        self.hold_button.setVisible(not compact)
        self.hold_sign.setVisible(compact)

    def show_asking(self, amount: Rupiah) -> None:
        """The server is being asked."""
        self.amount.setText(format_rupiah(amount))
        self.state.set("hourglass", tr("Meminta kode"), Tone.INFORMATION)
        self.nothing.set_words(tr("Meminta kode QRIS …"), tr("Sebentar. Kalau sambungan lambat, pakai stiker toko."))
        self._pages.setCurrentIndex(1)
        self.whose.setText("")
        self.note.setText("")
        self.left.setText("")
        self._offer(confirm=False, renew=False, sticker=True)

    def show_request(self, request: QrisRequest, left_ms: int) -> None:
        """A QR as it is known now."""
        self._request = request
        self.amount.setText(format_rupiah(request.amount))
        self.state.set(*state_badge(request.state))
        waits = request.state is TenderState.WAITING
        self.left.setText(left_text(left_ms) if waits and request.expires_at else "")
        self.left.setAccessibleName(tr("sisa waktu {time}", time=left_text(left_ms)) if waits and request.expires_at else "")
        self.left.set_token(Token.BATA_TEKS if waits and left_ms < 60_000 else Token.TINTA2)
        self.whose.setText(whose_text(request))
        self.note.setText(source_text(request.source))
        self._show_code(request)
        over = request.state is TenderState.EXPIRED
        self._offer(confirm=waits or over, renew=over, sticker=not over and request.source is not QrisSource.STICKER)

    def _show_code(self, request: QrisRequest) -> None:
        if request.source is QrisSource.STICKER:
            self.nothing.set_words(
                tr("Pakai stiker QRIS toko"),
                tr(
                    "Minta pembeli memindai stiker dan mengetik {amount}. Lihat uangnya masuk di aplikasi toko.",
                    amount=format_rupiah(request.amount),
                ),
            )
            self._pages.setCurrentIndex(1)
            return
        if request.uid != self._shown_uid:
            self._shown_uid = request.uid
            self.code.show_text(request.payload, tr("Kode QRIS {amount}", amount=format_rupiah(request.amount)))
        self.code.set_over(tr("Kode ini sudah kedaluwarsa") if request.state is TenderState.EXPIRED else "")
        self._pages.setCurrentIndex(0)

    def _offer(self, *, confirm: bool, renew: bool, sticker: bool) -> None:
        self.confirm_button.setVisible(confirm)
        self.renew_button.setVisible(renew)
        self.sticker_button.setVisible(sticker)

    def _build(self) -> None:
        card = Card(radius=14)
        inside = QVBoxLayout(card)
        side = look().px(16)
        inside.setContentsMargins(side, look().px(10), side, look().px(10))
        inside.setSpacing(look().px(6))
        head = QHBoxLayout()
        head.addWidget(self.amount, 1)
        head.addWidget(self.left)
        head.addSpacing(look().px(8))
        head.addWidget(self.state)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.code)
        self._pages.addWidget(self.nothing)
        self.whose.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside.addLayout(head)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self.whose)
        inside.addWidget(self.note)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(card, 1)
        self._own_row, self._others = QHBoxLayout(), QHBoxLayout()
        self._others.setSpacing(look().px(8))
        for button in (self.renew_button, self.sticker_button, self.hold_button):
            self._others.addWidget(button, 1)
        self._others.addWidget(self.hold_sign)
        box.addLayout(self._own_row)
        box.addLayout(self._others)
        self.set_compact(compact=False)
