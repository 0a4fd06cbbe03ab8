"""What a printer is told: nothing that it was not meant to be told. Each trap of printing.md, Encoder, has its test."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.document import BOLD, LARGE, Align, Cut, Document, QrBlock, Rule, Spacer, Style, Text
from pos.printing.encoder import MAX_RASTER_ROWS, encode, encode_more, kick, set_up
from pos.printing.layout import CutHere, Feed, Layout, Line
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES, Cutter, Profile
from pos.printing.raster import Bitmap, harmless
from tests.helpers.escpos_reader import NotExplainedError, StrictReader
from tests.helpers.papers import HOSTILE, SHOP, make_line, make_sale, reader_of

P58 = PROFILES["generic58"]
P80 = PROFILES["generic80"]


def job(document: Document, profile: Profile = P58) -> bytes:
    return encode(Layout(profile.columns, profile.dots, profile.codepage).lines(document), profile)


@pytest.mark.parametrize("name", HOSTILE)
def test_letters_that_nobody_made_safe_are_made_safe_before_they_leave(name: str) -> None:
    data = encode([Line(name[:32])], P58)
    body = data[data.index(b"\x1b3") + 3 :]
    assert body.endswith(b"\n")
    assert all(0x20 <= byte <= 0x7E for byte in body[:-1])


def test_the_code_page_is_set_after_the_printer_is_set_up_anew() -> None:
    latin = Profile(58, 32, 384, codepage="cp858", table=19)
    assert job((Text("Café"),), latin).startswith(b"\x1b@\x1bt\x13")
    assert b"Caf\x82\n" in job((Text("Café"),), latin)
    assert job((Text("Café"),), P58).startswith(b"\x1b@\x1bt\x00")
    assert b"Cafe\n" in job((Text("Café"),), P58)


@pytest.mark.parametrize("codepage", ["ascii", "cp437", "cp858", "cp1252"])
def test_a_chinese_name_never_switches_the_printer_to_two_byte_letters(codepage: str) -> None:
    data = job((Text("康师傅 Mi"),), Profile(58, 32, 384, codepage=codepage))
    assert b"\x1c" not in data
    assert b"??? Mi\n" in data


@settings(derandomize=True, deadline=None, max_examples=200)
@given(data=st.binary(max_size=400).map(lambda raw: raw.replace(b"\x00", b"\x10")), width=st.integers(1, 48))
def test_no_image_holds_a_command_that_a_printer_obeys_at_once(data: bytes, width: int) -> None:
    rows = len(data) // width
    if not rows:
        return
    image = Bitmap(width * 8, rows, data[: rows * width])
    out = encode([image], P58)
    assert not re.search(rb"\x10[\x04\x05\x14]", out)
    reader_of(P58).read(out)


def test_an_image_with_such_a_command_changes_by_one_dot_and_one_without_by_none() -> None:
    assert harmless(b"\x10\x14\x01\x00\x05") == b"\x18\x14\x01\x00\x05"
    assert harmless(b"\x10\x10\x04\x10\x06") == b"\x10\x18\x04\x10\x06"
    assert harmless(b"\xff\x10\x00\x14\x04") == b"\xff\x10\x00\x14\x04"


def test_a_long_image_goes_in_pieces_and_comes_out_whole() -> None:
    rows = 2_000
    dots = np.random.default_rng(7).integers(1, 255, (rows, 48), np.uint8) | 0x80
    out = encode([Bitmap(384, rows, dots.tobytes())], P58)
    reading = reader_of(P58).read(out)
    assert out.count(b"\x1dv0\x00") == -(-rows // MAX_RASTER_ROWS)
    assert MAX_RASTER_ROWS <= 960
    assert np.array_equal(reading.images[0], np.where(np.unpackbits(dots, axis=1), 0, 255))


def test_paper_is_cut_only_where_there_is_a_cutter_and_fed_to_the_tear_bar_anyhow() -> None:
    for profile, cut in ((P58, b""), (P80, b"\x1dV\x01"), (Profile(80, 48, 576, cutter=Cutter.FULL), b"\x1dV\x00")):
        assert job((Text("a"), Cut()), profile).endswith(b"a\n\x1bJ" + bytes([profile.tear_dots]) + cut)
    with pytest.raises(NotExplainedError):
        reader_of(P58).read(job((Text("a"), Cut()), P80))


def test_the_drawers_pulse_is_a_job_of_its_own_on_its_pin() -> None:
    assert kick(P58) == b"\x1bp\x00\x32\x32"
    assert kick(Profile(58, 32, 384, drawer_pin=5)) == b"\x1bp\x01\x32\x32"
    assert kick(Profile(58, 32, 384, drawer_pin=None)) == b""
    assert reader_of(P58).read(kick(P58)).kicks == 1


def test_a_centred_line_is_followed_by_a_line_at_the_left_again() -> None:
    reading = reader_of(P58).read(job((Text("a", Align.CENTRE, LARGE), QrBlock("x"), Text("b"), Spacer(600), Text("c", style=BOLD))))
    assert [(line.text, line.centred, line.width, line.bold) for line in reading.lines] == [
        ("a", True, 2, False),
        ("b", False, 1, False),
        ("c", False, 1, True),
    ]


def test_a_head_of_180_dots_an_inch_is_told_in_its_own_units() -> None:
    epson = Profile(80, 42, 512, motion_units=2)
    assert encode([Line("a"), Feed(200)], epson) == b"\x1b@\x1bt\x00\x1b3\x3ca\n" + b"\x1bJ\xfe" + b"\x1bJ\x92"


def test_the_same_document_gives_the_same_bytes() -> None:
    sale = make_sale((make_line("Sabun", 2, 4_500),))
    first = PrinterPaper(P58, "id", "Terima kasih", "screen:").receipt(sale, SHOP)
    assert first == PrinterPaper(P58, "id", "Terima kasih", "screen:").receipt(sale, SHOP)


def test_a_printer_that_answers_is_asked_at_the_end_and_others_are_not() -> None:
    sale = make_sale((make_line("Sabun", 2, 4_500),))
    asking = PrinterPaper(Profile(80, 48, 576, answers=True), "id", "", "screen:")
    assert asking.receipt(sale, SHOP).endswith(b"\x1d(H\x06\x00007c2f")
    assert b"\x1d(H" not in PrinterPaper(P80, "id", "", "screen:").receipt(sale, SHOP)


# --- a second opinion: python-escpos ------------------------------------------------------------------------------


def dummy_printer() -> Any:
    """python-escpos's printer that keeps its bytes. Its import leaves a folder in the temporary directory: tests have one of their own."""
    from escpos.printer import Dummy

    return Dummy()


def test_python_escpos_sends_the_same_commands_for_the_same_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    printer = dummy_printer()
    from PIL import Image

    image = np.zeros((40, 64), np.uint8)
    image[::3, ::5] = 255
    printer.hw("INIT")
    printer.set(align="center", custom_size=True, width=2, height=2)
    printer.textln("TOKO SINAR JAYA")
    printer.set(align="left", normal_textsize=True, bold=True)
    printer.textln("Kembali 37.500")
    printer.image(Image.fromarray(255 - image).convert("1"), impl="bitImageRaster")
    printer.cashdraw(2)
    theirs = bytes(printer.output)
    packed = np.packbits(image // 255, axis=1).tobytes()
    ours = encode([Line("TOKO SINAR JAYA", LARGE, Align.CENTRE), Line("Kembali 37.500", BOLD), Bitmap(64, 40, packed), CutHere()], P80)
    for command in (
        b"\x1b@",
        b"\x1bt\x00",
        b"\x1ba\x01",
        b"\x1d!\x11",
        b"TOKO SINAR JAYA\n",
        b"\x1ba\x00",
        b"\x1bE\x01",
        b"Kembali 37.500\n",
    ):
        assert command in theirs
        assert command in ours
    assert b"\x1dv0\x00\x08\x00\x28\x00" + packed in theirs
    assert b"\x1dv0\x00\x08\x00\x28\x00" + packed in ours
    assert kick(P80) in theirs


def test_python_escpos_alone_would_let_a_name_open_the_drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    printer = dummy_printer()
    printer.text("Sabun\x1bp\x00\x19\xfa")
    assert b"\x1bp\x00" in printer.output


def test_building_a_struk_loads_no_printer_library_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = """
import sys
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES
from tests.helpers.papers import SHOP, make_line, make_sale
PrinterPaper(PROFILES["generic58"], "id", "Terima kasih", "screen:").receipt(make_sale((make_line("Sabun", 1, 500),)), SHOP)
print([name for name in sys.modules if name.split(".")[0] in ("yaml", "barcode", "qrcode", "PySide6", "sqlalchemy", "requests", "filelock")
       or name in ("escpos.printer", "escpos.escpos", "escpos.capabilities")])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"TMPDIR": str(tmp_path), "PATH": ""}
    )
    assert done.stdout.strip() == "[]", done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_strict_reader_is_strict() -> None:
    reader = StrictReader(32, 384)
    good = job((Rule(), Text("a")))
    reader.read(good)
    for bad in (
        good[3:],
        good + b"x",
        good + b"\x1bp\x00\x19\xfa",
        good + b"\x07",
        good + b"\x1bi",
        good + b"\x1dV\x01",
        good + b"\xe9\n",
        good + b"a" * 33 + b"\n",
    ):
        with pytest.raises(NotExplainedError):
            reader.read(bad)
    with pytest.raises(NotExplainedError):
        reader.read(good + b"\x1dv0\x00\x01\x00\x02\x00\x10\x14")


def test_every_style_that_a_document_may_have_is_one_a_printer_has() -> None:
    rows = [Line("a", Style(width, height)) for width in range(1, 9) for height in range(1, 9)]
    assert len(reader_of(P80).read(encode(rows, P80)).lines) == 64


# --- a printer that draws QR codes itself ---------------------------------------------------------------------------

OWN_QR = Profile(80, 48, 576, cutter=Cutter.PARTIAL, native_qr=True)


def test_a_printer_that_draws_codes_itself_is_told_what_to_draw() -> None:
    data = job((QrBlock("EPK1:7K241"),), OWN_QR)
    assert b"\x1d(k\x04\x00\x31\x41\x32\x00\x1d(k\x03\x00\x31\x43\x06\x1d(k\x03\x00\x31\x45\x31" in data
    assert b"\x1d(k\x0d\x00\x31\x50\x30EPK1:7K241\x1d(k\x03\x00\x31\x51\x30" in data
    assert b"\x1dv0" not in data
    reading = reader_of(OWN_QR).read(data)
    assert reading.codes == ["EPK1:7K241"]
    assert [found.text for found in zxingcpp.read_barcodes(reading.picture)] == ["EPK1:7K241"], "with its quiet zone"
    assert b"\x1d(k" not in job((QrBlock("EPK1:7K241"),), P80), "only where the profile says so"


@pytest.mark.parametrize("code", ["Café", "a\nb", "\x1bp\x00", "康师傅"])
def test_a_code_of_more_than_plain_text_goes_as_an_image_there_too(code: str) -> None:
    reading = reader_of(OWN_QR).read(job((QrBlock(code),), OWN_QR))
    assert reading.codes == []
    assert [found.bytes.decode() for found in zxingcpp.read_barcodes(reading.picture)] == [code]


@pytest.mark.parametrize("length", [1_037, 1_293])
def test_a_code_whose_length_would_be_a_real_time_command_goes_as_an_image(length: int) -> None:
    """Its length in two bytes is DLE EOT, or DLE ENQ."""
    code = "A" * length
    data = job((QrBlock(code),), OWN_QR)
    assert b"\x1d(k" not in data
    assert [found.text for found in zxingcpp.read_barcodes(reader_of(OWN_QR).read(data).picture)] == [code]
    assert b"\x1d(k" in job((QrBlock(code + "A"),), OWN_QR)


# --- parts of a job -------------------------------------------------------------------------------------------------


def test_a_job_leaves_the_printer_as_it_found_it() -> None:
    rows = [Line("a", LARGE, Align.CENTRE), Line("b", Style(bold=True, invert=True), Align.CENTRE)]
    data = encode(rows, P80)
    assert data == set_up(P80) + encode_more(rows, P80)
    assert data.endswith(b"b\n\x1ba\x00\x1bE\x00\x1dB\x00")
    reader_of(P80).read(data + encode_more([Line("c")], P80))
