"""The letters that paper on the screen is drawn with: Spleen 12 x 24 (BSD-2-Clause, its licence lies beside it). Owns reading its file.

The file is a PSF 2 console font with its Unicode table, as Debian ships it.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from pos.resources import resource_path

WIDTH: Final = 12
HEIGHT: Final = 24

Letter: TypeAlias = tuple[int, ...]
"""24 rows, each a number of 12 bits; the highest is the left dot."""

_FILE: Final = "spleen-12x24.psfu.gz"
_MAGIC: Final = 0x864AB572
_END: Final = b"\xff"
_SEQUENCE: Final = b"\xfe"


@lru_cache(maxsize=1)
def letters() -> Mapping[str, Letter]:
    """Every sign of the font.

    Raises:
        ValueError: the shipped file is not the font it should be.
    """
    data = gzip.decompress(resource_path("fonts", _FILE).read_bytes())
    magic, _, head, _, count, size, height, width = struct.unpack_from("<8I", data)
    if (magic, height, width) != (_MAGIC, HEIGHT, WIDTH):
        raise ValueError(f"{_FILE} is no 12 x 24 PSF font")
    table = data[head + count * size :].split(_END)
    found: dict[str, Letter] = {}
    for place in range(count):
        rows = struct.unpack_from(f">{HEIGHT}H", data, head + place * size)
        letter = tuple(row >> (16 - WIDTH) for row in rows)
        # what follows a sequence mark is several signs in one letter; paper has none
        for sign in table[place].split(_SEQUENCE)[0].decode("utf-8"):
            found.setdefault(sign, letter)
    return found
