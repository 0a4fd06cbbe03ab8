"""The printers of Indonesian shops as data, the set-up page, paper lengths, and printers in the settings file."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from pos.config.printers import read_printers, written
from pos.config.settings import SettingsFile
from pos.domain.printing import PrinterRole
from pos.printing.drawing import draw
from pos.printing.encoder import kick
from pos.printing.lengths import dots_of, millimetres_of
from pos.printing.profiles import PROFILES, Cutter, Profile, known_profiles, profile_for, profile_named, profile_of
from pos.printing.set_up_page import CODE, LETTERS, PAGES, WIDTHS, set_up_page
from pos.resources import resource_path
from pos.services.preferences import PrinterChoice, one_printer
from tests.helpers.papers import SHOP, make_line, make_sale

FILES = sorted(resource_path("printers").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_makers_file_holds_printers_that_can_be_printed_on(file: Path) -> None:
    known = {field.name for field in fields(Profile)}
    for name, values in tomllib.loads(file.read_text("utf-8")).items():
        assert set(values) <= known, name
        profile = profile_named(name)
        assert profile.name, name
        assert profile.paper_mm in (58, 80)
        assert 30 <= profile.columns <= profile.dots // 12 <= 64
        assert "é".encode(profile.codepage) if profile.codepage != "ascii" else True
        assert profile.drawer_pin in (None, 2, 5)
        assert 2 <= profile.pulse_ms <= 510
        assert all(len(name.split(":")) == 2 for name in profile.usb)
        if profile.cutter is Cutter.NONE:
            assert profile.tear_dots <= 100, "torn by hand right at the head"


def test_the_printers_that_shops_have_are_known() -> None:
    names = " ".join(profile.name for profile in known_profiles().values())
    for wanted in ("TM-T82X", "XP-58", "XP-80", "Iware", "EPPOS", "Zjiang", "Panda", "58 mm", "80 mm"):
        assert wanted in names
    assert {profile.columns for profile in PROFILES.values()} == {32, 42, 48}
    assert next(iter(known_profiles())) == "generic58"


@pytest.mark.parametrize(
    ("hint", "profile"),
    [
        ("EPSON TM-T82X Receipt", "epson-tm-t82x"),
        ("Xprinter XP-80C 0483:5743", "xprinter-xp80"),
        ("XP-58IIH", "xprinter-xp58"),
        ("ZJ-5890K", "zjiang-58"),
        ("Panda PRJ-80AT-BT", "panda-80"),
        ("EPPOS EP200", "eppos-80"),
        ("iware MP-58 Bluetooth", "iware-58"),
        ("usb 0416:5011", "xprinter-xp58"),
        ("HP LaserJet 1020", ""),
        ("", ""),
    ],
)
def test_what_a_printer_calls_itself_tells_its_kind(hint: str, profile: str) -> None:
    assert profile_for(hint) == profile


def test_a_drawer_is_kicked_on_the_pin_and_as_long_as_the_profile_says() -> None:
    assert kick(Profile(58, 32, 384)) == b"\x1bp\x00\x32\x32"
    assert kick(Profile(58, 32, 384, drawer_pin=5, pulse_ms=200)) == b"\x1bp\x01\x64\x64"
    assert kick(Profile(58, 32, 384, drawer_pin=None)) == b""
    assert kick(profile_named("eppos-58")) == b"", "a printer for the pocket has no socket"


def test_what_the_set_up_found_goes_before_the_profile() -> None:
    choice = PrinterChoice("Kasir", "usb:0416:5011", "xprinter-xp58", columns=48, dots=576, codepage="cp850", table=2, answers=True)
    found = profile_of(choice)
    assert (found.columns, found.dots, found.paper_mm, found.codepage, found.table, found.answers) == (48, 576, 80, "cp850", 2, True)
    assert profile_of(PrinterChoice("Kasir", "x", "xprinter-xp58")) == profile_named("xprinter-xp58")


# --- the set-up page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en", "jv"])
@pytest.mark.parametrize("profile", [pytest.param(profile, id=name) for name, profile in known_profiles().items()])
def test_the_set_up_page_can_be_read_on_any_paper(profile: Profile, language: str) -> None:
    page = set_up_page(profile, "Kasir", language)
    for number, (columns, _) in enumerate(WIDTHS, start=1):
        ruler = f"[{number}{'-' * (columns - 3)}]".encode()
        assert ruler + b"\n" in page
        assert len(ruler) == columns
    for number, (codec, table) in enumerate(PAGES, start=1):
        assert b"\x1bt" + bytes([table]) + f"  {number}   {LETTERS}\n".encode(codec) in page
    assert draw(page, profile)[1] > 300
    assert page.startswith(b"\x1b@")
    assert (b"\x1dV" in page) is (profile.cutter is not Cutter.NONE)


def test_the_code_of_the_set_up_page_is_read_by_a_scanner() -> None:
    import numpy as np
    import zxingcpp

    width, height, grey = draw(set_up_page(PROFILES["generic58"], "Kasir", "id"), PROFILES["generic58"])
    found = zxingcpp.read_barcodes(np.frombuffer(grey, np.uint8).reshape(height, width))
    assert [code.text for code in found] == [CODE]


def test_both_ends_of_a_ruler_are_on_one_line_only_where_the_paper_is_as_wide() -> None:
    for profile in PROFILES.values():
        for columns, dots in WIDTHS:
            one_line = draw(b"[" + b"-" * (columns - 2) + b"]\n", profile)[1] <= profile.line_dots
            assert one_line is (dots <= profile.dots)


# --- lengths --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*known_profiles(), "TM-T88V"])
def test_a_papers_length_is_that_of_its_drawing(name: str) -> None:
    from pos.printing.paper import PrinterPaper

    profile = profile_named(name)
    paper = PrinterPaper(profile, "id", "Terima kasih", "screen:")
    sale = make_sale(tuple(make_line(f"Barang nomor {number}", number, 1_500 * number) for number in range(1, 30)))
    for data in (paper.receipt(sale, SHOP), paper.test_page(SHOP, 0), set_up_page(profile, "Kasir", "id"), kick(profile)):
        drawn = draw(data, profile)[1]
        assert abs(dots_of(data, profile) - drawn) <= max(drawn // 50, 2 * profile.line_dots), "an estimate, and a good one"


def test_a_struk_takes_about_the_paper_that_it_takes() -> None:
    assert millimetres_of(b"\x1bJ\x50", PROFILES["generic58"]) == 10
    assert millimetres_of(b"\x1bJ\x50", PROFILES["generic80"]) == 10
    assert millimetres_of(b"\x1bp\x00\x32\x32", PROFILES["generic58"]) == 0


# --- in the settings file -------------------------------------------------------------------------------------------

KASIR = PrinterChoice("Kasir", "tcp://192.168.1.50:9100", "generic80", key="9f2c")
GUDANG = PrinterChoice(
    "Gudang", "usb:0416:5011", "xprinter-xp58", (PrinterRole.PICKUP, PrinterRole.LABEL), "a1", 42, 512, "cp858", 19, True, "9f2c"
)
ON_SCREEN = PrinterChoice("A", "screen:", roles=())


def test_printers_are_kept_and_read_back(tmp_path: Path) -> None:
    from pos.services.preferences import Preferences

    settings = SettingsFile(tmp_path / "settings.toml")
    settings.save(Preferences(printers=(KASIR, GUDANG)))
    assert settings.load().printers == (KASIR, GUDANG)
    text = (tmp_path / "settings.toml").read_text("utf-8")
    assert 'name = "Kasir"' in text
    assert "columns" not in text.partition("Gudang")[0], "what is as it is anyway is not written"


def test_a_file_of_a_till_with_one_printer_still_loads(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\nprinter_address = "tcp://192.168.1.50:9100"\nprinter_profile = "generic80"\n')
    settings = SettingsFile(file)
    loaded = settings.load()
    assert loaded.printers == one_printer("tcp://192.168.1.50:9100", "generic80")
    assert loaded.printers[0].ref == "tcp://192.168.1.50:9100", "papers that it queued are still its own"
    assert (loaded.theme, settings.dropped) == ("dark", ())
    settings.save(loaded)
    assert SettingsFile(file).load() == loaded


@pytest.mark.parametrize(
    ("values", "printers", "dropped"),
    [
        ({"printer_address": ""}, (), ()),
        ({"printer_address": 5}, (), ("printer_address",)),
        ({"printer_address": "screen:", "printer_profile": 5}, one_printer("screen:"), ("printer_profile",)),
        ({"printers": []}, (), ()),
        ({"printers": "tcp://x"}, (), ("printers",)),
        ({"printers": [], "printer_address": "tcp://old"}, (), ()),
        ({"printers": [{"name": "Kasir"}]}, (), ("printers",)),
        ({"printers": [{"name": "Kasir", "address": "screen:", "roles": ["moon"]}]}, (), ("printers",)),
        ({"printers": [{"name": "Kasir", "address": "screen:", "columns": "32"}]}, (), ("printers",)),
        ({"printers": [{"name": "Kasir", "address": "screen:", "columns": -1}]}, (), ("printers",)),
        ({"printers": [{"name": "A", "address": "screen:", "roles": [], "weather": "rain"}]}, (ON_SCREEN,), ()),
        ({"printers": [{"name": "A", "address": "screen:"}, {"name": "B", "address": "screen:"}]}, (ON_SCREEN,), ("printers",)),
    ],
)  # fmt: skip
def test_one_wrong_printer_costs_only_itself(
    values: dict[str, object], printers: tuple[PrinterChoice, ...], dropped: tuple[str, ...]
) -> None:
    assert read_printers(values) == (printers, dropped)


def test_what_is_written_is_what_is_read() -> None:
    assert read_printers({"printers": written((KASIR, GUDANG))}) == ((KASIR, GUDANG), ())
