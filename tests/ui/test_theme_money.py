"""Money on the screen: whole, large, grouped while it is typed, and never covered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import ShopError
from pos.domain.money import NOTES
from pos.ui.theme.look import look
from pos.ui.theme.tokens import GIANT_LEAST, Role, Token
from pos.ui.widgets.card import CounterBlock
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.notes import NoteButton

BASKET_AT_1024 = 404
PADDING = 2 * 20


@pytest.fixture(autouse=True)
def _light(qapp: object) -> Iterator[None]:
    look().use("light")
    yield
    look().use("light")


def _show(qtbot: QtBot, widget: QWidget, size: QSize | None = None) -> None:
    qtbot.addWidget(widget)
    widget.resize(size or widget.sizeHint().expandedTo(QSize(8, 8)))
    widget.show()


def _pixel(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


# --- money -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.UANG_BESAR, Role.UANG_KEMBALI])
@pytest.mark.parametrize("amount", [0, 500, 162_500, 1_162_500, 21_449_000, 999_999_999, 999_999_999_999, -162_500])
def test_money_is_whole_and_large_in_the_narrowest_counter(qtbot: QtBot, role: Role, amount: int) -> None:
    label = MoneyLabel(amount, role)
    _show(qtbot, label, QSize(BASKET_AT_1024 - PADDING, label.sizeHint().height()))
    assert label.figure_px() >= GIANT_LEAST >= 64
    assert label.figure_width() <= label.width()


def test_the_total_of_a_usual_basket_is_set_at_its_full_size(qtbot: QtBot) -> None:
    label = MoneyLabel(162_500)
    _show(qtbot, label, QSize(444, label.sizeHint().height()))
    assert label.figure_px() == 84


@pytest.mark.parametrize("width", [200, 404 - 40, 484 - 40, 1000])
@pytest.mark.parametrize("amount", [162_500, 999_999_999])
def test_no_digit_touches_the_edge_of_its_label(qtbot: QtBot, width: int, amount: int) -> None:
    block = CounterBlock()
    label = MoneyLabel(amount, parent=block)
    _show(qtbot, block, QSize(width + 40, 120))
    label.setGeometry(20, 10, width, label.sizeHint().height())
    image = block.grab().toImage()
    ground = look().colour(Token.DAUN_TUA).name()
    for y in range(20, 100):
        for x in (*range(14, 20), *range(20 + width, 26 + width)):
            assert image.pixelColor(x, y).name() == ground
    inked = [y for y in range(10, 10 + label.height()) if any(image.pixelColor(x, y).name() != ground for x in range(20, 20 + width))]
    assert inked[0] > 10, "the sign is cut off above"
    assert inked[-1] < 10 + label.height() - 1, "the digits are cut off below"


def test_the_label_says_its_amount_in_words_too(qtbot: QtBot) -> None:
    label = MoneyLabel()
    qtbot.addWidget(label)
    label.set_amount(162_500)
    assert (label.text(), label.accessibleName(), label.amount) == ("Rp162.500", "Rp162.500", 162_500)


def test_an_amount_is_grouped_while_it_is_typed(qtbot: QtBot) -> None:
    field = AmountField("Uang diterima")
    _show(qtbot, field)
    QTest.keyClicks(field, "50000")
    assert (field.text(), field.amount()) == ("50.000", 50_000)
    field.setCursorPosition(1)
    QTest.keyClicks(field, "2")
    assert (field.text(), field.cursorPosition()) == ("520.000", 2)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.text(), field.cursorPosition()) == ("50.000", 1)


def test_an_amount_that_can_be_meant_in_two_ways_is_left_as_typed(qtbot: QtBot) -> None:
    field = AmountField("Uang diterima")
    _show(qtbot, field)
    QTest.keyClicks(field, "12,500")
    assert field.text() == "12,500"
    with pytest.raises(ShopError):
        field.amount()


def test_the_amount_field_tells_when_it_changes(qtbot: QtBot) -> None:
    field = AmountField("Uang diterima")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.amount_changed):
        field.set_amount(200_000)
    assert field.amount() == 200_000
    field.set_amount(None)
    assert field.text() == ""


@pytest.mark.parametrize("amount", NOTES)
def test_the_count_of_a_note_never_covers_its_figure(qtbot: QtBot, amount: int) -> None:
    button = NoteButton(amount)
    _show(qtbot, button, QSize(100, 62))
    bare = button.grab().toImage()
    button.set_count(12)
    counted = button.grab().toImage()
    assert counted != bare
    figure = [(x, y) for x in range(8, 92) for y in range(24, 40) if bare.pixelColor(x, y).name() == "#ffffff"]
    assert figure
    assert all(counted.pixelColor(x, y).name() == "#ffffff" for x, y in figure)
    assert "12×" in button.accessibleDescription()


def test_the_keypad_says_what_was_pressed(qtbot: QtBot) -> None:
    pad = Keypad()
    _show(qtbot, pad, QSize(320, 340))
    said: list[str] = []
    pad.pressed.connect(said.append)
    for key in pad.findChildren(QAbstractButton):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert sorted(said) == sorted([*"0123456789", "000", "back"])
