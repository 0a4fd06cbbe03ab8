"""The lock screen: who is at the counter? Tiles, a keypad, a clock. Owns which tile is chosen; a PIN is checked in a thread of its own.

A digit chooses a tile while none is chosen, so another cashier is two keys away; then digits are the PIN.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.people import User
from pos.services import people
from pos.ui.context import UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.lock.acts import role_text
from pos.ui.lock.front import Front
from pos.ui.lock.pin_pad import PinPad
from pos.ui.messages import error_sentence
from pos.ui.operations import run
from pos.ui.rehearsal.playing import Rehearsing
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import ElidedText, Text

_COMPACT_BELOW: Final = 1_200
_FRONT, _FRONT_COMPACT = 430, 300
_PAD, _PAD_COMPACT = 380, 340


class LockScreen(QWidget):
    """Signals:
    opened(User): somebody signed in.
    left(): back without a change, where no PIN counts.

    Attributes:
        tiles: one a person, in their order.
    """

    opened = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, can_go_back: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._users = context.till.store.read.users()
        self._chosen: User | None = None
        self._can_go_back = can_go_back
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Terkunci"))
        self.front = Front(context.till.store.read.shop().name, context.till.clock)
        self.notice = Notice("scan-barcode", "", Tone.FAULT, self)
        self.rehearsing = Rehearsing(context, hint=False)
        self.pad = PinPad(tr("Buka kunci"), Kind.NEXT, "lock-open")
        self.title = ElidedText("", Role.JUDUL, Token.TINTA, 700)
        self.tiles = [self._tile(place, user) for place, user in enumerate(self._users)]
        self._back = ActionButton(tr("Orang lain"), "arrow-left", key_of(Action.BACK))
        kept = self._back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(kept)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(lambda: self.pad.wait(False))
        self._build()
        self.pad.entered.connect(self._entered)
        on_click(self._back, self.choose_none)

    def begin(self) -> None:
        """Nobody is chosen; where there is only one with a PIN, that one is."""
        if len(self._users) == 1 and self._users[0].has_pin:
            self._choose(self._users[0])
        else:
            self.choose_none()

    def choose_none(self) -> None:
        """Back to the tiles."""
        self._chosen = None
        self._group.setExclusive(False)
        for tile in self.tiles:
            tile.setChecked(False)
        self._group.setExclusive(True)
        self._card.setEnabled(False)
        self.pad.field.clear()
        self.pad.tell("")
        self.title.setText(tr("Pilih nama dulu"))
        self._back.setVisible(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_scan(self) -> None:
        """A scan came: it is seen that it went nowhere."""
        self.notice.tell("scan-barcode", tr("Layar terkunci: pindaian tidak masuk. Masuk dulu, lalu pindai lagi."), Tone.FAULT)

    def tell_orders(self, unseen: int) -> None:
        """How many online orders wait."""
        self.front.tell_orders(unseen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses a tile; Esc goes back to the tiles, and from there back to the counter where no PIN counts."""
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif self._chosen is None and digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(self._users):
            self._choose(self._users[int(digit) - 1])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < look().px(_COMPACT_BELOW)
        self.front.setFixedWidth(look().px(_FRONT_COMPACT if compact else _FRONT))
        self._card.setFixedWidth(look().px(_PAD_COMPACT if compact else _PAD))

    # --- making ------------------------------------------------------------------------------------------------------

    def _tile(self, place: int, user: User) -> ChoiceCard:
        tile = ChoiceCard(user.name, role_text(user.role), "user", str(place + 1) if place < 9 else "")
        # the screen has the keyboard while nobody is chosen
        on_click(tile, lambda: self._choose(user))
        return tile

    def _build(self) -> None:
        self._group = QButtonGroup(self)
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, look().px(8), 0)
        column.setSpacing(look().px(10))
        for tile in self.tiles:
            self._group.addButton(tile)
            column.addWidget(tile)
        column.addStretch(1)
        who = QVBoxLayout()
        who.setSpacing(look().px(14))
        who.addWidget(Text(tr("Siapa di kasir?"), Role.ANGKA, px=30))
        who.addWidget(self.notice)
        who.addWidget(scrolled(names), 1)
        who.addWidget(self.rehearsing)
        self._card = Card()
        inside = QVBoxLayout(self._card)
        side = look().px(18)
        inside.setContentsMargins(side, look().px(14), side, side)
        inside.setSpacing(look().px(10))
        inside.addWidget(self.title)
        inside.addWidget(self.pad, 1)
        inside.addWidget(self._back)
        pad = QVBoxLayout()
        pad.addWidget(self._card, 1)
        row = QHBoxLayout()
        row.setContentsMargins(look().px(24), look().px(24), look().px(24), look().px(24))
        row.setSpacing(look().px(24))
        row.addLayout(who, 1)
        row.addLayout(pad)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.front)
        box.addLayout(row, 1)

    # --- acting ------------------------------------------------------------------------------------------------------

    def _escape(self) -> None:
        if self._chosen is not None and len(self._users) > 1:
            self.choose_none()
        elif self._can_go_back:
            self.left.emit()

    def _choose(self, user: User) -> None:
        self.notice.tell("scan-barcode", "", Tone.FAULT)
        self._chosen = user
        self.tiles[self._users.index(user)].setChecked(True)
        if not user.has_pin:
            self._sign_in(user, "")
            return
        self._card.setEnabled(True)
        self.title.setText(tr("PIN {name}", name=user.name))
        self._back.setVisible(len(self._users) > 1)
        self._pause.stop()
        self.pad.wait(False)
        self.pad.begin()

    def _entered(self, pin: str) -> None:
        if self._chosen is not None:
            self.pad.wait(True)
            self._sign_in(self._chosen, pin)

    def _sign_in(self, user: User, pin: str) -> None:
        """In a thread: a PIN takes as long as it takes on an old machine."""
        till = self._context.till
        run(self._context, lambda _progress: people.sign_in(till, user.uid, pin), self._signed_in, self._refused)

    def _signed_in(self, user: User) -> None:
        self.opened.emit(user)

    def _refused(self, error: ShopError) -> None:
        self._context.sound.emit("error")
        if self._chosen is None or not self._chosen.has_pin:
            self.notice.tell("circle-alert", error_sentence(error), Tone.FAULT)
            self.choose_none()
            return
        self.pad.wait(False)
        self.pad.tell(error_sentence(error))
        seconds = error.fields.get("seconds", 0)
        if isinstance(seconds, int) and seconds:
            self.pad.wait(True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pause.start(seconds * 1_000)
