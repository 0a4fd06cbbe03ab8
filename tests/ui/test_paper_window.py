"""A shop without a printer sees its paper on the screen, and the counter keeps the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.services.checkout import complete_sale
from pos.services.drawer import open_session
from pos.services.goods import add_unknown
from pos.services.paper import print_test_page
from pos.services.preferences import one_printer
from pos.services.selling import scan
from pos.ui.paper_window import PaperOnScreen
from tests.helpers.stage import Stage, stage

# the offscreen platform says so of every window that is to stay on top
pytestmark = pytest.mark.qt_log_ignore("does not support raise")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=one_printer("screen:")) as made:
        yield made


@pytest.fixture
def counter(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    return window


def _sell(shop: Stage) -> None:
    till = shop.context.till
    if till.store.read.session() is None:
        open_session(till, 100_000)
        add_unknown(till, "8998100000025", "Kopi", 3_500)
    basket, _ = scan(till, "8998100000025")
    complete_sale(till, basket, basket.total)
    shop.print_all()


def test_a_struk_comes_out_on_the_screen(shop: Stage, counter: QWidget) -> None:
    screen = PaperOnScreen(shop.context, counter)
    assert not screen.window.isVisible()
    _sell(shop)
    assert screen.window.isVisible()
    picture = screen.window.paper.picture
    assert picture is not None
    assert picture.width == 384
    assert picture.height > 300, "the struk, and not the drawer's kick"


def test_the_paper_never_takes_the_keyboard(shop: Stage, counter: QWidget) -> None:
    screen = PaperOnScreen(shop.context, counter)
    _sell(shop)
    assert screen.window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert screen.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_closed_paper_comes_back_with_the_next_one(shop: Stage, counter: QWidget) -> None:
    screen = PaperOnScreen(shop.context, counter)
    _sell(shop)
    first = screen.window.paper.picture
    screen.window.close()
    shop.context.changed.emit(Changed(print_jobs=True))
    assert not screen.window.isVisible(), "the same paper does not come back"
    _sell(shop)
    assert screen.window.isVisible()
    assert screen.window.paper.picture != first


def test_what_came_out_before_the_start_stays_away(shop: Stage, counter: QWidget) -> None:
    print_test_page(shop.context.till)
    shop.print_all()
    screen = PaperOnScreen(shop.context, counter)
    shop.context.changed.emit(Changed(print_jobs=True))
    assert not screen.window.isVisible()


def test_a_shop_with_a_printer_sees_no_paper_on_the_screen(tmp_path: Path, counter: QWidget) -> None:
    with stage(tmp_path / "other", printers=one_printer(f"file:{tmp_path / 'paper.bin'}")) as shop:
        screen = PaperOnScreen(shop.context, counter)
        _sell(shop)
        assert not screen.window.isVisible()


def test_a_paper_that_lies_over_the_till_goes_away_by_itself_unless_it_is_read(shop: Stage, counter: QWidget) -> None:
    screen = PaperOnScreen(shop.context, counter)
    counter.move(0, 0)
    counter.resize(QGuiApplication.primaryScreen().availableSize())
    _sell(shop)
    paper = screen.window
    assert paper._leaving.isActive()
    at = QPointF(9, 9)
    QApplication.sendEvent(paper, QEnterEvent(at, at, at))
    assert not paper._leaving.isActive()
    QApplication.sendEvent(paper, QEvent(QEvent.Type.Leave))
    assert paper._leaving.isActive()
    paper._leaving.timeout.emit()
    assert not paper.isVisible()
    paper.show()
    paper.move(counter.width() + 50, 0)
    QApplication.sendEvent(paper, QEvent(QEvent.Type.Leave))
    assert not paper._leaving.isActive(), "beside the till it is in nobody's way"
