"""What stands on the struk: its language, its last line, and how cash is rounded. Applies each choice at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.context import UiContext
from pos.ui.language import LANGUAGES, later, tr
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow, Option
from pos.ui.theme.look import look
from pos.ui.widgets.fields import TextField

_STEPS: Final[tuple[Option, ...]] = (("0", later("Tanpa")), ("100", "Rp100"), ("500", "Rp500"), ("1000", "Rp1.000"))
_DIRECTIONS: Final[tuple[Option, ...]] = (("down", later("Ke bawah")), ("nearest", later("Terdekat")), ("up", later("Ke atas")))
_LONGEST_FOOTER: Final = 200


class PaperForm(QWidget):
    """Language and footer of the struk."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.language = ChoiceRow(later("Bahasa struk"), tuple(LANGUAGES.items()))
        self.footer = TextField()
        self.footer.setMaxLength(_LONGEST_FOOTER)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self.language)
        box.addWidget(self.footer)
        self.language.chosen.connect(lambda key: change(self._context, paper_language=key))
        self.footer.editingFinished.connect(lambda: change(self._context, receipt_footer=" ".join(self.footer.text().split())))
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        self.language.show_value(self._context.preferences.paper_language)
        if not self.footer.hasFocus():
            self.footer.setText(self._context.preferences.receipt_footer)

    def retranslate(self) -> None:
        self.language.retranslate()
        self.footer.set_words(tr("Pesan di bawah struk"), tr("misalnya Terima kasih"), tr("Pesan di bawah struk"))


class MoneyForm(QWidget):
    """Rounding of cash, and from how many on the wholesale price counts."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.step = ChoiceRow(
            later("Pembulatan uang tunai"), _STEPS, later("Hanya yang dibayar tunai dibulatkan, dan tercetak di struk sebagai Pembulatan.")
        )
        self.direction = ChoiceRow(later("Dibulatkan"), _DIRECTIONS)
        self.wholesale = TextField()
        self.wholesale.setValidator(QIntValidator(1, 1_000_000, self.wholesale))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(16))
        for part in (self.step, self.direction, self.wholesale):
            box.addWidget(part)
        self.step.chosen.connect(lambda key: change(self._context, rounding_step=int(key)))
        self.direction.chosen.connect(lambda key: change(self._context, rounding_direction=key))
        self.wholesale.editingFinished.connect(lambda: change(self._context, wholesale_from=int(self.wholesale.text())))
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        preferences = self._context.preferences
        self.step.show_value(str(preferences.rounding_step))
        self.direction.show_value(preferences.rounding_direction)
        self.direction.setEnabled(preferences.rounding_step > 0)
        if not self.wholesale.hasFocus():
            self.wholesale.setText(str(preferences.wholesale_from))

    def retranslate(self) -> None:
        self.step.retranslate()
        self.direction.retranslate()
        label = tr("Harga grosir mulai berapa buah")
        self.wholesale.set_words(label, "10", label)
