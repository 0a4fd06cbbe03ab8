"""Who the shop is: its name, its address, who stands at the counter. What the server knows better is shown and not asked."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.people import Act
from pos.services.shop import set_identity
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class ShopForm(QWidget):
    """Three fields; `save()` keeps them."""

    def __init__(self, context: UiContext, with_address: bool = True) -> None:
        super().__init__()
        self._context = context
        self.name, self.address, self.cashier = TextField(), TextField(), TextField()
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        for field in (self.name, self.address, self.cashier):
            field.setMaxLength(60)
            box.addWidget(field)
        box.addWidget(self._hint)
        self.address.setVisible(with_address)
        self.retranslate()
        self.refresh()

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed() != self._kept()

    def refresh(self) -> None:
        """Show what is kept, unless someone is typing."""
        read = self._context.till.store.read
        shop = read.shop()
        paired = bool(shop.device)
        # where there is a list of people, whoever signs in is the cashier
        self.cashier.setVisible(not read.users())
        for field, value in ((self.name, shop.name), (self.address, shop.address), (self.cashier, shop.cashier)):
            if not field.hasFocus():
                field.setText(value)
        for field in (self.name, self.address):
            field.setEnabled(not paired)
        self._hint.setVisible(paired)

    def save(self) -> bool:
        """Keep what was typed; False when it could not be kept, which is said."""
        if not self.changed:
            return True
        till, typed = self._context.till, self._typed()
        return with_approval(
            self._context,
            Act.SETTINGS,
            lambda approval: set_identity(till, *typed, approval=approval),
            lambda _nothing: self._context.changed.emit(Changed(shop=True)),
            otherwise=self.refresh,
        )

    def retranslate(self) -> None:
        self.name.set_words(tr("Nama toko"), tr("misalnya Toko Sinar Jaya"), tr("Nama toko"))
        self.address.set_words(tr("Alamat toko"), tr("jalan, nomor, kota"), tr("Alamat toko"))
        self.cashier.set_words(tr("Nama kasir"), tr("yang tercetak di struk"), tr("Nama kasir"))
        self._hint.setText(tr("Nama dan alamat toko diatur di e-Peken."))

    def _typed(self) -> tuple[str, str, str]:
        return self.name.text().strip(), self.address.text().strip(), self.cashier.text().strip()

    def _kept(self) -> tuple[str, str, str]:
        shop = self._context.till.store.read.shop()
        return shop.name, shop.address, shop.cashier
