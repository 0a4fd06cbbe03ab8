"""What can be done with a nota after it was sold: taken back whole or in part, exchanged; and the money that came late. Owns no widget.

Each dialogue's module is imported when it is opened first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.domain.sale import Sale, SaleKind
from pos.ui.context import UiContext
from pos.ui.language import tr

if TYPE_CHECKING:
    from pos.ui.history.returning import ReturnDialog
    from pos.ui.widgets.dialog import Dialog

_CORRECTED: Final = Changed(sales=True, stock=True, session=True, outbox=True, print_jobs=True, customers=True)


class NotaActs(QObject):
    """Opens the questions over `window`, and tells everybody what came of them."""

    def __init__(self, context: UiContext, window: Callable[[], QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._window = context, window

    def void(self, sale: Sale) -> None:
        """The whole nota is to be taken back."""
        from pos.ui.history.correcting import VoidDialog, may_begin

        if may_begin(self._context):
            dialog = VoidDialog(self._context, sale, self._window())
            dialog.accepted.connect(lambda: self._corrected(dialog.correction))
            self._open(dialog)

    def take_back(self, sale: Sale) -> None:
        """Some goods of it come back, for money or for other goods."""
        from pos.ui.history.correcting import may_begin
        from pos.ui.history.returning import ReturnDialog

        if may_begin(self._context):
            dialog = ReturnDialog(self._context, sale, self._window())
            dialog.accepted.connect(lambda: self._returned(dialog))
            self._open(dialog)

    def late_money(self) -> None:
        """Money that came after its QR had expired, or twice."""
        from pos.ui.history.late import LateMoneyDialog

        self._open(LateMoneyDialog(self._context, self._window()))

    def _returned(self, dialog: ReturnDialog) -> None:
        from pos.ui.history.returning import exchange_text

        self._corrected(dialog.correction)
        if dialog.exchange is not None:
            self._context.changed.emit(Changed(basket=True))
            self._context.told.emit("good", exchange_text(dialog.exchange))
            self._context.go.emit("sale")

    def _corrected(self, correction: Sale | None) -> None:
        if correction is None:
            return
        self._context.changed.emit(_CORRECTED)
        self._context.backstage.print_now()
        self._context.backstage.sync_now()
        amount = format_rupiah(-correction.total)
        words = tr("Nota dibatalkan, {amount} kembali.", amount=amount)
        if correction.kind is SaleKind.REFUND:
            words = tr("Retur dicatat, {amount} kembali.", amount=amount)
        self._context.told.emit("good", words)

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        # not every desktop gives the keys back to the window by itself
        dialog.finished.connect(lambda _result: self._window().activateWindow())
        dialog.open()
