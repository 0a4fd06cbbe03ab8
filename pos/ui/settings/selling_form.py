"""How the shop sells: the step of what is weighed, stock below nothing, discounts without asking, loose cigarettes. Keeps nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.pkp_form import PkpForm
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.notice import Notice

_STEPS: Final = [("1", "1 g"), ("5", "5 g"), ("10", "10 g"), ("50", "50 g"), ("100", "1 ons")]
_LIMITS: Final = [("0", "0%"), ("500", "5%"), ("1000", "10%"), ("2000", "20%"), ("10000", later("bebas"))]
_NO: Final = "no"
_YES: Final = "yes"


class SellingForm(QWidget):
    """Five questions; each answer counts at once."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.step = ChoiceRow(later("Takaran untuk beli seharga"), _STEPS, later("Gula Rp5.000 dibulatkan ke kelipatan ini."))
        self.stock = ChoiceRow(later("Jual melebihi stok di catatan"), [(_YES, later("boleh")), (_NO, later("minta izin"))])
        self.limit = ChoiceRow(later("Potongan tanpa izin pemilik"), _LIMITS, later("Paling banyak dari harga satu baris."))
        self.sticks = ChoiceRow(later("Rokok batangan"), [(_NO, later("tidak dijual")), (_YES, later("dijual"))])
        self.tax = PkpForm(context)
        self.warning = Notice("triangle-alert", "", Tone.WAITING, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(16))
        for part in (self.step, self.stock, self.limit, self.sticks, self.warning, self.tax):
            box.addWidget(part)
        self.step.chosen.connect(lambda key: change(context, weight_step=int(key)))
        self.stock.chosen.connect(lambda key: change(context, negative_stock=key == _YES))
        self.limit.chosen.connect(lambda key: change(context, discount_limit=int(key)))
        self.sticks.chosen.connect(lambda key: change(context, loose_sticks=key == _YES))
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept."""
        kept = self._context.preferences
        self.step.show_value(str(kept.weight_step))
        self.stock.show_value(_YES if kept.negative_stock else _NO)
        self.limit.show_value(str(kept.discount_limit))
        self.sticks.show_value(_YES if kept.loose_sticks else _NO)
        self.tax.refresh()
        said = tr("PP 28/2024 pasal 434 melarang menjual rokok batangan. Tanggung jawabnya di toko.")
        self.warning.tell("triangle-alert", said if kept.loose_sticks else "", Tone.WAITING)

    def retranslate(self) -> None:
        for row in (self.step, self.stock, self.limit, self.sticks, self.tax):
            row.retranslate()
        self.refresh()
