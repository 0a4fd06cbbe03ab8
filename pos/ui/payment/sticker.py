"""The sticker check: the code on the counter is scanned and compared with the shop's own, because stickers get pasted over.

Owns the question; what is compared is `services.qris`'s. A scan of goods closes it: selling comes first.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ShopError
from pos.services import qris
from pos.services.qris import StickerCheck
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

_BEGINS: Final = "000201"
"""Every QRIS code begins so; nothing else that a shop scans does."""


class StickerDialog(Dialog):
    """Accepted once the sticker was the shop's own."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cek stiker QRIS"), parent, 560)
        self._context = context
        own = qris.own_code(context.till)
        picture = DrawingLabel("pemindai", 96)
        self.said = Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self.verdict = Notice("info", "", Tone.INFORMATION, self)
        self.body.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.said)
        self.body.addWidget(self.verdict)
        whose = " · ".join(part for part in (own.merchant, f"NMID {own.nmid}" if own.nmid else "") if part) if own else ""
        self.said.setText(tr("Pindai stiker QRIS di meja kasir. Seharusnya: {whose}.", whose=whose))
        self.close_button = self.add_button(tr("Nanti saja"))
        on_click(self.close_button, self.reject)

    def scanned(self, code: str) -> bool:
        """The sticker; anything else goes where scans go, and this steps aside."""
        if not code.startswith(_BEGINS):
            self.reject()
            return False
        try:
            check = qris.check_sticker(self._context.till, code)
        except ShopError as error:
            self._context.sound.emit("error")
            self.verdict.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            return True
        self._tell(check)
        return True

    def _tell(self, check: StickerCheck) -> None:
        if check.ours:
            self._context.sound.emit("accepted")
            self.verdict.tell("shield-check", tr("Cocok. Stiker ini milik toko."), Tone.GOOD)
            self.close_button.setText(tr("Selesai"))
            self.close_button.set_kind(Kind.PRIMARY)
            return
        self._context.sound.emit("error")
        whose = " · ".join(part for part in (check.merchant, f"NMID {check.nmid}" if check.nmid else "") if part)
        sentence = tr("Bukan milik toko: {whose}. Lepas stiker itu, dan beri tahu pemilik. Jangan terima bayaran lewat situ.", whose=whose)
        self.verdict.tell("shield-alert", sentence, Tone.FAULT)
        self.adjustSize()


def offer_check(context: UiContext, parent: QWidget) -> None:
    """At opening: ask for the sticker, where the till knows which one is right."""
    if qris.own_code(context.till) is not None:
        dialog = StickerDialog(context, parent)
        dialog.finished.connect(dialog.deleteLater)
        # not every desktop gives the keys back to the window by itself
        dialog.finished.connect(lambda _result: parent.activateWindow())
        dialog.open()
