"""What was paid already of a total that is paid in parts, each with the way to take it off again. Owns no sum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import Rupiah, format_rupiah
from pos.domain.tendering import Part
from pos.ui.language import tr
from pos.ui.payment.words import part_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import ElidedText, Text

SHOWN: Final = 2
"""Parts that stand below the total; more are behind a button."""


class PartsList(QWidget):
    """One row a part, and what is left.

    Args:
        most: rows that are shown; the parts beyond are behind one button.

    Signals:
        removed(int): the part at this place is to go.
        more(): all of them are to be seen.
    """

    removed = Signal(int)
    more = Signal()

    def __init__(self, most: int = SHOWN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.rows: list[QWidget] = []
        self.rest = Text("", Role.SUB, Token.KUNYIT_TEKS, 700)
        self.more_button = ActionButton("", "split", kind=Kind.FLAT)
        on_click(self.more_button, self.more.emit)
        self._box.addWidget(self.more_button)
        self._box.addWidget(self.rest)
        self.show_parts((), 0)

    def show_parts(self, parts: Sequence[Part], rest: Rupiah) -> None:
        """Other parts; none hides it."""
        for row in self.rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = parts if len(parts) <= self._most else ()
        self.rows = [self._row(place, part) for place, part in enumerate(shown)]
        for place, row in enumerate(self.rows):
            self._box.insertWidget(place, row)
        self.more_button.setText(paid_text(parts))
        self.more_button.setVisible(len(parts) > self._most)
        self.rest.setText(tr("Sisa {amount}", amount=format_rupiah(rest)) if parts else "")
        self.setVisible(bool(parts))

    def _row(self, place: int, part: Part) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(6))
        text = part_text(part)
        row.addWidget(ElidedText(text, Role.BACA, Token.TINTA, 600), 1)
        remove = IconButton("x", tr("Batalkan {part}", part=text), kind=Kind.FLAT)
        on_click(remove, partial(self.removed.emit, place))
        row.addWidget(remove)
        return widget


class PartsDialog(Dialog):
    """All parts, to take one off again.

    Signals:
        removed(int): the part at this place is to go.
    """

    removed = Signal(int)

    def __init__(self, parts: Sequence[Part], rest: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sudah dibayar"), parent, 460)
        self.list = PartsList(most=len(parts))
        self.list.show_parts(parts, rest)
        self.body.addWidget(self.list)
        on_click(self.add_button(tr("Tutup")), self.reject)
        self.list.removed.connect(self._remove)

    def _remove(self, place: int) -> None:
        self.accept()
        self.removed.emit(place)


def paid_text(parts: Sequence[Part]) -> str:
    """`2 bagian, Rp60.000`: how much lies there by now."""
    total = sum(part.amount for part in parts)
    return tr("{n} bagian, {amount}", n=len(parts), amount=format_rupiah(total))
