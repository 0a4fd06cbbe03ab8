"""The guide's last step: the owner's PIN, for a shop in which somebody else helps. Owns what is typed; skipped, nobody is asked for one."""

from __future__ import annotations

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.people import LONGEST_NAME
from pos.services import people
from pos.ui.context import UiContext
from pos.ui.first_run.pages import Page
from pos.ui.language import tr
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.users.two_pins import TwoPins
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class PinPage(Page):
    """Name and PIN of the owner; left empty it is skipped."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.name = TextField()
        self.name.setMaxLength(LONGEST_NAME)
        self.pins = TwoPins()
        self.note = Note()
        self._there = Text("", Role.SUB, Token.TINTA, 700, wrap=True)
        self._asked, self._kept = Panel(self.name, self.pins), Panel(self._there)
        self._later = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        for part in (self._asked, self._kept, self.note, self._later):
            self.box.addWidget(part)
        self.box.addStretch(1)
        self.retranslate()

    @property
    def done(self) -> bool:
        return self.context.till.store.read.signed().guarded

    def leave(self) -> bool:
        if self.done or not self.pins.typed:
            self.note.clear()
            return True
        if not self.pins.same:
            return self._refuse(tr("Dua PIN-nya belum sama. Ketik sekali lagi."))
        try:
            people.add_first_owner(self.context.till, self.name.text(), self.pins.pin())
        except ShopError as error:
            self.note.say_error(error)
            return False
        self.pins.clear()
        self.note.clear()
        self.refresh(None)
        self.told.emit()
        self.context.changed.emit(Changed(shop=True))
        return True

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.shop:
            return
        signed = self.context.till.store.read.signed()
        self._asked.setVisible(not signed.guarded)
        self._kept.setVisible(signed.guarded)
        if not self.name.text():
            self.name.setText(signed.name)

    def retranslate(self) -> None:
        self.name.set_words(tr("Nama pemilik"), tr("nama panggilan, tercetak di struk"), tr("Nama pemilik"))
        self.pins.set_word(tr("PIN pemilik"))
        self._there.setText(tr("PIN pemilik sudah ada."))
        self._later.setText(tr("Sendirian di toko? Lewati saja. Kasir dan PIN bisa ditambahkan kapan saja di Lainnya, Orang."))
        self.note.retranslate()
        self.refresh(None)

    def _refuse(self, sentence: str) -> bool:
        self.note.say(Tone.FAULT, sentence)
        return False
