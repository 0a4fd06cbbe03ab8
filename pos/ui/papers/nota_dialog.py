"""Nota and kuitansi of a sale: whom it is made out to, the paper as it will be, and the ways out: printed, or as a PDF.

Owns what is typed; what the papers say is theirs, and that a sale may have one is the verb's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.document import Document
from pos.domain.errors import ShopError
from pos.domain.papers import LONGEST_BUYER, kuitansi_number
from pos.domain.printing import DocumentKind
from pos.domain.sale import Sale, short_number
from pos.services import papers
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.papers import saving
from pos.ui.papers.beside import PaperBeside
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

_TYPING_MS: Final = 200
_SHOWN_BUYERS: Final = 3
_PAPER_HIGH: Final = 430


class NotaDialog(Dialog):
    """Stands over the nota history."""

    def __init__(self, context: UiContext, sale: Sale, parent: QWidget | None = None) -> None:
        super().__init__(tr("Nota dan kuitansi"), parent, width=920)
        self._context, self._sale = context, sale
        self._which = Segments([(DocumentKind.NOTA.value, tr("Nota pembelian")), (DocumentKind.KUITANSI.value, tr("Kuitansi"))])
        self._which.setAccessibleName(tr("Nota atau kuitansi"))
        self._buyer = TextField(tr("Kepada"), tr("misalnya Dinas Komunikasi dan Informatika"), label=tr("Kepada"))
        self._purpose = TextField(tr("Untuk pembayaran"), tr("kosong: nama barangnya"), label=tr("Untuk pembayaran"))
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._paper = PaperBeside(_PAPER_HIGH, parent)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self._turn()

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind(self._which.current())

    def choose(self, kind: DocumentKind) -> None:
        """Show the other one."""
        self._which.choose(kind.value)
        self._turn()

    # --- building ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for field in (self._buyer, self._purpose):
            # one more than may be kept, so that a paste that is too long is said and not cut
            field.setMaxLength(LONGEST_BUYER + 1)
        left = QVBoxLayout()
        left.setSpacing(look().px(10))
        for part in (self._which, self._buyer, *self._last_buyers(), self._purpose, self._trouble):
            left.addWidget(part)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(look().px(16))
        both.addLayout(left, 1)
        both.addWidget(self._paper)
        self.body.addLayout(both)
        self._pdf_a5 = self.add_button(tr("PDF A5"), icon="file-down")
        self._pdf_a4 = self.add_button(tr("PDF A4"), icon="file-down")
        self._print = self.add_button(tr("Cetak"), Kind.PRIMARY, "printer")

    def _last_buyers(self) -> list[QWidget]:
        """Departments that bought before, to choose with one touch."""
        names = papers.buyers(self._context.till.store.read)[:_SHOWN_BUYERS]
        if not names:
            return []
        rows: list[QWidget] = [Text(tr("Terakhir dipakai"), Role.BACA, Token.TINTA2, 400)]
        for name in names:
            button = ActionButton(name, "history", kind=Kind.FLAT, role=Role.BACA)
            # the word elides in the button: the name is heard and shown whole
            button.setToolTip(name)
            button.setMinimumWidth(look().px(120))
            button.setMaximumWidth(look().px(400))
            on_click(button, lambda name=name: self._buyer.setText(name))  # type: ignore[misc]
            rows.append(button)
        return rows

    def _connect(self) -> None:
        from pos.ui.pdf.page import Page

        self._which.chosen.connect(lambda _key: self._turn())
        for field in (self._buyer, self._purpose):
            field.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._draw)
        on_click(self._print, self._print_it)
        on_click(self._pdf_a5, lambda: self._save(Page.A5))
        on_click(self._pdf_a4, lambda: self._save(Page.A4))
        self._buyer.setFocus()

    # --- what is shown ----------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._purpose.setVisible(self.kind is DocumentKind.KUITANSI)
        self._draw()

    def _draw(self) -> None:
        """The paper as it would be now; what forbids it is said, and the buttons wait."""
        self._typing.stop()
        till = self._context.till
        try:
            # the verb's own checks, without its job
            self._document()
            shop, corrections = till.store.read.shop(), till.store.read.corrections(self._sale.uid)
            buyer, purpose = " ".join(self._buyer.text().split()), " ".join(self._purpose.text().split())
            if self.kind is DocumentKind.NOTA:
                data = till.paper.nota(self._sale, shop, buyer, 0, corrections)
            else:
                data = till.paper.kuitansi(self._sale, shop, buyer, purpose, 0, corrections)
            self._paper.show_paper(self._context.backstage.draw_paper(data))
            self._say("")
        except ShopError as error:
            self._say(error_sentence(error))

    def _say(self, sentence: str) -> None:
        self._trouble.tell("triangle-alert", sentence, Tone.FAULT)
        for button in (self._print, self._pdf_a5, self._pdf_a4):
            button.setEnabled(not sentence)

    def _document(self) -> Document:
        till, uid, buyer = self._context.till, self._sale.uid, self._buyer.text()
        if self.kind is DocumentKind.NOTA:
            return papers.nota_page(till, uid, buyer)
        return papers.kuitansi_page(till, uid, buyer, self._purpose.text())

    # --- the ways out -----------------------------------------------------------------------------------------

    def _print_it(self) -> None:
        till, uid, buyer = self._context.till, self._sale.uid, self._buyer.text()
        try:
            if self.kind is DocumentKind.NOTA:
                copy = papers.print_nota(till, uid, buyer)
            else:
                copy = papers.print_kuitansi(till, uid, buyer, self._purpose.text())
        except ShopError as error:
            self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            self._context.sound.emit("error")
            return
        self.accept()
        self._context.told.emit("good", self._printed_words(copy))
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))

    def _printed_words(self, copy: int) -> str:
        name = tr("Nota pembelian") if self.kind is DocumentKind.NOTA else tr("Kuitansi")
        number = short_number(self._sale.number)
        if copy:
            return tr("{paper} {number} dikirim ke printer sebagai SALINAN ke-{n}", paper=name, number=number, n=copy)
        return tr("{paper} {number} dikirim ke printer", paper=name, number=number)

    def _save(self, page: object) -> None:
        from pos.ui.pdf.page import Page, write_document

        assert isinstance(page, Page)
        kind, buyer = self.kind, self._buyer.text()
        number = self._sale.number if kind is DocumentKind.NOTA else kuitansi_number(self._sale)
        title = f"{tr('Nota pembelian') if kind is DocumentKind.NOTA else tr('Kuitansi')} {number}"
        document, context = self._document(), self._context

        def chosen(path: str) -> None:
            logo = context.backstage.page_logo()
            saving.write(
                context,
                path,
                lambda: write_document(document, path, page, title, logo),
                lambda: papers.page_written(context.till, kind, self._sale.uid, buyer),
            )

        saving.ask_for_pdf(self, title, chosen)


def open_nota(context: UiContext, sale: Sale, parent: QWidget) -> NotaDialog:
    """Ask whom a nota or kuitansi of a sale is made out to."""
    dialog = NotaDialog(context, sale, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
