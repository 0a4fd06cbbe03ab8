"""Laci: opened with its float, cash in and out, counted blind, closed with its Z. Owns which page shows; the sums are the store's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pos.domain.business_day import business_day
from pos.domain.cash_session import CashSession
from pos.domain.changed import Changed
from pos.domain.drawer_report import DrawerReport
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.people import Act
from pos.services import drawer
from pos.services.drawer import Closed, Pieces
from pos.ui.context import Screen, UiContext
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.drawer.count_page import CountPage
from pos.ui.drawer.day_page import DayPage
from pos.ui.drawer.report_dialog import ReportDialog, ZListDialog
from pos.ui.drawer.result_page import ResultPage
from pos.ui.drawer.words import difference_text
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.moments import date_text, moment_text
from pos.ui.operations import attempt
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.dialog import Dialog, PageHeader

_CHANGED: Final = Changed(session=True, outbox=True, print_jobs=True)


class DrawerScreen(Screen):
    """Four pages: opening, the day, counting, the result."""

    key = "drawer"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._session: CashSession | None = None
        self._result: DrawerReport | None = None
        self.header = PageHeader("", "")
        self.last_z = ActionButton("", "receipt-text")
        self.leave = ActionButton("", "arrow-left")
        self.opening = CountPage(context, "lock-open", may_be_nothing=True)
        self.counting = CountPage(context, "check", may_be_nothing=False)
        self.day, self.result = DayPage(), ResultPage()
        self._pages = QStackedWidget()
        self._build()
        self.retranslate()

    # --- what the shell asks ----------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Whether the drawer is open, and what went through it."""
        if changed is not None and not (changed.session or changed.sales or changed.shop):
            return
        session = self.context.till.store.read.session()
        other = (session.uid if session else "") != (self._session.uid if self._session else "")
        self._session = session
        if changed is None or other:
            self._begin()
        self._show()

    def clear_right(self) -> int:
        """Toasts leave the counter and its button free."""
        page = self._pages.currentWidget()
        assert isinstance(page, CountPage | DayPage | ResultPage)
        return page.right_width() + 16

    def retranslate(self) -> None:
        """Every word anew; what is counted stays."""
        self.opening.set_words(tr("MODAL AWAL"), tr("Modal awal"), tr("Buka kasir"), tr("Uang kecil untuk kembalian. Boleh kosong."))
        self.counting.set_words(
            tr("DI LACI"),
            tr("Uang dihitung"),
            tr("Selesai hitung"),
            tr("Hitung semua uang di laci. Setelah ini baru dibandingkan dengan catatan."),
        )
        self.day.retranslate()
        self.leave.setText(tr("Belum, kembali"))
        self.last_z.setText(tr("Laporan Z"))
        if self._result is not None:
            self.result.show_result(self._result)
        self._show()

    def help_text(self) -> str:
        """What F1 says here."""
        if self._session is None:
            return tr("Hitung uang yang ada di laci sebelum jualan, per lembar atau langsung jumlahnya, lalu tekan Buka kasir.")
        return "\n".join(
            (
                tr("Uang masuk dan Uang keluar: setiap uang di luar penjualan dicatat di sini, dengan alasannya."),
                tr("Laporan X: isi laci menurut catatan, kapan saja. Siapa yang melihat tercatat."),
                tr("Tutup kasir: hitung dulu, baru dibandingkan. Selisihnya dicatat apa adanya, dan laporan Z bernomor dibuat sekali."),
            )
        )

    # --- making ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for page in (self.opening, self.day, self.counting, self.result):
            self._pages.addWidget(page)
        self.header.buttons.addWidget(self.last_z)
        self.header.buttons.addWidget(self.leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(look().px(12))
        box.addWidget(self.header)
        box.addWidget(self._pages, 1)
        self.opening.given.connect(self._open)
        self.counting.given.connect(self._give)
        self.result.again.connect(self._count)
        self.result.close_wanted.connect(self._close)
        self.day.wanted.connect(self._wanted)
        on_click(self.leave, self._begin)
        on_click(self.last_z, lambda: self._over(ZListDialog(self.context, self.window())))

    # --- acting ------------------------------------------------------------------------------------------------------

    def _wanted(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "in": lambda: self._over(CashDialog(self.context, False, self.window())),
            "out": lambda: self._over(CashDialog(self.context, True, self.window())),
            "x": self._look_inside,
            "z": lambda: self._over(ZListDialog(self.context, self.window())),
            "open": self._kick,
            "close": self._count,
        }
        acts[what]()

    def _over(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _look_inside(self) -> None:
        context = self.context
        with_approval(
            context,
            Act.SEE_DRAWER,
            lambda approval: drawer.x_report(context.till, approval),
            lambda report: self._over(ReportDialog(context, report, self.window())),
            self.window(),
        )

    def _kick(self) -> None:
        context = self.context

        def kicked(_nothing: object) -> None:
            context.changed.emit(Changed(print_jobs=True))
            context.backstage.print_now()

        with_approval(context, Act.OPEN_DRAWER, lambda approval: drawer.open_drawer(context.till, approval), kicked, self.window())

    def _open(self, total: Rupiah, pieces: Pieces) -> None:
        attempt(self.context, lambda: drawer.open_session(self.context.till, total, pieces), self._opened)

    def _opened(self, session: CashSession) -> None:
        self.context.changed.emit(_CHANGED)
        self.context.backstage.sync_now()
        self.context.told.emit("good", tr("Kasir buka. Modal awal {amount}.", amount=format_rupiah(session.float_amount)))
        self.context.go.emit("sale")
        if self.context.till.rules.qris_static:
            from pos.ui.payment.sticker import offer_check

            offer_check(self.context, self.window())

    def _count(self) -> None:
        self._result = None
        self.counting.begin()
        self._turn(self.counting)

    def _give(self, total: Rupiah, pieces: Pieces) -> None:
        attempt(self.context, lambda: drawer.give_count(self.context.till, total, pieces), self._given)

    def _given(self, report: DrawerReport) -> None:
        self._result = report
        self.result.show_result(report)
        self._turn(self.result)

    def _close(self) -> None:
        report = self._result
        if report is None or report.counted is None:
            return
        counted = report.counted
        till = self.context.till
        attempt(self.context, lambda: drawer.close_with_report(till, counted, report.notes, report.session_uid), self._shut)

    def _shut(self, closed: Closed) -> None:
        report = closed.report
        self.context.changed.emit(_CHANGED)
        self.context.backstage.sync_now()
        self.context.backstage.print_now()
        said = tr("Kasir ditutup, laporan Z nomor {number}.", number=report.number)
        self.context.told.emit("good", f"{said} {difference_text(report.difference or 0)}.")
        if self.context.backstage.updates.state().is_ready:
            self.context.told.emit("info", tr("Pembaruan menunggu. Tutup juga programnya; yang baru dipasang sendiri."))

    # --- showing -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The page that one comes to: nothing is counted, and nothing that was counted is kept."""
        self._result = None
        self.opening.begin()
        self.counting.begin()
        self._turn(self.opening if self._session is None else self.day)

    def _turn(self, page: CountPage | DayPage | ResultPage) -> None:
        self._pages.setCurrentWidget(page)
        self._show()
        self.clear_changed.emit()

    def _show(self) -> None:
        page, session = self._pages.currentWidget(), self._session
        self.leave.setVisible(page in (self.counting, self.result))
        self.last_z.setVisible(page is self.opening)
        if session is None:
            self.header.set_words(tr("Buka kasir"), self._last_closing() or tr("Hitung uang di laci, atau ketik saja jumlahnya."))
            return
        if page is self.day:
            at, cashier = moment_text(session.opened_at), session.cashier or "–"
            self.header.set_words(tr("Laci"), tr("Dibuka {at} oleh {cashier}", at=at, cashier=cashier))
            self.day.show_day(session, self.context.till.store.read.cash_movements(session.uid), self._late(session))
        else:
            sentence = tr("Hitung dulu, baru dibandingkan.") if page is self.counting else tr("Begini hitunganmu di samping catatan.")
            self.header.set_words(tr("Tutup kasir"), sentence)

    def _last_closing(self) -> str:
        """What the last closing came to; empty where there was none."""
        last = self.context.till.store.read.z_reports(0, 1)
        if not last:
            return ""
        difference = difference_text(last[0].counted - last[0].expected)
        return tr("Terakhir ditutup {at}: {difference}.", at=moment_text(last[0].at), difference=difference)

    def _late(self, session: CashSession) -> str:
        """Where it is still open from a business day before; a clock that was set back does not make it so."""
        till = self.context.till
        opened = business_day(session.opened_at, till.rules.day_cutoff)
        if opened >= business_day(till.clock.now(), till.rules.day_cutoff):
            return ""
        return tr("Kasir masih buka dari {day}. Tutup dulu supaya laporan hari ini tidak tercampur.", day=date_text(session.opened_at))
