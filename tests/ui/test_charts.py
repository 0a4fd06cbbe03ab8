"""Charts: gone through by keys, said in words, opened by a click; and an axis that a shopkeeper can read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from pos.domain.money import format_short
from pos.services.preferences import Preferences
from pos.ui.theme.look import look, start
from pos.ui.theme.tokens import Token
from pos.ui.widgets.charts.bars import BarChart
from pos.ui.widgets.charts.ranks import Ranking, RankRow
from pos.ui.widgets.charts.series import Bar, Ranked, Share, round_top
from pos.ui.widgets.charts.shares import ShareBar, SparkLine

HOURS = tuple(
    Bar(str(hour), hour * 50_000, f"Jam {hour}: {format_short(hour * 50_000)}, {hour} nota", 400_000, hour == 16) for hour in range(6, 22)
)


@pytest.fixture
def chart(qapp: QApplication) -> Iterator[BarChart]:
    start(qapp, Preferences())
    chart = BarChart(format_short)
    chart.resize(800, 400)
    chart.show_bars("Penjualan per jam", HOURS)
    chart.show()
    chart.activateWindow()
    assert QTest.qWaitForWindowActive(chart)
    yield chart
    chart.close()
    chart.deleteLater()


def test_the_bar_of_this_hour_is_the_one_whose_figures_show(chart: BarChart) -> None:
    assert chart.chosen == 10
    assert chart.accessibleName() == "Penjualan per jam. Jam 16: Rp800 rb, 16 nota"


def test_the_arrow_keys_go_from_bar_to_bar_and_the_ends_are_ends(chart: BarChart) -> None:
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleName().endswith("Jam 15: Rp750 rb, 15 nota")
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.chosen == 0
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.chosen == len(HOURS) - 1


def test_enter_or_a_click_opens_the_bars_notas(chart: BarChart) -> None:
    opened = QSignalSpy(chart.opened)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    plot = chart._plot()
    middle = plot.left() + plot.width() * 2.5 / len(HOURS)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(int(middle), int(plot.bottom()) - 5))
    assert [opened.at(number)[0] for number in range(opened.count())] == [10, 2]


def test_a_chart_without_a_bar_takes_keys_and_clicks_and_shows_nothing(chart: BarChart) -> None:
    chart.show_bars("Penjualan per jam", [])
    opened = QSignalSpy(chart.opened)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(chart, key)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert opened.count() == 0
    assert chart.accessibleName() == "Penjualan per jam"
    chart.grab()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_bar_is_seen_in_both_themes(chart: BarChart, theme: str) -> None:
    look().use(theme)
    picture = chart.grab().toImage()
    plot = chart._plot()
    x = int(plot.left() + plot.width() * 9.5 / len(HOURS))
    assert picture.pixelColor(x, int(plot.bottom()) - 20) == look().colour(Token.DAUN)
    look().use("light")


def test_shares_say_all_their_figures_and_leave_out_what_is_none(qapp: QApplication) -> None:
    start(qapp, Preferences())
    bar = ShareBar()
    shares = [Share("Bon", 5, "5%", Token.TERONG), Share("Tunai", 95, "95%", Token.DAUN), Share("QRIS", 0, "0%", Token.NILA)]
    bar.show_shares("Cara bayar", shares)
    assert bar.accessibleName() == "Cara bayar. Tunai 95%, Bon 5%"
    bar.resize(bar.sizeHint())
    parts = bar._parts(bar.rect().toRectF())
    assert [part.width() > 5 for part in parts] == [True, True]
    bar.grab()


def test_a_share_of_a_thousandth_can_still_be_seen_and_the_bar_keeps_its_width(qapp: QApplication) -> None:
    start(qapp, Preferences())
    bar = ShareBar()
    bar.show_shares("Cara bayar", [Share("Tunai", 9_999, "99%", Token.DAUN), Share("Bon", 1, "0%", Token.TERONG)])
    bar.resize(400, 80)
    parts = bar._parts(bar.rect().toRectF())
    assert parts[1].width() >= 6
    assert parts[-1].right() == pytest.approx(400)


def test_a_ranking_opens_the_row_that_is_pressed(qapp: QApplication) -> None:
    start(qapp, Preferences())
    ranking = Ranking()
    ranking.show_rows([Ranked("a", "Mi goreng", 86, "86"), Ranked("b", "Telur ayam", 31, "31 kg")])
    ranking.resize(380, 120)
    ranking.show()
    opened = QSignalSpy(ranking.opened)
    rows = ranking.findChildren(RankRow)
    assert [row.accessibleName() for row in rows] == ["Mi goreng, 86", "Telur ayam, 31 kg"]
    QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert opened.at(0)[0] == "b"
    ranking.show_rows([Ranked("a", "Mi goreng", 0, "0")])
    assert [row.isVisible() for row in rows] == [True, False]
    ranking.grab()
    ranking.close()
    ranking.deleteLater()


@pytest.mark.parametrize("values", [(), (5,), (5, 5, 5), (0, -3, 9)])
def test_a_trend_of_any_values_is_drawn_without_a_fault(qapp: QApplication, values: tuple[int, ...]) -> None:
    start(qapp, Preferences())
    line = SparkLine(Token.DAUN, Token.DAUN_MUDA)
    line.resize(line.sizeHint())
    line.show_values(values)
    line.grab()
    if len(values) > 1:
        assert all(0 <= point.x() <= line.width() and 0 <= point.y() <= line.height() for point in line._points())


@given(st.integers(0, 10**12))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_an_axis_reaches_over_the_highest_bar_in_a_few_round_steps(highest: int) -> None:
    top, step = round_top(highest)
    assert top >= highest
    assert top % step == 0
    assert 1 <= top // step <= 6
    digits = str(step).rstrip("0")
    assert digits in ("1", "2", "25", "5")
