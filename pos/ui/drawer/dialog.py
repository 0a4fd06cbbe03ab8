"""The one question of the drawer: closing cannot be undone, so it says what will happen. Owns no sum."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.domain.cash_session import CashSession
from pos.domain.money import Rupiah, format_rupiah
from pos.ui.drawer.words import difference_text
from pos.ui.language import tr
from pos.ui.payment.summary import Row, Rows
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text


class CloseDialog(Dialog):
    """Accepted: close the drawer with this count."""

    def __init__(self, session: CashSession, counted: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tutup kasir sekarang?"), parent, 560)
        rows = Rows()
        rows.show_rows(
            [
                Row(tr("Uang seharusnya"), format_rupiah(session.expected)),
                Row(tr("Uang dihitung"), format_rupiah(counted)),
                Row(difference_text(counted - session.expected), "", strong=True),
            ]
        )
        sentence = tr("Selisihnya dicatat dan tidak bisa diubah lagi. Untuk berjualan setelah ini, kasir dibuka lagi.")
        self.body.addWidget(Text(sentence, Role.BACA, Token.TINTA2, 400, wrap=True))
        self.body.addWidget(rows)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Ya, tutup"), Kind.PRIMARY, "lock", accept=True)
