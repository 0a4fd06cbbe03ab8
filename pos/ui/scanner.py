"""The barcode scanner, which is a very fast keyboard: tells its bursts from a person's typing. Owns no meaning of a code.

`BurstReader` decides by times that are handed in and knows no Qt. `Scanner` watches the windows of the application, holds every
character back for a moment, gives a burst away as one `scanned` signal, and hands typed keys on in their order.

Why at the window and not at the widget: whatever has the focus, nothing of a burst may leak into it (counter.md, rule 1).
Why the event's own time stamp: it is taken when the key arrived, so a window that was busy for a moment reads the same times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

GAP_MS: Final = 50
"""Longest time between two characters of one burst; also how long a typed key is held back at most."""
SHORT_GAP_MS: Final = 25
"""The same for a short code, which a quick hand could come near."""
LONG_CODE: Final = 6
"""From so many characters on the longer gap counts."""
SHORTEST_CODE: Final = 3
"""Fewer characters are never a scan: invented codes such as `001` have three."""
BARE_CODE: Final = 8
"""Characters that a burst without Enter or Tab behind it must have (a scanner that was set up to send none)."""
LONGEST_CODE: Final = 1024

_MODIFIER_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
    }
)
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_HANDS: Final = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)
_WATCHED: Final = (*_KEYS, *_HANDS[2:])
"""Tuples: an event's kind is found in them without its hash, and every event of the window comes by here."""
_END_KEYS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run of characters was. `code` of a scan; empty when a person typed it."""

    code: str = ""


class BurstReader:
    """Tells bursts by the times between characters. Times in ms of any steady clock."""

    def __init__(self) -> None:
        self._text = ""
        self._last = 0
        self._widest = 0

    @property
    def waiting(self) -> bool:
        """Whether characters are held that nobody has judged yet."""
        return bool(self._text)

    def character(self, character: str, at: int) -> Ended | None:
        """A character came. Returns what the run *before* it was, if this one does not belong to it."""
        gap = at - self._last
        ended = None
        if self._text and (gap > GAP_MS or gap < 0 or len(self._text) >= LONGEST_CODE):
            ended = self.settle()
        if self._text:
            self._widest = max(self._widest, gap)
        self._text += character
        self._last = at
        return ended

    def end(self, at: int) -> Ended:
        """Enter or Tab came. The code if it ends a burst; then the key belongs to it and must be swallowed."""
        if not self._text:
            return Ended()
        gap = at - self._last
        limit = GAP_MS if len(self._text) >= LONG_CODE else SHORT_GAP_MS
        if 0 <= gap <= limit and self._widest <= limit and len(self._text) >= SHORTEST_CODE:
            return Ended(self._take())
        return self.settle()

    def settle(self) -> Ended:
        """Nothing more came in time, or another key did: judge what is held."""
        fast = self._widest <= SHORT_GAP_MS and len(self._text) >= BARE_CODE
        text = self._take()
        return Ended(text if fast else "")

    def _take(self) -> str:
        text, self._text, self._widest = self._text, "", 0
        return text


class Scanner(QObject):
    """Watches every window that gets the focus.

    Signals:
        scanned(str): a code was scanned, without its Enter or Tab.

    Attributes:
        enabled: off while a page wants raw keys (the scanner test of the first run may look at them).
        watch_repeats: whether a key that is held down may look pressed anew, as on X11.
    """

    scanned = Signal(str)

    def __init__(self, now_ms: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = True
        self._now = now_ms
        self._reader = BurstReader()
        self._held: list[QKeyEvent] = []
        self._swallowed: set[int] = set()
        self._last_scan_at: int | None = None
        self.watch_repeats = QGuiApplication.platformName() == "xcb"
        self._released_last = (0, 0)
        self._handing_on = False
        self._looked_twice = False
        self._touched = now_ms()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._quiet)

    @property
    def idle_ms(self) -> int:
        """How long no key was pressed, nothing scanned, and no finger or pointer put on a window."""
        return self._now() - self._touched

    def watch_application(self, app: QGuiApplication) -> None:
        """Watch all windows, dialogs too, from the moment they are given the focus."""
        app.focusWindowChanged.connect(self.watch)
        self.watch(QGuiApplication.focusWindow())

    def watch(self, window: QWindow | None) -> None:
        """Watch one window. Doing it again changes nothing."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _WATCHED:
            return False
        if kind in _HANDS:
            self._touched = self._now()
        if kind not in _KEYS:
            return False
        if self._handing_on or not self.enabled or not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if kind != QEvent.Type.KeyRelease and self._is_held_down(event):
            # an override that is accepted looks up no shortcut
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        if kind == QEvent.Type.KeyRelease:
            return self._released(event)
        if not _is_character(event) and event.key() not in _MODIFIER_KEYS and event.key() not in _END_KEYS:
            # a shortcut is looked up before the key press: what was typed before it goes first
            self._settle()
        return False

    def _is_held_down(self, event: QKeyEvent) -> bool:
        """Whether a shortcut's key repeats although Qt says that it was pressed anew: X11 tells a repeat as a release and a press at the
        very same moment, and Qt takes them for real ones when they arrive apart. Not so for characters: a scanner is as quick as that."""
        if not self.watch_repeats or _is_character(event) or event.key() in _END_KEYS:
            return False
        return not event.isAutoRepeat() and self._released_last == (event.key(), event.timestamp())

    def _pressed(self, event: QKeyEvent) -> bool:
        at = event.timestamp() or self._now()
        if event.key() in _MODIFIER_KEYS:
            return False
        if _is_character(event):
            self._take_ended(self._reader.character(event.text(), at))
            self._hold(event)
            return True
        if event.key() in _END_KEYS and not event.isAutoRepeat():
            return self._end_pressed(event, at)
        self._settle()
        return False

    def _end_pressed(self, event: QKeyEvent, at: int) -> bool:
        if not self._reader.waiting:
            # some scanners send CR and LF, two Enters
            swallow = self._last_scan_at is not None and 0 <= at - self._last_scan_at <= SHORT_GAP_MS
            if swallow:
                self._swallowed.add(event.key())
            return swallow
        ended = self._reader.end(at)
        if ended.code:
            self._swallowed.add(event.key())
            self._last_scan_at = at
        self._take_ended(ended)
        return bool(ended.code)

    def _released(self, event: QKeyEvent) -> bool:
        self._released_last = (event.key(), event.timestamp())
        if event.key() in self._swallowed:
            if not event.isAutoRepeat():
                self._swallowed.discard(event.key())
            return True
        if self._held and any(held.key() == event.key() for held in self._held):
            self._held.append(_copy(event))
            return True
        return False

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(_copy(event))
        self._looked_twice = False
        self._timer.start(GAP_MS)

    def _quiet(self) -> None:
        """The gap is over. If the window was busy, keys may still wait behind this timer: let them come first."""
        if not self._looked_twice:
            self._looked_twice = True
            self._timer.start(0)
            return
        self._settle()

    def _settle(self) -> None:
        if self._reader.waiting:
            self._take_ended(self._reader.settle())

    def _take_ended(self, ended: Ended | None) -> None:
        if ended is None:
            return
        self._timer.stop()
        held, self._held = self._held, []
        if ended.code:
            down = {event.key() for event in held if event.type() == QEvent.Type.KeyPress}
            self._swallowed |= down - {event.key() for event in held if event.type() == QEvent.Type.KeyRelease}
            self.scanned.emit(ended.code)
        else:
            self._hand_on(held)

    def _hand_on(self, held: list[QKeyEvent]) -> None:
        """Give typed keys to the window that has the focus, as if they came now."""
        self._handing_on = True
        try:
            for event in held:
                window = QGuiApplication.focusWindow()
                if window is not None:
                    QCoreApplication.sendEvent(window, event)
        finally:
            self._handing_on = False


def _is_character(event: QKeyEvent) -> bool:
    """A printable character as a scanner or a person types it: no shortcut, not held down."""
    text, modifiers = event.text(), event.modifiers()
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    # AltGr arrives as Ctrl and Alt together on Windows
    plain = control == alt and not modifiers & Qt.KeyboardModifier.MetaModifier
    return len(text) == 1 and text.isprintable() and plain and not event.isAutoRepeat()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
