"""Goods that leave unsold: how many, why, a few words; or pieces that are joined into a package. Owns what is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.people import Act, Approval
from pos.domain.product import Product
from pos.domain.quantity import parse_quantity
from pos.domain.stock import MovementReason, StockMovement
from pos.services import packs, stock_moves
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.operations import attempt
from pos.ui.stock.words import reason_text
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class OutDialog(Dialog):
    """Accepted once it is booked.

    Signals:
        booked(): the shelf is another.
    """

    booked = Signal()

    def __init__(self, context: UiContext, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keluarkan barang"), parent, 640)
        self._context, self._product = context, product
        self._unit = product.units[product.sell_unit]
        self.reasons = Segments([(reason.value, reason_text(reason)) for reason in stock_moves.OUT_REASONS])
        label = tr("Berapa {unit}?", unit=self._unit.name)
        self.count = TextField(label, label=label, role=Role.SUB)
        self.note = TextField(tr("Keterangan"), tr("misalnya: kemasan sobek"), label=tr("Keterangan (boleh kosong)"))
        self.note.setMaxLength(stock_moves.LONGEST_NOTE)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        for part in (Text(product.name[:80], Role.SUB), self.reasons, self.count, self.note, self.trouble):
            self.body.addWidget(part)
        source = context.till.store.read.pack_source(product.uid)
        if source is not None:
            on_click(self.add_button(tr("Gabung jadi kemasan"), icon="boxes"), lambda: self._pack(join=True))
            on_click(self.add_button(tr("Buka kemasan"), icon="package-open"), lambda: self._pack(join=False))
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Keluarkan"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.count.returnPressed.connect(self.note.setFocus)
        self.note.returnPressed.connect(self._book)
        self.count.setFocus()

    def scanned(self, code: str) -> bool:
        """Another good is scanned meanwhile: this one first."""
        self._context.sound.emit("error")
        self._complain(tr("Tutup dulu jendela ini, lalu pindai lagi."))
        return True

    def _book(self) -> None:
        try:
            quantity = parse_quantity(self.count.text(), self._unit.factor)
        except ShopError as error:
            self.count.set_faulty(True)
            self._complain(error_sentence(error))
            return
        till, uid, reason, note = self._context.till, self._product.uid, MovementReason(self.reasons.current()), self.note.text()
        with_approval(
            self._context,
            Act.STOCK,
            lambda approval: (stock_moves.take_out(till, uid, quantity, reason, note, approval=approval), approval),
            self._taken,
            self,
        )

    def _taken(self, done: tuple[StockMovement, Approval | None]) -> None:
        moved, approval = done
        context = self._context

        def put_back() -> None:
            if attempt(context, lambda: stock_moves.put_back(context.till, moved, approval)):
                context.changed.emit(Changed(stock=True, goods=True, outbox=True))
                context.backstage.sync_now()

        self._tell()
        context.offered.emit(tr("Tercatat di kartu stok."), self._product.name[:40], tr("Kembalikan"), put_back)

    def _pack(self, join: bool) -> None:
        """One package is opened, or put together again."""
        till, uid = self._context.till, self._product.uid
        if join:
            with_approval(self._context, Act.STOCK, lambda approval: stock_moves.join_pack(till, uid, 1, approval), self._booked, self)
        else:
            with_approval(self._context, Act.STOCK, lambda _approval: packs.open_pack(till, uid), self._booked, self)

    def _booked(self, _done: object) -> None:
        self._tell()
        self._context.told.emit("good", tr("Tercatat di kartu stok."))

    def _tell(self) -> None:
        self.accept()
        self._context.changed.emit(Changed(stock=True, goods=True, outbox=True, basket=True))
        self._context.backstage.sync_now()
        self.booked.emit()

    def _complain(self, sentence: str) -> None:
        self._context.sound.emit("error")
        self.trouble.setText(sentence)
        self.trouble.show()
