"""Words of the list of what is unsent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class UnsentWords:
    """Of the list. `sales` takes how many."""

    title: str
    till: str
    by: str
    sales: str
    others: str
    stick: str
    owner: str
    officer: str


INDONESIAN: Final = UnsentWords(
    title="BELUM TERKIRIM",
    till="Mesin",
    by="Dilepas oleh",
    sales="{} nota",
    others="Catatan lain",
    stick="Semuanya ada di flashdisk kiriman. Serahkan ke petugas.",
    owner="Pemilik",
    officer="Petugas",
)
ENGLISH: Final = UnsentWords(
    title="NOT SENT YET",
    till="Till",
    by="Let go by",
    sales="{} receipts",
    others="Other records",
    stick="All of it is on the stick. Hand it to the officer.",
    owner="Owner",
    officer="Officer",
)
