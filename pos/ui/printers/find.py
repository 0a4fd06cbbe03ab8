"""Looking for printers, and what was found to choose from. Owns the search's course; the searching itself is the desk's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.services.paper_views import FoundPrinter
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.printers.words import where_text
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.choice import ChoiceCard

_MOST: Final = 8
_HOST: Final = re.compile(r"(?:tcp://)?(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*)(?::9100)?")


class FindPrinters(QWidget):
    """A button that looks for printers, and a card for each that was found.

    Args:
        typed: what stands in the field for an address; where it names a machine of the network, that one is looked at too.

    Signals:
        chosen(FoundPrinter): this one.
        grown(): there are more or fewer cards.
    """

    chosen = Signal(object)
    grown = Signal()

    def __init__(self, context: UiContext, typed: Callable[[], str] = str) -> None:
        super().__init__()
        self._context, self._typed = context, typed
        self._searching: Operation | None = None
        self.button = ActionButton("", "scan-search")
        self.note = Note()
        self.cards: list[ChoiceCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(look().px(8))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self.button)
        box.addLayout(self._cards)
        box.addWidget(self.note)
        on_click(self.button, self.search)
        self.retranslate()

    def search(self) -> None:
        """Look for printers, off the UI thread."""
        if self._searching is not None:
            return
        desk, host = self._context.backstage.printers, _HOST.fullmatch(self._typed().strip())

        def look_for(progress: Progress) -> list[FoundPrinter]:
            at = desk.find_at(host["host"]) if host else None
            return [*([at] if at else []), *desk.find(progress)]

        self.note.say(Tone.WAITING, tr("Sedang mencari printer. Sebentar."))
        self.button.setEnabled(False)
        self._searching = run(self._context, look_for, self._found, self.note.say_error)
        self._searching.ended.connect(self._ended)

    def retranslate(self) -> None:
        self.button.setText(tr("Cari printer"))
        self.note.retranslate()

    def _found(self, printers: list[FoundPrinter]) -> None:
        known = {printer.address for printer in self._context.preferences.printers}
        new = [printer for printer in printers if printer.address not in known]
        self._clear()
        for printer in new[:_MOST]:
            card = ChoiceCard(printer.name, where_text(printer.address), "printer")
            on_click(card, lambda printer=printer: self.chosen.emit(printer))  # type: ignore[misc]
            self._cards.addWidget(card)
            card.show()
            self.cards.append(card)
        if new:
            self.note.say(Tone.GOOD, tr("Printer ketemu. Pilih yang mana."))
        elif printers:
            self.note.say(Tone.INFORMATION, tr("Yang ketemu sudah dipakai toko ini."))
        else:
            self.note.say(Tone.INFORMATION, tr("Belum ketemu. Nyalakan printer, colokkan kabelnya, atau ketik alamatnya."))
        self.grown.emit()

    def _ended(self) -> None:
        self._searching = None
        self.button.setEnabled(True)

    def _clear(self) -> None:
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards.clear()
