"""The page that a new printer prints first: whatever its width and its letters, it can be read, and three questions about it tell both.

Owns what is on it and what the answers mean. Everything but the widest rulers and the code pages' own lines fits 58 mm and is plain ASCII.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pos.domain.document import LARGE, Align, Block, Cut, QrBlock, Rule, Spacer, Text
from pos.printing.encoder import encode_more, set_up
from pos.printing.layout import Layout
from pos.printing.parts import rehearsal_mark
from pos.printing.profiles import PROFILES, Profile
from pos.printing.words import words_for

WIDTHS: Final = ((32, 384), (42, 512), (48, 576))
"""(letters, dots) of the rulers, the narrowest first; both ends of a ruler are on one line only where the paper is that wide."""
PAGES: Final = (("cp437", 0), ("cp850", 2), ("cp858", 19), ("cp1252", 16))
"""(codec, number for `ESC t`) of the lines of letters: what printers of Indonesian shops have of the western ones."""
LETTERS: Final = "é ñ £ ½ Å"
"""Letters that every one of the pages has, each in another place."""
CODE: Final = "EPEKEN-UJI"

_GAP: Final = Spacer(12)
_PAGE: Final = b"\x1bt"


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    widths: str
    letters: str
    code: str


_WORDS: Final = {
    "id": _Words(
        "ATUR PRINTER", "1. Garis mana yang kedua ujungnya kelihatan?", "2. Baris mana yang sama dengan di layar?", "3. Pindai kode ini."
    ),
    "en": _Words("PRINTER SET-UP", "1. Which rulers show both ends?", "2. Which line is as on the screen?", "3. Scan this code."),
}


def set_up_page(profile: Profile, name: str, language: str, rehearsal: bool = False) -> bytes:
    """The page as bytes; `name`: of the printer, as the shop calls it; `rehearsal`: it says that it is of one."""
    words = _WORDS.get(language, _WORDS["id"])
    plain = replace(PROFILES["generic58"], motion_units=profile.motion_units, cutter=profile.cutter, tear_dots=profile.tear_dots)
    layout = Layout(plain.columns, plain.dots, plain.codepage)

    def part(*blocks: Block) -> bytes:
        return encode_more(layout.lines(blocks), plain)

    return b"".join(
        (
            set_up(plain),
            part(*rehearsal_mark(words_for(language))) if rehearsal else b"",
            part(
                Text(words.title, Align.CENTRE, LARGE), *((Text(name, Align.CENTRE),) if name else ()), Rule("="), Text(words.widths), _GAP
            ),
            *(_ruler(number, columns) for number, (columns, _) in enumerate(WIDTHS, start=1)),
            part(_GAP, Text(words.letters), _GAP),
            *(_letters(number, codec, table) for number, (codec, table) in enumerate(PAGES, start=1)),
            _PAGE + bytes([plain.table]),
            part(_GAP, Text(words.code), QrBlock(CODE), Cut()),
        )
    )


def _ruler(number: int, columns: int) -> bytes:
    """`[1------------------------------]`: as many letters as the paper would have to hold."""
    return f"[{number}{'-' * (columns - 3)}]\n".encode("ascii")


def _letters(number: int, codec: str, table: int) -> bytes:
    return _PAGE + bytes([table]) + f"  {number}   {LETTERS}\n".encode(codec)
