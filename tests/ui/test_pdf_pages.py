"""Nota, kuitansi and labels as PDF, read back by two other programs: every word is there, amounts can be searched, bars are scanned."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from pos.domain.barcode import match_key
from pos.domain.document import Bar, Cut, Document, Goods, GoodsHead, Hang, Item, Pair, Rule, Ruler, Signs, Text
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import Label, LabelKind
from pos.printing.paper import PaperLook, PrinterPaper
from pos.printing.profiles import PROFILES
from pos.printing.samples import BUYER, SHOP, sale
from pos.services.bars import bars_of
from pos.ui.pdf.blocks import plain, rich_text
from pos.ui.pdf.labels import COLUMNS, ROWS, write_labels
from pos.ui.pdf.page import Page, write_document
from pos.ui.theme.look import look
from tests.helpers.papers import HOSTILE

PAPER = PrinterPaper(PROFILES["generic58"], look=PaperLook("id", "Buka 06.00-21.00", "Terima kasih"))
POINTS = {Page.A5: (420, 595), Page.A4: (595, 842)}


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    look()


def text_of(path: Path) -> str:
    """As a department's reader copies it."""
    return "\n".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def by_poppler(path: Path, *options: str) -> str:
    text = subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub("[\u202a-\u202e]", "", text)


def pictures_of(path: Path, folder: Path, dpi: int = 300) -> list[Image.Image]:
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-png", path, folder / "page"], check=True)
    return [Image.open(page) for page in sorted(folder.glob("page*.png"))]


def words_of(document: Document) -> list[str]:
    """Every word of a document in its order; what is only of narrow paper is left out."""
    said: list[str] = []
    for block in document:
        if isinstance(block, Cut | Ruler | Rule):
            continue
        for name in block.__slots__:
            value = getattr(block, name)
            if isinstance(value, str):
                said += value.split()
    return said


@pytest.mark.parametrize("page", list(Page))
def test_a_nota_says_on_a_page_what_it_says_on_narrow_paper(tmp_path: Path, page: Page) -> None:
    document = PAPER.nota_document(sale(), SHOP, BUYER)
    path = tmp_path / "nota.pdf"
    assert write_document(document, str(path), page, "Nota A1-1042-7C2F") == 1
    read = PdfReader(path)
    assert read.metadata is not None
    assert read.metadata.title == "Nota A1-1042-7C2F"
    box = read.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == pytest.approx(POINTS[page], abs=1)
    expected = sorted(words_of(document))
    for text in (text_of(path), by_poppler(path)):
        found = text.replace("(", " ").replace(")", " ").split()
        missing = [word for word in expected if word.strip("()") not in found]
        assert missing == []
    rows = by_poppler(path, "-layout").splitlines()
    assert any(re.fullmatch(r"\s*Sabun mandi\s+3 pcs\s+4\.500\s+13\.500\s*", row) for row in rows)
    assert any(re.fullmatch(r"\s*TOTAL\s+Rp162\.500\s*", row) for row in rows)


def test_a_kuitansi_has_its_sum_in_words_and_in_figures(tmp_path: Path) -> None:
    path = tmp_path / "kuitansi.pdf"
    write_document(PAPER.kuitansi_document(sale(), SHOP, BUYER, "Konsumsi rapat koordinasi"), str(path), Page.A5, "Kuitansi")
    text = " ".join(by_poppler(path).split())
    for words in (
        "KUITANSI", "KW-A1-1042-7C2F", BUYER, "seratus enam puluh dua ribu lima ratus rupiah", "Konsumsi rapat koordinasi", "Rp162.500",
        "23 November 2026", "Yang menerima", "(Sari)",
    ):  # fmt: skip
        assert words in text


def test_the_typeface_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "nota.pdf"
    write_document(PAPER.nota_document(sale(), SHOP, BUYER), str(path), Page.A5, "Nota")
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert {line.split()[0].split("-")[0] for line in fonts} == {"Inter"}
    assert all(re.search(r"\byes (?:yes|no)  *yes\b", line) for line in fonts), "embedded, with what each letter stands for"
    assert path.stat().st_size < 120_000


def test_a_long_nota_has_its_columns_named_and_its_pages_counted_on_each(tmp_path: Path) -> None:
    many = replace(sale(), lines=sale().lines * 20)
    path = tmp_path / "nota.pdf"
    pages = write_document(PAPER.nota_document(many, SHOP, BUYER), str(path), Page.A4, "Nota")
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]
    assert pages == len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {pages}" in text
    for text in texts[:-1]:
        assert "Nama barang" in text
        assert "Harga satuan" in text
    assert sum(text.count("Sabun mandi") for text in texts) == 20


def test_a_copy_in_another_language_stays_terbilang(tmp_path: Path) -> None:
    english = PrinterPaper(PROFILES["generic58"], look=PaperLook("en"))
    path = tmp_path / "invoice.pdf"
    write_document(english.nota_document(sale(), SHOP, BUYER), str(path), Page.A5, "Invoice")
    text = " ".join(by_poppler(path).split())
    assert "INVOICE" in text
    assert "seratus enam puluh dua ribu lima ratus rupiah" in text


@pytest.mark.parametrize("words", [*HOSTILE, "<b>tebal</b> & <img src=x> </table>", "&amp; &#9;", "-->", "{x}"])
def test_no_word_is_read_as_markup_and_none_stops_the_page(tmp_path: Path, words: str) -> None:
    document: Document = (
        Text(words), Pair(words, "Rp1.000"), Item(words, words, "-1"), GoodsHead(words, "a", "b", "c"), Goods(words, words, words, "2.000"),
        Hang(words, words), Signs(words, words, words), Bar(words), Rule(), Cut(),
    )  # fmt: skip
    path = tmp_path / "nota.pdf"
    assert write_document(document, str(path), Page.A5, words[:40]) >= 1
    text = by_poppler(path)
    for amount in ("Rp1.000", "-1", "2.000"):
        assert amount in text.split()
    if "<b>" in words:
        assert "<b>tebal</b>" in text
    assert "\x1b" not in text


def test_words_of_a_page_hold_no_control_characters() -> None:
    assert plain("a\x00\x1bp\u202eb<") == "a  p b&lt;"
    assert plain("  Potongan") == "&nbsp;&nbsp;&nbsp;&nbsp;Potongan"
    assert "<img" not in rich_text((Text("<img src='x'>"),))


def test_the_logo_is_on_the_page_and_a_lost_one_is_left_out(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("L", (400, 200), 0).save(logo)
    document = PAPER.nota_document(sale(), SHOP, BUYER)
    for name, count in ((str(logo), 1), (str(tmp_path / "nowhere.png"), 0), ("", 0)):
        path = tmp_path / "nota.pdf"
        write_document(document, str(path), Page.A5, "Nota", name)
        assert len(list(PdfReader(path).pages[0].images)) == count


def test_a_dark_screen_prints_black_on_white(tmp_path: Path, qtbot: QtBot) -> None:
    document = PAPER.nota_document(sale(), SHOP, BUYER)
    pictures = []
    for theme in ("light", "dark"):
        look().use(theme)
        folder = tmp_path / theme
        folder.mkdir()
        write_document(document, str(folder / "nota.pdf"), Page.A5, "Nota")
        (picture,) = pictures_of(folder / "nota.pdf", folder, 60)
        pictures.append(np.array(picture))
    assert np.array_equal(pictures[0], pictures[1])
    assert pictures[0].min() < 40
    assert pictures[0].max() == 255


def test_a_place_that_cannot_be_written_is_said_and_what_was_there_stays(tmp_path: Path) -> None:
    document = PAPER.nota_document(sale(), SHOP, BUYER)
    kept = tmp_path / "nota.pdf"
    kept.write_bytes(b"the old one")
    for path in (tmp_path / "nowhere" / "nota.pdf", tmp_path):
        with pytest.raises(ShopError) as refused:
            write_document(document, str(path), Page.A5, "Nota")
        assert refused.value.code is ErrorCode.PDF_NOT_WRITTEN
    assert kept.read_bytes() == b"the old one"


# --- labels ---------------------------------------------------------------------------------------------------------

CODES = ("8991002105485", "089686010947", "12345670", "TLR-KG", "001", "8991002105480", "18991002105482", "RAK 3-B", "99120001")


def labels_with(codes: Sequence[str]) -> list[Label]:
    return [Label(f"Barang dengan kode {code}", "bungkus", 3_500 + place, code, "85 g", 3_200, 10) for place, code in enumerate(codes)]


@pytest.mark.parametrize("kind", list(LabelKind))
def test_a_sheet_of_labels_is_scanned_off_the_page(tmp_path: Path, kind: LabelKind) -> None:
    labels = labels_with(CODES * 3)
    path = tmp_path / "label.pdf"
    assert write_labels(labels, kind, str(path), "Label") == 2
    pages = pictures_of(path, tmp_path)
    found = [match_key(code.text) for page in pages for code in zxingcpp.read_barcodes(np.array(page))]
    assert sorted(found) == sorted(match_key(code) for code in CODES * 3)
    text = text_of(path)
    for label in labels:
        assert f"Rp3.5{label.price - 3_500:02d}" in text
        assert _written(label.code) in text


def _written(code: str) -> str:
    bars = bars_of(code)
    return bars.text if bars else code


def test_labels_of_anything_are_drawn_and_no_price_is_shortened(tmp_path: Path) -> None:
    labels = [Label(name, "pcs", 999_999_999, "A" * 32, "1 liter", 999_999_999, 1_000) for name in HOSTILE] + [Label("", "", 0)]
    path = tmp_path / "label.pdf"
    assert write_labels(labels, LabelKind.SHELF, str(path), "Label") == -(-len(labels) // (COLUMNS * ROWS))
    assert text_of(path).count("Rp999.999.999") == 2 * len(HOSTILE)


def test_the_dearest_price_stands_whole_within_its_label(tmp_path: Path) -> None:
    path = tmp_path / "label.pdf"
    write_labels([Label("Emas", "gram", 999_999_999, "8991002105485", "", 888_888_888, 10)] * COLUMNS, LabelKind.SHELF, str(path), "Label")
    words = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(Rp[\d.]+)</word>', by_poppler(path, "-bbox"))
    assert len(words) == 2 * COLUMNS
    left, width = 8 / 25.4 * 72, (POINTS[Page.A4][0] - 2 * 8 / 25.4 * 72) / COLUMNS
    for begins, ends, word in words:
        place = int((float(begins) - left) // width)
        assert left + place * width < float(begins) < float(ends) < left + (place + 1) * width, word


def test_no_labels_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ShopError) as refused:
        write_labels([], LabelKind.SHELF, str(tmp_path / "label.pdf"), "Label")
    assert refused.value.code is ErrorCode.LABELS_NONE
    assert list(tmp_path.iterdir()) == []


def test_the_programs_that_read_pages_are_here() -> None:
    assert all(shutil.which(name) for name in ("pdftotext", "pdftoppm", "pdffonts"))
