"""Kirim data: what the page of the line says of a shop whose line is ill, and that each way on does what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.errors import ErrorCode, ShopError
from pos.services.goods import put_catalogue
from pos.services.line_views import EditRow, LineQuality
from pos.services.ports import NewOperation
from pos.ui.health.edit_words import field_text, value_text
from pos.ui.health.line_facts import read_line_facts
from pos.ui.health.line_words import banners, bytes_text, quality_word
from pos.ui.health.screen import HealthScreen
from pos.ui.tones import Tone
from tests.helpers.shops import KOPI, MI, SHELF
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

DEVICE = "d" * 32


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        till = made.shop.till
        put_catalogue(till, SHELF)
        with till.store.begin() as work:
            work.set_shop(device=DEVICE, prefix="B", uid="5" * 32, last_success_at=till.clock.now() - 60_000)
            work.tell([NewOperation(sign * 32, kind, 5, b"{}") for sign, kind in (("a", "sale@1"), ("b", "sale@1"), ("c", "credit@1"))])
            work.commit()
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> HealthScreen:
    screen = HealthScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    screen.open_part("line")
    return screen


def test_what_waits_is_said_by_kind_and_age(page: HealthScreen) -> None:
    assert page.part_shown() == "line"
    assert page.line.rows["outbox"].accessibleName().startswith("Kiriman data: 5 belum terkirim")
    assert "Yang menunggu" in words_of(page)
    assert page.line.rows["line"].isVisible()


def test_what_was_set_aside_is_sent_again_or_taken_away(shop: Stage, page: HealthScreen, tmp_path: Path) -> None:
    till = shop.shop.till
    with till.store.begin() as work:
        work.set_operation_aside("a" * 32, "body_too_large", 7, NewOperation("e" * 32, "set_aside@1", 7, b"{}"))
        work.commit()
    page.refresh()
    assert "Kiriman yang disisihkan" in words_of(page.line)
    page.line._export("a" * 32, str(tmp_path / "untuk-petugas.json"))
    assert b"epeken-set-aside@1" in (tmp_path / "untuk-petugas.json").read_bytes()
    button_of(page.line, "Kirim lagi").click()
    assert till.store.read.line().aside == 0
    assert not page.line.aside.isVisible()


def test_a_trouble_that_was_seen_is_calm_and_stays_in_the_list(shop: Stage, page: HealthScreen) -> None:
    with shop.shop.till.store.begin() as work:
        work.acknowledge([("a" * 32, "quarantined", "unreadable")], 5)
        work.commit()
    page.refresh()
    button_of(page.line, "Sudah saya lihat").click()
    assert shop.shop.till.store.read.line().quarantined == 0
    assert any("Tidak hilang" in words for words in words_of(page.line.operations))


def test_of_two_prices_the_shop_takes_its_own(shop: Stage, page: HealthScreen) -> None:
    till = shop.shop.till
    with till.store.begin() as work:
        work.put_edit_outcome(MI.uid, f"price:{MI.units[0].uid}:retail::1:0", "a" * 32, "3500", "3400", 5, DEVICE)
        work.commit()
    page.refresh()
    said = words_of(page.line.edits)
    assert "Mi goreng · Harga eceran, bungkus" in said
    assert any("Punya toko: Rp3.400" in words and "Punya e-Peken: Rp3.500" in words for words in said)
    button_of(page.line.edits, "Pakai punya toko").click()
    product = till.store.read.product(MI.uid)
    assert product is not None
    assert 3_400 in [price.amount for price in product.units[0].prices]
    assert not page.line.edits.isVisible()


def test_what_no_waiting_mends_stands_above_everything(shop: Stage) -> None:
    facts = read_line_facts(shop.shop.till, shop.shop.line, ShopError(ErrorCode.DEVICE_REVOKED))
    off = replace(facts, line=replace(facts.line, clock_offset=9 * 60_000))
    assert [icon for icon, _, _ in banners(off)] == ["shield-alert", "clock-alert"]
    old = replace(facts, error=ShopError(ErrorCode.PROGRAM_TOO_OLD, version="9"))
    assert "Penjualan tetap terkirim" in banners(old)[0][1]
    assert banners(replace(facts, error=ShopError(ErrorCode.NO_LINE))) == []


def test_the_line_is_called_what_it_is() -> None:
    assert quality_word(LineQuality())[1] is Tone.QUIET
    assert quality_word(LineQuality(round_trip_ms=300, tried=100, failed=2))[0] == "Bagus"
    assert quality_word(LineQuality(round_trip_ms=9_000, tried=100))[0] == "Lambat"
    assert quality_word(LineQuality(round_trip_ms=300, tried=10, failed=5))[0] == "Putus-putus"
    assert [bytes_text(size) for size in (840, 12_400, 3_450_000)] == ["840 B", "12 kB", "3,4 MB"]


def test_values_of_edits_are_said_as_people_say_them() -> None:
    def edit(field: str) -> EditRow:
        return EditRow(KOPI.uid, KOPI.name, field, "", "", 0, False)

    assert value_text(edit("listed_online"), "true") == "ya"
    assert value_text(edit("price:u:retail::1:0"), "null") == "tidak ada"
    assert value_text(edit("name"), '""') == "kosong"
    assert value_text(edit("barcodes:u"), '["1","2"]') == "1, 2"
    assert value_text(edit("units"), '[{"name":"dus","prices":[{"kind":"retail","amount":9000}]}]') == "dus Rp9.000"
    assert value_text(edit("name"), "not json") == "not json"
    assert field_text(edit("min_stock"), None) == "Batas stok menipis"
    assert field_text(edit("flavour"), None) == "flavour"


def test_the_stick_is_written_from_here(shop: Stage, page: HealthScreen, qtbot: QtBot, tmp_path: Path) -> None:
    page.line._choose_stick(str(tmp_path / "no-such-stick"))
    qtbot.waitUntil(lambda: "Flashdisk kiriman tidak ada" in page.note.sentence)
    assert page.line.rows["mirror"].accessibleName() == "Flashdisk kiriman: Tidak ada"


@pytest.mark.parametrize("width", [1270, 1024])
def test_the_page_fits_and_every_button_has_a_name(shop: Stage, page: HealthScreen, width: int) -> None:
    page.resize(width, 704)
    page.refresh()
    assert page.minimumSizeHint().width() <= width
    assert nameless(page) == []
