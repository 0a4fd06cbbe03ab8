"""What a spreadsheet turns into: pages of text, a mapping of columns, a verdict for each row. Holds no logic beyond counting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from pos.domain.product import ProductDraft

Cells: TypeAlias = tuple[str, ...]

MAX_ROWS: Final = 200_000
"""Above this a file is refused: a kelontong has 300 to 3,000 goods, and a till has 2 GB."""


class SheetKind(StrEnum):
    CSV = "csv"
    WORKBOOK = "workbook"


class SheetField(StrEnum):
    """What a column can be."""

    NAME = "name"
    BARCODE = "barcode"
    LOCAL_CODE = "local_code"
    PRICE = "price"
    COST = "cost"
    WHOLESALE = "wholesale"
    WHOLESALE_FROM = "wholesale_from"
    UNIT = "unit"
    CATEGORY = "category"
    BRAND = "brand"
    STOCK = "stock"
    MIN_STOCK = "min_stock"
    SIZE = "size"
    LADDER = "ladder"
    """Every unit of a product in one cell: `sachet=1; renteng=10; dus=12 renteng` (see `ladder.py`)."""
    OTHER_PRICES = "other_prices"
    OTHER_CODES = "other_codes"
    BASE_UNIT = "base_unit"
    EXACT_COST = "exact_cost"
    LISTED = "listed"
    BUFFER = "buffer"
    RULE = "rule"
    DRAWING = "drawing"


REQUIRED: Final = (SheetField.NAME, SheetField.PRICE)
"""Without these a sheet is no list of goods."""

ColumnMapping: TypeAlias = Mapping[SheetField, int]
"""Field -> index of its column, from 0."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One table of a file: every row of it, blank ones too, so that row numbers are the spreadsheet's own."""

    name: str
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A file as text.

    Attributes:
        file: the name without its folder.
        encoding: `utf-8`, `utf-8-sig`, `utf-16`, `cp1252`; empty for a workbook.
        encoding_guessed: the text was no UTF-8 and was read as cp1252: letters outside a-z may be wrong.
    """

    file: str
    kind: SheetKind
    pages: tuple[SheetPage, ...]
    encoding: str = ""
    encoding_guessed: bool = False


class RowStatus(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    """A product that holds one of its codes is there already; its name, prices and codes are renewed."""
    REVIEW = "review"
    """Taken as new, and to be looked at later."""
    REFUSED = "refused"


class ReasonCode(StrEnum):
    """Why. The words are `pos.ui.messages`'."""

    # refused
    NAME_MISSING = "name_missing"
    TOTAL_LINE = "total_line"
    PRICE_MISSING = "price_missing"
    PRICE_UNCLEAR = "price_unclear"
    PRICE_NEGATIVE = "price_negative"
    PRICE_TOO_HIGH = "price_too_high"
    CODE_REPEATED = "code_repeated"
    NAME_REPEATED = "name_repeated"
    PRODUCT_REPEATED = "product_repeated"
    STOCK_UNCLEAR = "stock_unclear"
    ROW_SHIFTED = "row_shifted"
    LADDER_UNCLEAR = "ladder_unclear"
    LADDER_CYCLE = "ladder_cycle"
    LADDER_FACTOR = "ladder_factor"
    LADDER_REPEATED = "ladder_repeated"
    OTHERS_UNCLEAR = "others_unclear"
    # taken, to be looked at
    CODE_INVENTED = "code_invented"
    CODE_CHECK_DIGIT = "code_check_digit"
    CODE_LOST = "code_lost"
    PRICE_LOW = "price_low"
    NAME_IS_CODE = "name_is_code"
    CODE_OF_ANOTHER = "code_of_another"
    # taken, worth a word
    COST_ABOVE_PRICE = "cost_above_price"
    COST_UNLIKELY = "cost_unlikely"
    COST_UNCLEAR = "cost_unclear"
    WHOLESALE_NOT_LOWER = "wholesale_not_lower"
    WHOLESALE_UNLIKELY = "wholesale_unlikely"
    WHOLESALE_UNCLEAR = "wholesale_unclear"
    STOCK_NEGATIVE = "stock_negative"
    MIN_STOCK_UNCLEAR = "min_stock_unclear"
    NAME_SHORTENED = "name_shortened"


class Severity(StrEnum):
    REFUSE = "refuse"
    REVIEW = "review"
    WARN = "warn"


_REFUSING: Final = frozenset(
    {
        ReasonCode.NAME_MISSING,
        ReasonCode.TOTAL_LINE,
        ReasonCode.PRICE_MISSING,
        ReasonCode.PRICE_UNCLEAR,
        ReasonCode.PRICE_NEGATIVE,
        ReasonCode.PRICE_TOO_HIGH,
        ReasonCode.CODE_REPEATED,
        ReasonCode.NAME_REPEATED,
        ReasonCode.PRODUCT_REPEATED,
        ReasonCode.STOCK_UNCLEAR,
        ReasonCode.ROW_SHIFTED,
        ReasonCode.LADDER_UNCLEAR,
        ReasonCode.LADDER_CYCLE,
        ReasonCode.LADDER_FACTOR,
        ReasonCode.LADDER_REPEATED,
        ReasonCode.OTHERS_UNCLEAR,
    }
)
_REVIEWING: Final = frozenset(
    {
        ReasonCode.CODE_INVENTED,
        ReasonCode.CODE_CHECK_DIGIT,
        ReasonCode.CODE_LOST,
        ReasonCode.PRICE_LOW,
        ReasonCode.NAME_IS_CODE,
        ReasonCode.CODE_OF_ANOTHER,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One remark on a row. `fields` fill its sentence: `typed` (as in the cell), `code`, `first` (row number), `limit`, `price`, `cost`."""

    code: ReasonCode
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        if self.code in _REFUSING:
            return Severity.REFUSE
        return Severity.REVIEW if self.code in _REVIEWING else Severity.WARN


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What is made of one row.

    Attributes:
        number: the row's number in the spreadsheet, from 1, the header counted.
        draft: None when refused. `draft.flags` are the review reasons.
        product_uid: the product that it renews; None for a new one.
        cells: as read.
    """

    number: int
    status: RowStatus
    reasons: tuple[Reason, ...]
    draft: ProductDraft | None
    product_uid: str | None
    cells: Cells


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """Rows by what becomes of them. `warned`: taken rows with a remark that does not hold them up."""

    total: int = 0
    new: int = 0
    update: int = 0
    review: int = 0
    refused: int = 0
    warned: int = 0

    @property
    def taken(self) -> int:
        return self.total - self.refused


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A file with a verdict for each row; nothing is stored yet.

    Attributes:
        columns: the headers as read, one for each column.
        header_row: number of the header's row, from 1.
        mapping: field -> index into `columns`.
        rows: blank rows are left out.
        remembered: the columns are as a person set them for a file with these headers before.
    """

    file: str
    encoding: str
    columns: Cells
    mapping: ColumnMapping
    rows: tuple[RowVerdict, ...]
    counts: SheetCounts
    page: str = ""
    header_row: int = 1
    encoding_guessed: bool = False
    remembered: bool = False

    def takeable(self) -> list[tuple[ProductDraft, str | None]]:
        """(draft, uid of the product it renews) of every row that is not refused: what `import_drafts` takes."""
        return [(row.draft, row.product_uid) for row in self.rows if row.draft is not None]

    def taken_rows(self) -> tuple[int, ...]:
        """Numbers of the rows of `takeable`."""
        return tuple(row.number for row in self.rows if row.draft is not None)

    def refused(self) -> list[RowVerdict]:
        return [row for row in self.rows if row.status is RowStatus.REFUSED]


@dataclass(frozen=True, slots=True)
class JudgeRules:
    """What the shop holds for likely.

    Attributes:
        wholesale_from: from how many on, where the sheet has a wholesale price and no quantity.
        highest_price: rupiah; above it a price is a slip.
        lowest_price: rupiah; below it a row is taken and looked at (no coin is smaller than Rp100).
        unlikely_wholesale: percent of the retail price; a wholesale price below it is noise (real lists write 1 for none).
        unlikely_cost: percent of the retail price; a cost below it is noise.
    """

    wholesale_from: int = 10
    highest_price: int = 100_000_000
    lowest_price: int = 100
    unlikely_wholesale: int = 50
    unlikely_cost: int = 20
