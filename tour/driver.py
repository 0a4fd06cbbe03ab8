"""The till under remote hands: the real application, real windows, real key and mouse events, told by JSON lines on stdin.

`python -m tour.driver --data DIR --size 1366x768`. Answers each line with one line. Owns finding things on the screen by their
words; decides nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from pos.app import open_application
from pos.ui.operations import Operation
from tests.helpers.scanner import WedgeScanner

if TYPE_CHECKING:
    from pos.ui.application import Application

Order = dict[str, Any]


class Pipe(QObject):
    """Reads stdin in a thread and hands each line to the main thread.

    Signals:
        line(str): one order.
        ended(): the story has let go.
    """

    line = Signal(str)
    ended = Signal()

    def start(self) -> None:
        threading.Thread(target=self._read, name="story", daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.line.emit(line)
        self.ended.emit()


class Driver(QObject):
    """Does one order after another in the main thread."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.application = application
        self._stamp = 0
        self.acts: dict[str, Callable[[Order], Order | None]] = {
            "ready": lambda order: None,
            "scan": self._scan,
            "type": self._type,
            "key": self._key,
            "click": self._click,
            "fill": self._fill,
            "look": self._look,
            "state": lambda order: self._state(),
            "stock": lambda order: self._stock(),
            "pause": lambda order: QTest.qWait(int(order["ms"])),
            "run": self._run,
            "quit": self._quit,
        }

    def obey(self, line: str) -> None:
        order: Order = json.loads(line)
        try:
            answer = self.acts[order["do"]](order) or {}
        except (LookupError, AssertionError, ValueError, RuntimeError, TypeError, AttributeError) as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    # --- hands ------------------------------------------------------------------------------------------------

    def _scan(self, order: Order) -> None:
        # stamped as the keyboard stamps its keys: a busy machine must not make a slow typist of a scanner
        self._stamp += 10_000
        WedgeScanner(self._window(), at=self._stamp).scan(order["code"])
        QTest.qWait(60)

    def _type(self, order: Order) -> None:
        handle = self._window().windowHandle()
        for character in order["text"]:
            QTest.keyClick(handle, character, Qt.KeyboardModifier.NoModifier, 120)
        QTest.qWait(200)

    def _key(self, order: Order) -> None:
        combination = QKeySequence(order["key"])[0]  # type: ignore[index]
        QTest.keyClick(self._window().windowHandle(), combination.key(), combination.keyboardModifiers(), 30)
        QTest.qWait(60)

    def _click(self, order: Order) -> None:
        words = order["words"]
        for button in self._visible(QAbstractButton):
            if words in (_plain(button.text()), button.accessibleName(), button.objectName()):
                assert button.isEnabled(), f"{words!r} is there but cannot be pressed now"
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                QTest.qWait(60)
                return
        for view in self._visible(QAbstractItemView):
            index = _row_that_says(view.model(), words)
            if index is not None:
                view.scrollTo(index)
                QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
                QTest.qWait(60)
                return
        for box in self._visible(QComboBox):
            place = box.findText(words)
            if place >= 0:
                box.setCurrentIndex(place)
                QTest.qWait(60)
                return
        raise LookupError(
            f"nothing says {words!r}; buttons: {[_plain(b.text()) or b.accessibleName() for b in self._visible(QAbstractButton)]}"
        )

    def _fill(self, order: Order) -> None:
        for field in self._visible(QLineEdit):
            if order["field"] in (field.accessibleName(), field.placeholderText()):
                field.setFocus()
                field.selectAll()
                QTest.keyClicks(field, order["text"], Qt.KeyboardModifier.NoModifier, 60)
                QTest.qWait(100)
                return
        raise LookupError(f"no field {order['field']!r}; fields: {[f.accessibleName() for f in self._visible(QLineEdit)]}")

    def _is_at_rest(self) -> bool:
        """No screen waits for figures that are being read."""
        return not self.application.context.findChildren(Operation)

    def _look(self, order: Order) -> None:
        QTest.qWait(350)
        end = time.monotonic() + 20
        while not self._is_at_rest():
            if time.monotonic() > end:
                raise ValueError("the till is still at work")
            QTest.qWait(50)
        file = Path(order["file"])
        file.parent.mkdir(parents=True, exist_ok=True)
        window = self.application.window
        picture = window.grab()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not window and dialog.isVisible() and dialog.isWindow():
                from PySide6.QtGui import QPainter

                painter = QPainter(picture)
                painter.drawPixmap(dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), dialog.grab())
                painter.end()
        assert picture.save(str(file)), f"could not write {file}"

    def _run(self, order: Order) -> None:
        getattr(self.application, order["name"])(*order.get("arguments", []))

    def _quit(self, order: Order) -> None:
        QTimer.singleShot(0, self.application.close)

    # --- eyes -------------------------------------------------------------------------------------------------

    def _window(self) -> QWidget:
        window = QApplication.activeModalWidget() or self.application.window
        if not window.isActiveWindow():
            # a desktop gives the keyboard back when a dialog closes; the offscreen platform gives it to nobody
            window.activateWindow()
            QTest.qWaitForWindowActive(window)
        return window

    def _visible(self, kind: type[Any]) -> Iterator[Any]:
        seen: set[int] = set()
        top = QApplication.activeModalWidget()
        roots = [top] if top else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        for root in roots:
            for widget in root.findChildren(kind):
                if widget.isVisible() and id(widget) not in seen:
                    seen.add(id(widget))
                    yield widget

    def _state(self) -> Order:
        from tour.state import read_state

        return read_state(self.application)

    def _stock(self) -> Order:
        from tour.state import read_stock

        return {"stock": read_stock(self.application)}


def _plain(text: str) -> str:
    return text.replace("&", "").strip()


def _row_that_says(model: QAbstractItemModel | None, words: str) -> QModelIndex | None:
    if model is None:
        return None
    root = QModelIndex()
    for row in range(min(model.rowCount(root), 500)):
        for column in range(_columns(model)):
            index = model.index(row, column)
            if words in str(index.data(Qt.ItemDataRole.DisplayRole) or ""):
                return index
    return None


def _columns(model: QAbstractItemModel) -> int:
    """A list's own `columnCount` is private in Qt, and always one."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def main() -> int:
    parser = argparse.ArgumentParser(prog="tour.driver")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--language", default="")
    parser.add_argument("--theme", default="")
    options = parser.parse_args()
    width, height = (int(part) for part in options.size.split("x"))
    changes = {name: value for name, value in (("language", options.language), ("theme", options.theme)) if value}
    # a machine that plays the story has no keyring: the keys of its made-up shop go into the file
    application = open_application(options.data, size=(width, height), preferences={**changes, "secrets_in_file": True})
    driver = Driver(application)
    pipe = Pipe()
    pipe.line.connect(driver.obey, Qt.ConnectionType.QueuedConnection)
    pipe.ended.connect(application.close, Qt.ConnectionType.QueuedConnection)
    application.when_ready(pipe.start)
    return application.run()


if __name__ == "__main__":
    sys.exit(main())
