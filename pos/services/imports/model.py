"""What is kept of a list that was taken in, as values. Moments are UTC ms, stock base units."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.product import Product


class ImportState(StrEnum):
    """How far a list is."""

    WRITTEN = "written"
    """Written down, and nothing done: left so by a power cut, it is forgotten."""
    TAKING = "taking"
    """Taken: what is not among the goods yet follows, after a power cut too."""
    TAKEN = "taken"
    UNDOING = "undoing"
    UNDONE = "undone"


class KeptReason(StrEnum):
    """Why something of a list was not taken back."""

    SOLD = "sold"
    MOVED = "moved"
    """Its stock was counted, delivered or taken since."""
    IN_USE = "in_use"
    """It lies in a basket or in an online order."""
    GONE = "gone"
    EDITED = "edited"
    """Somebody changed the same thing since: `detail` says what (`name`, `price`, `codes`...)."""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a list.

    Attributes:
        number: of the row in the spreadsheet, from 1.
        after: the product as the list has it; `before` as it was, None for a new one.
        stock: base units booked for a new one.
    """

    number: int
    after: Product
    before: Product | None = None
    stock: int = 0


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that was not taken back, or not in full."""

    number: int
    name: str
    reason: KeptReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GoodsImport:
    """A list that was taken in.

    Attributes:
        actor: who stood at the counter; `undone_by` likewise.
        created, updated, same, refused: rows by what became of them; `same` said nothing new.
        parts: portions that it is written down in; `done`: of them, among the goods.
        put_back, retired, kept: rows of the undoing.
    """

    uid: str
    file: str
    at: int
    actor: str
    created: int
    updated: int
    same: int
    refused: int
    parts: int
    state: ImportState = ImportState.WRITTEN
    done: int = 0
    undone_at: int = 0
    undone_by: str = ""
    put_back: int = 0
    retired: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class ImportedCount:
    """What an import did. `flagged` of the taken ones wait for a look; `same` were so already. `uid`: of the list, for undoing it."""

    created: int
    updated: int
    flagged: int
    same: int = 0
    uid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class UndoneCount:
    """What taking a list back did: known goods put back as they were, new ones retired, and rows that had to stay."""

    put_back: int
    retired: int
    kept: int
