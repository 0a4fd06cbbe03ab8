"""How a product is kept: when it is low, whether e-Peken shows it, whether dates are kept, and whose it is. Owns what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.product import Regulation
from pos.domain.quantity import format_quantity, parse_quantity
from pos.services.goods_views import ProductCare
from pos.services.supplier_views import SupplierFilter
from pos.ui.context import UiContext
from pos.ui.goods.editor.draft import Draft
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import CheckRow, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_MOST_OWNERS = 8


class KeepingTab(QWidget):
    """The third tab."""

    def __init__(self, context: UiContext, draft: Draft, care: ProductCare) -> None:
        super().__init__()
        self._context, self._draft = context, draft
        self.least = TextField(tr("Stok paling sedikit"), tr("kosong: tidak diingatkan"), label=tr("Stok paling sedikit"))
        self.buffer = TextField(tr("Sisakan untuk toko"), tr("kosong: semua boleh dipesan"), label=tr("Sisakan untuk toko"))
        for field in (self.least, self.buffer):
            field.setMaxLength(12)
        self._unit = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.listed = CheckRow(tr("Tampil di e-Peken"))
        self._why = Notice("info", "", Tone.INFORMATION)
        self.expiry = CheckRow(tr("Catat tanggal kedaluwarsa waktu barang masuk"))
        self.expiry.setChecked(care.tracks_expiry)
        self._owners = {"": Chip(tr("Milik toko"))} | {uid: Chip(name) for uid, name in self._suppliers()}
        self._nobody = Text(tr("Belum ada penitip. Catat dulu orangnya di Pemasok."), Role.BACA, Token.TINTA2, 400, wrap=True)
        self._nobody.setVisible(len(self._owners) == 1)
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._build()
        self._factor = 1
        self.renew()
        on_click(self.listed, self._listed)

    def _suppliers(self) -> list[tuple[str, str]]:
        """Who leaves goods here, and whoever owns these already."""
        read = self._context.till.store.read
        found = {row.supplier.uid: row.supplier.name for row in read.suppliers("", SupplierFilter.CONSIGNMENT)[:_MOST_OWNERS]}
        owner = read.supplier(self._draft.consignor) if self._draft.consignor else None
        if owner is not None:
            found[owner.uid] = owner.name
        return list(found.items())

    def _build(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(look().px(10))
        fields.addWidget(self.least, 1)
        fields.addWidget(self.buffer, 1)
        owners = QGridLayout()
        owners.setSpacing(look().px(8))
        group = QButtonGroup(self)
        for place, (uid, chip) in enumerate(self._owners.items()):
            group.addButton(chip)
            chip.setChecked(uid == self._draft.consignor)
            owners.addWidget(chip, place // 4, place % 4)
            on_click(chip, lambda uid=uid: self._owned(uid))  # type: ignore[misc]
        owners.setColumnStretch(4, 1)
        box = QVBoxLayout(self)
        side = look().px(20)
        box.setContentsMargins(side, look().px(16), side, look().px(16))
        box.setSpacing(look().px(12))
        box.addWidget(self.listed)
        box.addWidget(self._why)
        box.addLayout(fields)
        box.addWidget(self._unit)
        box.addWidget(self._trouble)
        box.addWidget(self.expiry)
        box.addWidget(Text(tr("Titip jual: barang siapa?"), Role.SUB, Token.TINTA, 700))
        box.addLayout(owners)
        box.addWidget(self._nobody)
        box.addStretch(1)

    def renew(self) -> None:
        """The tab is shown again: the unit that sells, or the rule of law, may be another."""
        draft = self._draft
        sold = draft.unit(draft.sold)
        self._factor = draft.factors().get(sold.uid, 1)
        for field, amount in ((self.least, draft.min_stock), (self.buffer, draft.online_buffer)):
            field.setText(format_quantity(amount, self._factor).replace(".", "") if amount else "")
        self._unit.setText(tr("Dihitung dalam {unit}.", unit=sold.name))
        tobacco = draft.regulation is Regulation.TOBACCO
        self.listed.setChecked(draft.listed_online)
        self.listed.setEnabled(not tobacco)
        self.buffer.setEnabled(not tobacco)
        said = tr("Rokok tidak boleh dijual lewat web atau aplikasi (PP 28/2024). Di toko tetap bisa.") if tobacco else ""
        self._why.tell("info", said, Tone.INFORMATION)

    def take(self) -> bool:
        """Read what is typed; False when a field says what it is not."""
        for field, name in ((self.least, "min_stock"), (self.buffer, "online_buffer")):
            text = field.text().strip()
            field.set_faulty(False)
            try:
                setattr(self._draft, name, 0 if text in ("", "0") else parse_quantity(text, self._factor))
            except ShopError as error:
                field.set_faulty(True)
                field.setFocus()
                self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
                return False
        self._trouble.tell("triangle-alert", "", Tone.FAULT)
        return True

    def care(self) -> ProductCare:
        """What only this till keeps; the photo is another tab's."""
        return ProductCare(tracks_expiry=self.expiry.isChecked())

    def _listed(self) -> None:
        self._draft.listed_online = self.listed.isChecked()

    def _owned(self, uid: str) -> None:
        self._draft.consignor = uid
