"""Draws the bytes of a job as the printer would put them on paper, dot for dot: for the screen and for pictures. Owns no widget.

Understands what `encoder` writes. What it does not know it passes over, as printers do: old jobs of the store must still be shown.
The tests have a stricter reader of their own, to which this drawing is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pos.domain.document import PLAIN, Style
from pos.printing.font import HEIGHT, WIDTH, letters
from pos.printing.profiles import Profile
from pos.printing.raster import qr_modules
from pos.printing.safe_text import UNKNOWN

_BLACK: Final = b"\x00"
_WHITE: Final = b"\xff"
_ESC: Final = 0x1B
_GS: Final = 0x1D
_LF: Final = 0x0A
_DEFAULT_LINE: Final = 30
_TABLES: Final = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
"""Code pages by their number for `ESC t`, as every printer's reference has them; the profile's own goes before."""
_GREY: Final = tuple(bytes(0 if byte >> bit & 1 else 255 for bit in range(7, -1, -1)) for byte in range(256))
"""A byte of an image as eight grey dots."""


def draw(data: bytes, profile: Profile) -> tuple[int, int, bytes]:
    """The paper of a job: (width, height, 8-bit grey from white 255 to black 0, row by row). A job without paper has height 0."""
    return _Paper(profile).put(data)


@dataclass(slots=True)
class _Paper:
    """What the printer has drawn so far, and how it is set."""

    profile: Profile
    rows: list[bytes] = field(default_factory=list)
    line: list[tuple[bytes, ...]] = field(default_factory=list)
    """Letters of the line that is not fed yet, each as its rows of grey dots."""
    used: int = 0
    style: Style = PLAIN
    centred: bool = False
    line_dots: int = _DEFAULT_LINE
    codepage: str = ""
    """Another than the profile's, where the job has asked for one."""
    qr_dots: int = 3
    qr_data: str = ""

    def put(self, data: bytes) -> tuple[int, int, bytes]:
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == _LF:
                self._end_line()
                at += 1
            elif byte in (_ESC, _GS):
                at += self._command(data[at : at + 8], data, at)
            else:
                if byte >= 0x20:
                    self._letter(byte)
                at += 1
        if self.line:
            self._end_line()
        return self.profile.dots, len(self.rows), b"".join(self.rows)

    def _command(self, head: bytes, data: bytes, at: int) -> int:
        """Obey one command; returns its length in bytes."""
        if head[:2] == b"\x1dv":
            return self._image(data, at)
        if head[:2] == b"\x1d(":
            return self._counted(data, at)
        known = _COMMANDS.get(head[:2])
        if known is None:
            return 2
        length, act = known
        if act is not None:
            act(self, head[2] if len(head) > 2 else 0)
        return length

    def _letter(self, code: int) -> None:
        sign = bytes([code]).decode(self.codepage or self.profile.codepage, errors="replace")
        rows = _grey_letter(sign, self.style)
        width = len(rows[0])
        if self.used + width > self.profile.dots:
            self._end_line()
        self.line.append(rows)
        self.used += width

    def _end_line(self) -> None:
        """Print what the line holds, standing on its lowest row, and feed."""
        height = max((len(rows) for rows in self.line), default=0)
        left = (self.profile.dots - self.used) // 2 if self.centred else 0
        before, after = _WHITE * left, _WHITE * (self.profile.dots - self.used - left)
        lifted = [tuple([_WHITE * len(rows[0])] * (height - len(rows))) + rows for rows in self.line]
        for row in range(height):
            self.rows.append(b"".join((before, *(rows[row] for rows in lifted), after)))
        self._feed(self.line_dots - height)
        self.line.clear()
        self.used = 0

    def _feed(self, dots: int) -> None:
        self.rows.extend([_WHITE * self.profile.dots] * max(0, dots))

    def _image(self, data: bytes, at: int) -> int:
        """`GS v 0 m xL xH yL yH` and its rows."""
        if len(data) < at + 8:
            return len(data) - at
        width = int.from_bytes(data[at + 4 : at + 6], "little")
        height = int.from_bytes(data[at + 6 : at + 8], "little")
        start, dots = at + 8, self.profile.dots
        # no more rows than there are: a job that is not ours may say anything
        for row in range(min(height, (len(data) - start) // max(width, 1))):
            bits = data[start + row * width : start + (row + 1) * width]
            self.rows.append(b"".join(_GREY[byte] for byte in bits)[:dots].ljust(dots, _WHITE))
        return 8 + width * height

    def _counted(self, data: bytes, at: int) -> int:
        """`GS ( fn pL pH` and as many bytes as it says: QR codes (`k`) are drawn, everything else passed over."""
        size = int.from_bytes(data[at + 3 : at + 5], "little")
        body = data[at + 5 : at + 5 + size]
        if data[at + 2 : at + 3] == b"k" and len(body) > 2:
            function, rest = body[1], body[2:]
            if function == ord("C"):
                self.qr_dots = min(max(rest[0], 1), 16)
            elif function == ord("P"):
                self.qr_data = rest[1:].decode("ascii", errors="replace")
            elif function == ord("Q"):
                self._code()
        return 5 + size

    def _code(self) -> None:
        """The stored QR code, without a quiet zone: the printer draws none."""
        modules = qr_modules(self.qr_data) if self.qr_data else None
        if modules is None or len(modules) * self.qr_dots > self.profile.dots:
            return
        left = (self.profile.dots - len(modules) * self.qr_dots) // 2 if self.centred else 0
        for module_row in modules:
            row = b"".join((_BLACK if black else _WHITE) * self.qr_dots for black in module_row)
            line = _WHITE * left + row
            self.rows.extend([line.ljust(self.profile.dots, _WHITE)] * self.qr_dots)

    def _set_up(self, _: int) -> None:
        self.style, self.centred, self.line_dots = PLAIN, False, _DEFAULT_LINE
        self.line.clear()
        self.used = 0

    def _table(self, n: int) -> None:
        own = n == self.profile.table and self.profile.codepage != "ascii"
        self.codepage = "" if own else _TABLES.get(n, "")

    def _size(self, n: int) -> None:
        self.style = Style((n >> 4 & 7) + 1, (n & 7) + 1, self.style.bold, self.style.invert)

    def _bold(self, n: int) -> None:
        self.style = Style(self.style.width, self.style.height, bool(n & 1), self.style.invert)

    def _invert(self, n: int) -> None:
        self.style = Style(self.style.width, self.style.height, self.style.bold, bool(n & 1))

    def _align(self, n: int) -> None:
        self.centred = n in (1, 0x31)

    def _spacing(self, n: int) -> None:
        self.line_dots = n // self.profile.motion_units

    def _feed_units(self, n: int) -> None:
        if self.line:
            self._end_line()
        self._feed(n // self.profile.motion_units)


_COMMANDS: Final[dict[bytes, tuple[int, Callable[[_Paper, int], None] | None]]] = {
    b"\x1b@": (2, _Paper._set_up),
    b"\x1bt": (3, _Paper._table),
    b"\x1bp": (5, None),
    b"\x1bE": (3, _Paper._bold),
    b"\x1ba": (3, _Paper._align),
    b"\x1b3": (3, _Paper._spacing),
    b"\x1bJ": (3, _Paper._feed_units),
    b"\x1d!": (3, _Paper._size),
    b"\x1dB": (3, _Paper._invert),
    b"\x1dV": (3, None),
}
"""First two bytes of a command -> (its length, what it does)."""


@lru_cache(maxsize=1024)
def _grey_letter(sign: str, style: Style) -> tuple[bytes, ...]:
    """A letter as rows of grey dots in a style; bold is printed twice, one dot apart."""
    found = letters().get(sign) or letters()[UNKNOWN]
    rows: list[bytes] = []
    for bits in found:
        if style.bold:
            bits |= bits >> 1
        dots = [bool(bits >> (WIDTH - 1 - place) & 1) is not style.invert for place in range(WIDTH)]
        row = b"".join((_BLACK if dot else _WHITE) * style.width for dot in dots)
        rows.extend([row] * style.height)
    assert len(rows) == HEIGHT * style.height
    return tuple(rows)
