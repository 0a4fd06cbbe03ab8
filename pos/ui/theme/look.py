"""The look in use: colours as QColor, fonts as QFont, sizes in pixels. Owns palette, style sheet and bundled fonts of the application.

One `Look` a process, made by `start` (or by the first who asks). Widgets ask it while they paint, so a change of theme, size or motion
is a repaint: Qt sends one to every widget when the palette changes, and `changed` is there for what keeps pixmaps or sizes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pos.resources import resource_path
from pos.services.preferences import Preferences
from pos.ui.theme.style import palette_of, style_sheet
from pos.ui.theme.tokens import DISPLAY_FROM, LIGHT, THEMES, TIGHTER, TYPES, Role, Token

FAMILY: Final = "Inter"
DISPLAY: Final = "Inter Display"
_FONT_FILES: Final = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "Inter-ExtraBold.ttf",
    "InterDisplay-Bold.ttf",
    "InterDisplay-ExtraBold.ttf",
)
_GROWS_BELOW: Final = 34
"""Pixels: larger type is read from a metre away as it is, and does not grow with the text size."""


class Look(QObject):
    """What widgets ask while they paint.

    Signals:
        changed(): another theme, text size or motion; the palette and the style sheet are set already.

    Attributes:
        theme: `light` or `dark`.
        dark: whether the dark theme is in use.
        motion: False where the person asked for less.
        scale_percent: text size, 100 or 125.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = "light"
        self.dark = False
        self.motion = True
        self.scale_percent = 100
        self._hex = LIGHT
        self._sheet = False
        self._colours: dict[Token, QColor] = {}
        self._fonts: dict[tuple[int, int], QFont] = {}

    def use(self, theme: str, scale_percent: int = 100, reduce_motion: bool = False) -> None:
        """Use a theme (`light`, `dark`, `system`), a text size in percent, and motion or none, from now on.

        An unknown theme is light: a file of settings from a newer program must not stop the till.
        """
        wanted = _system_theme() if theme == "system" else theme
        self.theme = wanted if wanted in THEMES else "light"
        self.dark = self.theme == "dark"
        self.motion = not reduce_motion
        self.scale_percent = scale_percent
        self._hex = THEMES[self.theme]
        self._colours.clear()
        self._dress()
        self.changed.emit()

    def colour(self, token: Token) -> QColor:
        """The colour of a token in the theme in use. A shared value: copy before changing it."""
        colour = self._colours.get(token)
        if colour is None:
            colour = self._colours[token] = QColor(self._hex[token])
        return colour

    def font(self, role: Role, weight: int | None = None, px: int | None = None) -> QFont:
        """The typeface at a role's size: Inter, from 28 px Inter Display set tighter; figures always tabular.

        Args:
            weight: 400 to 800 instead of the role's own.
            px: pixels at 100 % instead of the role's own.
        """
        return self.exact_font(self.text_px(px or TYPES[role].px), weight or TYPES[role].weight)

    def exact_font(self, px: int, weight: int) -> QFont:
        """The typeface at exactly so many pixels, for what is set into a picture of a given size: a ring, a banknote."""
        key = (px, weight)
        font = self._fonts.get(key)
        if font is None:
            font = self._fonts[key] = make_font(px, weight)
        return font

    def px(self, n: int) -> int:
        """A measure at the text size in use: it grows half as much as the text in it, which fits because measures have slack."""
        return n if self.scale_percent == 100 else round(n * (100 + (self.scale_percent - 100) / 2) / 100)

    def text_px(self, px: int) -> int:
        """Pixels of type at the text size in use; giant type stays as it is."""
        return px if px >= _GROWS_BELOW else round(px * self.scale_percent / 100)

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette_of(self._hex))
            app.setFont(self.font(Role.BACA))
            if self._sheet:
                app.setStyleSheet(style_sheet(self.theme, self._hex, self.px))

    def complete(self) -> None:
        """Dress what Qt draws itself too (`start` with `later`): called once the first window is painted."""
        if not self._sheet:
            self._sheet = True
            self._dress()


def make_font(px: int, weight: int) -> QFont:
    """Inter of a size in pixels and a weight, tabular figures."""
    font = QFont(DISPLAY if px >= DISPLAY_FROM and weight >= QFont.Weight.Bold else FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # said for every size: a painter's font takes what it leaves open from the widget's
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -TIGHTER * px if px >= DISPLAY_FROM else 0.0)
    return font


class _InUse:
    look: Look | None = None


def look() -> Look:
    """The one in use; the first who asks before `start` gets a light one with the bundled fonts."""
    if _InUse.look is None:
        _load_fonts()
        _InUse.look = Look()
    return _InUse.look


def start(app: QApplication, preferences: Preferences, later: bool = False) -> Look:
    """Dress the application: Fusion, bundled fonts, palette, style sheet. Called once, before the first window.

    Args:
        later: leave the style sheet to `Look.complete`. It costs each widget of the first paint a tenth of a millisecond, and painted
            widgets need none of it. Nor is the style asked for, which costs as much: the program was made with `-style fusion`.
    """
    if not later and app.style().name().casefold() != "fusion":
        app.setStyle("Fusion")
    now = look()
    now.use(preferences.theme, preferences.text_scale, preferences.reduce_motion)
    if not later:
        now.complete()
    return now


def _load_fonts() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def _system_theme() -> str:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return "light"
    if app.styleHints().colorScheme() is Qt.ColorScheme.Dark:
        return "dark"
    # a platform that knows no scheme still has a palette of its own
    return "dark" if app.style().standardPalette().color(QPalette.ColorRole.Window).lightness() < 128 else "light"
