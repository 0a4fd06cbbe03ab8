"""Rows of a list that was taken in, as the bytes that one portion of it is kept in. Owns that form; reads forms of older tills too."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from pos.services.imports.model import ImportedRow


def pack(rows: Sequence[ImportedRow]) -> bytes:
    """Rows as bytes."""
    import msgspec

    return zlib.compress(msgspec.json.encode(rows), 6)


def unpack(data: bytes) -> list[ImportedRow]:
    """The rows of `pack`. A field that a product did not have then is as it is by default."""
    import msgspec

    return msgspec.json.decode(zlib.decompress(data), type=list[ImportedRow])
