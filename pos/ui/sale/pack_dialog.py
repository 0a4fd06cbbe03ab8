"""Which package loose goods come out of, and how many are in it: said once, remembered. Owns what is being chosen."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from pos.domain.basket import BasketLine
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import SellableUnit
from pos.domain.quantity import format_quantity, parse_quantity
from pos.services import packs
from pos.services.packs import PackOffer
from pos.services.views import GoodsHit
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import on_hand_text
from pos.ui.language import tr
from pos.ui.messages import error_sentence, short_code
from pos.ui.sale.counter import Counter
from pos.ui.sale.packs import open_pack
from pos.ui.sale.results import Results
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import CheckRow, Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import SearchField, TextField
from pos.ui.widgets.text import Text

_HITS: Final = 12
_LONGEST: Final = 12


class PackDialog(Dialog):
    """Search or scan the package, say what is in it, and open one."""

    def __init__(self, context: UiContext, counter: Counter, line: BasketLine, parent: QWidget | None = None) -> None:
        super().__init__(tr("Buka kemasan"), parent, 620)
        self._context, self._counter, self._line = context, counter, line
        self._unit: SellableUnit | None = None
        self.field = SearchField(tr("Pindai atau cari kemasannya"), tr("Pindai atau cari kemasannya"), icon="scan-barcode")
        self.results = Results()
        self.results.setFixedHeight(look().px(66 * 3))
        self.chosen = Text("", Role.SUB, Token.TINTA, 700, wrap=True)
        self.contents = TextField(tr("Isi satu kemasan"), label=tr("Isi satu kemasan, dalam {unit}", unit=line.unit_name), role=Role.SUB)
        self.contents.setMaxLength(_LONGEST)
        self.automatic = CheckRow(tr("Buka sendiri tiap kali habis"))
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        said = tr("Kalau {name} lepas habis, dibuka dari kemasan apa?", name=line.name[:40])
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        for part in (self.field, self.results, self.chosen, self.contents, self.automatic, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.keep = self.add_button(tr("Ingat saja"))
        self.open_one = self.add_button(tr("Buka satu"), Kind.PRIMARY, "package-open")
        on_click(self.keep, lambda: self._save(opens=False))
        on_click(self.open_one, lambda: self._save(opens=True))
        self.field.textChanged.connect(self._look_up)
        self.field.returnPressed.connect(self._enter)
        self.results.chosen.connect(self._hit)
        self._read_known()
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """A scan is the package."""
        unit = self._context.till.store.read.find_unit(code)
        if unit is None:
            self._complain(ShopError(ErrorCode.UNKNOWN_BARCODE, typed=short_code(code)))
        else:
            self._context.sound.emit("accepted")
            self._show(unit)
        return True

    def _read_known(self) -> None:
        """What was remembered before."""
        read = self._context.till.store.read
        source = read.pack_source(self._line.product_uid)
        unit = read.unit(source.unit_uid) if source is not None else None
        self._look_up("")
        self._show(unit)
        if source is not None:
            self.contents.setText(format_quantity(source.contents, self._line.factor).replace(".", ""))
            self.automatic.setChecked(source.automatic)

    def _look_up(self, text: str) -> None:
        hits = self._context.till.store.read.search(text.strip(), _HITS) if text.strip() else []
        self.results.show_hits([hit for hit in hits if hit.product_uid != self._line.product_uid])
        self.results.setVisible(bool(self.results.hits.hits))

    def _enter(self) -> None:
        text = self.field.text().strip()
        if text.isdigit() and self._context.till.store.read.find_unit(text) is not None:
            self.scanned(text)
        else:
            self.results.take()

    def _hit(self, hit: GoodsHit) -> None:
        self._show(self._context.till.store.read.unit(hit.unit_uid))

    def _show(self, unit: SellableUnit | None) -> None:
        self._unit = unit
        self.trouble.hide()
        if unit is not None:
            self.field.clear()
            left = on_hand_text(unit.on_hand, unit.factor, unit.unit_name)
            self.chosen.setText(f"{unit.product_name} · {unit.unit_name} · {tr('sisa {stock}', stock=left)}")
            self.contents.setFocus()
            self.contents.selectAll()
        self.chosen.setVisible(unit is not None)
        for part in (self.keep, self.open_one):
            part.setEnabled(unit is not None)
        # the list of hits has gone: no hole where it was
        self.adjustSize()
        self._grow()

    def _save(self, *, opens: bool) -> None:
        unit, till = self._unit, self._context.till
        if unit is None:
            return
        try:
            contents = parse_quantity(self.contents.text(), self._line.factor)
            source = packs.remember_pack(till, self._line.product_uid, unit.unit_uid, contents, self.automatic.isChecked())
        except ShopError as error:
            self._complain(error)
            return
        self.accept()
        if opens:
            open_pack(self._counter, self._line, PackOffer(source, unit, 1))
        else:
            self._context.told.emit("good", tr("Diingat untuk {name}.", name=self._line.name[:40]))

    def _complain(self, error: ShopError) -> None:
        self.trouble.setText(error_sentence(error))
        self.trouble.show()
        self._context.sound.emit("error")
