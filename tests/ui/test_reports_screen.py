"""Laporan in the real window: four figures that agree with the notas, bars that lead to them, and a room that fits the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.services.reports import SpanKind
from pos.ui.language import set_language
from pos.ui.reports.screen import ReportsScreen
from pos.ui.widgets.charts.ranks import RankRow
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.shops import sell
from tests.helpers.stage import nameless, words_of

INDOMIE, KOPI = "089686010947", "8991002105485"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as window:
        yield window


def opened(counter: CounterWindow) -> ReportsScreen:
    """The room, once its figures are there."""
    counter.application.go("reports")
    screen = counter.application.screen("reports")
    assert isinstance(screen, ReportsScreen)
    wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
    settle()
    return screen


def card(screen: ReportsScreen, place: int) -> str:
    return screen._cards[place].accessibleName()


def test_the_four_figures_are_those_of_the_notas(counter: CounterWindow) -> None:
    for codes in ((INDOMIE, KOPI), (INDOMIE,), (KOPI, KOPI)):
        sell(counter.till, *codes)
    screen = opened(counter)
    assert card(screen, 0).startswith("Omzet Rp11.500")
    assert card(screen, 1).startswith("Laba kotor Rp2.300")
    assert card(screen, 2).startswith("Nota 3")
    assert card(screen, 3).startswith("Rata-rata nota Rp3.833")


def test_a_shop_that_has_not_sold_yet_is_told_so_and_not_shown_an_empty_chart(counter: CounterWindow) -> None:
    screen = opened(counter)
    assert "Belum ada penjualan" in words_of(screen)
    assert card(screen, 0).startswith("Omzet Rp0")


def test_a_sale_that_comes_while_the_room_shows_is_in_the_figures(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    counter.application.go("sale")
    counter.scan(INDOMIE)
    counter.key("F12")
    counter.application.go("reports")
    wait_until(lambda: card(screen, 2).startswith("Nota 2"), "the new nota is counted")


@pytest.mark.parametrize("kind", SpanKind)
def test_every_span_shows_the_same_turnover_of_a_shop_that_opened_today(counter: CounterWindow, kind: SpanKind) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    if kind not in screen._chips:
        return
    screen._report = None
    QTest.mouseClick(screen._chips[kind], Qt.MouseButton.LeftButton)
    wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
    expected = "Omzet Rp0" if kind is SpanKind.YESTERDAY else "Omzet Rp3.500"
    assert card(screen, 0).startswith(expected)


def test_the_bars_are_gone_through_with_the_keyboard_and_lead_to_the_notas(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    screen._chart.setFocus()
    QTest.keyClick(screen._chart, Qt.Key.Key_Home)
    assert "Jam" in screen._chart.accessibleName()
    assert "1 nota" in screen._chart.accessibleName()
    QTest.keyClick(screen._chart, Qt.Key.Key_Return)
    settle()
    assert counter.application.screen_key() == "history"


def test_the_best_sellers_are_shown_by_goods_by_category_and_by_cashier(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE, KOPI)
    screen = opened(counter)

    def rows() -> list[str]:
        return [row.accessibleName() for row in screen.findChildren(RankRow) if row.isVisible()]

    assert rows() == ["Mi goreng, 1 bungkus", "Kopi susu sachet, 1 sachet"]
    screen._rank_by.click()
    assert rows()[0].startswith("Mi instan, Rp")
    screen._rank_by.click()
    assert rows() == ["Bu Sari, Rp5 rb, 1 nota"]
    screen._rank_by.click()
    assert len(rows()) == 2


def test_the_cap_is_shown_once_the_server_has_told_one_with_what_comes_of_it(counter: CounterWindow) -> None:
    screen = opened(counter)
    assert not screen._cap_panel.isVisible()
    with counter.till.store.begin() as work:
        work.set_shop(cap_amount=30_000_000, cap_used=29_000_000)
        work.commit()
    screen._report = None
    screen._read()
    wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
    assert screen._cap_panel.isVisible()
    assert "batasnya tercapai" in screen._forecast.text()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_room_fits_both_screens_and_everything_in_it_has_a_name(counter: CounterWindow, language: str) -> None:
    sell(counter.till, INDOMIE)
    screen = opened(counter)
    set_language(language)
    screen.retranslate()
    settle()
    hint = screen.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 704
    assert nameless(screen) == []
    set_language("id")
