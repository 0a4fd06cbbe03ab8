"""What a printer says back: that a job is printed, and its status. Owns those bytes; opens no connection.

Source: Epson's ESC/POS reference, `GS ( H` function 48 (process id response), `GS a` (automatic status back), `DLE EOT` (real-time status).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pos.domain.evidence import Said

_ASKED = re.compile(rb"\x1d\(H\x06\x00\x30\x30([\x20-\x7e]{4})\Z")
_STATUS = re.compile(rb"[\x10\x14\x18\x1c\x30\x34\x38\x3c\x50\x54\x58\x5c\x70\x74\x78\x7c][\x00-\x0f\x20-\x2f\x40-\x4f\x60-\x6f]{3}")
"""Four bytes of automatic status: bits 0, 1, 4 and 7 of the first are 0, 0, 1, 0; bits 4 and 7 of the others are 0. An answer to `ask`
begins with 0x37, which is no such first byte."""

_AUTOMATIC: Final = ((0, 0x08, Said.OFFLINE), (0, 0x20, Said.COVER_OPEN), (2, 0x0C, Said.PAPER_OUT))
"""(byte, bits, what they say) of an automatic status; all bits are set."""

QUESTIONS: Final[Mapping[int, bytes]] = {number: bytes((0x10, 0x04, number)) for number in (1, 2, 4)}
"""`DLE EOT n`: the printer, why it is offline, the paper. Sent on a connection of their own, never within a job."""
_FIXED, _FIXED_ARE = 0x93, 0x12
"""Bits 0, 1, 4 and 7 of an answer are 0, 1, 1, 0."""
_TOLD: Final[Mapping[int, tuple[tuple[int, Said], ...]]] = {
    1: ((0x08, Said.OFFLINE),),
    2: ((0x04, Said.COVER_OPEN), (0x20, Said.PAPER_OUT), (0x40, Said.FAULT)),
    4: ((0x0C, Said.PAPER_LOW), (0x60, Said.PAPER_OUT)),
}


def ask(job: str) -> bytes:
    """The command at the end of a job that lets the printer answer when it is printed. `job`: any text; four letters of it are used."""
    return b"\x1d(H\x06\x00\x30\x30" + _four(job)


def asked(data: bytes) -> bytes | None:
    """The answer that a printer gives once `data` is on paper, or None if the job asks for none."""
    match = _ASKED.search(data[-16:])
    return b"\x37\x22" + match.group(1) + b"\x00" if match else None


def heard(data: bytes) -> tuple[Said, ...]:
    """What unasked bytes tell, the last word counting. Nothing heard means nothing, and least of all that all is well."""
    told: tuple[Said, ...] = ()
    for match in _STATUS.finditer(data):
        status = match.group()
        told = tuple(said for place, bits, said in _AUTOMATIC if status[place] & bits == bits)
    return told


def answer_of(number: int, byte: int) -> tuple[Said, ...] | None:
    """What an answer to question `number` tells; None for a byte that is none."""
    if byte & _FIXED != _FIXED_ARE:
        return None
    return tuple(said for bits, said in _TOLD[number] if byte & bits == bits)


def _four(job: str) -> bytes:
    letters = "".join(sign for sign in job if sign.isascii() and sign.isalnum())
    return letters[:4].ljust(4, "0").encode("ascii")
