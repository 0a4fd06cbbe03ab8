"""Turns lines and bitmaps into the commands of one printer (ESC/POS). Pure: the same lines give the same bytes.

Owns which commands are sent, and that nothing else is: text is made harmless here once more, an image holds no command that a printer
obeys at once, cutting and kicking are never sent to a printer that has no cutter or drawer. The command bytes are python-escpos's
(`escpos.constants`, light to import); why its `Dummy` printer does not compose them: docs/decisions/0005.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from escpos.constants import (
    CD_KICK_2,
    CD_KICK_5,
    CODEPAGE_CHANGE,
    CTL_LF,
    ESC,
    GS,
    HW_INIT,
    LINESPACING_FUNCS,
    PAPER_FULL_CUT,
    PAPER_PART_CUT,
    S_RASTER_N,
    TXT_SIZE,
    TXT_STYLE,
)

from pos.domain.document import PLAIN, Align, Style
from pos.printing.layout import CutHere, Feed, Line, Row
from pos.printing.profiles import Cutter, Profile
from pos.printing.raster import QUIET_MODULES, Bitmap, Code, harmless
from pos.printing.safe_text import safe_text

MAX_RASTER_ROWS: Final = 240
"""Rows of one raster command. Above 960 some printers print rubbish; a short one ends soon where a job broke off within it."""

_START: Final[bytes] = HW_INIT + CODEPAGE_CHANGE
_SPACING: Final[bytes] = LINESPACING_FUNCS[180]
_SIZE: Final[bytes] = TXT_SIZE
_RASTER: Final[bytes] = S_RASTER_N
_FEED: Final[bytes] = ESC + b"J"
_QR_HEAD: Final[bytes] = GS + b"(k"
_CUTS: Final[dict[Cutter, bytes]] = {Cutter.NONE: b"", Cutter.PARTIAL: PAPER_PART_CUT, Cutter.FULL: PAPER_FULL_CUT}
_KICKS: Final[dict[int | None, bytes]] = {None: b"", 2: CD_KICK_2, 5: CD_KICK_5}
_ALIGNS: Final[dict[Align, bytes]] = {Align.LEFT: TXT_STYLE["align"]["left"], Align.CENTRE: TXT_STYLE["align"]["center"]}


def encode(rows: Iterable[Row], profile: Profile) -> bytes:
    """The rows as a whole job: the printer is set up anew first, with its code page after that."""
    return set_up(profile) + encode_more(rows, profile)


def encode_more(rows: Iterable[Row], profile: Profile) -> bytes:
    """Rows of a job whose printer is set up already, or the part of one: begins and ends with plain letters at the left."""
    parts = []
    style, align = PLAIN, Align.LEFT
    for row in rows:
        # an image and a feed begin at the left edge: their margin is in the bitmap
        wanted = row.align if isinstance(row, Line) else Align.LEFT
        if wanted is not align:
            align = wanted
            parts.append(_ALIGNS[align])
        if not isinstance(row, Line):
            parts.append(_other(row, profile))
            continue
        if row.style is not style:
            parts.append(_change(style, row.style))
            style = row.style
        parts.append(_letters(row.text, profile.codepage))
        parts.append(CTL_LF)
    if align is not Align.LEFT:
        parts.append(_ALIGNS[Align.LEFT])
    if style is not PLAIN:
        parts.append(_change(style, PLAIN))
    return b"".join(parts)


def _other(row: Bitmap | Code | Feed | CutHere, profile: Profile) -> bytes:
    """What is not letters."""
    if isinstance(row, Bitmap):
        return b"".join(_raster(row))
    if isinstance(row, Code):
        return _qr(row, profile)
    if isinstance(row, Feed):
        return _feed(row.dots, profile.motion_units)
    return _feed(profile.tear_dots, profile.motion_units) + _CUTS[profile.cutter]


def kick(profile: Profile) -> bytes:
    """The drawer's pulse, a job of its own, on the pin and as long as the profile says. Empty without a drawer socket."""
    command = _KICKS[profile.drawer_pin]
    # two bytes of time, on and off, in units of 2 ms
    return command[:-2] + bytes([min(255, profile.pulse_ms // 2)]) * 2 if command else b""


@lru_cache(maxsize=8)
def set_up(profile: Profile) -> bytes:
    """What every job begins with: a printer in its first state, its code page and line spacing."""
    return _START + bytes([profile.table]) + _SPACING + bytes([min(255, profile.line_dots * profile.motion_units)])


@lru_cache(maxsize=256)
def _change(before: Style, after: Style) -> bytes:
    """The commands from one style to another: only what differs."""
    out = b""
    if (before.width, before.height) != (after.width, after.height):
        out += _SIZE + bytes([TXT_STYLE["width"][after.width] | TXT_STYLE["height"][after.height]])
    if before.bold is not after.bold:
        out += TXT_STYLE["bold"][after.bold]
    if before.invert is not after.invert:
        out += TXT_STYLE["invert"][after.invert]
    return out


def _letters(text: str, codepage: str) -> bytes:
    """`text` as bytes of which none is a command: what layout passed is safe already, this holds whoever calls."""
    if not (text.isascii() and text.isprintable()):
        text = safe_text(text, codepage)
    return text.encode(codepage, errors="replace")


def _raster(bitmap: Bitmap) -> Iterable[bytes]:
    width = bitmap.row_bytes
    for top in range(0, bitmap.height, MAX_RASTER_ROWS):
        rows = min(MAX_RASTER_ROWS, bitmap.height - top)
        head = _RASTER + width.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield head + harmless(bitmap.data[top * width : (top + rows) * width])


def _qr(code: Code, profile: Profile) -> bytes:
    """As an image; by the printer itself where its profile says so and what the code says is plain text.

    Source: Epson's ESC/POS reference, `GS ( k` functions 165 (model 2), 167 (dots a module), 169 (error correction M), 180 and 181. The
    printer takes any length and draws no quiet zone: the length was tried when the code was set, the zone is fed and centred here.
    """
    if not (profile.native_qr and code.data.isascii() and code.data.isprintable()):
        return b"".join(_raster(code.bitmap))
    commands = (b"A2\x00", b"C" + bytes([code.dots]), b"E1", b"P0" + code.data.encode("ascii"), b"Q0")
    drawn = b"".join(_QR_HEAD + (len(each) + 1).to_bytes(2, "little") + b"1" + each for each in commands)
    if drawn != harmless(drawn):
        # of 1,037 characters the length itself would be a real-time command
        return b"".join(_raster(code.bitmap))
    quiet = _feed(QUIET_MODULES * code.dots, profile.motion_units)
    return quiet + _ALIGNS[Align.CENTRE] + drawn + _ALIGNS[Align.LEFT] + quiet


def _feed(dots: int, motion_units: int) -> bytes:
    most = 255 // motion_units
    whole, rest = divmod(max(0, dots), most)
    return (_FEED + bytes([most * motion_units])) * whole + (_FEED + bytes([rest * motion_units]) if rest else b"")
