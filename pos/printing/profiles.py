"""What a kind of printer can do, as data: paper, letters a line, code page, cutter, drawer, whether it answers.

Owns no commands and no printer: those common in shops are tables in `pos/resources/printers`, read when one of them is asked for; any other
is looked up by its model in the database that comes with python-escpos (its `capabilities.json` alone: importing `escpos.capabilities` sets
up logging and leaves a folder in the temporary directory).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from pos.resources import resource_path
from pos.services.preferences import PrinterChoice


class Cutter(Enum):
    NONE = "none"
    """Torn by hand: the end of a paper only feeds."""
    PARTIAL = "partial"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer.

    Attributes:
        paper_mm: width of the roll.
        columns: letters of 12 x 24 dots on a line; 1-64.
        dots: what can be printed across.
        codepage: Python codec of what may be sent as text; ASCII in its lower half. `ascii` writes everything else with other letters,
            which every printer can print.
        table: the code page's number for `ESC t`.
        line_dots: from one line to the next.
        motion_units: units of `ESC 3` and `ESC J` a dot; 180 dpi heads count in 1/360 inch.
        tear_dots: from the print head to the cutter or the tear bar.
        drawer_pin: 2 or 5, or None without a drawer socket.
        answers: it tells when a job is printed (`GS ( H` function 48).
        pulse_ms: that opens the drawer, 2-510.
        name: as people know it; empty where it is nobody's name.
        words: in what a printer, a queue or a port of this kind calls itself.
        usb: its ids as `vendor:product`.
        native_qr: it draws QR codes itself (`GS ( k`), which is faster where the line is slow; the others get ours as an image.
    """

    paper_mm: int
    columns: int
    dots: int
    codepage: str = "ascii"
    table: int = 0
    cutter: Cutter = Cutter.NONE
    line_dots: int = 30
    motion_units: int = 1
    tear_dots: int = 90
    drawer_pin: int | None = 2
    answers: bool = False
    native_qr: bool = False
    pulse_ms: int = 100
    name: str = ""
    words: tuple[str, ...] = ()
    usb: tuple[str, ...] = ()


_FOLDER: Final = "printers"
_GENERIC: Final = "generic"
_TUPLES: Final = ("words", "usb")


def _read(maker: str) -> dict[str, Profile]:
    """The printers of one file."""
    text = resource_path(_FOLDER, f"{maker}.toml").read_text("utf-8")
    return {name: _profile(values) for name, values in tomllib.loads(text).items()}


def _profile(values: Mapping[str, Any]) -> Profile:
    """A table of a file. TOML has no nothing: a drawer pin of 0 is none."""
    known = dict(values)
    known["cutter"] = Cutter(known.get("cutter", Cutter.NONE.value))
    known["drawer_pin"] = known.get("drawer_pin", 2) or None
    for name in _TUPLES:
        known[name] = tuple(known.get(name, ()))
    return Profile(**known)


PROFILES: Final[Mapping[str, Profile]] = _read(_GENERIC)
"""What is taken where nothing else is known."""

_ANSWERING: Final = frozenset({"TM-L90", "TM-P80", "TM-P80-42col", "TM-T20II", "TM-T20II-42col", "TM-T88IV", "TM-T88IV-SA", "TM-T88V"})
"""Models of the database that Epson's reference names for `GS ( H` function 48."""
_NARROWEST_80: Final = 448
"""Dots across from which a paper is of 80 mm."""
_FEWEST: Final = 30
"""Columns below which an entry gives a letter's dots by mistake."""
_CODECS: Final = {"CP437": "cp437", "CP850": "cp850", "CP858": "cp858", "CP1252": "cp1252"}


@lru_cache(maxsize=1)
def known_profiles() -> Mapping[str, Profile]:
    """All of the folder, the generic ones first, then by name."""
    found = dict(PROFILES)
    for file in sorted(resource_path(_FOLDER).glob("*.toml")):
        if file.stem != _GENERIC:
            found |= _read(file.stem)
    return found


@lru_cache(maxsize=16)
def profile_named(name: str) -> Profile:
    """A profile by its name here or its model in python-escpos's database (`TM-T88V`, `POS-5890`); else `generic58`, the narrowest."""
    return PROFILES.get(name) or known_profiles().get(name) or _from_library(name) or PROFILES["generic58"]


def profile_for(hint: str) -> str:
    """The profile that a printer probably has, by what it calls itself or its USB ids; empty without a hint. The longest hint wins."""
    best, length = "", 0
    for name, profile in known_profiles().items():
        for word in (*profile.words, *profile.usb):
            if len(word) > length and word.casefold() in hint.casefold():
                best, length = name, len(word)
    return best


def profile_of(printer: PrinterChoice) -> Profile:
    """A printer's profile with what its set-up found to be otherwise."""
    profile = profile_named(printer.profile)
    if printer.columns and printer.dots:
        paper = 58 if printer.dots < _NARROWEST_80 else 80
        profile = replace(profile, columns=printer.columns, dots=printer.dots, paper_mm=paper)
    if printer.answers:
        profile = replace(profile, answers=True)
    return replace(profile, codepage=printer.codepage, table=printer.table) if printer.codepage else profile


@lru_cache(maxsize=8)
def _from_library(model: str) -> Profile | None:
    data = _library_profiles().get(model)
    if data is None or not data["features"].get("bitImageRaster") or data["features"].get("starCommands"):
        return None
    width = data["media"].get("width", {})
    columns = data["fonts"].get("0", {}).get("columns")
    dots = width.get("pixels")
    if not (isinstance(columns, int) and isinstance(dots, int)):
        return None
    if not _FEWEST <= columns <= dots // 12:
        columns = dots // 12
    millimetres = width.get("mm")
    table, codec = _western_page(data["codePages"])
    return Profile(
        58 if isinstance(millimetres, int | float) and millimetres < 60 else 80,
        columns,
        dots,
        codec,
        table,
        _cutter(data["features"]),
        motion_units=2 if data["media"].get("dpi") == 180 else 1,
        tear_dots=120 if _cutter(data["features"]) is not Cutter.NONE else 90,
        drawer_pin=2 if data["features"].get("pulseStandard") else None,
        answers=model in _ANSWERING,
    )


def _library_profiles() -> dict[str, dict[str, Any]]:
    text = resources.files("escpos").joinpath("capabilities.json").read_text("utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)["profiles"]
    return found


def _cutter(features: Mapping[str, bool]) -> Cutter:
    if features.get("paperPartCut"):
        return Cutter.PARTIAL
    return Cutter.FULL if features.get("paperFullCut") else Cutter.NONE


def _western_page(pages: Mapping[str, str]) -> tuple[int, str]:
    """The lowest table that holds a western code page: (number, codec)."""
    for number, page in sorted((int(number), page) for number, page in pages.items()):
        if page in _CODECS:
            return number, _CODECS[page]
    return 0, "ascii"
