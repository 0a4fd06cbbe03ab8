"""Catatan kegiatan: what was done, by whom and when. Owns what is looked for; an owner's PIN opens it where PINs count."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.business_day import business_day, starts_at
from pos.domain.changed import Changed
from pos.domain.people import Act
from pos.services.people_views import AuditSearch
from pos.services.permission import may, may_now
from pos.ui.audit.model import AuditDelegate, AuditModel
from pos.ui.audit.words import search_words
from pos.ui.context import Screen, UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import later, tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import run
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.scroll import bare_list
from pos.ui.widgets.text import Text

_TYPING_MS: Final = 160
_SPANS: Final = (("today", later("Hari ini"), 1), ("week", later("7 hari"), 7), ("month", later("30 hari"), 30), ("all", later("Semua"), 0))
_DAY_MS: Final = 86_400_000
_HASH: Final = 8
_CHECKS: Final = ("audit_chain", "people", "z_reports", "drawer_sums")


class AuditScreen(Screen):
    """The room `audit`."""

    key = "audit"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._open = False
        self._span = "week"
        self.model = AuditModel(lambda: self.context.till.store.read)
        self.header = PageHeader("")
        self.check = ActionButton("", "shield-check")
        self.view = QListView()
        self.search = SearchField(key=key_of(Action.SEARCH))
        self.who = QComboBox()
        self.sales = Chip()
        self.chips = {name: Chip() for name, _, _ in _SPANS}
        self.notice = Notice("shield-check", "", Tone.GOOD, self)
        self.head = Text("", Role.BACA, Token.TINTA3, 400)
        self.ask = ActionButton("", "key-round", kind=Kind.PRIMARY)
        self.shut = EmptyState("laci", "", "", self.ask)
        self.nothing = EmptyState("kosong_nota", "")
        self._pages = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.retranslate()

    # --- what the shell asks ----------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is None or changed.shop:
            self._open = may_now(self.context.till, Act.SEE_AUDIT)
            self._name_people()
        self._turn()

    def retranslate(self) -> None:
        self.header.set_words(tr("Catatan kegiatan"), tr("Siapa melakukan apa, kapan. Tidak bisa diubah atau dihapus."))
        self.check.setText(tr("Periksa catatan"))
        self.search.set_words(tr("Cari catatan"), tr("Apa, siapa, nomor nota, atau jumlah"))
        self.view.setAccessibleName(tr("Daftar catatan"))
        self.who.setAccessibleName(tr("Siapa"))
        self.sales.setText(tr("Penjualan juga"))
        for name, word, _ in _SPANS:
            self.chips[name].setText(tr(word))
        self.shut.set_words(tr("Perlu izin pemilik"), tr("Catatan ini dibuka dengan PIN pemilik."))
        self.ask.setText(tr("Masukkan PIN"))
        self.nothing.set_words(tr("Tidak ketemu"), tr("Coba kata lain, atau pilih waktu yang lebih panjang."))
        self._name_people()
        self._turn()

    def help_text(self) -> str:
        return "\n".join(
            (
                tr("Setiap penjualan, batal, retur, uang keluar, PIN, dan perubahan dicatat di sini bersama namanya."),
                tr("Cari dengan kata, nama, nomor nota, atau jumlah; batasi dengan waktu dan orangnya."),
                tr("Periksa catatan menghitung ulang rantainya: baris yang diubah atau dihapus dari luar ketahuan."),
                tr("Kode di bawah daftar adalah ujung rantai. Kalau dicatat di tempat lain, isinya terbukti tidak berubah."),
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """A PIN opens it for as long as one stays."""
        super().hideEvent(event)
        self._open = False
        self.notice.tell("shield-check", "", Tone.GOOD)
        self.model.clear()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(AuditDelegate(self.view))
        bare_list(self.view)
        self.who.setMinimumWidth(look().px(190))
        asked, filters, group = QHBoxLayout(), QHBoxLayout(), QButtonGroup(self)
        asked.setSpacing(look().px(8))
        asked.addWidget(self.search, 1)
        asked.addWidget(self.who)
        filters.setSpacing(look().px(8))
        for name, chip in self.chips.items():
            group.addButton(chip)
            filters.addWidget(chip)
            on_click(chip, lambda name=name: self._choose(name))  # type: ignore[misc]
        self.chips[self._span].setChecked(True)
        filters.addStretch(1)
        filters.addWidget(self.sales)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.view)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(10))
        column.addWidget(ground, 1)
        column.addWidget(self.head)
        for page in (listed, self.nothing):
            self._pages.addWidget(page)
        self._whole = QStackedWidget()
        opened = QWidget()
        box = QVBoxLayout(opened)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(asked)
        box.addLayout(filters)
        box.addWidget(self.notice)
        box.addWidget(self._pages, 1)
        self._whole.addWidget(opened)
        self._whole.addWidget(self.shut)
        self.header.buttons.addWidget(self.check)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.setSpacing(look().px(12))
        box.addWidget(self.header)
        box.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._show)
        self.who.activated.connect(lambda _place: self._show())
        on_click(self.sales, self._show)
        on_click(self.check, self._check)
        on_click(self.ask, self._ask)
        shortcut = QShortcut(QKeySequence(key_of(Action.SEARCH)), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.setFocus)

    # --- acting -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        till = self.context.till

        def opened(_name: str) -> None:
            self._open = True
            self._turn()

        with_approval(self.context, Act.SEE_AUDIT, lambda approval: may(till, Act.SEE_AUDIT, approval), opened, self.window())

    def _choose(self, span: str) -> None:
        self._span = span
        self._show()

    def _check(self) -> None:
        """Recount everything, off the UI thread: it reads every row."""
        store = self.context.till.store
        self.check.setEnabled(False)
        self.notice.tell("hourglass", tr("Sedang dihitung ulang…"), Tone.INFORMATION)
        run(self.context, lambda _progress: store.read.check(), self._checked).ended.connect(lambda: self.check.setEnabled(True))

    def _checked(self, failed: list[str]) -> None:
        if not failed:
            entries, _ = self.context.till.store.read.audit_head()
            self.notice.tell("shield-check", tr("Semua cocok: {n} catatan, tidak ada yang diubah.", n=entries), Tone.GOOD)
            return
        self.context.sound.emit("error")
        ours = [name for name in failed if name in _CHECKS]
        said = tr("Ada catatan yang diubah dari luar program. Jangan hapus apa pun; hubungi petugas e-Peken.")
        other = tr("Catatan ini cocok, tapi ada data lain yang tidak. Lihat di Lainnya, Kesehatan.")
        self.notice.tell("shield-alert", said if ours else other, Tone.FAULT)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._whole.setCurrentIndex(0 if self._open else 1)
        self.check.setVisible(self._open)
        if self._open:
            self._show()

    def _name_people(self) -> None:
        chosen = self.who.currentData() or ""
        self.who.clear()
        self.who.addItem(tr("Semua orang"), "")
        for name in self.context.till.store.read.audit_names() if self._open else ():
            self.who.addItem(name, name)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _show(self) -> None:
        if not self._open:
            return
        till = self.context.till
        days = next(days for name, _, days in _SPANS if name == self._span)
        cutoff = till.rules.day_cutoff
        since = starts_at(business_day(till.clock.now(), cutoff), cutoff) - (days - 1) * _DAY_MS if days else 0
        typed, actor = self.search.text().strip(), str(self.who.currentData() or "")
        self.model.show(AuditSearch(search_words(typed), actor, since, 0, self.sales.isChecked()))
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        entries, head = till.store.read.audit_head()
        self.head.setText(tr("{n} catatan, ujung rantai {code}", n=entries, code=head[:_HASH].upper()) if entries else "")
