"""Barang: the list with its filters and search, the chosen product, and the way in for a shop's spreadsheet. Owns what is looked at.

The list is read in pages where someone looks; a row is painted, not built.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.domain.changed import Changed
from pos.domain.money import format_figure
from pos.services.orders import is_pickup_code
from pos.services.views import GoodsFilter, GoodsRow
from pos.ui.context import Screen, UiContext
from pos.ui.goods.bulk import Bulk
from pos.ui.goods.bulk_bar import BulkBar
from pos.ui.goods.delegate import GoodsDelegate
from pos.ui.goods.files import ask_for_sheet, sheet_of
from pos.ui.goods.importing.dialog import ImportDialog
from pos.ui.goods.importing.past import FilesDialog
from pos.ui.goods.list_head import ListHead
from pos.ui.goods.model import ROW, GoodsModel
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.goods.pages import GoodsPages, photo_of
from pos.ui.goods.panel import GoodsPanel
from pos.ui.goods.ticks import GoodsView, Ticks, said_with_tick
from pos.ui.goods.words import FILTERS
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.scroll import bare_list

_TYPING_MS: Final = 90
_WIDE_FROM: Final = 1160
_PANEL_WIDE: Final = 396
_PANEL_NARROW: Final = 330
_COUNT_TOKENS: Final = {GoodsFilter.LOW: Token.KUNYIT_TEKS, GoodsFilter.REVIEW: Token.BATA_TEKS}


class GoodsScreen(Screen):
    """The room `goods`."""

    key = "goods"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._which = GoodsFilter.ALL
        self._dialog: Dialog | None = None
        self._model = GoodsModel(lambda: self.context.till.store.read)
        self._ticks = Ticks(self)
        said_with_tick(self._model, self._ticks)
        self._view = GoodsView(self._ticks, self._listed)
        self._bulk = Bulk(context, self.window)
        self._bar = BulkBar()
        self._pick, self._twins = IconButton("list-checks", ""), IconButton("copy", "")
        self._rows = QStackedWidget()
        self._head = ListHead()
        self._search = SearchField(key=key_of(Action.SEARCH))
        self._new = ActionButton(icon="package-plus")
        self._import = ActionButton(icon="file-spreadsheet", kind=Kind.PRIMARY, role=Role.BACA)
        self._files = IconButton("file-down", "")
        self._labels = IconButton("tag", "")
        self._chips = {which: Chip() for which in FILTERS}
        self._panel = GoodsPanel()
        self._begin = ActionButton(icon="file-spreadsheet", kind=Kind.PRIMARY)
        self._empty = EmptyState("kosong_barang", "", "", self._begin)
        self._nothing = EmptyState("kosong_barang", "", px=112)
        self._list = QStackedWidget()
        self._whole = GoodsPages(context)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is not None and not (changed.goods or changed.stock):
            return
        counts = self.context.till.store.read.goods_counts()
        for which, chip in self._chips.items():
            count = counts.get(which, 0)
            chip.set_count(format_figure(count), _COUNT_TOKENS.get(which, Token.TINTA2) if count else Token.TINTA2)
        self._whole.show_list(0 if counts.get(GoodsFilter.ALL, 0) else 1)
        self._model.renew()
        self._turn()
        if self._panel.product_uid:
            self._show_product(self._panel.product_uid)
        elif self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))

    def scanned(self, code: str) -> bool:
        if is_pickup_code(code):
            return False
        if self._whole.scanned(code):
            return True
        unit = self.context.till.store.read.find_unit(code)
        if unit is None:
            self.context.sound.emit("unknown")
            self._ask_new(code)
            return True
        self.context.sound.emit("accepted")
        self._look_at(code, unit.product_uid)
        return True

    def retranslate(self) -> None:
        self._search.set_words(tr("Cari barang"), tr("Cari nama, merek, atau barcode"))
        self._new.setText(tr("Barang baru"))
        self._import.setText(tr("Masukkan daftar"))
        self._import.setToolTip(tr("Dari Excel atau CSV. Berkasnya boleh juga diseret ke sini."))
        self._begin.setText(tr("Masukkan daftar"))
        self._files.set_name(tr("Berkas daftar: simpan ke Excel atau CSV, batalkan daftar yang pernah masuk"))
        self._labels.set_name(tr("Label"))
        self._pick.set_name(tr("Centang"))
        self._twins.set_name(tr("Barang kembar"))
        self._bar.retranslate()
        self._labels.setToolTip(tr("Label rak, stiker barcode, dan lembar stok opname dari daftar ini"))
        for which, chip in self._chips.items():
            chip.setText(tr(FILTERS[which]))
        self._view.setAccessibleName(tr("Daftar barang"))
        self._empty.set_words(tr("Belum ada barang"), tr("Masukkan daftar dari Excel atau CSV, atau pindai barang pertama."))
        self._nothing.set_words(tr("Tidak ketemu"), tr("Coba dua huruf pertama namanya, atau pindai barangnya."))
        self._head.update()
        self.refresh()

    def help_text(self) -> str:
        return tr(
            "Semua barang toko. Cari dengan nama, merek, atau barcode, atau pindai barangnya. "
            "Tombol saringan menunjukkan yang menipis, yang tanpa barcode, yang belum online, dan yang perlu dilihat. "
            "Daftar dari Excel atau CSV dimasukkan lewat Masukkan daftar, atau seret berkasnya ke layar ini. "
            "Centang beberapa barang (Spasi, Shift, Ctrl+A) untuk mengubah harga, kategori, atau label sekaligus; Ctrl+Z mengurungkan. "
            "Enter atau sentuh dua kali membuka barangnya: nama, foto, satuan, harga, dan barcode diubah di sana. "
            "Berkas daftar menyimpan daftar ke Excel atau CSV, dan membatalkan daftar yang pernah masuk. "
            "Label mencetak label rak, stiker barcode, dan lembar stok opname dari yang sedang ditampilkan."
        )

    def open_part(self, part: str) -> None:
        """A product by its uid (`go("goods#...")`): its editor. `twins`: goods that stand in the list twice."""
        if part == "twins":
            self._whole.twins()
        else:
            self._whole.edit(part)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def import_sheet(self, path: str) -> ImportDialog:
        """Look into a spreadsheet; nothing is taken until a person says so."""
        dialog = ImportDialog(self.context, path, self.window())
        self._open_dialog(dialog)
        return dialog

    # --- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(GoodsDelegate(self._view, self._ticks))
        bare_list(self._view)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 0, 5, 6)
        inside.setSpacing(0)
        inside.addWidget(self._head)
        inside.addWidget(self._view, 1)
        self._list.addWidget(ground)
        self._list.addWidget(self._nothing)
        top = QHBoxLayout()
        top.setSpacing(look().px(10))
        top.addWidget(self._search, 1)
        top.addWidget(self._twins)
        for button in (self._new, self._import):
            button.setMinimumHeight(look().px(60))
            top.addWidget(button)
        filters = QWidget()
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(8))
        group = QButtonGroup(self)
        for which, chip in self._chips.items():
            group.addButton(chip)
            on_click(chip, lambda which=which: self._filter(which))  # type: ignore[misc]
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self._files)
        row.addWidget(self._pick)
        row.addWidget(self._labels)
        for bar in (filters, self._bar):
            self._rows.addWidget(bar)
        self._chips[GoodsFilter.ALL].setChecked(True)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(14))
        grid.setVerticalSpacing(look().px(10))
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(self._rows, 1, 0, 1, 2)
        grid.addWidget(self._list, 2, 0)
        grid.addWidget(self._panel, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        self._panel.setFixedWidth(look().px(_PANEL_NARROW))
        self._whole.addWidget(page)
        self._whole.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.addWidget(self._whole)

    def _connect(self) -> None:
        self._whole.kept.connect(self._kept)
        self._panel.edit.connect(self._whole.edit)
        self._panel.card.connect(lambda uid: self.context.go.emit(f"stock#card/{uid}"))
        self._view.activated.connect(lambda index: self._whole.edit(self._uid_of(index)))
        self._view.selectionModel().currentChanged.connect(lambda index, _before: self._chosen(index))
        self._search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._searched)
        on_click(self._new, lambda: self._ask_new(""))
        on_click(self._labels, self._ask_labels)
        on_click(self._files, lambda: self._open_dialog(FilesDialog(self.context, self.window())))
        self._connect_ticks()
        for button in (self._import, self._begin):
            on_click(button, lambda: ask_for_sheet(self, self.import_sheet))
        shortcut = QShortcut(QKeySequence(key_of(Action.SEARCH)), self)
        shortcut.activated.connect(self._search_now)

    def _connect_ticks(self) -> None:
        self._ticks.changed.connect(self._ticked)
        self._bulk.done.connect(self._ticks.clear)
        on_click(self._pick, self._begin_ticks)
        on_click(self._twins, self._whole.twins)
        bar, bulk, ticks = self._bar, self._bulk, self._ticks
        bar.everything.connect(lambda: ticks.add(self._listed()))
        bar.cleared.connect(ticks.clear)
        bar.prices.connect(lambda: self._open_dialog(bulk.ask_prices(ticks.uids)))
        bar.category.connect(lambda: self._open_dialog(bulk.ask_category(ticks.uids)))
        bar.listing.connect(lambda: self._open_dialog(bulk.ask_listing(ticks.uids)))
        bar.labels.connect(self._ask_labels)
        self._view.undone.connect(bulk.take_back)

    # --- ticks ------------------------------------------------------------------------------------------------

    def _begin_ticks(self) -> None:
        self._ticks.begin()
        self._view.setFocus()

    def _listed(self) -> list[str]:
        return self.context.till.store.read.goods_uids(self._which, self._search.text().strip())

    def _ticked(self) -> None:
        self._rows.setCurrentIndex(1 if self._ticks.choosing else 0)
        self._bar.tell(len(self._ticks), self._model.rowCount())
        self._head.boxes = self._ticks.choosing
        self._head.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= look().px(_WIDE_FROM)
        self._panel.setFixedWidth(look().px(_PANEL_WIDE if wide else _PANEL_NARROW))

    # --- looking ----------------------------------------------------------------------------------------------

    def _filter(self, which: GoodsFilter) -> None:
        self._which = which
        self._searched()

    def _search_now(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _searched(self) -> None:
        self._typing.stop()
        self._model.show(self._which, self._search.text())
        self._turn()
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))
            self._view.scrollToTop()
        else:
            self._show_product("")

    def _turn(self) -> None:
        self._list.setCurrentIndex(0 if self._model.rowCount() else 1)

    def _look_at(self, text: str, product_uid: str) -> None:
        """Find one product among all of them and choose it."""
        self._which = GoodsFilter.ALL
        self._chips[GoodsFilter.ALL].setChecked(True)
        self._search.setText(text)
        self._searched()
        place = self._model.place_of(product_uid)
        if place is not None:
            self._view.setCurrentIndex(self._model.index(place))
        self._show_product(product_uid)

    def _uid_of(self, index: QModelIndex) -> str:
        row = index.data(ROW) if index.isValid() else None
        return row.product_uid if isinstance(row, GoodsRow) else ""

    def _chosen(self, index: QModelIndex) -> None:
        self._show_product(self._uid_of(index))

    def _show_product(self, uid: str) -> None:
        read = self.context.till.store.read
        product = read.product(uid) if uid else None
        self._panel.tell(product, read.on_hand(uid) if product else 0, photo_of(read, uid) if product else "")

    # --- new goods --------------------------------------------------------------------------------------------

    def _ask_new(self, code: str) -> None:
        dialog = NewProductDialog(self.context, code, self.window())
        dialog.made.connect(self._made)
        dialog.more.connect(self._whole.make)
        self._open_dialog(dialog)

    def _made(self, uid: str) -> None:
        product = self.context.till.store.read.product(uid)
        self.context.told.emit("good", tr("{name} sudah masuk daftar", name=product.name if product else ""))
        self.context.changed.emit(Changed(goods=True, outbox=True))
        self.context.backstage.sync_now()
        if product is not None:
            self._look_at(product.name, uid)

    def _kept(self, uid: str) -> None:
        product = self.context.till.store.read.product(uid)
        self.context.told.emit("good", tr("{name} disimpan", name=product.name[:40] if product else ""))
        self.context.changed.emit(Changed(goods=True, stock=True, outbox=True))
        self.context.backstage.sync_now()
        if product is not None and uid not in self._shown():
            self._look_at(product.name, uid)
        self._show_product(uid)

    def _shown(self) -> set[str]:
        """uids of the rows that are in sight: where what was changed is among them, the list stays where it is."""
        rows = (self._model.row_at(place) for place in range(min(self._model.rowCount(), 200)))
        return {row.product_uid for row in rows if row is not None}

    # --- labels -----------------------------------------------------------------------------------------------

    def _ask_labels(self) -> None:
        """Of the ticked goods, of the chosen product, or of all that the list shows."""
        from pos.ui.papers.label_dialog import GoodsChoice, LabelDialog

        row, text = self._view.currentIndex().data(ROW), self._search.text().strip()
        chosen = row if isinstance(row, GoodsRow) else None
        part = text or tr(FILTERS[self._which])
        choice = GoodsChoice(self._which, text, self._model.rowCount(), chosen, part, self._ticks.uids)
        self._open_dialog(LabelDialog(self.context, choice, self.window()))

    def _open_dialog(self, dialog: Dialog) -> None:
        if self._dialog is not None:
            self._dialog.reject()
        self._dialog = dialog
        dialog.finished.connect(lambda _result, dialog=dialog: self._forget(dialog))
        # not every desktop gives the keys back to the window by itself
        dialog.finished.connect(lambda _result: self.window().activateWindow())
        dialog.open()

    def _forget(self, dialog: Dialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    # --- a file dropped onto the screen -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if sheet_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = sheet_of(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.import_sheet(path)
