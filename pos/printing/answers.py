"""What a printer says back: that a job is printed, and its status. Owns those bytes; opens no connection.

Source: Epson's ESC/POS reference, `GS ( H` function 48 (process id response) and `GS a` (automatic status back).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ASKED = re.compile(rb"\x1d\(H\x06\x00\x30\x30([\x20-\x7e]{4})\Z")
_STATUS = re.compile(rb"[\x10-\x1f\x30-\x3f\x50-\x5f\x70-\x7f][\x00-\x0f\x20-\x2f\x40-\x4f\x60-\x6f]{3}", re.DOTALL)
"""Four bytes of automatic status: bits 4 and 7 of the first are 1 and 0, of the others 0 and 0."""

_OFFLINE: Final = 0x08
_COVER_OPEN: Final = 0x20
_PAPER_OUT: Final = 0x0C


@dataclass(frozen=True, slots=True)
class Heard:
    """What a printer said while it was sent a job. Advisory: nothing heard means nothing, and least of all that all is well."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False

    def __str__(self) -> str:
        said = (("offline", self.offline), ("cover open", self.cover_open), ("paper out", self.paper_out))
        return ", ".join(words for words, holds in said if holds)


def ask(job: str) -> bytes:
    """The command at the end of a job that lets the printer answer when it is printed. `job`: any text; four letters of it are used."""
    return b"\x1d(H\x06\x00\x30\x30" + _four(job)


def asked(data: bytes) -> bytes | None:
    """The answer that a printer gives once `data` is on paper, or None if the job asks for none."""
    match = _ASKED.search(data[-16:])
    return b"\x37\x22" + match.group(1) + b"\x00" if match else None


def heard(data: bytes) -> Heard:
    """What unasked bytes tell, the last word counting."""
    state = Heard()
    for match in _STATUS.finditer(data):
        first, _, third, _ = match.group()
        state = Heard(bool(first & _OFFLINE), bool(first & _COVER_OPEN), third & _PAPER_OUT == _PAPER_OUT)
    return state


def _four(job: str) -> bytes:
    letters = "".join(sign for sign in job if sign.isascii() and sign.isalnum())
    return letters[:4].ljust(4, "0").encode("ascii")
