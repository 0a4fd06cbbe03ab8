"""Whom to call, and what to show them: the number of the city's support, and the diagnosis. Owns the panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos.ui.context import UiContext
from pos.ui.health.diagnosing import diagnose
from pos.ui.health.diagnosis_dialog import DiagnosisDialog
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.settings.columns import Panel
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.text import Text


class SupportPanel(Panel):
    """A sentence and a button.

    Attributes:
        dialog: the diagnosis that was shown last.
    """

    def __init__(self, context: UiContext, failed_checks: Callable[[], tuple[str, ...] | None]) -> None:
        self._words = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.button = ActionButton("", "life-buoy")
        super().__init__(self._words, self.button)
        self.body.setAlignment(self.button, Qt.AlignmentFlag.AlignLeft)
        self._context, self._failed_checks = context, failed_checks
        self.dialog: DiagnosisDialog | None = None
        on_click(self.button, self.show_diagnosis)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(tr("Minta bantuan petugas"))
        number = self._context.preferences.support
        call = tr("Nomor bantuan: {number}.", number=number) if number else ""
        said = tr("Diagnostik memberi tahu petugas apa yang terjadi di kasir ini, tanpa nama, nomor, atau alamat siapa pun.")
        self._words.setText(f"{call} {said}".strip())
        self.button.setText(tr("Kirim diagnostik"))

    def show_diagnosis(self) -> None:
        """As it is now."""
        context, backstage = self._context, self._context.backstage

        def look() -> DiagnosisDialog:
            told = diagnose(
                context.till,
                context.preferences,
                backstage.last_sync_error(),
                backstage.printer_state(),
                backstage.line.quality(),
                backstage.log_lines(),
                self._failed_checks(),
            )
            return DiagnosisDialog(context, told, self.window())

        def show(dialog: DiagnosisDialog) -> None:
            self.dialog = dialog
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        attempt(context, look, show)
