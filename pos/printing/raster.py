"""Pictures for paper, one bit a dot: QR codes and plain shapes. Owns dots; knows no commands except those it must not look like.

A printer obeys `DLE EOT`, `DLE ENQ` and `DLE DC4` (status, recovery, drawer pulse, clearing its memory) the moment they arrive, inside
the data of an image too. `harmless()` takes them out by making one dot wider.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

QUIET_MODULES: Final = 4
LEAST_DOTS: Final = 3
"""Dots a module below which phones fail on thermal paper."""

_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`height` rows of `(width + 7) // 8` bytes, most significant bit left, 1 is black. What lies beyond `width` is 0."""

    width: int
    height: int
    data: bytes

    @property
    def row_bytes(self) -> int:
        return (self.width + 7) // 8


def harmless(data: bytes) -> bytes:
    """`data` without any real-time command: the lone dot of 0x10 before 0x04, 0x05 or 0x14 becomes two dots (0x18)."""
    return _REAL_TIME.sub(b"\x18", data)


def rectangle(width: int, height: int) -> Bitmap:
    """All black."""
    return Bitmap(width, height, _row("1" * width) * height)


def frame_edge(width: int, height: int, thick: int, at_top: bool) -> Bitmap:
    """Half a frame: a line `thick` dots high over the whole width, and both sides `height` dots down (or up) from it."""
    line = _row("1" * width) * thick
    sides = _row("1" * thick + "0" * (width - 2 * thick) + "1" * thick) * (height - thick)
    return Bitmap(width, height, line + sides if at_top else sides + line)


@lru_cache(maxsize=16)
def qr_bitmap(data: str, paper: int, dots: int = 6) -> Bitmap | None:
    """A QR code of error correction M with its quiet zone, in the middle of `paper` dots.

    Args:
        dots: a module, fewer where it would not fit, never below LEAST_DOTS.

    Returns None when it does not fit or no QR code holds it.
    """
    # not at the top: qrcode brings Pillow, which no struk needs
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    try:
        code.add_data(data)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        # ValueError: 8.2 says so of the version after 40
        return None
    modules = code.get_matrix()
    dots = min(dots, paper // len(modules))
    if dots < LEAST_DOTS:
        return None
    size = len(modules) * dots
    left = (paper - size) // 2
    rows = [_row("0" * left + "".join(("1" if black else "0") * dots for black in row)) for row in modules]
    return Bitmap(left + size, size, b"".join(row * dots for row in rows))


def _row(bits: str) -> bytes:
    length = (len(bits) + 7) // 8
    return int(bits.ljust(length * 8, "0"), 2).to_bytes(length, "big")
