"""What this computer is called in the shop's list of tills, whom to call when it does not work, the card that says so on paper, and whether
the till opens with the computer. Owns the questions; what stands on the card is `printing.help_card`'s."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.services.papers import print_help_card
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.operations import attempt
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_LONGEST_NAME: Final = 60
_LONGEST_NUMBER: Final = 20


class ComputerForm(QWidget):
    """Two fields, each kept when it is left.

    Attributes:
        card: prints the card of help with what they say.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.till_name, self.support = TextField(), TextField()
        self.till_name.setMaxLength(_LONGEST_NAME)
        self.support.setMaxLength(_LONGEST_NUMBER)
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        self.card = ActionButton("", "printer")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        self.opens = ChoiceRow(
            later("Buka sendiri waktu komputer menyala"),
            (("off", later("Tidak")), ("on", later("Ya"))),
            later("Kasir langsung terbuka begitu komputer dinyalakan dan masuk."),
        )
        self.opens.chosen.connect(self._open_by_itself)
        for widget in (self.till_name, self.support, self._hint, self.card, self.opens):
            box.addWidget(widget)
        self.till_name.editingFinished.connect(self._keep)
        self.support.editingFinished.connect(self._keep)
        on_click(self.card, self._print)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, unless someone is typing."""
        preferences, opens = self._context.preferences, self._context.backstage.autostart()
        self.opens.setVisible(opens is not None)
        self.opens.show_value("on" if opens else "off")
        for field, value in ((self.till_name, preferences.till_name), (self.support, preferences.support)):
            if not field.hasFocus():
                field.setText(value)

    def retranslate(self) -> None:
        self.till_name.set_words(tr("Nama komputer ini"), tr("misalnya Kasir depan"), tr("Nama komputer ini"))
        self.support.set_words(tr("Nomor bantuan"), tr("dari petugas e-Peken"), tr("Nomor bantuan"))
        self._hint.setText(tr("Nomor bantuan tercetak di kartu bantuan."))
        self.opens.retranslate()
        self.card.setText(tr("Cetak kartu bantuan"))

    def _keep(self) -> None:
        change(self._context, till_name=self.till_name.text().strip(), support=self.support.text().strip())
        self.refresh()

    def _open_by_itself(self, key: str) -> None:
        attempt(self._context, lambda: self._context.backstage.set_autostart(key == "on"))
        self.refresh()

    def _print(self) -> None:
        # a number that is still being typed belongs on the card
        self._keep()
        card = self._context.backstage.help_card()
        if attempt(self._context, lambda: print_help_card(self._context.till, card)):
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.backstage.print_now()
            self._context.told.emit("good", tr("Kartu bantuan dicetak."))
