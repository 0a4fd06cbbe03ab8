"""Where the first goods come from: the shop's own file, what it has on e-Peken, or the list of common goods that the product ships. Owns
the question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from pos.services.goods import put_catalogue
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.text import Text


class _Source(Panel):
    """A drawing, a title, a sentence, a button."""

    def __init__(self, drawing: str, icon: str) -> None:
        super().__init__()
        self.title, self.sentence = Text("", Role.SUB, wrap=True), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.button = ActionButton("", icon)
        words = QVBoxLayout()
        words.setSpacing(look().px(4))
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(look().px(16))
        row.addWidget(DrawingLabel(drawing, 84))
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)


class GoodsSources(QWidget):
    """Signals:
    filled(): the starter list was taken in.
    pairing_wanted(): goods are to come from e-Peken, and this till is not connected.
    """

    filled = Signal()
    pairing_wanted = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._working: Operation | None = None
        self.file, self.city = _Source("kosong_barang", "file-spreadsheet"), _Source("kosong_papan", "refresh-cw")
        self.starter = _Source("toko", "boxes")
        self.note = Note()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(14))
        for part in (self.file, self.city, self.starter, self.note):
            box.addWidget(part)
        on_click(self.file.button, self._choose_file)
        on_click(self.city.button, self.fetch)
        on_click(self.starter.button, self.take_starter_list)

    def refresh(self, there: int) -> None:
        """The starter list is for a shop without goods only."""
        self.starter.button.setEnabled(there == 0 and self._working is None)
        self._say_city()

    def fetch(self) -> None:
        """What the shop has on e-Peken comes by itself once it is connected; here somebody waits for it."""
        if not self._context.till.store.read.shop().device:
            self.pairing_wanted.emit()
            return
        self._context.backstage.sync_now(asked=True)
        self.note.say(Tone.WAITING, tr("Sedang diambil dari e-Peken. Jumlahnya tampil di bawah begitu masuk."))

    def take_starter_list(self) -> None:
        """Fill the shop with the common goods, off the UI thread; their shelves are empty until someone counts."""
        self.starter.button.setEnabled(False)
        self._working = run(self._context, self._fill, self._filled, self._failed)
        self._working.slow.connect(self._say_slow)

    def retranslate(self) -> None:
        self.file.title.setText(tr("Dari berkas toko"))
        self.file.sentence.setText(tr("Excel, CSV atau ODS. Setiap baris diperiksa dulu, belum ada yang disimpan."))
        self.file.button.setText(tr("Pilih berkas"))
        self.city.title.setText(tr("Dari e-Peken"))
        self._say_city()
        self.starter.title.setText(tr("Daftar barang umum"))
        self.starter.sentence.setText(tr("Sekitar 200 barang warung, lengkap dengan barcode dan harga. Stoknya dihitung nanti."))
        self.starter.button.setText(tr("Pakai daftar ini"))

    def _say_city(self) -> None:
        paired = bool(self._context.till.store.read.shop().device)
        self.city.sentence.setText(
            tr("Barang toko ini di e-Peken masuk sendiri, juga setiap ada perubahan.")
            if paired
            else tr("Barang yang sudah ada di e-Peken masuk sendiri begitu tersambung.")
        )
        self.city.button.setText(tr("Ambil sekarang") if paired else tr("Sambungkan dulu"))

    def _choose_file(self) -> None:
        from pos.ui.goods.files import ask_for_sheet

        ask_for_sheet(self, self._read)

    def _read(self, path: str) -> None:
        from pos.ui.goods.importing.dialog import ImportDialog

        dialog = ImportDialog(self._context, path, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fill(self, progress: Progress) -> int:
        """In the operation's thread."""
        till = self._context.till
        number = put_catalogue(till, [(product, 0) for product, _ in load_demo_goods(demo_catalogue(), till.ids)])
        progress(1, 1)
        return number

    def _filled(self, number: int) -> None:
        self._working = None
        self.note.clear()
        self._context.changed.emit(Changed(goods=True, stock=True, outbox=True))
        self._context.sound.emit("accepted")
        self.filled.emit()

    def _failed(self, error: ShopError) -> None:
        self._working = None
        self.note.say_error(error)
        self.starter.button.setEnabled(True)

    def _say_slow(self) -> None:
        self.note.say(Tone.WAITING, tr("Sedang memasukkan barang. Sebentar."))
