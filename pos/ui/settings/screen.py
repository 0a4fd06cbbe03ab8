"""Settings: the shop, the look, printer, paper, money, e-Peken. Every change applies at once. Owns the page; the forms own the rest."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.rehearsal.playing import Rehearsing
from pos.ui.settings.chip_row import ChipRow
from pos.ui.settings.columns import Columns, Panel, scrolled
from pos.ui.settings.computer_form import ComputerForm
from pos.ui.settings.copies_form import CopiesForm
from pos.ui.settings.counter_form import CounterForm
from pos.ui.settings.keys_form import KeysForm
from pos.ui.settings.look_form import LookForm
from pos.ui.settings.pairing_form import PairingForm
from pos.ui.settings.paper_form import MoneyForm, PaperForm
from pos.ui.settings.paper_preview import PaperPreview
from pos.ui.settings.pay_form import PayForm
from pos.ui.settings.printer_form import PrinterForm
from pos.ui.settings.scale_form import LabelForm, ScaleForm
from pos.ui.settings.selling_form import SellingForm
from pos.ui.settings.shop_form import ShopForm
from pos.ui.settings.shortcuts_form import ShortcutsForm
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_SECTIONS: Final = (
    ("shop", later("Toko"), "store"),
    ("look", later("Tampilan"), "palette"),
    ("counter", later("Kasir dan tombol"), "keyboard"),
    ("selling", later("Jualan"), "shopping-basket"),
    ("printer", later("Printer"), "printer"),
    ("receipt", later("Struk"), "receipt-text"),
    ("money", later("Uang"), "coins"),
    ("central", later("e-Peken"), "link"),
    ("copies", later("Salinan"), "archive"),
)


_PAPER_BESIDE: Final = 940
"""Pixels at 100 % from which a 58 mm paper stands beside its form."""


class SettingsScreen(Screen):
    """One section at a time, chosen by the chips above."""

    key = "settings"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._head = PageHeader("")
        self._guide = ActionButton("", "list-checks")
        self._chips: dict[str, Chip] = {}
        self._pages = QStackedWidget()
        self._make_forms()
        self._lay_out()
        on_click(self._guide, lambda: context.go.emit("first_run"))
        context.preferences_changed.connect(self._settings_changed)
        self.retranslate()

    def _make_forms(self) -> None:
        context = self.context
        self.shop = ShopForm(context)
        self.save_shop = ActionButton("", "check", kind=Kind.PRIMARY)
        on_click(self.save_shop, self.shop.save)
        self.look_form = LookForm(context)
        self.printer, self.paper = PrinterForm(context), PaperForm(context)
        self.preview = PaperPreview(context)
        self.paper.typed.connect(self.preview.show_typed)
        self.money, self.pay = MoneyForm(context), PayForm(context)
        self.pairing, self.keys = PairingForm(context), KeysForm(context)
        self.copies = CopiesForm(context)
        self.counter, self.computer, self.shortcuts = CounterForm(context), ComputerForm(context), ShortcutsForm(context)
        self.selling, self.labels, self.scale = SellingForm(context), LabelForm(context), ScaleForm(context)
        self._guide_words = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        shop, guide = Panel(self.shop, self.save_shop), Panel(self._guide_words, self._guide)
        self.rehearsing = Rehearsing(context)
        rehearsal = Panel(self.rehearsing)
        looks, printer = Panel(self.look_form), Panel(self.printer)
        paper, preview, money = Panel(self.paper), Panel(self.preview, token=Token.TEKAN), Panel(self.money)
        pairing, keys = Panel(self.pairing), Panel(self.keys)
        pay = Panel(self.pay)
        counter, shortcuts = Panel(self.counter, self.computer), Panel(self.shortcuts)
        scale = Panel(self.labels, self.scale)
        self._panels = {
            guide: later("Pemandu awal"),
            rehearsal: later("Latihan kasir baru"),
            paper: later("Yang tercetak di struk"),
            preview: later("Begini di kertas"),
            pairing: later("Sambungan ke e-Peken"),
            keys: later("Kunci toko"),
            pay: later("QRIS, bon, titipan"),
            counter: later("Di kasir"),
            shortcuts: later("Tombol papan ketik"),
            scale: later("Timbangan"),
        }
        self._contents: tuple[QWidget, ...] = (
            Columns((shop, 3), (_below(guide, rehearsal), 2)),
            Columns((looks, 1)),
            Columns((counter, 2), (shortcuts, 3)),
            Columns((Panel(self.selling), 1), (scale, 1)),
            Columns((printer, 1)),
            Columns((paper, 3), (preview, 2), wide=_PAPER_BESIDE),
            Columns((money, 1), (pay, 1)),
            Columns((pairing, 1), (keys, 1)),
            Columns((Panel(self.copies), 1)),
        )

    def _lay_out(self) -> None:
        self._sections, group = ChipRow(), QButtonGroup(self)
        for (name, _, icon), content in zip(_SECTIONS, self._contents, strict=True):
            chip = Chip("", icon)
            on_click(chip, lambda name=name: self.open_section(name))  # type: ignore[misc]
            group.addButton(chip)
            self._sections.add(chip)
            self._chips[name] = chip
            self._pages.addWidget(scrolled(content))
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(look().px(14))
        box.addWidget(self._head)
        box.addWidget(self._sections)
        box.addWidget(self._pages, 1)
        self.open_section("shop")

    def open_part(self, part: str) -> None:
        if part in self._chips:
            self.open_section(part)

    def part_shown(self) -> str:
        return _SECTIONS[self._pages.currentIndex()][0]

    def open_section(self, name: str) -> None:
        """Show a section by its key: shop, look, counter, selling, printer, receipt, money, central."""
        self._chips[name].setChecked(True)
        self._pages.setCurrentIndex([key for key, _, _ in _SECTIONS].index(name))

    def scanned(self, code: str) -> bool:
        return self.part_shown() == "money" and self.pay.scanned(code)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is None or changed.shop:
            self.shop.refresh()
            self.pairing.refresh()
        if changed is None or changed.print_jobs:
            self.printer.refresh()
        if changed is None:
            self._settings_changed()

    def retranslate(self) -> None:
        self._head.set_words(tr("Pengaturan"), tr("Setiap perubahan langsung dipakai."))
        self._guide.setText(tr("Buka pemandu awal"))
        self._guide_words.setText(tr("Langkah-langkah pertama sekali lagi: bahasa, sambungan, printer, tes pemindai, tes laci, barang."))
        for name, words, _ in _SECTIONS:
            self._chips[name].setText(tr(words))
        self._sections.retranslate()
        for panel, title in self._panels.items():
            panel.set_title(tr(title))
        self.save_shop.setText(tr("Simpan"))
        for form in (self.shop, self.look_form, self.printer, self.paper, self.preview, self.money, self.pairing, self.keys, self.copies):
            form.retranslate()
        for part in (self.counter, self.computer, self.shortcuts, self.selling, self.labels, self.scale, self.pay, self.rehearsing):
            part.retranslate()

    def help_text(self) -> str:
        return tr(
            "Pilih bagian di atas: Toko, Tampilan, Kasir dan tombol, Printer, Struk, Uang, e-Peken. Setiap pilihan langsung dipakai. "
            "Halaman tes menunjukkan apakah lebar kertas sudah pas. Pemandu awal membuka lagi langkah-langkah pertama, "
            "termasuk tes pemindai."
        )

    def _settings_changed(self) -> None:
        for form in (self.look_form, self.counter, self.shortcuts, self.printer, self.paper, self.money, self.keys):
            form.refresh()
        for part in (self.computer, self.selling, self.labels, self.scale, self.pay):
            part.refresh()
        self.preview.show_kept()


def _below(*panels: QWidget) -> QWidget:
    """Panels below each other in one column."""
    column = QWidget()
    box = QVBoxLayout(column)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(look().px(16))
    for panel in panels:
        box.addWidget(panel)
    return column
