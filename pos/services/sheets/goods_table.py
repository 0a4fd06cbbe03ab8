"""The shop's goods as a table that the import reads back to the same goods: every unit, code, price, cost and count. Pure.

What a row says by itself (a unit that is known by its name, the drawing that its name suggests) is left blank, and columns in which
nothing stands are left out: most shops see a dozen columns. The headers are the shop's words in every language of the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pos.domain.goods_guess import guess_drawing, guess_regulation
from pos.domain.money import divide_half_up
from pos.domain.product import Price, PriceKind, Product, Regulation
from pos.services.sheets.cells import as_cell, category_word, code_cell, is_total, size_word, unit_of, word
from pos.services.sheets.further import NO, RULES, YES
from pos.services.sheets.ladder import write_codes, write_ladder, write_prices
from pos.services.sheets.model import JudgeRules, SheetField
from pos.services.sheets.writing import Table, Value

HEADERS: Final[dict[SheetField, str]] = {
    SheetField.NAME: "Nama Barang",
    SheetField.BARCODE: "Barcode",
    SheetField.PRICE: "Harga Jual",
    SheetField.COST: "Harga Modal",
    SheetField.WHOLESALE: "Harga Grosir",
    SheetField.WHOLESALE_FROM: "Grosir Mulai",
    SheetField.UNIT: "Satuan",
    SheetField.STOCK: "Stok",
    SheetField.MIN_STOCK: "Stok Minimum",
    SheetField.CATEGORY: "Kategori",
    SheetField.BRAND: "Merek",
    SheetField.SIZE: "Ukuran",
    SheetField.LADDER: "Satuan Lengkap",
    SheetField.OTHER_PRICES: "Harga Lain",
    SheetField.OTHER_CODES: "Barcode Lain",
    SheetField.BASE_UNIT: "Satuan Dasar",
    SheetField.EXACT_COST: "Modal Persis",
    SheetField.LISTED: "Jual Online",
    SheetField.BUFFER: "Cadangan Online",
    SheetField.RULE: "Aturan",
    SheetField.DRAWING: "Nama Gambar",
}
_ALWAYS: Final = frozenset(list(HEADERS)[:12])
_WIDTHS: Final = {
    SheetField.NAME: 36,
    SheetField.BARCODE: 18,
    SheetField.LADDER: 30,
    SheetField.OTHER_PRICES: 36,
    SheetField.OTHER_CODES: 30,
}
_RULES: Final = JudgeRules()
_RULE_WORDS: Final = {rule: text for text, rule in RULES.items()}


def goods_table(goods: Iterable[tuple[Product, int]], now: int) -> Table:
    """(product, base units on the shelf) as rows. `now`: UTC ms; prices that others have followed since are not told any more."""
    rows = [_row(product, on_hand, now) for product, on_hand in goods]
    shown = [column for column in HEADERS if column in _ALWAYS or any(row[column] != "" for row in rows)]
    widths = {place: _WIDTHS[column] for place, column in enumerate(shown) if column in _WIDTHS}
    return Table(tuple(HEADERS[column] for column in shown), [tuple(row[column] for column in shown) for row in rows], widths)


def _row(product: Product, on_hand: int, now: int) -> dict[SheetField, Value]:
    sold = product.units[product.sell_unit]
    own = dict(prices_now(product, now))[sold.uid]
    retail = next((price.amount for price in own if price.kind is PriceKind.RETAIL and not price.starts_at), 0)
    wholesale = next((price for price in own if _is_plain_wholesale(price, retail)), None)
    plain = {Price(PriceKind.RETAIL, retail), wholesale}
    units = {unit.uid: unit.name for unit in product.units}
    rest = [(units[uid], price) for uid, prices in prices_now(product, now) for price in prices if uid != sold.uid or price not in plain]
    unit_cell = as_cell(sold.name, word)
    by_itself = unit_of(word(unit_cell)) == (sold.name, product.base_unit, sold.factor)
    ladder = len(product.units) > 1 or bool(rest) or not by_itself
    cost, exact = _cost(product, sold.factor, retail)
    regulation = guess_regulation(product.name, product.category)
    drawing = guess_drawing(product.name, product.category, product.regulation)
    return {
        SheetField.NAME: as_cell(product.name, lambda text: "" if is_total(word(text)) else word(text)),
        SheetField.BARCODE: code_cell([code.code for code in sold.barcodes]),
        SheetField.PRICE: retail or "",
        SheetField.COST: cost,
        SheetField.WHOLESALE: wholesale.amount if wholesale else "",
        SheetField.WHOLESALE_FROM: wholesale.min_quantity if wholesale else "",
        SheetField.UNIT: unit_cell,
        SheetField.STOCK: _count(on_hand, sold.factor, product.base_unit.value),
        SheetField.MIN_STOCK: _count(product.min_stock, sold.factor, product.base_unit.value) if product.min_stock else "",
        SheetField.CATEGORY: as_cell(product.category, category_word),
        SheetField.BRAND: as_cell(product.brand, word),
        SheetField.SIZE: as_cell(product.size, size_word),
        SheetField.LADDER: as_cell(write_ladder((unit.name, unit.factor) for unit in product.units)) if ladder else "",
        SheetField.OTHER_PRICES: as_cell(write_prices(rest)),
        SheetField.OTHER_CODES: as_cell(
            write_codes([(unit.name, code.code) for unit in product.units if unit is not sold for code in unit.barcodes])
        ),
        SheetField.BASE_UNIT: product.base_unit.value if ladder else "",
        SheetField.EXACT_COST: exact,
        SheetField.LISTED: "" if product.listed_online is (product.regulation is Regulation.NONE) else YES if product.listed_online else NO,
        SheetField.BUFFER: product.online_buffer or "",
        SheetField.RULE: "" if product.regulation is regulation else _RULE_WORDS[product.regulation],
        SheetField.DRAWING: "" if product.drawing == drawing else as_cell(product.drawing, word),
    }


def prices_now(product: Product, now: int) -> Iterator[tuple[str, list[Price]]]:
    """(unit uid, its prices): those that hold at `now`, as if they had always held, and those that are still to come."""
    for unit in product.units:
        holding: dict[tuple[PriceKind, int, str], Price] = {}
        for price in sorted(unit.prices, key=lambda price: price.starts_at):
            if price.starts_at <= now:
                rule = (price.kind, price.min_quantity, price.group)
                holding[rule] = Price(price.kind, price.amount, price.min_quantity, price.group)
        yield unit.uid, [*holding.values(), *(price for price in unit.prices if price.starts_at > now)]


def _is_plain_wholesale(price: Price, retail: int) -> bool:
    """Whether the two columns of the wholesale price are read back to this one (see `judging`)."""
    likely = price.amount * 100 >= retail * _RULES.unlikely_wholesale and 0 < price.amount < retail
    return price.kind is PriceKind.WHOLESALE and not price.starts_at and likely and 2 <= price.min_quantity <= 10_000


def _count(quantity: int, factor: int, base_unit: str) -> Value:
    """Base units counted in the unit that is sold; where that does not come out in three decimals, in the base unit, by its name."""
    if quantity % factor == 0:
        return quantity // factor
    if quantity * 1000 % factor == 0:
        return quantity / factor
    return f"{quantity} {base_unit}"


def _cost(product: Product, factor: int, retail: int) -> tuple[Value, str]:
    """(cost of the unit that is sold, the exact fraction where that is not all)."""
    if not product.cost_quantity:
        return "", ""
    amount = divide_half_up(product.cost_total * factor, product.cost_quantity)
    exact = f"{product.cost_total}/{product.cost_quantity}"
    if amount <= 0 or amount * 100 < retail * _RULES.unlikely_cost:
        return "", exact
    return amount, "" if amount * product.cost_quantity == product.cost_total * factor else exact
