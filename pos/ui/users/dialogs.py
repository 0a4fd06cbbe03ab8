"""Somebody new, somebody changed, one's own PIN. Own what is typed; the verbs own the rules. A PIN is typed twice and shown never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import LONGEST_NAME, Act, Approval, Role, User, check_pin
from pos.services import people
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.acts import role_text
from pos.ui.lock.approve import with_approval
from pos.ui.lock.pin_pad import PinField
from pos.ui.messages import error_sentence
from pos.ui.operations import run
from pos.ui.theme.tokens import Role as Size
from pos.ui.theme.tokens import Token
from pos.ui.users.two_pins import TwoPins
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_ROLES: Final = (Role.CASHIER, Role.OWNER, Role.OFFICER)


class _PersonDialog(Dialog):
    """What the three have in common: a place for what is wrong."""

    def __init__(self, context: UiContext, title: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, 680)
        self._context = context
        self.trouble = Text("", Size.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()

    def scanned(self, code: str) -> bool:
        """A scan is no name and no PIN; it is refused where it is seen."""
        self.complain(tr("Tutup dulu jendela ini, lalu pindai lagi."))
        return True

    def complain(self, sentence: str) -> None:
        self._context.sound.emit("error")
        self.trouble.setText(sentence)
        self.trouble.show()

    def refuse(self, error: ShopError) -> None:
        self.complain(error_sentence(error))

    def pins_agree(self, pins: TwoPins) -> bool:
        self.trouble.hide()
        if pins.same:
            return True
        pins.second.clear()
        pins.second.setFocus(Qt.FocusReason.OtherFocusReason)
        self.complain(tr("Dua PIN-nya belum sama. Ketik sekali lagi."))
        return False


class NewUserDialog(_PersonDialog):
    """Somebody new. Accepted once they are on the list; `first` makes the owner, whose PIN is needed."""

    def __init__(self, context: UiContext, first: bool, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("PIN pemilik") if first else tr("Orang baru"), parent)
        self._first = first
        self.name = TextField(tr("Nama"), tr("nama panggilan, tercetak di struk"), label=tr("Nama"))
        self.name.setMaxLength(LONGEST_NAME)
        self.role = Segments([(role.value, role_text(role)) for role in _ROLES])
        self.role.setAccessibleName(tr("Peran"))
        self.pins = TwoPins(tr("PIN"))
        if first:
            self.name.setText(context.till.store.read.shop().cashier)
            said = tr("Setelah ini, yang penting (batal nota, retur, uang keluar) minta PIN pemilik. Ingat baik-baik PIN-nya.")
            self.body.addWidget(Text(said, Size.BACA, Token.TINTA2, 400, wrap=True))
        self.body.addWidget(self.name)
        if first:
            self.role.hide()
        else:
            self.body.addWidget(self.role)
        self.body.addWidget(self.pins)
        if not first:
            self.body.addWidget(Text(tr("Tanpa PIN, cukup sentuh namanya untuk masuk."), Size.BACA, Token.TINTA3, 400, wrap=True))
        self.body.addWidget(self.trouble)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._save)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if not self.pins_agree(self.pins):
            return
        till, name, pin = self._context.till, self.name.text(), self.pins.pin()
        if self._first:
            run(self._context, lambda _progress: people.add_first_owner(till, name, pin), self._saved, self.refuse)
            return
        role = Role(self.role.current())
        ask(self, self._context, lambda approval: people.add_user(till, name, role, pin, approval), self._saved)

    def _saved(self, _user: object) -> None:
        self.pins.clear()
        self.accept()


class EditUserDialog(_PersonDialog):
    """Somebody on the list: name, role, a new PIN, and whether they still work here. Accepted once anything was kept."""

    def __init__(self, context: UiContext, user: User, parent: QWidget | None = None) -> None:
        super().__init__(context, user.name, parent)
        self._user = user
        self.name = TextField(tr("Nama"), label=tr("Nama"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setText(user.name)
        self.role = Segments([(role.value, role_text(role)) for role in _ROLES])
        self.role.setAccessibleName(tr("Peran"))
        self.role.choose(user.role.value)
        self.pins = TwoPins(tr("PIN baru"))
        self.no_pin = ActionButton(tr("Hapus PIN"), "lock-open")
        self.gone = ActionButton(tr("Berhenti kerja") if user.active else tr("Bekerja lagi"), "log-out" if user.active else "log-in")
        self.body.addWidget(self.name)
        self.body.addWidget(self.role)
        if user.active:
            said = tr("PIN hanya diganti kalau diisi.") if user.has_pin else tr("Belum punya PIN: cukup sentuh namanya untuk masuk.")
            self.body.addWidget(Text(said, Size.BACA, Token.TINTA2, 400, wrap=True))
            self.body.addWidget(self.pins)
        self.body.addWidget(self.trouble)
        self._buttons.insertWidget(0, self.gone)
        if user.active and user.has_pin:
            self._buttons.insertWidget(1, self.no_pin)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        for button, act in ((self.gone, self._turn), (self.no_pin, self._clear), (self.yes, self._save)):
            button.once = True
            on_click(button, act)

    def _save(self) -> None:
        if not self.pins_agree(self.pins):
            return
        till, pin = self._context.till, self.pins.pin()
        changed = replace(self._user, name=self.name.text(), role=Role(self.role.current()))

        def do(approval: Approval | None) -> None:
            if pin:
                # refused before anything is kept
                check_pin(pin)
            people.change_user(till, changed, approval)
            if pin:
                people.set_pin(till, self._user.uid, pin, approval)

        ask(self, self._context, do, self._kept)

    def _turn(self) -> None:
        turned = replace(self._user, active=not self._user.active)
        ask(self, self._context, lambda approval: people.change_user(self._context.till, turned, approval), self._kept)

    def _clear(self) -> None:
        ask(self, self._context, lambda approval: people.set_pin(self._context.till, self._user.uid, "", approval), self._kept)

    def _kept(self, _result: object) -> None:
        self.pins.clear()
        self.accept()


class OwnPinDialog(_PersonDialog):
    """One's own PIN: the old one, and a new one twice."""

    def __init__(self, context: UiContext, user: User, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Ganti PIN {name}", name=user.name), parent)
        self._user = user
        self.old = PinField(tr("PIN sekarang"))
        self.old.set_words(tr("PIN sekarang"), "", tr("PIN sekarang"))
        self.pins = TwoPins(tr("PIN baru"))
        for part in (self.old, self.pins, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Ganti PIN"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._save)
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if not self.pins_agree(self.pins):
            return
        till, user, old, new = self._context.till, self._user, self.old.take(), self.pins.pin()
        run(self._context, lambda _progress: people.change_own_pin(till, user.uid, old, new), self._changed, self.refuse)

    def _changed(self, _nothing: None) -> None:
        self.pins.clear()
        self.accept()
        self._context.told.emit("good", tr("PIN sudah diganti."))


def ask(dialog: _PersonDialog, context: UiContext, do: Callable[[Approval | None], object], then: Callable[[object], object]) -> None:
    """Do a verb of people, with a role's PIN where it needs one; what is wrong is said in the dialog that is open."""

    def tried(approval: Approval | None) -> object:
        try:
            return do(approval)
        except ShopError as error:
            if error.code is ErrorCode.NEEDS_ROLE:
                raise
            return error

    def judged(result: object) -> None:
        if isinstance(result, ShopError):
            dialog.refuse(result)
        else:
            then(result)

    with_approval(context, Act.USERS, tried, judged, dialog)
