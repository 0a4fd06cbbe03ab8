"""Every paper of the till, of anything, at every width: each byte is explained, and the paper says what the document says.

In the suite a sample of each; PAPER_BASKETS=1000 asks for as many of each paper at each width.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.barcode import match_key
from pos.domain.document import BarsBlock, Document, QrBlock
from pos.domain.printing import DocumentKind
from pos.printing.drawing import draw
from pos.printing.logo import Logos
from pos.printing.paper import PaperLook, PrinterPaper
from pos.printing.parts import House
from pos.printing.profiles import PROFILES, Cutter, Profile
from pos.printing.raster import qr_code
from pos.printing.samples import AT, sample
from pos.printing.words import words_for
from pos.services.bars import bars_of
from pos.services.views import ShopIdentity
from tests.helpers.escpos_reader import Reading
from tests.helpers.paper_facts import Case, cases, houses, logos
from tests.helpers.paper_words import letters_of
from tests.helpers.papers import HOSTILE, SHOP, reader_of

BASKETS: Final = int(os.environ.get("PAPER_BASKETS", "25"))
PAPERS: Final = {
    "58-32": PROFILES["generic58"],
    "80-48": PROFILES["generic80"],
    "80-42": PROFILES["generic80_42"],
    "own-qr": replace(PROFILES["generic80"], codepage="cp858", table=19, native_qr=True, answers=True),
}
KINDS: Final = [kind for kind in DocumentKind if kind not in (DocumentKind.DRAWER_KICK, DocumentKind.TEST_PAGE)]
LOOKS: Final = st.builds(
    PaperLook,
    st.sampled_from(["id", "en"]),
    st.sampled_from(["", "Buka 06.00-21.00", *HOSTILE]),
    st.sampled_from(["Terima kasih", "a\nb\nc", *HOSTILE]),
    st.booleans(),
)


def read(data: bytes, profile: Profile) -> Reading:
    """Read strictly, and compared with the product's own drawing."""
    reading = reader_of(profile).read(data)
    width, height, grey = draw(data, profile)
    assert np.array_equal(np.frombuffer(grey, np.uint8).reshape(height, width), reading.picture)
    assert (reading.kicks, reading.cuts) == (0, int(profile.cutter is not Cutter.NONE))
    assert bool(reading.asked) == profile.answers
    return reading


def scanned(document: Document, profile: Profile) -> list[str]:
    """What a scanner should find on the paper."""
    found = []
    for block in document:
        if isinstance(block, QrBlock) and block.data and qr_code(block.data, profile.dots, block.dots):
            found.append(block.data)
        elif isinstance(block, BarsBlock) and (bars := bars_of(block.code)) and fits(len(bars.modules) + sum(bars.quiet), profile):
            found.append(bars.text)
    return found


def fits(modules: int, profile: Profile) -> bool:
    return profile.dots // modules >= 2


@pytest.mark.parametrize("width", list(PAPERS))
@pytest.mark.parametrize("kind", KINDS)
@settings(derandomize=True, deadline=None, max_examples=BASKETS, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_paper_is_about_it_says_so_and_does_nothing_else(kind: DocumentKind, width: str, data: st.DataObject) -> None:
    profile = PAPERS[width]
    case, shop, look = data.draw(cases(kind)), data.draw(houses()), data.draw(LOOKS)
    logo = data.draw(st.one_of(st.none(), logos(profile.dots)))
    look = replace(look, logos=Logos(((profile.dots, logo),)) if logo else None)
    check(case, shop, look, profile)


def check(case: Case, shop: ShopIdentity, look: PaperLook, profile: Profile) -> None:
    document = case.document(House(shop, words_for(look.language), look.header, look.footer))
    reading = read(case.data(PrinterPaper(profile, printer="screen:", look=look), shop), profile)
    assert reading.letters == letters_of(document, profile)
    if reading.codes:
        assert reading.codes == [block.data for block in document if isinstance(block, QrBlock)]


@pytest.mark.parametrize("width", list(PAPERS))
@pytest.mark.parametrize("kind", [DocumentKind.PICKUP, DocumentKind.LABEL])
@settings(derandomize=True, deadline=None, max_examples=max(10, BASKETS // 2), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_scanner_reads_off_the_paper_is_the_code(kind: DocumentKind, width: str, data: st.DataObject) -> None:
    profile = PAPERS[width]
    case = data.draw(cases(kind))
    document = case.document(House(SHOP, words_for("id")))
    reading = read(case.data(PrinterPaper(profile), SHOP), profile)
    # code by code, as a hand holds the scanner: two of the same on one picture are told as one
    pictures = [reading.picture] if reading.codes else reading.images
    # a scanner says a UPC with 12 digits or with 13: the till takes both for the same
    found = sorted(match_key(each.text) for picture in pictures for each in zxingcpp.read_barcodes(picture))
    assert found == sorted(match_key(code) for code in scanned(document, profile))


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", list(PAPERS))
@pytest.mark.parametrize("kind", [*KINDS, DocumentKind.TEST_PAGE])
def test_the_example_of_every_paper_is_as_strict(kind: DocumentKind, width: str, language: str, compact: bool) -> None:
    profile = PAPERS[width]
    paper = PrinterPaper(profile, printer="screen:", look=PaperLook(language, "Buka 06.00-21.00", "Terima kasih", compact))
    reading = read(sample(kind, paper, SHOP), profile)
    assert reading.lines


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", list(PAPERS))
def test_a_copy_of_any_paper_is_the_paper_with_its_mark(kind: DocumentKind, width: str) -> None:
    profile = PAPERS[width]
    for compact in (False, True):
        paper = PrinterPaper(profile, printer="screen:", look=PaperLook("id", compact=compact))
        data = sample(kind, paper, SHOP)
        original, copy = read(data, profile), read(paper.copy_of(data, 3), profile)
        mark, *rest = copy.lines
        assert mark.text.strip() == "SALINAN ke-3"
        assert mark.invert
        assert [line.text for line in rest] == [line.text for line in original.lines]
        assert paper.copy_of(paper.copy_of(data, 1), 3) == paper.copy_of(data, 3), "a copy of a copy has one mark"


def test_bytes_of_a_printer_that_the_shop_has_no_more_are_copied_as_they_are() -> None:
    old = PrinterPaper(PROFILES["generic80"], printer="screen:").test_page(SHOP, AT)
    foreign = b"\x1b@\x1bt\x63" + old[4:]
    assert PrinterPaper(PROFILES["generic58"], printer="screen:").copy_of(foreign, 1) == foreign


@pytest.mark.parametrize("width", list(PAPERS))
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_the_shop_its_words_or_its_printer_is_ever_a_command(name: str, width: str) -> None:
    from pos.printing.device import Device

    profile = PAPERS[width]
    shop = ShopIdentity("5" * 32, name, name, name, "", "A", 1, "", "", "")
    look = PaperLook("id", name, name)
    paper = PrinterPaper(profile, look=look, device=Device(name, profile, name, name, name))
    for kind in [*KINDS, DocumentKind.TEST_PAGE]:
        read(sample(kind, paper, shop), profile)
