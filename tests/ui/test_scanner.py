"""The scanner always works, and typing never loses a letter: counter.md, rule 1."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.scanner import GAP_MS, BurstReader, Scanner
from tests.helpers.scanner import Hands, WedgeScanner


class Counter(QWidget):
    """A window with a field and a button that Enter would press."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("Bayar")
        self.pressed = 0
        self.button.clicked.connect(self._press)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)

    def _press(self) -> None:
        self.pressed += 1


def watched(qtbot: QtBot) -> tuple[Counter, Scanner, list[str]]:
    window = Counter()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    scanner = Scanner(lambda: 0, window)
    scanner.watch(window.windowHandle())
    scans: list[str] = []
    scanner.scanned.connect(scans.append)
    window.field.setFocus()
    return window, scanner, scans


def test_a_scan_is_one_code_and_nothing_leaks_into_the_field(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    WedgeScanner(window).scan("8991002101234")
    assert scans == ["8991002101234"]
    qtbot.wait(2 * GAP_MS)
    assert window.field.text() == ""


@pytest.mark.parametrize("gap", [1, 2, 5, 12, 25, 40, 50])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_slow_and_fast_scanners_with_enter_or_tab_are_understood(qtbot: QtBot, gap: int, end: Qt.Key) -> None:
    window, _, scans = watched(qtbot)
    WedgeScanner(window, gap_ms=gap, end=end).scan("089686010947")
    assert scans == ["089686010947"]
    assert window.field.text() == ""
    assert window.field.hasFocus()


def test_a_scanner_without_an_end_key_is_understood_when_it_falls_silent(qtbot: QtBot) -> None:
    window, scanner, scans = watched(qtbot)
    with qtbot.waitSignal(scanner.scanned):
        WedgeScanner(window, end=None).scan("8991002101234")
    assert scans == ["8991002101234"]
    assert window.field.text() == ""


def test_a_hundred_scans_a_millisecond_apart_are_a_hundred_codes_in_order(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    scanner = WedgeScanner(window)
    codes = [f"899100{number:07d}" for number in range(100)]
    for code in codes:
        scanner.scan(code, pause_ms=1)
    assert scans == codes
    assert window.field.text() == ""


def test_a_pickup_code_of_a_hundred_and_forty_characters_is_one_scan(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    code = "EPEKEN1:" + "7K241:" + "A-Z0" * 32
    WedgeScanner(window, gap_ms=3).scan(code)
    assert scans == [code]


def test_a_short_invented_code_is_a_scan_when_it_comes_fast(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    WedgeScanner(window, gap_ms=4).scan("001")
    assert scans == ["001"]


@pytest.mark.parametrize("gap", [51, 60, 90, 150, 400])
def test_typed_letters_arrive_all_and_in_order(qtbot: QtBot, gap: int) -> None:
    window, _, scans = watched(qtbot)
    Hands(window).type("minyak goreng 2 l", gap_ms=gap)
    qtbot.waitUntil(lambda: window.field.text() == "minyak goreng 2 l")
    assert scans == []


def test_letters_rolled_by_a_quick_hand_are_not_a_scan(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    hands = Hands(window)
    for character, gap in zip("telur ayam", [120, 30, 80, 20, 45, 110, 28, 60, 35, 90], strict=True):
        hands.key(character, gap)
    qtbot.waitUntil(lambda: window.field.text() == "telur ayam")
    assert scans == []


def test_a_typed_amount_and_enter_stay_typed(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    window.field.returnPressed.connect(window._press)
    hands = Hands(window)
    hands.type("50000", gap_ms=70)
    hands.enter(80)
    assert window.field.text() == "50000"
    assert window.pressed == 1
    assert scans == []


def test_a_quantity_typed_before_a_scan_stays_before_it(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    hands = Hands(window)
    hands.type("5*")
    WedgeScanner(window, at=hands.at).scan("8991002101234")
    assert window.field.text() == "5*"
    assert scans == ["8991002101234"]


def test_the_enter_of_a_scan_presses_no_button(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    window.button.setFocus()
    window.button.setAutoDefault(True)
    WedgeScanner(window).scan("8991002101234")
    assert scans == ["8991002101234"]
    assert window.pressed == 0


def test_both_enters_of_a_scanner_that_sends_two_are_swallowed(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    window.field.returnPressed.connect(window._press)
    scanner = WedgeScanner(window)
    scanner.scan("8991002101234")
    scanner.enter(1)
    assert scans == ["8991002101234"]
    assert window.pressed == 0


def test_a_key_that_is_no_letter_lets_typed_letters_go_first(qtbot: QtBot) -> None:
    window, _, _ = watched(qtbot)
    hands = Hands(window)
    hands.type("ab", gap_ms=20)
    hands._send(Qt.Key.Key_Backspace, "\b")
    assert window.field.text() == "a"


def test_a_scan_in_a_dialog_is_caught_there_too(qtbot: QtBot) -> None:
    window, scanner, scans = watched(qtbot)
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    scanner.watch(dialog.windowHandle())
    WedgeScanner(dialog).scan("8991002101234")
    assert scans == ["8991002101234"]
    assert field.text() == ""
    assert dialog.isVisible()


def test_a_window_that_was_busy_reads_the_same_times(qtbot: QtBot) -> None:
    reader = BurstReader()
    for index, character in enumerate("8991002101234"):
        assert reader.character(character, 1_000 + index) is None
    assert reader.waiting
    assert reader.end(1_013).code == "8991002101234"


def test_a_burst_right_behind_typed_letters_leaves_the_letters_typed() -> None:
    reader = BurstReader()
    assert reader.character("a", 0) is None
    typed = reader.character("8", 400)
    assert typed is not None
    assert typed.code == ""
    for index, character in enumerate("991002101234"):
        reader.character(character, 402 + 2 * index)
    assert reader.end(428).code == "8991002101234"


def test_a_scan_survives_a_window_that_was_busy_for_a_moment(qtbot: QtBot) -> None:
    window, _, scans = watched(qtbot)
    scanner = WedgeScanner(window)
    scanner.key("8", 200)
    busy = QElapsedTimer()
    busy.start()
    while busy.elapsed() < 3 * GAP_MS:
        pass
    # the rest arrived meanwhile, and waits behind the timer that is over already
    scanner.post = True
    for character in "991002101234":
        scanner.key(character, 1)
    scanner.enter(1)
    qtbot.waitUntil(lambda: scans == ["8991002101234"])
    assert window.field.text() == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc123*+ "), st.integers(0, 120)), min_size=1, max_size=40))
def test_whatever_the_rhythm_no_character_is_lost_or_doubled(keys: list[tuple[str, int]]) -> None:
    reader = BurstReader()
    at, runs, run = 0, [], ""
    for character, gap in keys:
        at += gap
        ended = reader.character(character, at)
        if ended is not None:
            assert ended.code in ("", run)
            runs.append(run)
            run = ""
        run += character
    if reader.waiting:
        assert reader.end(at + 60).code in ("", run)
        runs.append(run)
    assert "".join(runs) == "".join(character for character, _ in keys)
    assert not reader.waiting


def test_a_key_that_is_held_down_is_pressed_once_also_where_its_repeats_look_like_presses(qtbot: QtBot) -> None:
    window, scanner, _ = watched(qtbot)
    scanner.watch_repeats = True
    handle = window.windowHandle()

    def f9(kind: QEvent.Type, at: int) -> bool:
        event = QKeyEvent(kind, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(at)
        return scanner.eventFilter(handle, event)

    press, override, release = QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease
    assert not f9(override, 1_000)
    assert not f9(press, 1_000)
    f9(release, 1_660)
    assert f9(override, 1_660), "a release and a press in the same moment are one key held down"
    assert f9(press, 1_660)
    f9(release, 1_700)
    assert not f9(override, 1_900), "pressed again"
    assert not f9(press, 1_900)
