"""The printers' room: what is printed and what is known of it, and the printers themselves. Owns which of the two shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout

from pos.domain.changed import Changed
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.operations import attempt
from pos.ui.printers.devices_page import DevicesPage
from pos.ui.printers.jobs_page import JobsPage
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.pill import Chip

_PARTS: Final = (("jobs", later("Cetakan"), "receipt-text"), ("devices", later("Printer"), "printer"))


class PrintersScreen(Screen):
    """The room `printers`, with its parts `jobs` and `devices`."""

    key = "printers"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._head = PageHeader("")
        self._chips: dict[str, Chip] = {}
        self._pages = QStackedWidget()
        self.jobs, self.devices = JobsPage(context), DevicesPage(context)
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for (name, _, icon), page in zip(_PARTS, (self.jobs, self.devices), strict=True):
            chip = self._chips[name] = Chip("", icon)
            on_click(chip, lambda name=name: self.open_part(name))  # type: ignore[misc]
            group.addButton(chip)
            chips.addWidget(chip)
            self._pages.addWidget(page)
        chips.addStretch(1)
        chips.addWidget(self.devices.add)
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(look().px(12))
        box.addWidget(self._head)
        box.addLayout(chips)
        box.addWidget(self._pages, 1)
        self.jobs.counted.connect(self._count)
        context.preferences_changed.connect(self._settings_changed)
        self.open_part("jobs")
        self.retranslate()

    def open_part(self, part: str) -> None:
        if part in self._chips:
            self._chips[part].setChecked(True)
            self._pages.setCurrentIndex([name for name, _, _ in _PARTS].index(part))
            self.devices.add.setVisible(part == "devices")
            self.refresh(None)

    def part_shown(self) -> str:
        return _PARTS[self._pages.currentIndex()][0]

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is None or changed.print_jobs:
            page = self.jobs if self.part_shown() == "jobs" else self.devices
            attempt(self.context, page.refresh)

    def scanned(self, code: str) -> bool:
        """Nothing here is scanned: it sells, as everywhere."""
        return False

    def retranslate(self) -> None:
        self._head.set_words(tr("Printer"), tr("Setiap cetakan, apa yang diketahui tentangnya, dan printer toko."))
        for name, words, _ in _PARTS:
            self._chips[name].setText(tr(words))
        self.jobs.retranslate()
        self.devices.retranslate()
        self.refresh(None)

    def help_text(self) -> str:
        return tr(
            "Cetakan: setiap kertas dengan keadaannya. Yang meragukan dijawab: Sudah tercetak, atau Cetak ulang sebagai SALINAN. "
            "Yang belum keluar bisa dicetak sekarang, dikirim ke printer lain, atau tidak usah. "
            "Printer: Cek menanyakan keadaannya, Atur menanyakan lebar kertas dan huruf, Ganti kertas menghitung sisa gulungan. "
            "Jualan jalan terus, apa pun keadaan printer."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
        self.refresh(None)

    def _count(self, jobs: int) -> None:
        self._chips["jobs"].set_count(str(jobs) if jobs else "")

    def _settings_changed(self) -> None:
        if self.isVisible():
            self.refresh(None)
