"""Whatever is sold and whatever goods are called: every byte of the paper is explained, and the paper says what the sale says."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings

from pos.domain.money import MAX_AMOUNT, format_figure, format_rupiah
from pos.domain.order import Order
from pos.domain.sale import Sale, SaleKind
from pos.printing.drawing import draw
from pos.printing.paper import PrinterPaper
from pos.printing.parts import House
from pos.printing.pickup_slip import pickup_slip
from pos.printing.profiles import PROFILES, Cutter, Profile
from pos.printing.raster import qr_code
from pos.printing.struk import struk
from pos.printing.words import INDONESIAN
from tests.helpers.escpos_reader import Reading
from tests.helpers.paper_words import letters_of
from tests.helpers.papers import HOSTILE, SHOP, make_line, make_sale, orders, reader_of, sales

PAPERS = [pytest.param(profile, id=name) for name, profile in PROFILES.items()]


def paper_of(profile: Profile) -> PrinterPaper:
    return PrinterPaper(profile, "id", "Terima kasih", "screen:")


def read_struk(profile: Profile, sale: Sale, copy: int = 0) -> Reading:
    """The struk of a sale, read strictly, and compared with the product's own drawing of it."""
    data = paper_of(profile).receipt(sale, SHOP, copy)
    reading = reader_of(profile).read(data)
    assert reading.letters == letters_of(struk(sale, House(SHOP, INDONESIAN, footer="Terima kasih"), copy), profile)
    assert reading.cuts == (profile.cutter is not Cutter.NONE)
    assert reading.kicks == 0
    check_drawing(data, profile, reading)
    return reading


def check_drawing(data: bytes, profile: Profile, reading: Reading) -> None:
    width, height, grey = draw(data, profile)
    assert np.array_equal(np.frombuffer(grey, np.uint8).reshape(height, width), reading.picture)


def amounts_at_the_edge(reading: Reading, columns: int) -> list[int]:
    """The amounts at the right edge between the rules around the goods: those of details and discounts."""
    texts = [line.text for line in reading.lines]
    rules = [place for place, text in enumerate(texts) if text == "-" * columns]
    goods = texts[rules[0] + 1 : rules[1]]
    return [
        int(text.split()[-1].replace(".", "")) for text in goods if len(text) == columns and re.match(r"  .* -?[\d.]+$|^ +-?[\d.]+$", text)
    ]


@pytest.mark.parametrize("profile", PAPERS)
@settings(derandomize=True, deadline=None, max_examples=80)
@given(sale=sales())
def test_the_paper_of_any_sale_says_what_was_sold_and_does_nothing_else(profile: Profile, sale: Sale) -> None:
    reading = read_struk(profile, sale)
    edge = amounts_at_the_edge(reading, profile.columns)
    assert sum(edge) == sale.total - sale.rounding
    for line in sale.lines:
        assert line.amount + line.discount in edge
    total = next(line for line in reading.lines if line.text.endswith(format_rupiah(sale.total)))
    assert total.height == 2, "the total is large"


@pytest.mark.parametrize("profile", PAPERS)
@settings(derandomize=True, deadline=None, max_examples=80)
@given(order=orders())
def test_the_pickup_receipt_of_any_order_says_what_is_packed_and_its_code_can_be_scanned(profile: Profile, order: Order) -> None:
    data = paper_of(profile).pickup(order, SHOP)
    reading = reader_of(profile).read(data)
    check_drawing(data, profile, reading)
    fits = bool(order.pickup_code) and qr_code(order.pickup_code, profile.dots) is not None
    assert reading.letters == letters_of(pickup_slip(order, House(SHOP, INDONESIAN)), profile)
    assert [found.text for image in reading.images for found in zxingcpp.read_barcodes(image)] == ([order.pickup_code] if fits else [])


@pytest.mark.parametrize("profile", PAPERS)
def test_a_sale_of_400_lines_is_on_paper_whole(profile: Profile) -> None:
    sale = make_sale(tuple(make_line(f"{HOSTILE[number % len(HOSTILE)]} {number}", number, 999) for number in range(400)))
    reading = read_struk(profile, sale)
    assert sum(amounts_at_the_edge(reading, profile.columns)) == sale.total


@pytest.mark.parametrize("profile", PAPERS)
@pytest.mark.parametrize("amount", [MAX_AMOUNT, -MAX_AMOUNT, 0, -1, 999_999, 1_000_000])
def test_the_largest_amounts_are_never_cut(profile: Profile, amount: int) -> None:
    reading = read_struk(profile, make_sale((make_line("Beras", 1, amount),)))
    assert any(line.text.split()[-1:] == [format_rupiah(amount)] for line in reading.lines)
    assert any(line.text.endswith(f" {format_figure(amount)}") for line in reading.lines)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_cuts_the_paper_or_opens_the_drawer(name: str) -> None:
    for profile in PROFILES.values():
        shop = SHOP.__class__(SHOP.uid, name, name, name, name, "A", 1, "", "", "")
        sale = make_sale((make_line(name, 1, 500, unit_name=name),))
        sale = sale.__class__(sale.uid, name, "s", name, sale.at, sale.lines, sale.payments, sale.total)
        paper = PrinterPaper(profile, "id", name, name)
        for data in (paper.receipt(sale, shop), paper.receipt(sale, shop, 2), paper.test_page(shop, sale.at)):
            reading = reader_of(profile).read(data)
            assert (reading.kicks, reading.cuts) == (0, int(profile.cutter is not Cutter.NONE))
            check_drawing(data, profile, reading)


def test_a_copy_says_that_it_is_one_and_a_void_says_so_too() -> None:
    profile = PROFILES["generic58"]
    lines = (make_line("Sabun mandi", -3, 4_500),)
    reading = read_struk(profile, make_sale(lines, kind=SaleKind.VOID), copy=2)
    marks = [line.text.strip() for line in reading.lines if line.invert]
    assert marks == ["NOTA DIBATALKAN", "SALINAN ke-2"]
    assert all(len(line.text) * line.width == profile.columns for line in reading.lines if line.invert), "from edge to edge"
