"""A strict reader of print jobs: explains every byte or fails, and draws the paper. Written apart from the product's own drawing.

It knows only the commands that the till has a reason to send, and how a printer takes them: what it would wrap, cut or obey by mistake
is an error here.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from pos.resources import resource_path

Dots: TypeAlias = npt.NDArray[np.uint8]
"""Rows of dots, 255 white and 0 black."""

_LETTER: Final = (24, 12)
_MOST_ROWS: Final = 960
_REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


class NotExplainedError(Exception):
    """A byte that no command and no letter accounts for, or a command that must not be sent."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of letters as it stands on the paper."""

    text: str
    width: int
    height: int
    bold: bool
    invert: bool
    centred: bool


@dataclass(slots=True)
class Reading:
    """What a job puts on paper and does."""

    lines: list[PaperLine] = field(default_factory=list)
    images: list[Dots] = field(default_factory=list)
    strips: list[Dots] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """What the printer's own QR codes say."""
    cuts: int = 0
    kicks: int = 0
    asked: list[bytes] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def letters(self) -> str:
        """All letters in their order, without blanks: what wrapping cannot change."""
        return "".join("".join(line.text.split()) for line in self.lines)

    @property
    def picture(self) -> Dots:
        """The whole paper."""
        return np.vstack(self.strips) if self.strips else np.zeros((0, 0), np.uint8)


class StrictReader:
    """Reads jobs of one printer.

    Args:
        columns, dots: what it holds across; `codepage` a Python codec, `table` its number.
        cutter, drawer, native_qr: whether it may be told to cut, to kick, and to draw QR codes.
        draws: False reads without drawing: faster, and as strict.
    """

    def __init__(
        self,
        columns: int,
        dots: int,
        codepage: str = "ascii",
        table: int = 0,
        cutter: bool = False,
        drawer: bool = True,
        *,
        native_qr: bool = False,
        draws: bool = True,
    ) -> None:
        self.columns, self.dots = columns, dots
        self.codepage, self.table = codepage, table
        self.cutter, self.drawer, self.native_qr = cutter, drawer, native_qr
        self.draws = draws

    def read(self, data: bytes) -> Reading:
        """Raises NotExplainedError with the offset."""
        if found := _REAL_TIME.search(data):
            raise NotExplainedError(f"a real-time command at {found.start()}: {data[found.start() : found.start() + 4]!r}")
        if data.startswith(b"\x1bp"):
            return self._kick(data)
        if not re.match(rb"\x1b@\x1bt" + re.escape(bytes([self.table])) + rb"\x1b3.", data, re.DOTALL):
            raise NotExplainedError(f"the printer is not set up first: {data[:8]!r}")
        return _Job(self, data).read()

    def _kick(self, data: bytes) -> Reading:
        if not self.drawer or len(data) != 5 or data[2] not in (0, 1):
            raise NotExplainedError(f"a kick that is no job of its own: {data!r}")
        return Reading(kicks=1)


class _Job:
    """One job being read."""

    def __init__(self, printer: StrictReader, data: bytes) -> None:
        self.printer, self.data, self.at = printer, data, 0
        self.out = Reading()
        self.width = self.height = 1
        self.bold = self.invert = self.centred = False
        self.spacing = 30
        self.buffer: list[str] = []
        self.image_open = False
        self.qr_steps: list[int] = []
        self.qr_dots, self.qr_data = 0, ""

    def read(self) -> Reading:
        while self.at < len(self.data):
            self._step()
        if self.buffer:
            raise NotExplainedError("letters after the last line feed")
        if self.qr_steps:
            raise NotExplainedError("a QR code that is prepared and never printed")
        if (self.width, self.height, self.bold, self.invert, self.centred) != (1, 1, False, False, False):
            raise NotExplainedError("the job leaves the printer set otherwise than it found it")
        return self.out

    def _take(self, count: int) -> bytes:
        piece = self.data[self.at : self.at + count]
        if len(piece) < count:
            raise NotExplainedError(f"the job ends within a command at {self.at}")
        self.at += count
        return piece

    def _step(self) -> None:
        start = self.at
        byte = self._take(1)[0]
        if byte == 0x0A:
            self._line_feed()
        elif byte == 0x1B:
            self._escape(start)
        elif byte == 0x1D:
            self._group(start)
        elif 0x20 <= byte <= 0x7E or (byte >= 0x80 and self.printer.codepage != "ascii"):
            self.buffer.append(bytes([byte]).decode(self.printer.codepage))
            if len(self.buffer) * self.width > self.printer.columns:
                raise NotExplainedError(f"the line at {start} is longer than the paper is wide: {''.join(self.buffer)!r}")
        else:
            raise NotExplainedError(f"byte {byte:#04x} at {start}, after {self.data[max(0, start - 12) : start]!r}")

    # --- commands -----------------------------------------------------------------------------------------------

    def _escape(self, start: int) -> None:
        command = self._take(1)
        if command == b"@":
            if start:
                raise NotExplainedError(f"the printer is set up anew within a job, at {start}")
            return
        number = self._take(1)[0]
        if command == b"t" and start == 2:
            return
        if command == b"3":
            self.spacing = number
        elif command == b"E" and number in (0, 1):
            self.bold = bool(number)
        elif command == b"a" and number in (0, 1) and not self.buffer:
            self.centred = bool(number)
        elif command == b"J" and not self.buffer:
            self._blank(number)
        else:
            raise NotExplainedError(f"ESC {command!r} {number} at {start}")

    def _group(self, start: int) -> None:
        command = self._take(1)
        if command == b"v":
            self._image(start)
        elif command == b"(":
            self._ask(start)
        else:
            self._group_number(command, self._take(1)[0], start)

    def _group_number(self, command: bytes, number: int, start: int) -> None:
        if command == b"!" and number & 0x88 == 0 and not self.buffer:
            self.width, self.height = (number >> 4) + 1, (number & 7) + 1
        elif command == b"B" and number in (0, 1):
            self.invert = bool(number)
        elif command == b"V" and number in (0, 1) and self.printer.cutter and not self.buffer:
            self.out.cuts += 1
        else:
            raise NotExplainedError(f"GS {command!r} {number} at {start}")

    def _ask(self, start: int) -> None:
        if self.data[self.at : self.at + 1] == b"k":
            self._native(start)
            return
        rest = self._take(9)
        if not rest.startswith(b"H\x06\x00\x30\x30") or self.at != len(self.data):
            raise NotExplainedError(f"GS ( {rest!r} at {start}")
        self.out.asked.append(rest[5:])

    def _native(self, start: int) -> None:
        """`GS ( k`: model 2, size, error correction M, data, print: each once and in this order, in the middle."""
        head = self._take(3)
        body = self._take(head[1] | head[2] << 8)
        function, rest = body[1], body[2:]
        right = {65: rest == b"2\x00", 67: len(rest) == 1 and 3 <= rest[0] <= 16, 69: rest == b"1", 80: rest[:1] == b"0", 81: rest == b"0"}
        order = [65, 67, 69, 80, 81][len(self.qr_steps)]
        if not self.printer.native_qr or body[:1] != b"1" or function != order or not right[function] or self.buffer or not self.centred:
            raise NotExplainedError(f"GS ( k {body[:12]!r} at {start}")
        self.qr_steps.append(function)
        if function == 67:
            self.qr_dots = rest[0]
        elif function == 80:
            if not all(0x20 <= byte <= 0x7E for byte in rest[1:]):
                raise NotExplainedError(f"a QR code of more than plain text at {start}")
            self.qr_data = rest[1:].decode("ascii")
        elif function == 81:
            self.qr_steps.clear()
            self._draw_code()

    def _draw_code(self) -> None:
        """As the printer draws it: without a quiet zone, in the middle; it must fit."""
        self.out.codes.append(self.qr_data)
        modules = _modules(self.qr_data)
        picture = np.kron(np.where(modules, 0, 255), np.ones((self.qr_dots, self.qr_dots))).astype(np.uint8)
        if picture.shape[1] + 8 * self.qr_dots > self.printer.dots:
            raise NotExplainedError(f"a QR code of {picture.shape[1]} dots and its quiet zone is wider than the paper")
        strip = np.full((picture.shape[0], self.printer.dots), 255, np.uint8)
        left = (self.printer.dots - picture.shape[1]) // 2
        strip[:, left : left + picture.shape[1]] = picture
        self.out.strips.append(strip)

    def _image(self, start: int) -> None:
        head = self._take(6)
        width, height = head[2] | head[3] << 8, head[4] | head[5] << 8
        if head[:2] != b"0\x00" or not 0 < height <= _MOST_ROWS or not 0 < width <= (self.printer.dots + 7) // 8 or self.buffer:
            raise NotExplainedError(f"an image of {width} bytes by {height} rows at {start}")
        if self.centred:
            raise NotExplainedError(f"the image at {start} is centred twice")
        bits = np.unpackbits(np.frombuffer(self._take(width * height), np.uint8).reshape(height, width), axis=1)
        picture = np.full((height, self.printer.dots), 255, np.uint8)
        across = min(self.printer.dots, width * 8)
        picture[:, :across] = np.where(bits[:, :across] == 1, 0, 255)
        self.out.strips.append(picture)
        if self.image_open:
            self.out.images[-1] = np.vstack([self.out.images[-1], picture])
        else:
            self.out.images.append(picture)
        # a second image command without anything between goes on with the same image
        self.image_open = self.data[self.at : self.at + 4] == b"\x1dv0\x00"

    # --- paper --------------------------------------------------------------------------------------------------

    def _blank(self, dots: int) -> None:
        if dots:
            self.out.strips.append(np.full((dots, self.printer.dots), 255, np.uint8))

    def _line_feed(self) -> None:
        text = "".join(self.buffer)
        self.buffer.clear()
        self.out.lines.append(PaperLine(text, self.width, self.height, self.bold, self.invert, self.centred))
        if not text or not self.printer.draws:
            self._blank(self.spacing)
            return
        row = np.hstack([self._letter(sign) for sign in text])
        strip = np.full((max(self.spacing, row.shape[0]), self.printer.dots), 255, np.uint8)
        left = (self.printer.dots - row.shape[1]) // 2 if self.centred else 0
        strip[: row.shape[0], left : left + row.shape[1]] = row
        self.out.strips.append(strip)

    def _letter(self, sign: str) -> Dots:
        return _drawn(sign, self.width, self.height, self.bold, self.invert)


@lru_cache(maxsize=64)
def _modules(data: str) -> npt.NDArray[np.bool_]:
    """A QR code's modules, error correction M, no quiet zone."""
    # here, so that a test can see what the product itself imports
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data)
    code.make(fit=True)
    return np.array(code.get_matrix(), bool)


@lru_cache(maxsize=2048)
def _drawn(sign: str, width: int, height: int, bold: bool, invert: bool) -> Dots:
    black = spleen()[sign].copy()
    if bold:
        black[:, 1:] |= spleen()[sign][:, :-1]
    if invert:
        black = ~black
    return np.where(np.kron(black, np.ones((height, width), bool)), 0, 255).astype(np.uint8)


@lru_cache(maxsize=1)
def spleen() -> dict[str, npt.NDArray[np.bool_]]:
    """The font of the drawing, read from its PSF file: sign -> 24 rows of 12 dots."""
    data = gzip.decompress(resource_path("fonts", "spleen-12x24.psfu.gz").read_bytes())
    head = np.frombuffer(data[:32], "<u4")
    start, count, size = int(head[2]), int(head[4]), int(head[5])
    assert (int(head[6]), int(head[7])) == _LETTER
    glyphs = np.frombuffer(data[start : start + count * size], np.uint8).reshape(count, _LETTER[0], size // _LETTER[0])
    names = data[start + count * size :].split(b"\xff")
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for glyph, name in zip(glyphs, names, strict=False):
        for sign in name.split(b"\xfe")[0].decode():
            found.setdefault(sign, np.unpackbits(glyph, axis=1)[:, : _LETTER[1]].astype(bool))
    return found
