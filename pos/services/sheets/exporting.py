"""The refused rows as a file of their own, each with its reasons, to be mended and imported again. Sentences are handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.services.sheets.model import Reason, SheetPreview
from pos.services.sheets.writing import Table, write_table


def export_refused(preview: SheetPreview, path: Path | str, say: Callable[[Reason], str], titles: tuple[str, str]) -> int:
    """Write the refused rows of a preview to `path` (`.csv` or `.xlsx`); returns how many.

    Args:
        say: the sentence of a reason, in the language of the screen.
        titles: headers of the two columns in front: the row's number, and what is wrong with it.

    Raises:
        ShopError: as `write_table`.
    """
    rows = [(str(row.number), " ".join(say(reason) for reason in row.reasons), *row.cells) for row in preview.refused()]
    return write_table(path, Table((*titles, *preview.columns), rows, {0: 8, 1: 60}))
