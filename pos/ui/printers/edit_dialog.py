"""Changing a printer: its name, where it is, its kind, what it is for, who stands in for it; and taking it away. Owns the dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.printing import PrinterRole
from pos.services.preferences import PrinterChoice
from pos.ui.context import PrinterKind, UiContext
from pos.ui.language import tr
from pos.ui.printers.choosing import changed_address
from pos.ui.printers.words import role_text
from pos.ui.settings.columns import scrolled
from pos.ui.settings.note import Note
from pos.ui.settings.typed import printer_address
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import ChoiceCard, Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_LONGEST: Final = 40
_NOBODY: Final = ""


class EditDialog(Dialog):
    """Signals:
    kept(PrinterChoice): as it is to be.
    dropped(str): the shop has it no more.
    """

    kept = Signal(object)
    dropped = Signal(str)

    def __init__(self, context: UiContext, printer: PrinterChoice, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ubah printer"), parent, 720)
        self._context, self._printer = context, printer
        self._kinds = {kind.name: kind for kind in context.backstage.printer_profiles()}
        self.name = TextField(tr("Nama printer"), "", label=tr("Nama printer"))
        self.name.setMaxLength(_LONGEST)
        self.name.setText(printer.name)
        self.address = TextField(tr("Alamat printer"), tr("misalnya 192.168.1.50"), label=tr("Alamat printer"))
        self.address.setText(printer.address)
        self.kind = ActionButton(self._kind_words(), "list")
        self.roles = {role: Chip(role_text(role)) for role in PrinterRole}
        self.note = Note()
        self.stand_in = self._stand_ins()
        self.drop = self.add_button(tr("Buang printer"), Kind.DANGER, "trash-2")
        self.keep = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        for role, chip in self.roles.items():
            chip.setChecked(role in printer.roles)
        self._lay_out()
        on_click(self.kind, self._ask_kind)
        on_click(self.keep, self.save)
        on_click(self.drop, self._drop)
        self.name.setFocus()

    def save(self) -> None:
        """Keep what was changed; what can be no address is said in place."""
        try:
            address = printer_address(self.address.text())
        except ShopError as error:
            self.address.set_faulty(True)
            self.note.say_error(error)
            return
        roles = tuple(role for role, chip in self.roles.items() if chip.isChecked())
        printer = changed_address(self._printer, address or self._printer.address)
        self.kept.emit(
            replace(
                printer,
                name=self.name.text().strip() or printer.name,
                roles=roles,
                stand_in=self.stand_in.current() if self.stand_in is not None else printer.stand_in,
            )
        )
        self.accept()

    def choose_kind(self, name: str) -> None:
        """Another kind: what its set-up had found was of the old one."""
        self._printer = replace(self._printer, profile=name, columns=0, dots=0, codepage="", table=0, answers=False)
        self.kind.setText(self._kind_words())

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        roles = QHBoxLayout()
        roles.setSpacing(look().px(8))
        for chip in self.roles.values():
            roles.addWidget(chip)
        roles.addStretch(1)
        for part in (self.name, self.address, self._head(tr("Jenis")), self.kind, self._head(tr("Untuk mencetak"))):
            column.addWidget(part)
        column.addLayout(roles)
        if self.stand_in is not None:
            column.addWidget(self._head(tr("Kalau mati, digantikan")))
            column.addWidget(self.stand_in)
        column.addWidget(self.note)
        column.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(min(look().px(480), 480))
        self.body.addWidget(area)

    def _head(self, words: str) -> Text:
        return Text(words, Role.BACA, Token.TINTA2, 500)

    def _stand_ins(self) -> Segments | None:
        """Printers of the same paper and letters; none where there is no such one."""
        fitting = self._context.backstage.printers.fitting(self._printer)
        if not fitting:
            return None
        choice = Segments([(_NOBODY, tr("Tidak ada")), *((printer.ref, printer.name) for printer in fitting)])
        choice.setAccessibleName(tr("Kalau mati, digantikan"))
        choice.choose(self._printer.stand_in if any(printer.ref == self._printer.stand_in for printer in fitting) else _NOBODY)
        return choice

    def _kind_words(self) -> str:
        kind = self._kinds.get(self._printer.profile)
        return _kind_text(kind) if kind is not None else self._printer.profile

    def _ask_kind(self) -> None:
        dialog = KindDialog(list(self._kinds.values()), self._printer.profile, self)
        dialog.chosen.connect(self.choose_kind)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _drop(self) -> None:
        self.dropped.emit(self._printer.ref)
        self.accept()


class KindDialog(Dialog):
    """Which kind of printer is it?

    Signals:
        chosen(str): name of a profile.
    """

    chosen = Signal(str)

    def __init__(self, kinds: list[PrinterKind], current: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Jenis printer"), parent, 760)
        self._current: ChoiceCard | None = None
        grid = QWidget()
        cards = QGridLayout(grid)
        cards.setContentsMargins(0, 0, look().px(8), 0)
        cards.setSpacing(look().px(8))
        for number, kind in enumerate(kinds):
            card = ChoiceCard(kind.title or kind.name, tr("{mm} mm · {n} huruf sebaris", mm=kind.paper_mm, n=kind.columns))
            card.setChecked(kind.name == current)
            on_click(card, lambda kind=kind: self._choose(kind))  # type: ignore[misc]
            cards.addWidget(card, number // 2, number % 2)
            if kind.name == current:
                self._current = card
        area = self._area = scrolled(grid)
        area.setMinimumHeight(min(look().px(480), 480))
        self.body.addWidget(area)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._current is not None:
            # once the cards have their places
            QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(self._current or self))

    def _choose(self, kind: PrinterKind) -> None:
        self.chosen.emit(kind.name)
        self.accept()


def _kind_text(kind: PrinterKind) -> str:
    return f"{kind.title or kind.name} · {kind.paper_mm} mm · {kind.columns}"
