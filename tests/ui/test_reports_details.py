"""What else Laporan says: what was taken back, the counter beside e-Peken, the year against its line, PPN only for a PKP; and any month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.ppn import Ppn
from pos.services import correcting
from pos.services.report_views import OnlineTakings
from pos.services.reports import Span, SpanKind, read_report, span_back, span_of, today
from pos.ui.reports.details import detail_rows
from pos.ui.reports.screen import ReportsScreen
from pos.ui.reports.tables import report_tables
from pos.ui.settings.pkp_form import PkpForm
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.shops import SteppingClock, sell
from tests.helpers.stage import button_of, words_of

INDOMIE, KOPI = "089686010947", "8991002105485"
DAY_MS = 86_400_000


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as window:
        yield window


def opened(counter: CounterWindow) -> ReportsScreen:
    counter.application.go("reports")
    screen = counter.application.screen("reports")
    assert isinstance(screen, ReportsScreen)
    return read(screen)


def read(screen: ReportsScreen) -> ReportsScreen:
    wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
    settle()
    return screen


def told(screen: ReportsScreen) -> dict[str, str]:
    assert screen._report is not None
    return {row.left: row.right for row in detail_rows(screen._report)}


def test_what_was_taken_back_is_told_and_what_did_not_happen_is_left_out(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    assert set(told(screen)) == {"Nilai stok", "Omzet tahun 2026", "Dari batas Rp500 juta"}
    correcting.void_sale(counter.till, sell(counter.till, KOPI).uid, "salah")
    counter.application.go("sale")
    screen._report = None
    rows = told(opened(counter))
    assert rows["Nota dibatalkan (1)"] == "-Rp1.500"
    assert rows["Omzet tahun 2026"] == "Rp3.500"
    assert rows["Dari batas Rp500 juta"].startswith("0%")


def test_online_stands_beside_the_counter_once_something_was_handed_over(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    assert not screen._details._online.isVisible()
    assert screen._report is not None
    screen._details.show_report(replace(screen._report, online=OnlineTakings(2, 10_500)))
    settle()
    assert screen._details._online.isVisible()
    said = screen._details._shares.accessibleName()
    assert "25%" in said
    assert "75%" in said


def test_ppn_is_told_by_a_shop_that_is_pkp_and_by_no_other(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    till = counter.till
    day = today(till, 0)
    span = Span(SpanKind.DAYS, day, day)
    assert read_report(till, span, 0).ppn is None
    pkp = replace(till, rules=replace(till.rules, pkp_since="2026-01-01"))
    assert read_report(pkp, span, 0).ppn == Ppn(3_500, 347)
    assert [row.right for row in detail_rows(read_report(pkp, span, 0))][-2:] == ["Rp3.153", "Rp347"]
    assert {row[0]: row[1] for row in report_tables(read_report(pkp, span, 0))[0].rows}["PPN di dalam harga"] == 347
    for since, until in (("2027-01-01", ""), ("2026-01-01", "2026-11-24")):
        other = replace(till, rules=replace(till.rules, pkp_since=since, pkp_until=until))
        assert read_report(other, span, 0).ppn is None
        week = read_report(other, span_of(SpanKind.WEEK, day), 0)
        assert (week.takings.turnover, week.ppn) == (3_500, Ppn(0, 0) if until else None)


def test_any_day_week_month_and_year_can_be_gone_back_to(counter: CounterWindow) -> None:
    day = date(2026, 3, 31)
    assert span_back(SpanKind.TODAY, day, 1) == Span(SpanKind.DAYS, date(2026, 3, 30), date(2026, 3, 30))
    assert span_back(SpanKind.WEEK, day, 2) == Span(SpanKind.WEEK, date(2026, 3, 11), date(2026, 3, 17))
    assert span_back(SpanKind.MONTH, day, 1) == Span(SpanKind.MONTH, date(2026, 2, 1), date(2026, 2, 28))
    assert span_back(SpanKind.MONTH, day, 3) == Span(SpanKind.MONTH, date(2025, 12, 1), date(2025, 12, 31))
    assert span_back(SpanKind.YEAR, day, 1) == Span(SpanKind.YEAR, date(2025, 1, 1), date(2025, 12, 31))
    sell(counter.till, INDOMIE)
    assert isinstance(counter.till.clock, SteppingClock)
    counter.till.clock.pass_ms(2 * DAY_MS)
    screen = opened(counter)
    assert not button_of(screen, "Sesudahnya").isEnabled()
    for _ in range(2):
        screen._report = None
        button_of(screen, "Sebelumnya").click()
        read(screen)
    assert "Rabu 25/11/2026" in words_of(screen)
    assert screen._cards[0].accessibleName().startswith("Omzet Rp3.500")
    screen._report = None
    button_of(screen, "Sesudahnya").click()
    read(screen)
    assert screen._cards[0].accessibleName().startswith("Omzet Rp0")


def test_a_shop_says_in_its_settings_since_when_it_is_pkp_and_until_when(counter: CounterWindow) -> None:
    form = PkpForm(counter.application.context)

    def kept() -> tuple[str, str]:
        settle()
        form.refresh()
        return counter.kept[-1].pkp_since, counter.kept[-1].pkp_until

    form.pkp.chosen.emit("yes")
    assert kept() == ("2026-11-25", "")
    form.pkp.chosen.emit("no")
    assert kept() == ("", ""), "a slip of the hand leaves nothing"
    form.pkp.chosen.emit("yes")
    assert (*kept(), form.since.text()) == ("2026-11-25", "", "25/11/2026")
    form.since.setText("31/2/2026")
    form.keep.click()
    assert form.note.sentence.startswith("Tanggalnya belum jelas")
    form.since.setText("1/7/2026")
    form.until.setText("30-6-26")
    form.keep.click()
    assert "sebelum mulai" in form.note.sentence
    form.until.setText("")
    form.keep.click()
    assert kept() == ("2026-07-01", "")
    form.pkp.chosen.emit("no")
    assert kept() == ("2026-07-01", "2026-11-24"), "days that had PPN keep it"
    assert (form.until.text(), form.pkp.current()) == ("24/11/2026", "no")
    form.deleteLater()
