"""How words stand on paper: wrapped between words, amounts whole and at the right edge, large things large."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.printing.documents import (
    HUGE,
    LARGE,
    Align,
    Bar,
    Check,
    Edges,
    Item,
    Pair,
    QrBlock,
    Rule,
    Ruler,
    Spacer,
    Style,
    Text,
)
from pos.printing.layout import Feed, Layout, Line, narrower, wrapped
from pos.printing.raster import LEAST_DOTS, Bitmap, qr_bitmap

NARROW = Layout(32, 384)


def texts(*blocks: object, layout: Layout = NARROW) -> list[str]:
    return [row.text for row in layout.lines(blocks) if isinstance(row, Line)]  # type: ignore[arg-type]


def test_a_name_stands_on_its_own_line_and_its_amount_at_the_edge() -> None:
    assert texts(Item("Sabun mandi", "3 pcs x 4.500", "13.500")) == ["Sabun mandi", "  3 pcs x 4.500           13.500"]


def test_a_long_name_is_broken_between_its_words() -> None:
    rows = texts(Item("Roti tawar kupas tanpa pengawet rasa pandan", "1 pcs x 18.500", "18.500"))
    assert rows == ["Roti tawar kupas tanpa pengawet", "rasa pandan", "  1 pcs x 18.500          18.500"]


def test_an_amount_without_room_beside_it_goes_to_the_next_line_whole() -> None:
    rows = texts(Item("Beras", "125.000,125 dus besar x 999.999.999", "999.999.999.999"))
    assert rows[-1].endswith("999.999.999.999")
    assert all(len(row) <= 32 for row in rows)
    assert [row for row in rows if len(row) == 32] == [rows[-1]], "only an amount stands at the edge"


def test_a_total_of_a_million_stays_large_below_its_word() -> None:
    rows = NARROW.lines((Pair("TOTAL", "Rp2.092.500", LARGE),))
    assert [(row.text.strip(), row.style) for row in rows if isinstance(row, Line)] == [("TOTAL", LARGE), ("Rp2.092.500", LARGE)]


def test_a_total_that_no_line_holds_gets_narrower_and_never_shorter() -> None:
    (row,) = NARROW.lines((Pair("TOTAL", "-Rp999.999.999.999", LARGE),))
    assert isinstance(row, Line)
    assert (row.style.width, row.style.height) == (1, 2)
    assert row.text == "TOTAL         -Rp999.999.999.999"


def test_a_large_title_with_a_long_word_gets_narrower() -> None:
    (row,) = NARROW.lines((Text("PEMBERDAYAAN-MASYARAKAT", Align.CENTRE, HUGE),))
    assert isinstance(row, Line)
    assert row.style == Style(1, 2)
    assert narrower(Style(4, 4)) == Style(3, 4)


def test_black_bars_reach_from_edge_to_edge() -> None:
    (row,) = NARROW.lines((Bar("LUNAS Rp86.500"),))
    assert isinstance(row, Line)
    assert row.style.invert
    assert len(row.text) * row.style.width == 32
    (long,) = NARROW.lines((Bar("BELUM BAYAR Rp86.500"),))
    assert isinstance(long, Line)
    assert (long.style.width, long.style.height, len(long.text)) == (1, 2, 32)


def test_boxes_to_tick_stand_in_one_column() -> None:
    rows = texts(
        Check("2", "Minyak goreng"),
        Check("1,5", "kg Telur"),
        Check("10", "Kecap manis botol kaca 275 ml besar"),
        Check("1.000.000.000,125" * 2, "a"),
    )
    assert rows[:4] == ["[ ]   2 Minyak goreng", "[ ] 1,5 kg Telur", "[ ]  10 Kecap manis botol kaca", "        275 ml besar"]
    assert all(len(row) <= 32 for row in rows)
    assert rows[-1].strip() == "a"


def test_a_rule_and_the_ruler_are_as_wide_as_the_paper() -> None:
    for columns, dots in ((32, 384), (42, 512), (48, 576)):
        rows = texts(Rule("="), Ruler(), layout=Layout(columns, dots))
        assert rows[0] == "=" * columns
        assert rows[2].index("|") == 9
        assert len(rows[2]) == columns


def test_the_edge_marks_touch_both_edges_of_the_paper() -> None:
    for columns, dots in ((32, 384), (42, 512), (48, 576)):
        top, _, bottom = Layout(columns, dots).lines((Edges("<- ->"),))
        for bitmap in (top, bottom):
            assert isinstance(bitmap, Bitmap)
            assert bitmap.width == dots
            middle = bitmap.data[6 * bitmap.row_bytes : 7 * bitmap.row_bytes]
            assert (middle[0], middle[-1], any(middle[1:-1])) == (0xC0, 0x03, False)


def test_a_qr_code_has_six_dots_a_module_where_it_fits_and_never_less_than_a_phone_can_read() -> None:
    small = qr_bitmap("EPK1", 384)
    assert small is not None
    assert small.height == (21 + 8) * 6
    large = qr_bitmap("A" * 800, 384)
    assert large is not None
    assert large.height == (89 + 8) * LEAST_DOTS
    assert qr_bitmap("A" * 2_000, 384) is None
    assert qr_bitmap("A" * 5_000, 100_000) is None, "no QR code holds as much"


def test_words_stand_where_a_code_is_too_long() -> None:
    assert texts(QrBlock("A" * 5_000, instead="(kode terlalu panjang)")) == ["(kode terlalu panjang)"]
    assert texts(QrBlock("", instead="kosong")) == ["kosong"]
    assert NARROW.lines((QrBlock(""),)) == ()


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=st.text("ab c", max_size=120), width=st.integers(2, 48))
def test_wrapping_loses_no_letter_and_overfills_no_line(text: str, width: int) -> None:
    rows = wrapped(text, width)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(0 < len(row) <= width for row in rows)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    left=st.text("ab c", max_size=80),
    right=st.text("0123456789.-", max_size=60),
    columns=st.integers(20, 48),
    width=st.integers(1, 4),
)
def test_any_pair_keeps_both_sides_and_its_amount_whole(left: str, right: str, columns: int, width: int) -> None:
    rows = [row for row in Layout(columns, columns * 12).lines((Pair(left, right, Style(width, width)),)) if isinstance(row, Line)]
    assert all(len(row.text) * row.style.width <= columns for row in rows)
    assert "".join("".join(row.text for row in rows).split()) == "".join((left + right).split())
    if 0 < len(right) <= columns:
        assert rows[-1].text.endswith(right), "whole, at the end of the last line"


@pytest.mark.parametrize("block", [Text(""), Text("\x00\x1b"), Pair("", ""), Text("   ", Align.CENTRE)])
def test_nothing_to_say_takes_no_paper(block: object) -> None:
    assert [row for row in texts(block) if row.strip()] == []


def test_empty_paper_is_in_dots() -> None:
    assert NARROW.lines((Spacer(10),)) == (Feed(10),)
