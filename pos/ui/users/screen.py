"""Orang: the list of who works here, and what cashiers may without asking. Owns the page; the dialogs own what is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.people import GRANTABLE, Act, Signed, User
from pos.services import people
from pos.ui.context import Screen, UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.lock.acts import act_text, role_text
from pos.ui.lock.approve import with_approval
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.users.dialogs import EditUserDialog, NewUserDialog, OwnPinDialog
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog, PageHeader
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.text import Text

_BESIDE_FROM: Final = 1_000
_CHANGED: Final = Changed(shop=True)


class UsersScreen(Screen):
    """The room `users`."""

    key = "users"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._users: list[User] = []
        self._signed: Signed | None = None
        self.header = PageHeader("")
        self.own_pin = ActionButton("", "key-round")
        self.add = ActionButton("", "user-plus", kind=Kind.PRIMARY)
        self.first = ActionButton("", "key-round", kind=Kind.PRIMARY)
        self.empty = EmptyState("toko", "", "", self.first)
        self.cards: list[ChoiceCard] = []
        self.grants: dict[Act, CheckRow] = {act: CheckRow() for act in GRANTABLE}
        self._title, self._may_title, self._may_hint = (
            Text("", Role.SUB),
            Text("", Role.SUB),
            Text("", Role.BACA, Token.TINTA2, 400, wrap=True),
        )
        self._build()
        on_click(self.add, self._add)
        on_click(self.first, self._add_first)
        on_click(self.own_pin, self._own_pin)
        for act, row in self.grants.items():
            on_click(row, lambda act=act: self._grant(act))  # type: ignore[misc]
        self.retranslate()

    # --- what the shell asks ----------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is not None and not changed.shop:
            return
        read = self.context.till.store.read
        self._users, self._signed = read.users(gone=True), read.signed()
        self._fill()

    def retranslate(self) -> None:
        self.header.set_words(tr("Orang"), tr("Siapa yang bekerja di sini, PIN-nya, dan siapa boleh apa."))
        self.own_pin.setText(tr("PIN saya"))
        self.add.setText(tr("Tambah orang"))
        self.first.setText(tr("Buat PIN pemilik"))
        self.empty.set_words(
            tr("Sendirian di toko? Tidak perlu PIN"),
            tr("Kalau ada yang ikut menjaga, mulai dengan PIN pemilik. Setelah itu tambahkan kasirnya."),
        )
        self._title.setText(tr("Yang bekerja di sini"))
        self._may_title.setText(tr("Kasir boleh tanpa bertanya"))
        self._may_hint.setText(tr("Yang tidak dicentang minta PIN pemilik di tempat, dan tercatat."))
        for act, row in self.grants.items():
            row.setText(act_text(act))
        self._fill()

    def help_text(self) -> str:
        return "\n".join(
            (
                tr("Setiap orang punya nama dan peran. Sentuh namanya untuk mengganti nama, peran, atau PIN."),
                tr("Ganti kasir kapan saja dengan {key} atau nama di pojok atas: keranjangnya tetap ada.", key=key_of(Action.LOCK)),
                tr("Pemilik lupa PIN? Petugas e-Peken dengan PIN-nya sendiri bisa memberi PIN baru di sini."),
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = event.size().width() >= look().px(_BESIDE_FROM)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if side else QBoxLayout.Direction.TopToBottom)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        side = look().px(20)
        self._people = Card()
        left = QVBoxLayout(self._people)
        left.setContentsMargins(side, look().px(16), side, side)
        left.setSpacing(look().px(10))
        left.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(look().px(8))
        left.addLayout(self._list)
        self._rights = Card()
        right = QVBoxLayout(self._rights)
        right.setContentsMargins(side, look().px(16), side, side)
        right.setSpacing(look().px(8))
        right.addWidget(self._may_title)
        right.addWidget(self._may_hint)
        for row in self.grants.values():
            right.addWidget(row)
        inside = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(look().px(16))
        self._both.addWidget(self._people, 1, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self._rights, 1, Qt.AlignmentFlag.AlignTop)
        self._area = scrolled(inside)
        self.header.buttons.addWidget(self.own_pin)
        self.header.buttons.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.setSpacing(look().px(14))
        box.addWidget(self.header)
        box.addWidget(self._area, 1)
        box.addWidget(self.empty, 1)

    def _fill(self) -> None:
        signed = self._signed
        if signed is None:
            return
        self.empty.setVisible(not self._users)
        self._area.setVisible(bool(self._users))
        self.add.setVisible(bool(self._users))
        mine = next((user for user in self._users if user.uid == signed.user_uid), None)
        self.own_pin.setVisible(mine is not None and mine.has_pin)
        # without a PIN roles count for nothing yet
        self._rights.setVisible(signed.guarded)
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(user, signed) for user in self._users]
        for act, row in self.grants.items():
            row.setChecked(act in signed.cashier_may)

    def _card(self, user: User, signed: Signed) -> ChoiceCard:
        parts = [role_text(user.role), tr("pakai PIN") if user.has_pin else tr("tanpa PIN")]
        if user.uid == signed.user_uid:
            parts.append(tr("sedang di kasir"))
        if not user.active:
            parts = [role_text(user.role), tr("tidak bekerja lagi")]
        card = ChoiceCard(user.name, " · ".join(parts), "user" if user.active else "log-out")
        card.setCheckable(False)
        on_click(card, lambda: self._over(EditUserDialog(self.context, user, self.window())))
        self._list.addWidget(card)
        return card

    # --- acting -----------------------------------------------------------------------------------------------------

    def _over(self, dialog: Dialog) -> None:
        dialog.accepted.connect(self._kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _kept(self) -> None:
        self.context.changed.emit(_CHANGED)

    def _add_first(self) -> None:
        self._over(NewUserDialog(self.context, True, self.window()))

    def _add(self) -> None:
        # a list without any PIN may still get its owner's first
        self._over(NewUserDialog(self.context, False, self.window()))

    def _own_pin(self) -> None:
        signed = self._signed
        mine = next((user for user in self._users if signed is not None and user.uid == signed.user_uid), None)
        if mine is not None:
            self._over(OwnPinDialog(self.context, mine, self.window()))

    def _grant(self, act: Act) -> None:
        till = self.context.till
        wanted = {each for each, row in self.grants.items() if row.isChecked()}
        # shown as it is kept, until it is kept otherwise
        self.grants[act].setChecked(not self.grants[act].isChecked())
        with_approval(
            self.context,
            Act.USERS,
            lambda approval: people.set_cashier_may(till, wanted, approval),
            lambda _nothing: self._kept(),
            self.window(),
        )
