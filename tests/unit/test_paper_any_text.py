"""Any text that a name, a note or a logo can hold goes through the printer's strict reader: no byte of it is ever a command.

In the suite a thousand texts; PAPER_TEXTS=100000 asks for as many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Final

import pytest

from pos.domain.document import (
    HUGE,
    LARGE,
    Align,
    Bar,
    BarsBlock,
    Check,
    Cut,
    Document,
    Edges,
    Goods,
    Hang,
    Item,
    Pair,
    QrBlock,
    Rule,
    Signs,
    Style,
    Text,
)
from pos.printing.encoder import encode
from pos.printing.layout import Layout
from pos.printing.profiles import PROFILES, Cutter, Profile
from tests.helpers.escpos_reader import StrictReader
from tests.helpers.paper_words import letters_of

TEXTS: Final = int(os.environ.get("PAPER_TEXTS", "1000"))
PROFILES_TRIED: Final = (
    *PROFILES.values(),
    Profile(58, 32, 384, codepage="cp437"),
    Profile(80, 48, 576, codepage="cp858", table=19, cutter=Cutter.FULL, native_qr=True),
    Profile(80, 42, 512, codepage="cp1252", table=16),
)
COMMANDS: Final = (
    "\x1b@", "\x1bp\x00\x19\xfa", "\x1dV\x00", "\x1dV\x41\x10", "\x1bi", "\x10\x14\x01\x00\x05", "\x10\x04\x01", "\x10\x05\x02", "\x1c&",
    "\x1cS", "\x0c", "\x18", "\x1b!\xff", "\x1dv0\x00\xff\xff\xff\xff", "\x1d(k\x03\x00\x31\x51\x30", "\x1b=\x00", "\x1bt\xff", "\x9b2J",
)  # fmt: skip
RANGES: Final = ((0, 0x1F), (0x20, 0x7E), (0x7F, 0x9F), (0xA0, 0x24F), (0x590, 0x6FF), (0x2000, 0x206F), (0x2100, 0x27BF), (0x3040, 0x9FFF),
                 (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xFE00, 0xFFFF), (0x1F300, 0x1FAFF), (0xE0000, 0xE007F), (0, 0x10FFFF))  # fmt: skip
LETTERS: Final = "Mi goreng Kopi susu Minyak 1 liter 85g Rp999.999.999 -2.000 ( ) / x"


def texts(count: int, seed: int = 20_261_123) -> Iterator[str]:
    """Texts of every alphabet with commands of a printer among them; the same on every run. Lone surrogates too."""
    rng = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(rng.randrange(1, 7)):
            kind = rng.randrange(5)
            if kind == 0:
                parts.append(rng.choice(COMMANDS))
            elif kind == 1:
                start = rng.randrange(len(LETTERS))
                parts.append(LETTERS[start : start + rng.randrange(1, 40)])
            else:
                low, high = rng.choice(RANGES)
                parts.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randrange(1, 12))))
        text = "".join(parts)
        yield text if rng.randrange(40) else (text + " ") * rng.randrange(1, 30)


def paper_of(text: str, rng: random.Random) -> Document:
    """The text in every place that a document has for words."""
    style = Style(rng.randrange(1, 9), rng.randrange(1, 9), rng.random() < 0.5, rng.random() < 0.5)
    return (
        Text(text, rng.choice(list(Align)), style),
        Text(text, Align.CENTRE, rng.choice((LARGE, HUGE))),
        Pair(text, text[:40], rng.choice((LARGE, Style()))),
        Item(text, text, text[-20:]),
        Goods(text, text[:9], "1.000", "-999.999.999.999"),
        Hang(text[:30], text),
        Signs(text, text[::-1], text, ""),
        Check(text[:12], text),
        Bar(text),
        Rule("="),
        Edges(text),
        # composing a QR code takes longer than everything else together
        QrBlock(text if rng.random() < 0.1 else "", instead=text),
        BarsBlock(text),
        Cut(),
    )


def test_no_text_is_ever_a_command_and_no_letter_of_it_is_lost() -> None:
    rng = random.Random(7)
    for number, text in enumerate(texts(TEXTS)):
        profile = PROFILES_TRIED[number % len(PROFILES_TRIED)]
        cutter = profile.cutter is not Cutter.NONE
        reader = StrictReader(
            profile.columns, profile.dots, profile.codepage, profile.table, cutter, native_qr=profile.native_qr, draws=False
        )
        document = paper_of(text, rng)
        data = encode(Layout(profile.columns, profile.dots, profile.codepage).lines(document), profile)
        reading = reader.read(data)
        assert (reading.kicks, reading.cuts) == (0, int(cutter)), repr(text)
        assert reading.letters == letters_of(document, profile), repr(text)


@pytest.mark.parametrize("compact", [False, True])
def test_an_amount_is_whole_beside_any_text(compact: bool) -> None:
    """Rp999.999.999 and beyond, at the narrowest paper there is."""
    layout = Layout(32, 384, compact=compact)
    for number, text in enumerate(texts(TEXTS // 4, seed=3)):
        amount = ("999.999.999", "-Rp999.999.999.999", "0", "-1", "12.500")[number % 5]
        for block in (Item(text, "1 pcs x 1", amount), Pair(text, amount, (LARGE, Style())[number % 2]), Goods(text, "1", "1", amount)):
            rows = [row.text for row in layout.lines((block,)) if hasattr(row, "text")]
            assert rows[-1].split()[-1] == amount, repr(text)
            assert all(len(row) <= 32 for row in rows), repr(text)


def test_a_code_of_four_thousand_letters_is_refused_in_words_and_never_half_printed() -> None:
    for profile in PROFILES_TRIED:
        layout = Layout(profile.columns, profile.dots, profile.codepage)
        data = encode(layout.lines((QrBlock("A7" * 2_000, instead="(kode terlalu panjang untuk kertas ini)"),)), profile)
        reader = StrictReader(profile.columns, profile.dots, profile.codepage, profile.table, native_qr=profile.native_qr)
        reading = reader.read(data)
        assert reading.letters == "(kodeterlalupanjanguntukkertasini)"
        assert (reading.images, reading.codes) == ([], [])
