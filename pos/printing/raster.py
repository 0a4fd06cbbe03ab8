"""Pictures for paper, one bit a dot: QR codes, barcodes, plain shapes. Owns dots; knows no commands except those it must not look like.

A printer obeys `DLE EOT`, `DLE ENQ` and `DLE DC4` (status, recovery, drawer pulse, clearing its memory) the moment they arrive, inside
the data of an image too. `harmless()` takes them out by making one dot wider.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pos.services.bars import bars_of

QUIET_MODULES: Final = 4
LEAST_DOTS: Final = 3
"""Dots a module below which phones fail on thermal paper."""
LEAST_BAR_DOTS: Final = 2
"""Dots of a barcode's thinnest bar: 0.25 mm at 203 dots an inch, the least that a shop's scanner reads."""
MOST_BAR_DOTS: Final = 3

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


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: as dots, and as what it says with its dots a module, for a printer that draws it itself."""

    bitmap: Bitmap
    data: str
    dots: int


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


def centred(bitmap: Bitmap, paper: int) -> Bitmap:
    """A picture moved to the middle of `paper` dots, by whole bytes: at most four dots beside it."""
    left = max(0, (paper - bitmap.width) // 16)
    if not left:
        return bitmap
    width = bitmap.row_bytes
    rows = (bitmap.data[start : start + width] for start in range(0, len(bitmap.data), width))
    return Bitmap(left * 8 + bitmap.width, bitmap.height, b"".join(b"\x00" * left + row for row in rows))


@lru_cache(maxsize=64)
def bars_bitmap(code: str, paper: int, height: int) -> tuple[Bitmap, str] | None:
    """A barcode in the middle of `paper` dots with its quiet zones, and what stands below it.

    The bars are as wide as the paper lets them be, up to `MOST_BAR_DOTS`, so that a cheap scanner reads them from afar.

    Returns None when no barcode holds the code, or when its thinnest bar would be thinner than `LEAST_BAR_DOTS`.
    """
    bars = bars_of(code)
    if bars is None:
        return None
    modules = len(bars.modules) + sum(bars.quiet)
    dots = min(MOST_BAR_DOTS, paper // modules)
    if dots < LEAST_BAR_DOTS:
        return None
    left = (paper - modules * dots) // 2 + bars.quiet[0] * dots
    row = _row("0" * left + "".join(module * dots for module in bars.modules))
    return Bitmap(left + len(bars.modules) * dots, height, row * height), bars.text


@lru_cache(maxsize=16)
def qr_code(data: str, paper: int, dots: int = 6) -> Code | None:
    """A QR code of error correction M with its quiet zone, in the middle of `paper` dots.

    Args:
        dots: a module, fewer where it would not fit, never below LEAST_DOTS.

    Returns None when it does not fit or no QR code holds it.
    """
    modules = qr_modules(data)
    if modules is None:
        return None
    size = len(modules) + 2 * QUIET_MODULES
    dots = min(dots, paper // size)
    if dots < LEAST_DOTS:
        return None
    left, quiet = (paper - len(modules) * dots) // 2, QUIET_MODULES * dots
    width = left + len(modules) * dots + quiet
    white = _row("0" * width) * quiet
    rows = (_row(("0" * left + "".join(("1" if black else "0") * dots for black in row)).ljust(width, "0")) for row in modules)
    return Code(Bitmap(width, size * dots, white + b"".join(row * dots for row in rows) + white), data, dots)


def qr_modules(data: str) -> list[list[bool]] | None:
    """The modules of a QR code of error correction M, without its quiet zone; None where no QR code holds the data."""
    # not at the top: qrcode brings Pillow, which no struk needs
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    try:
        code.add_data(data)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        # ValueError: 8.2 says so of the version after 40
        return None
    matrix: list[list[bool]] = code.get_matrix()
    return matrix


def _row(bits: str) -> bytes:
    length = (len(bits) + 7) // 8
    return int(bits.ljust(length * 8, "0"), 2).to_bytes(length, "big")
