"""How the shop is paid: its own QRIS code, codes made from it, debts and titipan. Keeps nothing; each answer counts at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.customer import MOST_DUE_DAYS
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.qris import LONGEST, Qris, parse
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.messages import error_sentence
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.notice import Notice

_NO: Final = "no"
_YES: Final = "yes"
_DAYS: Final = [("0", later("tanpa")), ("7", "7"), ("14", "14"), ("30", "30"), ("60", "60")]
_BEGINS: Final = "000201"


class PayForm(QWidget):
    """The shop's own sticker is scanned here once; from then on others are told from it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.code = TextField(icon="scan-qr-code")
        self.code.setMaxLength(LONGEST)
        self.whose = Notice("info", "", Tone.INFORMATION, self)
        self.check = ActionButton("", "shield-check")
        self.own = ChoiceRow(
            later("Kode QRIS buatan kasir"),
            [(_NO, later("tidak")), (_YES, later("boleh"))],
            later("Dipakai kalau e-Peken tidak tersambung. Uangnya harus dilihat sendiri di aplikasi."),
        )
        self.titipan = ChoiceRow(
            later("Kembalian tanpa receh"), [(_YES, later("boleh dititip")), (_NO, later("jangan"))], later("Dipakai pembeli lain kali.")
        )
        self.limit = AmountField()
        self.days = ChoiceRow(later("Jatuh tempo bon baru, hari"), _DAYS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(14))
        for part in (self.code, self.whose, self.check, self.own, self.titipan, self.limit, self.days):
            box.addWidget(part)
        self.code.editingFinished.connect(lambda: self.take(self.code.text()))
        self.own.chosen.connect(lambda key: change(context, qris_own=key == _YES))
        self.titipan.chosen.connect(lambda key: change(context, titipan=key == _YES))
        self.days.chosen.connect(lambda key: change(context, credit_days=min(int(key), MOST_DUE_DAYS)))
        self.limit.editingFinished.connect(self._keep_limit)
        on_click(self.check, self._check)
        self.retranslate()

    def scanned(self, code: str) -> bool:
        """A QRIS code that is scanned while this shows is the shop's own; anything else is none of this."""
        if not code.startswith(_BEGINS):
            return False
        self.take(code)
        return True

    def take(self, text: str) -> None:
        """A code as scanned or typed; an empty one takes it away. What cannot be read is said, and nothing is kept of it."""
        text = text.strip()
        if text == self._context.preferences.qris_static:
            return
        if text:
            try:
                code = parse(text)
            except ShopError as error:
                self.code.set_faulty(True)
                self._context.sound.emit("error")
                self.whose.tell("triangle-alert", error_sentence(error), Tone.FAULT)
                return
            if not code.is_static:
                self.code.set_faulty(True)
                self.whose.tell("triangle-alert", tr("Kode ini untuk satu pembayaran saja. Pindai stiker yang tetap."), Tone.FAULT)
                return
        self.code.set_faulty(False)
        change(self._context, qris_static=text)

    def refresh(self) -> None:
        """Show what is kept."""
        kept = self._context.preferences
        if not self.code.hasFocus():
            self.code.setText(kept.qris_static)
            self.code.setCursorPosition(0)
        own = _read(kept.qris_static)
        self.code.set_faulty(bool(kept.qris_static) and own is None)
        if own is not None:
            whose = " · ".join(part for part in (own.merchant, own.city, f"NMID {own.nmid}" if own.nmid else "") if part)
            self.whose.tell("shield-check", whose, Tone.GOOD)
        else:
            self.whose.tell("info", tr("Pindai stiker QRIS toko di sini, supaya stiker palsu ketahuan."), Tone.INFORMATION)
        self.check.setVisible(own is not None)
        self.own.show_value(_YES if kept.qris_own else _NO)
        self.own.setEnabled(own is not None)
        self.titipan.show_value(_YES if kept.titipan else _NO)
        self.days.show_value(str(kept.credit_days))
        if not self.limit.hasFocus():
            self.limit.set_amount(kept.credit_limit)

    def retranslate(self) -> None:
        for row in (self.own, self.titipan, self.days):
            row.retranslate()
        label = tr("QRIS statis toko")
        self.code.set_words(label, tr("pindai stikernya"))
        self.check.setText(tr("Cek stiker di meja"))
        limit = tr("Batas bon pelanggan baru")
        self.limit.set_words(limit, "0", limit)
        self.refresh()

    def _keep_limit(self) -> None:
        try:
            amount = self.limit.amount() if self.limit.text().strip() else 0
            if amount < 0:
                raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.limit.text())
        except ShopError as error:
            self.limit.set_faulty(True)
            self._context.told.emit("fault", error_sentence(error))
            return
        self.limit.set_faulty(False)
        change(self._context, credit_limit=amount)

    def _check(self) -> None:
        from pos.ui.payment.sticker import offer_check

        offer_check(self._context, self.window())


def _read(text: str) -> Qris | None:
    if not text:
        return None
    try:
        return parse(text)
    except ShopError:
        return None
