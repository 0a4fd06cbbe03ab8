"""What the counter does by itself: when it locks, when its day ends, what the customer sees. Owns the questions only."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.business_day import format_cutoff, parse_cutoff
from pos.domain.errors import ShopError
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_LONGEST_TIME: Final = 5


class CounterForm(QWidget):
    """Three questions."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.lock = ChoiceRow(
            later("Kunci sendiri kalau tidak disentuh"),
            (("0", later("Tidak")), ("5", later("5 menit")), ("10", later("10 menit")), ("30", later("30 menit"))),
            later("Hanya kalau ada yang memakai PIN. Data tetap dikirim dan struk tetap dicetak."),
        )
        self.display = ChoiceRow(
            later("Layar untuk pembeli"),
            (("off", later("Mati")), ("screen", later("Layar kedua")), ("window", later("Coba di jendela"))),
            later("Barang terakhir, total, QR, dan terima kasih. Layar kedua dipakai begitu tersambung."),
        )
        self.cutoff = TextField()
        self.cutoff.setMaxLength(_LONGEST_TIME)
        self.keep = ActionButton("", "check")
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        self.note = Note()
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        row.addWidget(self.cutoff, 1)
        row.addWidget(self.keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(16))
        box.addWidget(self.lock)
        box.addWidget(self.display)
        box.addLayout(row)
        box.addWidget(self._hint)
        box.addWidget(self.note)
        self.lock.chosen.connect(lambda key: self._set(lock_after_minutes=int(key)))
        self.display.chosen.connect(lambda key: self._set(customer_display=key))
        self.cutoff.returnPressed.connect(self._keep)
        on_click(self.keep, self._keep)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what is set."""
        preferences = self._context.preferences
        self.lock.show_value(str(preferences.lock_after_minutes))
        self.display.show_value(preferences.customer_display)
        if not self.cutoff.hasFocus():
            self.cutoff.setText(format_cutoff(preferences.day_cutoff))

    def retranslate(self) -> None:
        self.lock.retranslate()
        self.display.retranslate()
        self.cutoff.set_words(tr("Hari baru dimulai jam"), "00.00", tr("Hari baru dimulai jam"))
        self.keep.setText(tr("Simpan jam"))
        self._hint.setText(tr("Toko yang buka lewat tengah malam: penjualan sebelum jam ini masih masuk hari kemarin."))
        self.note.retranslate()

    def _set(self, **fields: Any) -> None:
        self.note.clear()
        change(self._context, **fields)

    def _keep(self) -> None:
        try:
            cutoff = parse_cutoff(self.cutoff.text())
        except ShopError:
            self.cutoff.set_faulty(True)
            self._context.sound.emit("error")
            self.note.say(Tone.FAULT, tr("Jamnya belum jelas. Tulis misalnya 03.00, paling lambat 11.59."))
            return
        self.cutoff.set_faulty(False)
        self.cutoff.setText(format_cutoff(cutoff))
        self._set(day_cutoff=cutoff)
        self.note.say(Tone.GOOD, tr("Hari baru dimulai jam {at}.", at=format_cutoff(cutoff)))
