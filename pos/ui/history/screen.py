"""Nota: what was sold, newest first, its paper dot for dot, and printing it again. Owns the search and the choice of a nota.

A reprint is a SALINAN with its own job; what is shown are the bytes that were frozen with the sale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.printing import DocumentKind
from pos.domain.sale import Sale, Tender, short_number
from pos.services import correcting, paper
from pos.services.history import day_search, read_search
from pos.services.history_parts import Part, part_name, part_search, read_part
from pos.services.paying_views import SaleSearch
from pos.services.views import SaleRow
from pos.ui.context import Screen, UiContext
from pos.ui.history.acts import NotaActs
from pos.ui.history.chips import HistoryChips
from pos.ui.history.model import SALE, HistoryDelegate, HistoryModel
from pos.ui.history.panel import Nota, NotaPanel
from pos.ui.history.words import asked_text, copy_name
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.payment.words import tender_word
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.painting import paint_ground, painter_on
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.scroll import bare_list

_TYPING_MS: Final = 160
"""After the last letter the list is searched: a search of years of notas is not done for every letter."""
_LIST_WIDE: Final = 352
_PANEL_WIDE: Final = 372
_BESIDE_FROM: Final = 1160
_MOST_COPIES: Final = 3


class HistoryScreen(Screen):
    """The room `history`."""

    key = "history"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._nota: Nota | None = None
        self._paper_key: object = None
        self._copy = 0
        self._model = HistoryModel(lambda: self.context.till.store.read, lambda: self.context.till.clock.now())
        self._view = QListView()
        self._search = SearchField(key=key_of(Action.SEARCH))
        self._chips = HistoryChips()
        self._acts = NotaActs(context, self.window, self)
        self._paper = PaperView()
        self._panel = NotaPanel()
        self._copies_place = QVBoxLayout()
        self._copies: Segments | None = None
        self._pages = QStackedWidget()
        self._nothing = EmptyState("kosong_nota", "")
        self._to_sale = ActionButton(icon="store", kind=Kind.PRIMARY)
        self._empty = EmptyState("kosong_nota", "", "", self._to_sale)
        self._right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._asked: Part | None = None
        self._asked_chip = ActionButton("", "x", kind=Kind.SOFT, role=Role.BACA)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is not None and not (changed.sales or changed.print_jobs or changed.outbox or changed.shop):
            return
        uid = self._nota.sale.uid if self._nota else ""
        newest = not self._view.currentIndex().isValid() or self._view.currentIndex().row() == 0
        self._chips.refresh(self.context.till.store.read.late_money_count())
        self._model.show(self._wanted())
        place = self._model.place_of(uid)
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0 if place is None or (newest and changed is None) else place))
        self._show_chosen(self._view.currentIndex())
        self._turn()

    def retranslate(self) -> None:
        self._search.set_words(tr("Cari nota"), tr("Nomor, Rp, barang, hari"))
        self._chips.retranslate()
        self._view.setAccessibleName(tr("Daftar nota"))
        self._paper.setAccessibleName(tr("Struk seperti di kertas"))
        self._nothing.set_words(tr("Tidak ketemu"), tr("Coba nomor nota, jumlah uangnya, barangnya, pelanggannya, atau harinya."))
        self._empty.set_words(tr("Belum ada nota"), tr("Setiap penjualan tercatat di sini, lengkap dengan struknya."))
        self._to_sale.setText(tr("Mulai jualan"))
        self._panel.retranslate()
        self.refresh()

    def help_text(self) -> str:
        return tr(
            "Semua nota ada di sini, yang terbaru di atas. Cari dengan nomor, jumlah uang, nama barang, nama pelanggan, "
            "atau harinya: 23/11, kemarin, jam 14. Batalkan nota hanya bisa sejak kasir dibuka; retur dan tukar bisa kapan saja. "
            "Kertasnya ditampilkan persis seperti di printer. F11 mencetak ulang sebagai SALINAN. "
            "Nota dan kuitansi untuk dinas, dengan terbilang, dicetak atau disimpan sebagai PDF. "
            "Kalau struk mungkin belum keluar, lihat printernya, lalu jawab: Sudah tercetak, atau Cetak ulang. "
            "Uang QRIS yang terlambat masuk dicocokkan dengan notanya, atau dikembalikan."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # --- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(HistoryDelegate(self._model, self._view))
        bare_list(self._view)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self._view)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(look().px(10))
        left.addWidget(self._search)
        left.addWidget(self._chips)
        left.addWidget(self._asked_chip)
        left.addWidget(ground, 1)
        table = _Table()
        on_table = QVBoxLayout(table)
        on_table.setContentsMargins(look().px(8), look().px(8), look().px(8), look().px(8))
        on_table.setSpacing(look().px(6))
        on_table.addLayout(self._copies_place)
        on_table.addWidget(self._paper, 1)
        found = QWidget()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(look().px(14))
        self._right.addWidget(table, 1)
        self._right.addWidget(self._panel)
        found.setLayout(self._right)
        for page in (found, self._nothing):
            self._pages.addWidget(page)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(self._left)
        row.addWidget(self._pages, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(both)
        self._whole.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.addWidget(self._whole)

    def _connect(self) -> None:
        self._view.selectionModel().currentChanged.connect(lambda index, _before: self._show_chosen(index))
        self._search.textChanged.connect(self._typed)
        on_click(self._asked_chip, lambda: self._ask(None))
        self._typing.timeout.connect(self._searched)
        self._panel.reprint.connect(self._reprint)
        self._panel.void.connect(lambda: self._with_nota(self._acts.void))
        self._panel.take_back.connect(lambda: self._with_nota(self._acts.take_back))
        self._chips.changed.connect(self._searched)
        self._chips.late.connect(self._acts.late_money)
        self._panel.answered.connect(self._answer)
        self._panel.papers.connect(self._ask_papers)
        on_click(self._to_sale, lambda: self.context.go.emit("sale"))
        for action, act in ((Action.REPRINT, self._reprint), (Action.SEARCH, self._search_now)):
            shortcut = QShortcut(QKeySequence(key_of(action)), self)
            shortcut.activated.connect(act)

    # --- what is shown ----------------------------------------------------------------------------------------

    def _wanted(self) -> SaleSearch:
        """What is typed and which chip is on, as one question."""
        now = self.context.till.clock.now()
        if self._asked is not None:
            return part_search(self._asked, self.context.till.rules.day_cutoff)
        search = read_search(self._search.text().strip(), now)
        if self._chips.today and not search.since:
            day = day_search(now)
            search = replace(search, since=day.since, until=day.until)
        return replace(search, corrections=self._chips.corrections)

    def _searched(self) -> None:
        self._model.show(self._wanted())
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))
            self._view.scrollToTop()
        self._show_chosen(self._view.currentIndex())
        self._turn()

    def _search_now(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _turn(self) -> None:
        self._asked_chip.setVisible(self._asked is not None)
        if self._asked is not None:
            self._asked_chip.setText(asked_text(self._asked, self._name_of(self._asked)))
            self._asked_chip.setAccessibleName(tr("Tampilkan semua nota lagi, sekarang hanya {what}", what=self._asked_chip.text()))
        some = self._model.rowCount() > 0
        self._pages.setCurrentIndex(0 if some else 1)
        asked = self._search.text().strip() or self._chips.needed or self._asked is not None
        self._whole.setCurrentIndex(0 if some or asked else 1)

    def _show_chosen(self, index: QModelIndex) -> None:
        row = index.data(SALE) if index.isValid() else None
        nota = self._read(row) if isinstance(row, SaleRow) else None
        if self._nota is None or nota is None or nota.sale.uid != self._nota.sale.uid:
            self._copy = nota.jobs[-1].copy if nota and nota.jobs else 0
        elif nota.jobs and len(nota.jobs) > len(self._nota.jobs):
            self._copy = nota.jobs[-1].copy
        self._nota = nota
        if nota is not None:
            self._panel.tell(nota)
            self._show_copies(nota)
            self._show_paper(nota)

    def _read(self, row: SaleRow) -> Nota | None:
        read = self.context.till.store.read
        sale = read.sale(row.uid)
        if sale is None:
            return None
        jobs = sorted((job for job in read.print_jobs_of(row.uid) if job.kind is DocumentKind.RECEIPT), key=lambda job: job.copy)
        corrections = tuple(read.corrections(sale.uid))
        original = read.sale(sale.corrects) if sale.corrects else None
        till = self.context.till
        return Nota(
            sale,
            row.synced,
            tuple(jobs),
            corrections,
            original.number if original else "",
            can_void=correcting.may_void(till, sale),
            can_return=any(correcting.returnable(till, sale)),
        )

    def _show_copies(self, nota: Nota) -> None:
        """The original and the last reprints to choose from, where there are any."""
        if self._copies is not None:
            self._copies_place.removeWidget(self._copies)
            self._copies.hide()
            self._copies.deleteLater()
            self._copies = None
        shown = [job.copy for job in nota.jobs]
        if len(shown) < 2:
            return
        shown = [shown[0], *shown[1:][-_MOST_COPIES:]]
        self._copies = Segments([(str(copy), copy_name(copy)) for copy in shown])
        self._copies.choose(str(self._copy if self._copy in shown else shown[-1]))
        self._copies.chosen.connect(self._choose_copy)
        self._copies_place.addWidget(self._copies)

    def _choose_copy(self, copy: str) -> None:
        self._copy = int(copy)
        if self._nota is not None:
            self._show_paper(self._nota)

    def _show_paper(self, nota: Nota) -> None:
        job = next((job for job in nota.jobs if job.copy == self._copy), None)
        key = (nota.sale.uid, job.sha256 if job else "")
        if key == self._paper_key:
            return
        self._paper_key = key
        till = self.context.till
        # the bytes of old paper are gone after a while: the same sale gives the same paper
        data = (job.data if job else b"") or till.paper.receipt(nota.sale, till.store.read.shop(), self._copy if job else 0)
        self._paper.set_picture(self.context.backstage.draw_paper(data))
        self._arrange()

    # --- what a person wants ----------------------------------------------------------------------------------

    def _with_nota(self, act: Callable[[Sale], object]) -> None:
        if self._nota is not None:
            act(self._nota.sale)

    def open_part(self, part: str) -> None:
        """`late`: the money that came late; a part of `history_parts`; else a nota by its uid."""
        if part == "late":
            self._acts.late_money()
            return
        asked = read_part(part)
        if asked is not None:
            self._ask(asked)
            return
        sale = self.context.till.store.read.sale(part)
        if sale is not None:
            self._search.setText(sale.number)
            self._typing.stop()
            self._searched()

    def part_shown(self) -> str:
        return part_name(self._asked) if self._asked is not None else ""

    def _name_of(self, asked: Part) -> str:
        """How the shop calls what these notas have in common."""
        read = self.context.till.store.read
        if asked.what == "product":
            product = read.product(asked.key)
            return product.name if product else ""
        if asked.what == "customer":
            customer = read.customer(asked.key)
            return customer.name if customer else ""
        return tender_word(Tender(asked.key)) if asked.what == "tender" else asked.key

    def _typed(self, text: str) -> None:
        """Who searches wants all notas again."""
        if text.strip():
            self._asked = None
        self._typing.start()

    def _ask(self, asked: Part | None) -> None:
        """Only the notas that another room asked for, until the chip that says so is pressed."""
        self._search.clear()
        self._typing.stop()
        self._asked = asked
        self._searched()

    def _reprint(self) -> None:
        nota = self._nota
        if nota is None:
            return

        def queued(copy: int) -> None:
            self.context.told.emit(
                "good", tr("SALINAN {n} dari nota {number} dikirim ke printer", n=copy, number=short_number(nota.sale.number))
            )
            self._printed()

        attempt(self.context, lambda: paper.reprint(self.context.till, nota.sale.uid), queued)

    def _ask_papers(self) -> None:
        """Nota or kuitansi of the chosen sale, for a department."""
        from pos.ui.papers.nota_dialog import open_nota

        if self._nota is not None:
            open_nota(self.context, self._nota.sale, self.window())

    def _answer(self, job_id: int, on_paper: bool) -> None:
        attempt(self.context, lambda: paper.settle_job(self.context.till, job_id, on_paper))
        self._printed()

    def _printed(self) -> None:
        self.context.backstage.print_now()
        self.context.changed.emit(Changed(print_jobs=True))

    # --- places -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The facts stand beside the paper where both fit, else below it."""
        px = look().px
        picture = self._paper.picture
        room = self.width() - px(_LIST_WIDE) - px(_PANEL_WIDE) - px(60)
        # beside the dots there is blank paper, its shadow, the scroll bar and the table's edge
        beside = self.width() >= px(_BESIDE_FROM) and (picture is None or picture.width + 90 <= room)
        self._left.setFixedWidth(px(_LIST_WIDE) if self.width() >= px(_BESIDE_FROM) else max(px(300), self.width() * 34 // 100))
        self._right.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._panel.set_compact(not beside)
        self._panel.setMinimumWidth(px(_PANEL_WIDE) if beside else 0)
        self._panel.setMaximumWidth(px(_PANEL_WIDE) if beside else 16_777_215)


class _Table(QFrame):
    """What the paper lies on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        dark = look().dark
        ground = look().colour(Token.CEKUNG if dark else Token.TEKAN)
        paint_ground(painter, self.rect().toRectF(), ground, look().colour(Token.GARIS) if dark else None, 16, 1.0)
        painter.end()
