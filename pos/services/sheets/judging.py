"""The verdict on each row: take it, renew with it, take it and look later, or refuse it with the reason. Pure.

A row is refused only for what would harm the shop: no name, a price that is missing or can be meant in two ways, a code that an
earlier row has taken. All else is taken, with a remark where it is doubtful.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from pos.domain.barcode import CodeVerdict, judge, match_key
from pos.domain.category import OTHER
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.goods_guess import guess_drawing, guess_regulation
from pos.domain.money import divide_half_up
from pos.domain.product import ProductDraft
from pos.domain.quantity import BaseUnit
from pos.services.sheets.cells import (
    category_word,
    codes_in,
    is_lost_code,
    is_marked,
    is_total,
    parse_amount,
    parse_stock,
    size_word,
    unit_of,
    word,
)
from pos.services.sheets.further import FURTHER, NOTHING, Further, read_further
from pos.services.sheets.ladder import Unread
from pos.services.sheets.model import (
    Cells,
    ColumnMapping,
    JudgeRules,
    Reason,
    ReasonCode,
    RowStatus,
    RowVerdict,
    Severity,
    SheetField,
)
from pos.services.sheets.numbered import Numbered, as_full_list

MAX_NAME: Final = 120
MAX_WORD: Final = 60


def _nobody(key: str) -> str | None:
    return None


@dataclass(slots=True)
class Judge:
    """Judges the rows of one sheet in order; remembers which codes, names and products earlier rows have taken.

    Attributes:
        width: cells in the header's row; a row with more has slipped at a stray delimiter.
        known: match key of a code -> uid of the product that holds it, or None.
        known_name: name in lower case -> uid, for goods without a code; None for all by default.
        numbered: columns that are counted, beside those of the mapping.
    """

    mapping: ColumnMapping
    width: int
    known: Callable[[str], str | None] = _nobody
    known_name: Callable[[str], str | None] = _nobody
    rules: JudgeRules = field(default_factory=JudgeRules)
    numbered: Numbered = field(default_factory=Numbered)
    _keys: dict[str, int] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)
    _products: dict[str, int] = field(default_factory=dict)

    def judge(self, number: int, cells: Cells) -> RowVerdict:
        """The verdict on the row `number` (the spreadsheet's own, from 1)."""
        row = _Row(cells, self.mapping, self.rules, self.numbered)
        draft = row.read(self.width)
        uid = None
        if draft is not None:
            names = _naming(draft.codes)
            uid = self._holder(draft, names)
            repeated = self._repeated(draft, names, uid)
            if repeated is not None:
                row.reasons.append(repeated)
                draft = None
        if draft is None:
            return RowVerdict(number, RowStatus.REFUSED, tuple(row.reasons), None, None, cells)
        draft = self._without_others_codes(draft, names, uid)
        draft = self._doubting_claims(draft, uid, row)
        self._remember(number, draft, uid)
        return RowVerdict(number, _status(uid, row.reasons), tuple(row.reasons), draft, uid, cells)

    def _holder(self, draft: ProductDraft, codes: tuple[str, ...]) -> str | None:
        if not codes:
            return self.known_name(draft.name.casefold())
        return next((uid for code in codes if (uid := self.known(match_key(code))) is not None), None)

    def _repeated(self, draft: ProductDraft, codes: tuple[str, ...], uid: str | None) -> Reason | None:
        for code in (*codes, *(code for unit in draft.units for code in unit.codes)):
            if (first := self._keys.get(match_key(code))) is not None:
                return Reason(ReasonCode.CODE_REPEATED, {"code": code, "first": first})
        if not codes and (first := self._names.get(draft.name.casefold())) is not None:
            return Reason(ReasonCode.NAME_REPEATED, {"typed": draft.name, "first": first})
        if uid is not None and uid in self._products:
            return Reason(ReasonCode.PRODUCT_REPEATED, {"first": self._products[uid]})
        return None

    def _without_others_codes(self, draft: ProductDraft, names: tuple[str, ...], uid: str | None) -> ProductDraft:
        """A shop's own code beside a barcode is kept only where it is this product's alone: it may be the code of a whole shelf."""
        if len(names) == len(draft.codes):
            return draft
        keys = {code: match_key(code) for code in draft.codes}
        mine = tuple(code for code, key in keys.items() if code in names or (key not in self._keys and self.known(key) in {None, uid}))
        return replace(draft, codes=mine)

    def _doubting_claims(self, draft: ProductDraft, uid: str | None, row: _Row) -> ProductDraft:
        """A code that another product of the shop holds stays with it; both are shown to claim it, and the row is looked at."""
        claimed = sorted(code for code in draft.all_codes() if self.known(match_key(code)) not in {None, uid})
        if not claimed:
            return draft
        row.reasons.append(Reason(ReasonCode.CODE_OF_ANOTHER, {"code": ", ".join(claimed)}))
        return replace(draft, flags=(*draft.flags, ReasonCode.CODE_OF_ANOTHER.value))

    def _remember(self, number: int, draft: ProductDraft, uid: str | None) -> None:
        for code in draft.all_codes():
            self._keys[match_key(code)] = number
        if not draft.codes:
            self._names[draft.name.casefold()] = number
        if uid is not None:
            self._products[uid] = number


def _naming(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that say which product a row is: its barcodes, or what it has instead."""
    if len(codes) < 2:
        return codes
    return tuple(code for code in codes if judge(code) is not CodeVerdict.INVENTED) or codes


def _status(uid: str | None, reasons: list[Reason]) -> RowStatus:
    if uid is not None:
        return RowStatus.UPDATE
    return RowStatus.REVIEW if any(reason.severity is Severity.REVIEW for reason in reasons) else RowStatus.NEW


@dataclass(slots=True)
class _Row:
    """One row while it is read: gathers the reasons on the way."""

    cells: Cells
    mapping: ColumnMapping
    rules: JudgeRules
    numbered: Numbered
    reasons: list[Reason] = field(default_factory=list)

    def read(self, width: int) -> ProductDraft | None:
        """The draft; None when a reason refuses the row. Every refusing reason is gathered, so that one look mends all."""
        if any(cell.strip() for cell in self.cells[width:]):
            self._say(ReasonCode.ROW_SHIFTED)
        name, price = self._name(), self._price()
        unit_name, base_unit, factor = unit_of(self._text(SheetField.UNIT))
        more = self._further(unit_name, factor, price or 0)
        if more.units:
            unit_name, base_unit, factor = more.sold or unit_name, more.base_unit or base_unit, more.factor
        stock = self._stock(SheetField.STOCK, ReasonCode.STOCK_UNCLEAR, factor, more)
        if name is None or price is None or any(reason.severity is Severity.REFUSE for reason in self.reasons):
            return None
        codes = self._codes()
        wholesale, cost = self._wholesale(price), self._cost(price)
        exact = more.cost if more.cost and cost in {None, divide_half_up(more.cost[0] * factor, more.cost[1])} else None
        category = self._category()
        regulation = more.rule or guess_regulation(name, category)
        return ProductDraft(
            name=name,
            retail=price,
            unit_name=unit_name,
            category=category,
            base_unit=base_unit,
            factor=factor,
            codes=codes,
            brand=self._text(SheetField.BRAND)[:MAX_WORD],
            size=self._size(),
            drawing=self._text(SheetField.DRAWING)[:MAX_WORD] or guess_drawing(name, category, regulation),
            wholesale=wholesale,
            wholesale_from=self._wholesale_from(),
            cost=cost,
            stock=stock,
            regulation=regulation,
            flags=tuple(reason.code.value for reason in self.reasons if reason.severity is Severity.REVIEW),
            units=more.units,
            min_stock=self._stock(SheetField.MIN_STOCK, ReasonCode.MIN_STOCK_UNCLEAR, factor, more),
            cost_exact=exact,
            listed=more.listed,
            online_buffer=more.buffer,
        )

    def _further(self, unit_name: str, factor: int, retail: int) -> Further:
        """What the columns say that only a full list has. What they cannot mean refuses the row: half a ladder is none."""
        counted = bool(self.numbered.units or self.numbered.tiers) and SheetField.LADDER not in self.mapping
        if not counted and not self.mapping.keys() & FURTHER:
            return NOTHING
        cells = {column: self._cell(column) for column in FURTHER}
        try:
            if counted:
                told, remarks = as_full_list(self.numbered, self.cells, self._cell(SheetField.UNIT), retail)
                cells |= told
                self.reasons += remarks
            return read_further(cells, self._cell(SheetField.UNIT), unit_name, factor)
        except Unread as error:
            self.reasons.append(error.reason)
            return NOTHING

    def _cell(self, column: SheetField) -> str:
        """The cell of a field as it was read; empty when there is no such column."""
        index = self.mapping.get(column)
        return "" if index is None or index >= len(self.cells) else self.cells[index]

    def _text(self, column: SheetField) -> str:
        """The cleaned cell of a field; empty when there is no such column or it says nothing."""
        return word(self._cell(column))

    def _say(self, reason: ReasonCode, **fields: object) -> None:
        self.reasons.append(Reason(reason, fields) if fields else Reason(reason))

    def _name(self) -> str | None:
        name = self._text(SheetField.NAME)
        if not name.strip():
            self._say(ReasonCode.NAME_MISSING)
            return None
        if is_total(name) and not is_marked(self._cell(SheetField.NAME)):
            self._say(ReasonCode.TOTAL_LINE, typed=name)
            return None
        if name.isdigit() and len(name) >= 8:
            self._say(ReasonCode.NAME_IS_CODE, typed=name)
        if len(name) > MAX_NAME:
            self._say(ReasonCode.NAME_SHORTENED, limit=MAX_NAME)
            return name[:MAX_NAME].rstrip()
        return name

    def _price(self) -> int | None:
        typed = self._text(SheetField.PRICE)
        try:
            price = parse_amount(typed) if typed else 0
        except ShopError as error:
            too_high = error.code is ErrorCode.AMOUNT_OUT_OF_RANGE
            self._say(ReasonCode.PRICE_TOO_HIGH if too_high else ReasonCode.PRICE_UNCLEAR, typed=typed[:40], limit=self.rules.highest_price)
            return None
        if price == 0:
            self._say(ReasonCode.PRICE_MISSING)
        elif price < 0:
            self._say(ReasonCode.PRICE_NEGATIVE, typed=typed[:40])
        elif price > self.rules.highest_price:
            self._say(ReasonCode.PRICE_TOO_HIGH, typed=typed[:40], limit=self.rules.highest_price)
        elif price < self.rules.lowest_price:
            self._say(ReasonCode.PRICE_LOW, typed=typed[:40], limit=self.rules.lowest_price)
        return price if price > 0 else None

    def _stock(self, column: SheetField, unclear: ReasonCode, factor: int, more: Further) -> int | None:
        """Base units; None when the sheet says nothing. `205 sachet` counts in another unit of the same ladder."""
        typed = self._text(column)
        if not typed:
            return None
        count, _, unit = typed.partition(" ")
        counted = {**{rung.name: rung.factor for rung in more.units}, **{base.value: 1 for base in BaseUnit}}.get(unit)
        if counted is not None:
            typed, factor = count, counted
        try:
            stock = parse_stock(typed, factor)
        except ShopError:
            self._say(unclear, typed=typed[:40])
            return None
        if stock < 0:
            self._say(ReasonCode.STOCK_NEGATIVE, typed=typed[:40])
            return None
        return stock

    def _codes(self) -> tuple[str, ...]:
        """The barcode and the shop's own code; a row that has only an invented or mistyped one is to be looked at."""
        codes: list[str] = []
        for column in (SheetField.BARCODE, SheetField.LOCAL_CODE):
            if is_lost_code(typed := self._text(column)):
                self._say(ReasonCode.CODE_LOST, code=typed)
            elif typed:
                codes.extend(code for code in codes_in(self._cell(column)) if code not in codes)
        verdicts = {code: judge(code) for code in codes}
        wrong = next((code for code in codes if verdicts[code] is CodeVerdict.CHECK_DIGIT_WRONG), None)
        if wrong is not None:
            self._say(ReasonCode.CODE_CHECK_DIGIT, code=wrong)
        elif codes and all(verdict is CodeVerdict.INVENTED for verdict in verdicts.values()):
            self._say(ReasonCode.CODE_INVENTED, code=codes[0])
        return tuple(codes)

    def _wholesale(self, price: int) -> int | None:
        """The wholesale price where it is lower than retail and likely; real lists write 1, or the price itself, for none."""
        amount = self._side_amount(SheetField.WHOLESALE, ReasonCode.WHOLESALE_UNCLEAR)
        if amount is None:
            return None
        if amount >= price:
            self._say(ReasonCode.WHOLESALE_NOT_LOWER, price=price, wholesale=amount)
            return None
        if amount * 100 < price * self.rules.unlikely_wholesale:
            self._say(ReasonCode.WHOLESALE_UNLIKELY, price=price, wholesale=amount)
            return None
        return amount

    def _wholesale_from(self) -> int:
        typed = self._text(SheetField.WHOLESALE_FROM)
        return int(typed) if typed.isascii() and typed.isdigit() and 2 <= int(typed[:9]) <= 10_000 else self.rules.wholesale_from

    def _cost(self, price: int) -> int | None:
        amount = self._side_amount(SheetField.COST, ReasonCode.COST_UNCLEAR)
        if amount is None:
            return None
        if amount * 100 < price * self.rules.unlikely_cost:
            self._say(ReasonCode.COST_UNLIKELY, price=price, cost=amount)
            return None
        if amount > price:
            self._say(ReasonCode.COST_ABOVE_PRICE, price=price, cost=amount)
        return amount

    def _side_amount(self, column: SheetField, unclear: ReasonCode) -> int | None:
        """An amount that the row can do without: unclear ones are told and left out, zero is none."""
        typed = self._text(column)
        if not typed:
            return None
        try:
            amount = parse_amount(typed)
        except ShopError:
            amount = -1
        if amount < 0:
            self._say(unclear, typed=typed[:40])
        return amount if amount > 0 else None

    def _category(self) -> str:
        return category_word(self._cell(SheetField.CATEGORY))[:MAX_WORD] or OTHER

    def _size(self) -> str:
        return size_word(self._cell(SheetField.SIZE))[:MAX_WORD]
