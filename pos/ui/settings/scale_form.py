"""Scales: the labels that one prints, and the one at a serial port. Owns what is being typed; what is kept is the preferences'."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.quantity import format_quantity
from pos.domain.scale_label import parse_patterns
from pos.domain.weighing import weight_of
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.messages import error_sentence
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.notice import Notice

_WEIGHT: Final = "2F IIIII WWWWW C"
_PRICE: Final = "2F IIIII PPPPP C"
_OWN: Final = "own"
_SPEEDS: Final = [(str(speed), str(speed)) for speed in (2_400, 4_800, 9_600, 19_200)]
_FRAMES: Final = [(frame, frame) for frame in ("8N1", "7E1", "7O1", "8E1", "8O1")]
_LOOK_MS: Final = 150
_LONGEST: Final = 200


class LabelForm(QWidget):
    """What the labels of the shop's scale hold."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        options = [("", later("tidak dipakai")), (_WEIGHT, later("berat")), (_PRICE, later("harga")), (_OWN, later("pola sendiri"))]
        self.kind = ChoiceRow(later("Isi label timbangan"), options, later("Barcode yang mulai dengan 2 dan dicetak timbangan sendiri."))
        self.pattern = TextField()
        self.pattern.setMaxLength(_LONGEST)
        self.trouble = Notice("triangle-alert", "", Tone.FAULT, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        for part in (self.kind, self.pattern, self.trouble):
            box.addWidget(part)
        self.kind.chosen.connect(self._chosen)
        self.pattern.editingFinished.connect(self._typed)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, unless someone is typing."""
        kept = self._context.preferences.scale_labels
        known = kept in ("", _WEIGHT, _PRICE)
        if not self.pattern.hasFocus():
            self.kind.show_value(kept if known else _OWN)
            self.pattern.setText(kept)
            self.pattern.setVisible(not known)
            self.trouble.tell("triangle-alert", "", Tone.FAULT)

    def retranslate(self) -> None:
        self.kind.retranslate()
        self.pattern.set_words(tr("Pola label"), _WEIGHT, tr("Pola: I barang, W gram, P rupiah, N jumlah, C angka cek"))

    def _chosen(self, key: str) -> None:
        self.pattern.setVisible(key == _OWN)
        if key == _OWN:
            self.pattern.setFocus()
        else:
            change(self._context, scale_labels=key)

    def _typed(self) -> None:
        """A pattern that says no label is not kept; why is said below it."""
        text = self.pattern.text().strip()
        try:
            parse_patterns(text)
        except ShopError as error:
            self.pattern.set_faulty(True)
            self.trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            return
        self.pattern.set_faulty(False)
        self.trouble.tell("triangle-alert", "", Tone.FAULT)
        change(self._context, scale_labels=text)


class ScaleForm(QWidget):
    """Where the scale is, how fast it speaks, and what it says right now."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.port = TextField()
        self.port.setMaxLength(_LONGEST)
        self.search = ActionButton("", "search")
        self.speed = ChoiceRow(later("Kecepatan"), _SPEEDS)
        self.frame_choice = ChoiceRow(later("Bingkai data"), _FRAMES, later("Lihat buku timbangan; kebanyakan 9600 dan 8N1."))
        self.test = ActionButton("", "scale")
        self.told = Notice("scale", "", Tone.INFORMATION, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.port, 1)
        row.addWidget(self.search)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(14))
        box.addLayout(row)
        for part in (self.speed, self.frame_choice, self.test, self.told):
            box.addWidget(part)
        self.port.editingFinished.connect(lambda: change(context, scale_port=self.port.text().strip()))
        self.speed.chosen.connect(lambda key: change(context, scale_speed=int(key)))
        self.frame_choice.chosen.connect(lambda key: change(context, scale_frame=key))
        on_click(self.search, self._find)
        on_click(self.test, self._test)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, unless someone is typing."""
        kept = self._context.preferences
        if not self.port.hasFocus():
            self.port.setText(kept.scale_port)
        self.speed.show_value(str(kept.scale_speed))
        self.frame_choice.show_value(kept.scale_frame)
        self.test.setEnabled(bool(kept.scale_port))

    def retranslate(self) -> None:
        self.port.set_words(tr("Port timbangan"), tr("misalnya COM3 atau /dev/ttyUSB0; kosong: tidak ada"), tr("Port timbangan"))
        self.search.setText(tr("Cari"))
        self.speed.retranslate()
        self.frame_choice.retranslate()
        self.test.setText(tr("Uji timbangan"))

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop()
        super().hideEvent(event)

    def _find(self) -> None:
        """The first port there is; the others are named."""
        ports = self._context.backstage.scale_ports()
        if not ports:
            self.told.tell("unplug", tr("Tidak ada port serial. Pasang kabelnya, lalu cari lagi."), Tone.WAITING)
            return
        self.told.tell("cable", tr("Ketemu: {ports}", ports=", ".join(ports)[:120]), Tone.GOOD)
        if self._context.preferences.scale_port not in ports:
            self.port.setText(ports[0])
            change(self._context, scale_port=ports[0])

    def _test(self) -> None:
        scale = self._context.backstage.scale()
        if scale is not None:
            scale.start()
            self._timer.start()
            self._look()

    def _stop(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            scale = self._context.backstage.scale()
            if scale is not None:
                scale.stop()

    def _look(self) -> None:
        scale = self._context.backstage.scale()
        reading = scale.reading() if scale is not None else None
        try:
            grams = weight_of(reading, self._context.till.clock.monotonic())
        except ShopError as error:
            self.told.tell("scale", error_sentence(error), Tone.WAITING)
        else:
            self.told.tell("scale", tr("{weight} kg, tenang", weight=format_quantity(grams, 1_000)), Tone.GOOD)
