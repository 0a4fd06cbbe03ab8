"""A machine's settings: kept in a file that a person can mend, and never in the way of opening the shop."""

from __future__ import annotations

import logging
import os
import stat
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from pos.config.settings import SettingsFile
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import PrinterRole
from pos.services.preferences import Preferences, PrinterChoice


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def _write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_new_machine_has_the_defaults_and_no_trouble(file: Path) -> None:
    settings = SettingsFile(file)
    assert settings.load() == Preferences()
    assert settings.trouble is None
    assert not file.exists()


def test_what_was_set_is_there_after_a_restart(file: Path) -> None:
    chosen = Preferences(
        language="en",
        theme="dark",
        text_scale=125,
        sounds=False,
        reduce_motion=True,
        printers=(
            PrinterChoice("Kasir", "tcp://192.168.1.50:9100", "generic80"),
            PrinterChoice("Gudang", "usb:0416:5011", roles=(PrinterRole.PICKUP, PrinterRole.LABEL), key="9f2c", columns=42, dots=512),
        ),
        paper_language="en",
        receipt_footer="Matur nuwun\nKembali lagi",
        paper_header="Buka 06.00-21.00\nParkir gratis",
        paper_logo="logo-0123456789ab",
        paper_compact=True,
        central_url="https://pusat.example",
        till_name="Kasir 2",
        support="031-5312144",
        rounding_step=100,
        rounding_direction="nearest",
        wholesale_from=6,
        secrets_in_file=True,
        weight_step=10,
        negative_stock=False,
        discount_limit=500,
        scale_labels="20 IIIII WWWWW C; 21 IIIII PPPPP C",
        scale_port="/dev/ttyUSB0",
        scale_speed=2_400,
        scale_frame="7E1",
        loose_sticks=True,
        credit_limit=250_000,
        credit_days=14,
        titipan=False,
        qris_static="00020101",
        qris_own=True,
        copy_folder="/media/flashdisk",
        mirror_folder="/media/kiriman",
        lock_after_minutes=5,
        day_cutoff=180,
        customer_display="screen",
        keys="pay=F8",
        pkp_since="2026-01-01",
        pkp_until="2026-06-30",
        updates="ask",
        update_url="https://pembaruan.example/manifest.json",
    )
    assert all(getattr(chosen, field.name) != field.default for field in fields(Preferences)), "every setting is tried"
    SettingsFile(file).save(chosen)
    assert SettingsFile(file).load() == chosen


def test_the_file_is_for_this_user_alone_and_readable_by_a_person(file: Path) -> None:
    SettingsFile(file).save(Preferences(language="en"))
    assert 'language = "en"' in file.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "broken",
    [b"language = ", b"\xff\xfe\x00l", b"language = 'id'\nlanguage = 'en'\n", b"# " + b"x" * 70_000, b"\x00" * 40],
    ids=["cut off", "no text", "said twice", "far too long", "zeros after a power cut"],
)
def test_a_broken_file_is_put_aside_and_the_till_starts_with_defaults(file: Path, broken: bytes) -> None:
    _write(file, broken)
    settings = SettingsFile(file)
    assert settings.load() == Preferences()
    assert settings.trouble is not None
    assert settings.trouble.code is ErrorCode.SETTINGS_BROKEN
    assert settings.trouble.fields == {"file": "settings.toml.broken"}
    assert file.with_name("settings.toml.broken").read_bytes() == broken
    assert not file.exists()
    settings.save(Preferences(language="en"))
    again = SettingsFile(file)
    assert again.load().language == "en"
    assert again.trouble is None


def test_a_folder_in_the_place_of_the_file_is_said_and_left(file: Path) -> None:
    file.mkdir(parents=True)
    settings = SettingsFile(file)
    assert settings.load() == Preferences()
    assert settings.trouble is not None
    assert file.is_dir()


def test_one_wrong_value_costs_only_that_value(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(file, 'language = "jv"\ntheme = "dark"\ntext_scale = true\nrounding_step = -5\nsounds = false\nwholesale_from = "6"\n')
    settings = SettingsFile(file)
    with caplog.at_level(logging.WARNING):
        loaded = settings.load()
    assert loaded == replace(Preferences(), theme="dark", sounds=False)
    assert set(settings.dropped) == {"language", "text_scale", "rounding_step", "wholesale_from"}
    assert settings.trouble is None
    assert "language" in caplog.text


def test_a_setting_of_a_newer_program_is_passed_over(file: Path) -> None:
    _write(file, 'language = "en"\nweather = "rain"\n[future]\nx = 1\n')
    settings = SettingsFile(file)
    assert settings.load() == Preferences(language="en")
    assert settings.dropped == ()


def test_every_setting_can_be_written(file: Path) -> None:
    SettingsFile(file).save(Preferences())
    assert SettingsFile(file).load() == Preferences()
    assert set(asdict(Preferences())) == {line.partition(" = ")[0] for line in file.read_text(encoding="utf-8").splitlines()}


def test_a_folder_that_cannot_be_written_is_said_and_the_old_file_stays(file: Path) -> None:
    SettingsFile(file).save(Preferences(language="en"))
    before = file.read_bytes()
    # a folder in the place of the new file: also root cannot write it
    file.with_name("settings.toml.new").mkdir()
    file.with_name("settings.toml.new").joinpath("x").touch()
    with pytest.raises(ShopError) as caught:
        SettingsFile(file).save(Preferences(language="id"))
    assert caught.value.code is ErrorCode.FOLDER_READ_ONLY
    assert file.read_bytes() == before
