"""The painted widgets: large enough for a finger, named for the ear, whole for the eye, and the same after a thousand paints."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.services.preferences import Preferences
from pos.ui.theme.look import look, start
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.pill import Chip, Pill
from pos.ui.widgets.ring import Ring
from pos.ui.widgets.scroll import touch_scroll
from pos.ui.widgets.text import ElidedText, Text
from tests.helpers.painted import every, pressed


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


# --- touch, keys, names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [100, 125])
@pytest.mark.parametrize("name", pressed())
def test_what_is_pressed_is_large_enough_for_a_finger(qtbot: QtBot, name: str, scale: int) -> None:
    look().use("light", scale)
    widget = pressed()[name]()
    qtbot.addWidget(widget)
    for size in (widget.sizeHint(), widget.minimumSizeHint()):
        assert size.height() >= 48
        assert size.width() >= 48


@pytest.mark.parametrize("name", pressed())
def test_what_is_acted_on_has_a_name(qtbot: QtBot, name: str) -> None:
    widget = pressed()[name]()
    qtbot.addWidget(widget)
    if name != "chip with a sign":
        assert widget.accessibleName()


def test_the_pay_button_is_taller_than_the_others(qtbot: QtBot) -> None:
    pay = ActionButton("BAYAR", "banknote", "F9", Kind.NEXT)
    qtbot.addWidget(pay)
    assert pay.sizeHint().height() >= 76


def test_a_scanners_enter_presses_no_button(qtbot: QtBot) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    button = ActionButton("Bayar")
    field = TextField("Kode")
    box.addWidget(button)
    box.addWidget(field)
    _show(qtbot, window, QSize(300, 160))
    pressed: list[bool] = []
    on_click(button, lambda: pressed.append(True))
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not pressed
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed
    assert not button.hasFocus(), "a click leaves the focus where the scanner types"


@pytest.mark.parametrize("make", [lambda: Chip("Kopi & teh"), lambda: ActionButton("Sabun & cuci"), lambda: CheckRow("Kopi & teh")])
def test_an_ampersand_is_only_an_ampersand(qtbot: QtBot, make: Callable[[], QAbstractButton]) -> None:
    button = make()
    qtbot.addWidget(button)
    assert "&" in button.text()
    assert button.shortcut().isEmpty()


def test_a_button_grows_when_it_gets_a_key_and_an_icon(qtbot: QtBot) -> None:
    button = ActionButton("Simpan")
    qtbot.addWidget(button)
    bare = button.sizeHint().width()
    button.set_key("F4")
    keyed = button.sizeHint().width()
    button.set_icon("pause")
    assert bare < keyed < button.sizeHint().width()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FLAT])
def test_a_pressed_button_is_one_step_darker_at_once(qtbot: QtBot, kind: Kind, theme: str) -> None:
    look().use(theme)
    button = ActionButton("Bayar", kind=kind)
    _show(qtbot, button, QSize(200, 60))
    at_rest = _pixel(button, 20, 30)
    button.setDown(True)
    assert _pixel(button, 20, 30) != at_rest
    button.setDown(False)
    assert _pixel(button, 20, 30) == at_rest


@pytest.mark.parametrize("kind", list(Kind))
def test_a_button_that_cannot_be_pressed_looks_so(qtbot: QtBot, kind: Kind) -> None:
    button = ActionButton("Bayar", kind=kind)
    _show(qtbot, button, QSize(200, 60))
    before = button.grab().toImage()
    button.setEnabled(False)
    assert button.grab().toImage() != before


@pytest.mark.parametrize("name", ["button-quiet", "strip", "icon-quiet", "check", "pill", "chip", "choice", "note", "coin", "field"])
def test_where_the_keyboard_is_can_be_seen(qtbot: QtBot, name: str) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    widget = pressed()[name]()
    other = QLineEdit()
    box.addWidget(other)
    box.addWidget(widget)
    _show(qtbot, window, QSize(400, 200))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    away = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus()
    there = widget.grab().toImage()
    ring = look().colour(Token.FOKUS).name()
    assert there != away
    middle = there.height() // 2
    assert ring in {there.pixelColor(x, middle).name() for x in (0, 1, 2)}


# --- states and choices ----------------------------------------------------------------------------------------------


def test_a_row_is_ticked_by_a_tap_anywhere_on_it(qtbot: QtBot) -> None:
    row = CheckRow("Minyak goreng 1 liter", "2×")
    _show(qtbot, row, QSize(360, 48))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(340, 24))
    assert row.isChecked()
    assert row.accessibleName() == "2× Minyak goreng 1 liter"


def test_one_segment_is_chosen_and_a_choice_is_told(qtbot: QtBot) -> None:
    segments = Segments([("58", "58 mm"), ("80", "80 mm")])
    _show(qtbot, segments, QSize(300, 58))
    assert segments.current() == "58"
    with qtbot.waitSignal(segments.chosen) as told:
        QTest.mouseClick(segments.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert (told.args, segments.current()) == (["80"], "80")
    segments.choose("58")
    segments.set_words([("58", "58 mm"), ("80", "80 mm lebar")])
    assert segments.current() == "58"


@pytest.mark.parametrize("tone", Tone)
def test_a_pill_says_its_state_in_a_word_and_an_icon(qtbot: QtBot, tone: Tone) -> None:
    pill = Pill("wifi", "Daring", tone)
    qtbot.addWidget(pill)
    assert (pill.text(), pill.accessibleName()) == ("Daring", "Daring")
    short = pill.sizeHint().width()
    pill.set("cloud-upload", "2 belum terkirim", tone)
    assert pill.sizeHint().width() > short


def test_a_long_name_is_cut_in_its_middle_and_its_size_stays(qtbot: QtBot) -> None:
    label = ElidedText("Minyak goreng kelapa sawit kemasan isi ulang 1 liter")
    _show(qtbot, label, QSize(200, 30))
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(900, 30)
    label.grab()
    assert label.toolTip() == ""


def test_the_ring_and_the_bar_take_what_they_are_told(qtbot: QtBot) -> None:
    ring, bar = Ring(), StockBar()
    for widget in (ring, bar):
        _show(qtbot, widget)
    empty, none = ring.grab().toImage(), bar.grab().toImage()
    ring.set(0.4, "8", "mnt", Token.BATA, "sisa 8 menit")
    bar.set(3.0, Token.DAUN, 0.9)
    assert ring.accessibleName() == "sisa 8 menit"
    assert ring.grab().toImage() != empty
    assert bar.grab().toImage() != none


def test_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    state = EmptyState("kosong_keranjang", "Pindai barang pertama", "", ActionButton("Cari barang", "search", "F2"))
    _show(qtbot, state, QSize(420, 360))
    assert [label.text() for label in state.findChildren(QLabel) if label.isVisible()] == ["Pindai barang pertama"]
    state.set_words("Tidak ketemu", "Coba kata lain.")
    assert {"Tidak ketemu", "Coba kata lain."} <= {label.text() for label in state.findChildren(QLabel)}


def test_a_finger_can_push_a_list(qtbot: QtBot) -> None:
    view = QListWidget()
    _show(qtbot, view)
    touch_scroll(view)
    assert view.verticalScrollMode() is QListWidget.ScrollMode.ScrollPerPixel


# --- theme -----------------------------------------------------------------------------------------------------------


def test_a_change_of_theme_repaints_what_stands(qtbot: QtBot) -> None:
    card = Card()
    _show(qtbot, card, QSize(80, 80))
    assert _pixel(card, 40, 40) == look().colour(Token.KERTAS)
    with qtbot.waitSignal(look().changed):
        look().use("dark")
    assert look().dark
    assert _pixel(card, 40, 40) == look().colour(Token.KERTAS) == QColor("#1B221E")
    qtbot.waitUntil(lambda: card.palette().window().color() == look().colour(Token.ALAS))


def test_words_follow_the_theme_and_the_text_size(qtbot: QtBot) -> None:
    text = Text("Tersimpan", Role.BACA, Token.TINTA2)
    qtbot.addWidget(text)
    small = text.sizeHint().height()
    look().use("dark", 125)
    assert text.palette().color(text.foregroundRole()) == look().colour(Token.TINTA2)
    assert text.sizeHint().height() > small
    assert (look().text_px(19), look().text_px(84), look().px(48)) == (24, 84, 54)


def test_what_qt_draws_itself_is_dressed_too_once_the_window_is_painted(qtbot: QtBot, qapp: QApplication) -> None:
    start(qapp, Preferences(theme="dark"), later=True)
    before = qapp.styleSheet()
    look().complete()
    field = QComboBox()
    _show(qtbot, field)
    assert field.sizeHint().height() >= 48
    assert look().colour(Token.KERTAS).name().upper() in qapp.styleSheet()
    look().complete()
    qapp.setStyleSheet(before)


@pytest.mark.parametrize("theme", ["sepia", "", "system"])
def test_a_theme_that_nobody_knows_stops_nothing(qtbot: QtBot, theme: str) -> None:
    look().use(theme)
    assert look().theme in ("light", "dark")


@pytest.mark.parametrize("scale", [100, 125])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", every())
def test_every_widget_can_be_painted_in_every_look(qtbot: QtBot, name: str, theme: str, scale: int) -> None:
    look().use(theme, scale)
    widget = every()[name]()
    _show(qtbot, widget)
    assert not widget.grab().isNull()


@pytest.mark.parametrize("name", every())
def test_painting_a_thousand_times_keeps_the_count_of_none(qtbot: QtBot, name: str) -> None:
    widget = every()[name]()
    _show(qtbot, widget)
    widget.grab()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        widget.repaint()
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 50


def test_a_double_click_means_the_first_button_and_not_the_one_that_came_under_the_pointer(qtbot: QtBot) -> None:
    page = QWidget()
    box = QVBoxLayout(page)
    first, second = ActionButton("Terima"), ActionButton("Terima")
    pressed_buttons: list[str] = []
    for name, button in (("first", first), ("second", second)):
        box.addWidget(button)
        on_click(button, lambda name=name: pressed_buttons.append(name))  # type: ignore[misc]
    _show(qtbot, page)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def second_click(button: ActionButton) -> None:
        at = QPointF(9, 9)
        QApplication.sendEvent(button, QMouseEvent(QEvent.Type.MouseButtonDblClick, at, button.mapToGlobal(at), left, left, none))
        QTest.mouseRelease(button, left)

    QTest.mouseClick(first, left)
    second_click(first)
    assert pressed_buttons == ["first", "first"], "5 and 5 on a keypad are 55"
    QTest.mouseClick(first, left)
    # the card of the first went away, and the next one moved up
    second_click(second)
    assert pressed_buttons == ["first"] * 3


def test_the_drawing_of_an_empty_place_gives_way_to_its_words(qtbot: QtBot) -> None:
    empty = EmptyState("kosong_keranjang", "Pindai barang pertama", "atau cari namanya", px=112)
    qtbot.addWidget(empty)
    drawing = empty.findChild(DrawingLabel)
    assert drawing is not None
    heights = []
    for height in (400, 180, 80):
        empty.fit(height)
        heights.append(0 if drawing.isHidden() else drawing.sizeHint().height())
    assert heights[0] == look().px(112)
    assert look().px(56) <= heights[1] < heights[0]
    assert heights[2] == 0
