"""Kinds of printers, and what they say back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from pos.domain.evidence import Said
from pos.printing.answers import ask, asked, heard
from pos.printing.profiles import PROFILES, Cutter, Profile, profile_named


def test_the_common_printers_are_58_and_80_mm() -> None:
    assert {name: (profile.columns, profile.dots) for name, profile in PROFILES.items()} == {
        "generic58": (32, 384),
        "generic80": (48, 576),
        "generic80_42": (42, 512),
    }
    assert PROFILES["generic58"].cutter is Cutter.NONE, "a cut that is not there would print as letters"


def test_a_model_is_looked_up_in_the_library_and_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert profile_named("TM-T88V") == Profile(80, 42, 512, "cp437", 0, Cutter.PARTIAL, motion_units=2, tear_dots=120, answers=True)
    assert profile_named("POS-5890") == Profile(58, 32, 384, "cp437", 0)
    assert profile_named("NT-80-V-UL").columns == 48, "its entry gives a letter's dots for its columns"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "nobody's printer", "TM-U220", "SP2000", "OCD-100", "RP326"])
def test_a_printer_that_is_not_known_or_cannot_print_images_gets_the_narrowest_paper(name: str) -> None:
    assert profile_named(name) == PROFILES["generic58"]


def test_every_usable_printer_of_the_library_has_sensible_paper() -> None:
    from pos.printing.profiles import _library_profiles

    for model in _library_profiles():
        profile = profile_named(model)
        assert 30 <= profile.columns <= 64, model
        assert profile.columns * 12 <= profile.dots, model


def test_a_job_that_asks_has_its_own_answer() -> None:
    assert asked(b"paper" + ask("7c2f0000")) == b"\x37\x227c2f\x00"
    assert asked(b"paper" + ask("\x1b-é")) == b"\x37\x220000\x00"
    assert asked(b"paper") is None
    assert asked(ask("7c2f") + b"more") is None, "only what stands at the end asks for the whole"


def test_unasked_status_is_understood_and_never_taken_for_more() -> None:
    assert heard(b"") == ()
    assert heard(b"\x10\x00\x00\x00") == ()
    assert heard(b"\x18\x00\x0c\x00") == (Said.OFFLINE, Said.PAPER_OUT)
    assert heard(b"\x18\x00\x0c\x00\x10\x00\x00\x00") == (), "the last word counts"
    assert heard(b"\x3c\x00\x00\x00") == (Said.OFFLINE, Said.COVER_OPEN)
    assert heard(b"\x37\x22ab12\x00") == (), "that it has printed is no status"
    assert heard(b"hello") == ()
