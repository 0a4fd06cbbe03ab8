"""The header: whose shop, who sells, and the pills that say how things are. Owns how the pills find room; `pills` says what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.shell.skeleton import HEADER_HEIGHT as HEIGHT
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click, settle
from pos.ui.widgets.painting import LEFT, elide_middle, paint_focus, paint_ground, painter_on, step_darker
from pos.ui.widgets.pill import Pill, pill_width

if TYPE_CHECKING:
    from pos.ui.shell.pills import PillState

_GAP: Final = 8
_LEAST_NAME: Final = 170


class MenuButton(ActionButton):
    """Opens the rooms where the rail is folded away: as green as the rail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "menu", kind=Kind.COUNTER, parent=parent)
        self.setFixedHeight(look().px(48))

    def _fill(self, paint: object) -> QColor | None:
        return step_darker(look().colour(Token.REL), self.isDown(), self.underMouse())


class WhoButton(QAbstractButton):
    """Whose shop, and who sells below it. A tap brings the tiles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._under = ""

    def show_words(self, shop: str, under: str, does: str, key: str) -> None:
        """The shop's name, the line below it, and what a tap does."""
        self._under = under
        self.setText(shop)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(f"{does}: {under}" if under else does)
        self.setAccessibleDescription(shop)
        self.setToolTip(f"{does} ({key})")
        self.update()

    @property
    def under(self) -> str:
        """The line below the shop's name."""
        return self._under

    def sizeHint(self) -> QSize:
        return QSize(look().px(_LEAST_NAME), look().px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(96), look().px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            paint_ground(painter, rect.adjusted(-6, 0, 0, 0), look().colour(Token.TEKAN), None, 12)
        if self.hasFocus():
            paint_focus(painter, rect, 12)
        upper, lower = look().font(Role.SUB, 800), look().font(Role.BACA, 400)
        half = rect.height() / 2 if self._under else rect.height()
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(upper)
        painter.drawText(
            QRectF(4, 1 if self._under else 0, rect.width() - 8, half), LEFT, elide_middle(self.text(), upper, rect.width() - 8)
        )
        if self._under:
            painter.setPen(look().colour(Token.TINTA2))
            painter.setFont(lower)
            painter.drawText(QRectF(4, half - 1, rect.width() - 8, half), LEFT, elide_middle(self._under, lower, rect.width() - 8))
        painter.end()


class Header(QWidget):
    """Name and pills.

    Signals:
        wanted(str): key of the room that a pill leads to.
        menu_wanted(): the rooms, where the rail is folded away.
        cashier_wanted(): the tiles of who is at the counter.
    """

    wanted = Signal(str)
    menu_wanted = Signal()
    cashier_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._cashier, self._session = "", "", ""
        self._states: tuple[PillState, ...] = ()
        self._pills: dict[str, Pill] = {}
        self._compact = False
        self.menu = MenuButton()
        self.who = WhoButton()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.menu)
        self._row.addSpacing(4)
        self._row.addWidget(self.who, 1)
        on_click(self.menu, self.menu_wanted.emit)
        on_click(self.who, self.cashier_wanted.emit)
        self.menu.hide()
        look().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew; the pills come with `show_pills`."""
        self.menu.setText(tr("Menu"))
        self._say()

    def set_compact(self, compact: bool) -> None:
        """Without a rail: the menu is here, and the pills are short."""
        if compact != self._compact:
            self._compact = compact
            self.menu.setVisible(compact)
            self._fit()
            self._say()

    def show_shop(self, name: str, cashier: str) -> None:
        """Whose shop, who sells."""
        self._shop, self._cashier = name, cashier
        self._say()

    def show_pills(self, states: Sequence[PillState]) -> None:
        """How things are."""
        self._states = tuple(states)
        self._session = next((state.text for state in states if state.key == "session"), "")
        self._say()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def pill(self, key: str) -> Pill | None:
        """The pill of that key while it is shown."""
        pill = self._pills.get(key)
        return pill if pill is not None and not pill.isHidden() else None

    def _say(self) -> None:
        cashier = tr("Kasir: {name}", name=self._cashier) if self._cashier else ""
        under = (self._session if self._compact and not self._cashier else "") or cashier
        self.who.show_words(self._shop or "e-Peken", under, tr("Ganti kasir, kunci layar"), key_of(Action.LOCK))

    def _fit(self) -> None:
        self.setFixedHeight(look().px(HEIGHT))
        self._row.setContentsMargins(14 if self._compact else 16, 0, 16, 0)
        self._arrange()

    def _arrange(self) -> None:
        """Every pill whole if there is room; else short; else the ones that say that all is well go."""
        room = self.width() - look().px(_LEAST_NAME) - (self.menu.sizeHint().width() if self._compact else 0) - 40
        shown = [
            (state, state.text) for state in self._states if not (self._compact and state.key == "session" and state.tone is Tone.QUIET)
        ]
        if _width(shown) > room:
            shown = [(state, state.short or (state.text if state.tone not in (Tone.QUIET, Tone.GOOD) else "")) for state, _ in shown]
            shown = [(state, text) for state, text in shown if text]
        for tone in (Tone.QUIET, Tone.GOOD):
            while _width(shown) > room and any(state.tone is tone for state, _ in shown):
                last = max(place for place, (state, _) in enumerate(shown) if state.tone is tone)
                del shown[last]
        self._put(shown)

    def _put(self, shown: list[tuple[PillState, str]]) -> None:
        wanted = {state.key for state, _ in shown}
        for key, pill in self._pills.items():
            pill.setVisible(key in wanted)
        for state, text in shown:
            pill = self._pills.get(state.key) or self._make(state.key)
            pill.set(state.icon, text, state.tone)
            pill.setToolTip(state.tip or state.text)
            pill.setAccessibleName(state.text)
            pill.setAccessibleDescription(state.tip)
            pill.setProperty("goes_to", state.goes_to)
        # a pill that comes later still stands in the order of the states
        before: QWidget = self.who
        for state in self._states:
            if state.key in self._pills:
                pill = self._pills[state.key]
                self._row.removeWidget(pill)
                self._row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
                self.setTabOrder(before, pill)
                before = pill

    def _make(self, key: str) -> Pill:
        pill = self._pills[key] = Pill(parent=self)
        on_click(pill, lambda: self.wanted.emit(str(pill.property("goes_to"))))
        pill.show()
        return pill


def _width(shown: list[tuple[PillState, str]]) -> float:
    return sum(pill_width(state.icon, text) + _GAP for state, text in shown)
