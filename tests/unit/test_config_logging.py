"""The log holds what an engineer needs and nothing of a person."""

from __future__ import annotations

import faulthandler
import logging
import time
from pathlib import Path

import pytest

from pos.config.logging import mask, start_logging
from pos.domain.errors import ErrorCode, ShopError


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("phone 081234563841 called", "phone [phone] called"),
        ("+62 812-3456-3841", "[phone]"),
        ("nik=3578012345678901", "nik=[nik]"),
        ("NIP 19850612 201001 1 003", "NIP [nip]"),
        ("Authorization: DPoP abcdefghijklmnop", "Authorization: DPoP [token]"),
        ("{'refresh_token': 'abcdef123456'}", "{'refresh_token': [token]}"),
        ("proof eyJhbGciOiJFZERTQSJ9.eyJodG0iOiJQT1NUIn0.c2ln", "proof [token]"),
    ],
)
def test_no_persons_number_and_no_token_is_written(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said", ["sold 3 for Rp12.500", "receipt A1-1042-7K2F", "product 0000000000000000000000000000002a", "barcode 8998100000025"]
)
def test_what_an_engineer_needs_stays(said: str) -> None:
    assert mask(said) == said


def test_a_traceback_is_masked_too(tmp_path: Path) -> None:
    log = start_logging(tmp_path / "logs")
    try:
        try:
            raise ValueError("buyer 081234563841 has no slot")
        except ValueError:
            logging.getLogger("pos.bug").exception("a bug for %s", "081234563841")
        text = (tmp_path / "logs" / "till.log").read_text(encoding="utf-8")
    finally:
        log.close()
    assert "Traceback" in text
    assert "[phone] has no slot" in text
    assert "081234563841" not in text


def test_the_log_ends_with_the_till(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    log = start_logging(tmp_path)
    assert faulthandler.is_enabled()
    log.close()
    assert logging.getLogger().handlers == before


def test_a_log_that_cannot_be_opened_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "till.log").mkdir()
    with pytest.raises(ShopError) as caught:
        start_logging(tmp_path)
    assert caught.value.code is ErrorCode.FOLDER_READ_ONLY


@pytest.mark.parametrize("told", ["a" * 200_000, "token" * 40_000, "secret=" * 30_000, "0812 " * 40_000, "eyJ" * 60_000, "dpop " * 40_000])
def test_a_text_without_end_from_the_line_holds_nobody_up(tmp_path: Path, told: str) -> None:
    log = start_logging(tmp_path)
    try:
        began = time.monotonic()
        logging.getLogger("pos.sync").warning("row 7 of the feed (%s) cannot be used", told)
        mask(told)
        spent = time.monotonic() - began
    finally:
        log.close()
    assert spent < 2
    assert (tmp_path / "till.log").stat().st_size < 10_000


def test_what_the_line_tells_cannot_write_a_line_of_its_own(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    try:
        logging.getLogger("pos.sync").warning(
            "row of kind %s", "stock\n2026-11-25 09:00:00 ERROR MainThread pos.app: all sales are gone\x1b[2J\u2028x"
        )
    finally:
        log.close()
    (line,) = (tmp_path / "till.log").read_text(encoding="utf-8").splitlines()
    assert "stock\\n2026-11-25" in line
    assert "\\x1b[2J\\u2028x" in line
