"""What a person said the columns of a file are, remembered for files with the same headers. Kept in the store's settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from pos.services.ports import Queries, UnitOfWork
from pos.services.sheets.cells import clean
from pos.services.sheets.model import ColumnMapping, SheetField


def remember_columns(work: UnitOfWork, headers: Sequence[str], mapping: ColumnMapping) -> None:
    """Keep them, in the caller's transaction."""
    work.set_setting(_key(headers), json.dumps({field.value: place for field, place in mapping.items()}))


def remembered_columns(read: Queries) -> Callable[[Sequence[str]], ColumnMapping | None]:
    """Asked with a row of headers: the columns as they were set for such a file, or None."""

    def find(headers: Sequence[str]) -> ColumnMapping | None:
        if not any(headers):
            return None
        return _read(read.setting(_key(headers)), len(headers))

    return find


def _key(headers: Sequence[str]) -> str:
    text = "\x1f".join(clean(header).casefold() for header in headers).rstrip("\x1f")
    return f"sheet_columns.{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def _read(kept: str | None, width: int) -> Mapping[SheetField, int] | None:
    """What was kept; None where another till's version wrote what this one does not know."""
    try:
        found = json.loads(kept) if kept else None
        places = {SheetField(name): int(place) for name, place in found.items()} if isinstance(found, dict) else None
    except (ValueError, TypeError):
        return None
    return places if places and all(0 <= place < width for place in places.values()) else None
