"""A role's PIN asked for where it is needed: what was wanted is done as soon as it is given. Owns the question; the verbs own the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval, User
from pos.services import permission
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.acts import act_text, role_text
from pos.ui.lock.pin_pad import PinPad
from pos.ui.messages import error_sentence
from pos.ui.operations import attempt, run, tell
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text

T = TypeVar("T")

_MOST_CARDS: Final = 4


def with_approval(
    context: UiContext,
    act: Act,
    do: Callable[[Approval | None], T],
    then: Callable[[T], object] | None = None,
    parent: QWidget | None = None,
    otherwise: Callable[[], object] | None = None,
) -> bool:
    """Do a short verb; where a role is needed, ask for its PIN in place and do it then. Other failures are said in a toast.

    Args:
        do: the verb, given the approval (None at first). It may be called twice; the first time it has done nothing.
        then: called with what it gave, now or after the PIN.
        parent: the window or dialog to stand over; else the one that is open.
        otherwise: called when nobody gave a PIN.

    Returns:
        Whether it was done already. False also while the PIN is asked for.
    """
    try:
        result = do(None)
    except ShopError as error:
        if error.code is not ErrorCode.NEEDS_ROLE:
            tell(context, error)
            return False
        _ask(context, act, lambda approval: attempt(context, lambda: do(approval), then), parent, otherwise or _nothing)
        return False
    if then is not None:
        then(result)
    return True


def _nothing() -> None:
    """Who gives no PIN has changed their mind."""


def _ask(context: UiContext, act: Act, then: Callable[[Approval], object], parent: QWidget | None, otherwise: Callable[[], object]) -> None:
    users = permission.approvers(context.till, act)
    if not users:
        tell(context, ShopError(ErrorCode.NEEDS_ROLE, act=act.value))
        otherwise()
        return
    over = parent or QApplication.activeModalWidget() or QApplication.activeWindow()
    dialog = ApproveDialog(context, act, users, over)
    dialog.finished.connect(dialog.deleteLater)

    def answered() -> None:
        if dialog.approval is not None:
            then(dialog.approval)

    dialog.accepted.connect(answered)
    dialog.rejected.connect(otherwise)
    dialog.open()


class ApproveDialog(Dialog):
    """Who stands for it, and their PIN. Accepted with `approval`."""

    def __init__(self, context: UiContext, act: Act, users: list[User], parent: QWidget | None = None) -> None:
        super().__init__(tr("Perlu izin"), parent, 480)
        self._context, self._act, self._users = context, act, users
        self.approval: Approval | None = None
        self.pad = PinPad(tr("Izinkan"))
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(lambda: self.pad.wait(False))
        self.pad.entered.connect(self._entered)
        self.cards = [ChoiceCard(user.name, role_text(user.role), "user") for user in users[:_MOST_CARDS]]
        self._group = QButtonGroup(self)
        whose = users[0].name if len(users) == 1 else tr("yang dipilih")
        said = tr("{act}: masukkan PIN {name}.", act=act_text(act), name=whose)
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        for card in self.cards:
            self._group.addButton(card)
            row.addWidget(card)
            on_click(card, self.pad.begin)
        self.cards[0].setChecked(True)
        if len(users) > 1:
            self.body.addLayout(row)
        else:
            self.cards[0].setParent(self)
            self.cards[0].hide()
        self.body.addWidget(self.pad, 1)
        self.pad.begin()

    def scanned(self, code: str) -> bool:
        """A scan is no PIN, and is refused where it is seen."""
        self._context.sound.emit("error")
        self.pad.tell(tr("Masukkan PIN dulu, atau tutup jendela ini untuk memindai."))
        return True

    def _user(self) -> User:
        chosen = next((place for place, card in enumerate(self.cards) if card.isChecked()), 0)
        return self._users[chosen]

    def _entered(self, pin: str) -> None:
        """Checked in a thread: it takes as long as it takes on an old machine."""
        user, till, act = self._user(), self._context.till, self._act
        self.pad.wait(True)
        run(self._context, lambda _progress: permission.approve(till, act, pin, user.uid), self._approved, self._refused)

    def _approved(self, approval: Approval) -> None:
        if self.isVisible():
            self.approval = approval
            self.accept()

    def _refused(self, error: ShopError) -> None:
        if not self.isVisible():
            return
        self._context.sound.emit("error")
        seconds = error.fields.get("seconds", 0)
        self.pad.wait(False)
        self.pad.tell(error_sentence(error))
        if isinstance(seconds, int) and seconds:
            self.pad.wait(True)
            self._pause.start(seconds * 1_000)
