"""Paper on the screen: dot for dot what the printer would do, and never a crash over old or foreign bytes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.document import Bar, Edges, Pair, QrBlock, Style, Text
from pos.printing.drawing import draw
from pos.printing.encoder import encode, kick
from pos.printing.font import letters
from pos.printing.layout import Layout, Line
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES, Profile
from tests.helpers.escpos_reader import spleen
from tests.helpers.papers import SHOP, make_line, make_sale, reader_of

P58 = PROFILES["generic58"]


def test_every_style_is_drawn_as_the_strict_reader_draws_it() -> None:
    rows = [
        Line("Ag9", Style(width, height, bold, invert))
        for width in (1, 2, 4)
        for height in (1, 2, 5)
        for bold in (0, 1)
        for invert in (0, 1)
    ]
    for profile in (P58, Profile(80, 42, 512, motion_units=2), Profile(58, 32, 384, line_dots=24)):
        data = encode(rows, profile)
        width, height, grey = draw(data, profile)
        if profile.motion_units == 1:
            assert np.array_equal(np.frombuffer(grey, np.uint8).reshape(height, width), reader_of(profile).read(data).picture)


def test_a_head_of_finer_units_draws_the_same_paper() -> None:
    layout = Layout(32, 384).lines((Text("a"), Pair("b", "1"), Bar("c"), Edges("d"), QrBlock("e")))
    fine = Profile(58, 32, 384, motion_units=2)
    assert draw(encode(layout, fine), fine) == draw(encode(layout, P58), P58)


def test_a_kick_puts_nothing_on_paper() -> None:
    assert draw(kick(P58), P58) == (384, 0, b"")
    assert draw(b"", P58) == (384, 0, b"")


def test_a_struk_for_wide_paper_is_broken_on_narrow_paper_as_a_printer_breaks_it() -> None:
    data = PrinterPaper(PROFILES["generic80"], "id", "", "screen:").receipt(make_sale((make_line("Sabun", 1, 500),)), SHOP)
    width, height, grey = draw(data, P58)
    assert len(grey) == width * height
    assert height > draw(data, PROFILES["generic80"])[1]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(data=st.binary(max_size=300).map(lambda raw: raw.replace(b"a", b"\x1b").replace(b"b", b"\x1d").replace(b"c", b"\x1dv0\x00")))
def test_bytes_that_are_not_ours_are_drawn_somehow(data: bytes) -> None:
    width, height, grey = draw(data, P58)
    assert len(grey) == width * height


def test_the_font_has_every_letter_that_can_be_printed() -> None:
    assert all(chr(code) in letters() for code in range(0x20, 0x7F))
    upper = {bytes([code]).decode("cp858") for code in range(0x80, 0x100)}
    assert len(upper - letters().keys()) < 20
    for sign in "Ag9@":
        rows = [sum(int(dot) << (11 - place) for place, dot in enumerate(row)) for row in spleen()[sign]]
        assert tuple(rows) == letters()[sign]
