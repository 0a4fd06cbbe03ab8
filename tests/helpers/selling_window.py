"""A shop with everything that selling has a rule for, under a cashier's hands: what the stories of the counter share. Owns no test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.scale_label import check_digit
from pos.domain.weighing import ScaleReading, WeightState
from pos.services.ports import Rules
from tests.helpers.counter_shelf import SHELF
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.stage import button_of

D = TypeVar("D", bound=QWidget)


class QuietScale:
    """`ports.counter.Scale` whose weight the test sets."""

    def __init__(self, counter: CounterWindow) -> None:
        self._clock = counter.till.clock
        self.grams, self.state, self.running = 0, WeightState.STABLE, False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def reading(self) -> ScaleReading:
        return ScaleReading(self.grams, self.state, self._clock.monotonic())


@contextmanager
def shop(folder: Path, rules: Rules | None = None) -> Iterator[CounterWindow]:
    with counter_window(folder, SHELF, rules=rules) as counter:
        yield counter


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def dialog_of(counter: CounterWindow, kind: type[D]) -> D:
    dialog = counter.window
    assert isinstance(dialog, kind), type(dialog).__name__
    return dialog


def tap_gula(counter: CounterWindow) -> None:
    counter.type("gula")
    counter.key("Return")


def turn_wheel(widget: QWidget, notches: int) -> None:
    at = QPointF(widget.rect().center())
    turned = QPoint(0, 120 * notches)
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    settle()


def label(digits: str) -> str:
    return digits + check_digit(digits)


def opened(counter: CounterWindow, act: Callable[[], object]) -> QWidget:
    """What an act opens."""
    act()
    settle()
    return counter.window
