"""From a bar or a row of Laporan to the notas behind it, in the real window: just those, said in words, and back to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.business_day import business_day
from pos.services import correcting
from pos.services.history_parts import Part, part_name
from pos.ui.history.model import SALE
from pos.ui.history.screen import HistoryScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.widgets.charts.ranks import RankRow
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.paying import SABUN, known_customer, sell_on_credit
from tests.helpers.shops import MI, SteppingClock, sell
from tests.helpers.stage import button_of

INDOMIE, KOPI = "089686010947", "8991002105485"
HOUR_MS = 3_600_000


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as window:
        yield window


def reports(counter: CounterWindow) -> ReportsScreen:
    counter.application.go("reports")
    screen = counter.application.screen("reports")
    assert isinstance(screen, ReportsScreen)
    wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
    settle()
    return screen


def history(counter: CounterWindow) -> HistoryScreen:
    settle()
    assert counter.application.screen_key() == "history"
    screen = counter.application.screen("history")
    assert isinstance(screen, HistoryScreen)
    return screen


def shown(screen: HistoryScreen) -> list[str]:
    """Numbers of the notas in the list, the newest first."""
    return [screen._model.index(place, 0).data(SALE).number for place in range(screen._model.rowCount())]


def later(counter: CounterWindow, ms: int) -> None:
    assert isinstance(counter.till.clock, SteppingClock)
    counter.till.clock.pass_ms(ms)


def test_a_bar_of_an_hour_leads_to_the_notas_of_that_hour_and_its_chip_back_to_all(counter: CounterWindow) -> None:
    early = sell(counter.till, INDOMIE)
    later(counter, 3 * HOUR_MS)
    late = sell(counter.till, KOPI)
    screen = reports(counter)
    screen._chart.setFocus()
    QTest.keyClick(screen._chart, Qt.Key.Key_Home)
    QTest.keyClick(screen._chart, Qt.Key.Key_Return)
    notas = history(counter)
    assert shown(notas) == [early.number]
    assert notas._asked_chip.isVisible()
    assert notas._asked_chip.text() == "25/11/2026 jam 7"
    assert "Tampilkan semua nota" in notas._asked_chip.accessibleName()
    QTest.mouseClick(notas._asked_chip, Qt.MouseButton.LeftButton)
    assert shown(notas) == [late.number, early.number]
    assert not notas._asked_chip.isVisible()


def test_the_best_seller_leads_to_every_nota_with_it_and_to_what_came_back(counter: CounterWindow) -> None:
    first = sell(counter.till, INDOMIE, INDOMIE, INDOMIE)
    sell(counter.till, KOPI)
    second = sell(counter.till, KOPI, INDOMIE)
    back = correcting.void_sale(counter.till, second.uid, "salah")
    screen = reports(counter)
    rows = [row for row in screen.findChildren(RankRow) if row.isVisible()]
    rows[0].click()
    notas = history(counter)
    assert shown(notas) == [back.number, second.number, first.number]
    assert notas._asked_chip.text() == "25/11/2026 · Mi goreng"


def test_a_category_and_a_cashier_lead_to_theirs(counter: CounterWindow) -> None:
    mine = sell(counter.till, INDOMIE)
    with counter.till.store.begin() as work:
        work.set_shop(cashier="Agus")
        work.commit()
    his = sell(counter.till, KOPI)
    screen = reports(counter)
    screen._rank_by.click()
    rows = {row.accessibleName().split(",")[0]: row for row in screen.findChildren(RankRow) if row.isVisible()}
    rows["Kopi & teh"].click()
    assert shown(history(counter)) == [his.number]
    screen = reports(counter)
    screen._rank_by.click()
    rows = {row.accessibleName().split(",")[0]: row for row in screen.findChildren(RankRow) if row.isVisible()}
    rows["Bu Sari"].click()
    assert shown(history(counter)) == [mine.number]


def test_a_customer_and_a_way_to_pay_can_be_asked_for_too(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    bon = sell_on_credit(counter.till, customer, SABUN)
    sell(counter.till, INDOMIE)
    day = business_day(bon.at)
    for what, key, said in (("customer", customer.uid, "Bu Wati"), ("tender", "credit", "Bon")):
        counter.application.go(f"history#{part_name(Part(day, day, None, what, key))}")
        notas = history(counter)
        assert shown(notas) == [bon.number]
        assert notas._asked_chip.text().startswith("25/11/2026 · ")
        assert said.lower() in notas._asked_chip.text().lower()


def test_who_types_a_search_searches_all_notas_again(counter: CounterWindow) -> None:
    early = sell(counter.till, INDOMIE)
    later(counter, 24 * HOUR_MS)
    sell(counter.till, KOPI)
    day = business_day(early.at)
    counter.application.go(f"history#{part_name(Part(day, day, None, 'product', MI.uid))}")
    notas = history(counter)
    assert notas.part_shown() == f"2026-11-25/product:{MI.uid}"
    assert shown(notas) == [early.number]
    notas._search.setText("kopi")
    wait_until(lambda: len(shown(notas)) == 1 and shown(notas) != [early.number], "the search is done")
    assert notas.part_shown() == ""


def test_days_without_a_nota_say_so_and_offer_the_way_back(counter: CounterWindow) -> None:
    sell(counter.till, INDOMIE)
    counter.application.go("history#2020-01-01")
    notas = history(counter)
    assert shown(notas) == []
    assert notas._asked_chip.isVisible()


def test_a_customers_page_leads_to_all_their_notas(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    bon = sell_on_credit(counter.till, customer, SABUN)
    sell(counter.till, INDOMIE)
    counter.application.go(f"customers#{customer.uid}")
    settle()
    button_of(counter.window, "Semua nota pelanggan ini").click()
    notas = history(counter)
    assert shown(notas) == [bon.number]
    assert notas._asked_chip.text().endswith("· Bu Wati")
