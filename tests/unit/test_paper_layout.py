"""How words stand on paper: wrapped between words, amounts whole and at the right edge, large things large."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.document import (
    HUGE,
    LARGE,
    Align,
    Bar,
    BarsBlock,
    Check,
    Edges,
    Goods,
    GoodsHead,
    Hang,
    Item,
    Logo,
    Pair,
    QrBlock,
    Rule,
    Ruler,
    Signs,
    Spacer,
    Style,
    Text,
)
from pos.printing.layout import Feed, Layout, Line, narrower, wrapped
from pos.printing.raster import LEAST_DOTS, Bitmap, bars_bitmap, qr_code
from pos.services.bars import bars_of

NARROW = Layout(32, 384)


def _qr(data: str, paper: int) -> Bitmap | None:
    code = qr_code(data, paper)
    return None if code is None else code.bitmap


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
    small = _qr("EPK1", 384)
    assert small is not None
    assert small.height == (21 + 8) * 6
    large = _qr("A" * 800, 384)
    assert large is not None
    assert large.height == (89 + 8) * LEAST_DOTS
    assert _qr("A" * 2_000, 384) is None
    assert _qr("A" * 5_000, 100_000) is None, "no QR code holds as much"


def test_words_stand_where_a_code_is_too_long() -> None:
    assert texts(QrBlock("A" * 5_000, instead="(kode terlalu panjang)")) == ["(kode terlalu panjang)"]
    assert texts(QrBlock("", instead="kosong")) == ["kosong"]
    assert NARROW.lines((QrBlock(""),)) == ()


def test_words_hang_beside_a_short_label_and_below_a_long_one() -> None:
    assert texts(Hang("Kepada", "Dinas Komunikasi dan Informatika")) == ["Kepada : Dinas Komunikasi dan", "         Informatika"]
    assert texts(Hang("Untuk pembayaran", "Konsumsi rapat")) == ["Untuk pembayaran:", "  Konsumsi rapat"]
    assert texts(Hang("Kepada", "  "))[0] == "Kepada : ......................."


def test_goods_of_a_page_are_an_item_on_narrow_paper_and_their_columns_have_no_names() -> None:
    goods = Goods("Sabun mandi", "3 pcs", "4.500", "13.500")
    assert texts(GoodsHead("Barang", "Banyaknya", "Harga", "Jumlah"), goods) == texts(Item("Sabun mandi", "3 pcs x 4.500", "13.500"))
    assert texts(Goods("  Potongan", "", "", "-2.000")) == ["  Potongan                -2.000"]


def test_places_to_sign_stand_side_by_side_and_one_alone_at_the_right() -> None:
    assert texts(Signs("Penerima", "Hormat kami", "", "Bu Sari")) == [
        "    Penerima       Hormat kami",
        " (...........)      (Bu Sari)",
    ]
    assert texts(Signs("", "Yang menerima", "", "Sari")) == ["                  Yang menerima", "                      (Sari)"]


def test_compact_paper_leaves_out_what_is_air() -> None:
    compact = Layout(48, 576, compact=True, logo=Bitmap(8, 1, b"\xff"))
    document = (Logo(), Text("TOKO", Align.CENTRE, LARGE), Spacer(10), Item("Sabun mandi", "3 pcs x 4.500", "13.500"), Spacer(2))
    rows = compact.lines(document)
    assert [row.text for row in rows if isinstance(row, Line)] == ["TOKO", "Sabun mandi  3 pcs x 4.500                13.500"]
    assert rows[0] == Line("TOKO", Style(bold=True), Align.CENTRE)
    assert [row for row in rows if isinstance(row, Feed)] == [Feed(2)]
    assert not any(isinstance(row, Bitmap) for row in rows)
    long = compact.lines((Item("Roti tawar kupas tanpa pengawet rasa pandan", "1 pcs x 18.500", "18.500"),))
    assert len(long) == 2, "where it does not fit it stands as usual"


@pytest.mark.parametrize("dots", [384, 512, 576])
def test_a_barcode_has_its_quiet_zones_on_every_paper(dots: int) -> None:
    for code in ("8991002105485", "089686010947", "12345670", "TLR-KG", "2100001012347"):
        drawn, bars = bars_bitmap(code, dots, 48), bars_of(code)
        assert drawn is not None
        assert bars is not None
        bitmap, text = drawn
        bits = "".join(f"{byte:08b}" for byte in bitmap.data[: bitmap.row_bytes]).ljust(dots, "0")
        left, right = bits.index("1"), dots - 1 - bits.rindex("1")
        module = (dots - left - right) // len(bars.modules)
        assert 2 <= module <= 3
        assert left >= bars.quiet[0] * module
        assert right >= bars.quiet[1] * module
        assert (bitmap.height, text) == (48, bars.text)


def test_a_code_that_would_be_too_fine_for_the_paper_is_written_and_not_drawn() -> None:
    assert bars_bitmap("A" * 20, 384, 48) is None
    assert texts(BarsBlock("A" * 20)) == ["A" * 20]
    assert bars_bitmap("A" * 20, 576, 48) is not None


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
