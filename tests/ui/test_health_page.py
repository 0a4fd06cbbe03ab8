"""The health page: what is said of each thing, what asks for an answer, and that the answers do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Asks, Evidence
from pos.domain.printing import DocumentKind, NewPrintJob, PrintState
from pos.services.checkout import complete_sale
from pos.services.drawer import open_session
from pos.services.goods import add_unknown
from pos.services.preferences import one_printer
from pos.services.selling import scan
from pos.services.views import LineState, OutboxRow, StoreHealth
from pos.ui.health.rows import Facts, HealthRow, State, health_rows
from pos.ui.health.screen import HealthScreen
from pos.ui.health.stuck import stuck_operations
from pos.ui.language import set_language
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

NOW = 1_795_564_800_000
HOUR = 3_600_000
WELL = Facts(
    now=NOW,
    line=LineState(True, 0, 0, 0, 0, NOW - 60_000, True, 200, 0, 0),
    line_error=None,
    printer="ready",
    printer_address="tcp://192.168.1.50:9100",
    jobs={},
    store=StoreHealth("shop.db", 48_000_000, 80_000_000_000, 600, 1_200, "0001", "wal", "3.40.1", NOW - HOUR),
    failed_checks=(),
    checked_at=NOW,
)


def row(facts: Facts, key: str) -> HealthRow:
    return next(row for row in health_rows(facts) if row.key == key)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=one_printer("tcp://127.0.0.1:9")) as made:
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> HealthScreen:
    screen = HealthScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    return screen


def _sale(shop: Stage) -> str:
    till = shop.shop.till
    add_unknown(till, "8998100000025", "Kopi", 3_500)
    if till.store.read.session() is None:
        open_session(till, 100_000)
    basket, _ = scan(till, "8998100000025")
    return complete_sale(till, basket, basket.total).uid


def _jobs(shop: Stage, state: PrintState, evidence: str = "") -> list[int]:
    """Make every open job be in a state, as the spool would."""
    till = shop.shop.till
    jobs = [job for job in till.store.read.open_print_jobs() if job.kind is not DocumentKind.DRAWER_KICK]
    with till.store.begin() as work:
        for job in jobs:
            work.set_print_state(job.id, state, till.clock.now(), evidence)
        work.commit()
    return [job.id for job in jobs]


# --- what is said ---------------------------------------------------------------------------------------------------


def test_a_shop_where_all_is_well_is_green_from_top_to_bottom() -> None:
    assert {line.state for line in health_rows(WELL)} == {State.GOOD}


def test_being_offline_waits_and_is_no_fault() -> None:
    said = row(replace(WELL, line_error=ShopError(ErrorCode.NO_LINE)), "line")
    assert (said.state, said.word) == (State.WAITING, "Luring")
    assert "Jualan jalan terus" in said.sentence


def test_a_revoked_till_is_a_fault_with_its_way_on() -> None:
    said = row(replace(WELL, line_error=ShopError(ErrorCode.DEVICE_REVOKED)), "line")
    assert said.state is State.FAULT
    assert "kode baru" in said.sentence


def test_what_waits_longer_than_a_day_is_red() -> None:
    line = replace(WELL.line, waiting=21, oldest_waiting_at=NOW - 2 * HOUR)
    assert (row(replace(WELL, line=line), "outbox").state, row(replace(WELL, line=line), "outbox").word) == (
        State.WAITING,
        "21 belum terkirim",
    )
    old = replace(line, oldest_waiting_at=NOW - 26 * HOUR)
    assert row(replace(WELL, line=old), "outbox").state is State.FAULT


def test_a_shop_that_was_never_paired_does_not_claim_that_all_is_sent() -> None:
    said = row(replace(WELL, line=replace(WELL.line, paired=False, waiting=7)), "outbox")
    assert said.state is State.UNKNOWN
    assert "7 catatan" in said.sentence


def test_a_clock_that_is_off_says_in_which_direction() -> None:
    slow = row(replace(WELL, line=replace(WELL.line, clock_offset=20 * 60_000)), "clock")
    fast = row(replace(WELL, line=replace(WELL.line, clock_offset=-20 * 60_000)), "clock")
    assert "terlambat 20 mnt" in slow.sentence
    assert "terlalu cepat 20 mnt" in fast.sentence
    assert slow.state is fast.state is State.FAULT


def test_little_room_on_the_disk_is_said_before_it_is_full() -> None:
    assert row(replace(WELL, store=replace(WELL.store, free_bytes=900_000_000)), "disk").state is State.WAITING
    full = row(replace(WELL, store=replace(WELL.store, free_bytes=40_000_000)), "disk")
    assert full.state is State.FAULT
    assert "40 MB" in full.sentence


def test_what_the_check_found_is_named_in_words() -> None:
    said = row(replace(WELL, failed_checks=("stock_totals", "audit_chain")), "database")
    assert said.state is State.FAULT
    assert "jumlah stok, buku catatan" in said.sentence


def test_keys_in_a_file_are_a_standing_warning() -> None:
    assert row(replace(WELL, keys_in_file=True), "keys").state is State.WAITING
    assert all(line.key != "keys" for line in health_rows(WELL))


def test_every_printer_is_told_by_what_it_prints_and_what_is_doubtful_of_it() -> None:
    said = row(replace(WELL, printers=(("Kasir", "struk", 0), ("Dapur", "pesanan", 2)), jobs={PrintState.UNKNOWN: 2}), "printer")
    assert "Kasir: struk. Dapur: pesanan (2 perlu dilihat)." in said.sentence
    assert said.state is State.FAULT


def test_an_operation_that_was_not_taken_says_why_and_carries_its_code() -> None:
    refused, held = stuck_operations(
        [
            OutboxRow("ab12cd34" * 4, "order_command@1", NOW, "refused", "version_conflict"),
            OutboxRow("ff00ff00" * 4, "sale@1", NOW, "quarantined", "unreadable"),
            OutboxRow("00112233" * 4, "sale@1", NOW, "waiting", ""),
        ]
    )
    assert "keadaannya sudah berubah" in refused.sentence
    assert "version_conflict · ab12cd34" in refused.small
    assert held.title.startswith("Penjualan")
    assert "Tidak hilang" in held.sentence


# --- what a person answers ------------------------------------------------------------------------------------------


def test_a_doubtful_struk_is_settled_by_saying_that_it_is_on_paper(shop: Stage, page: HealthScreen) -> None:
    sale = _sale(shop)
    _jobs(shop, PrintState.UNKNOWN)
    page.refresh()
    assert any("Struk nota" in words for words in words_of(page.jobs))
    button_of(page.jobs, "Sudah tercetak").click()
    receipt = [job for job in shop.shop.till.store.read.print_jobs_of(sale) if job.kind is DocumentKind.RECEIPT]
    assert [job.state for job in receipt] == [PrintState.ON_PAPER]


def test_a_doubtful_struk_that_did_not_come_out_is_printed_as_a_copy(shop: Stage, page: HealthScreen) -> None:
    sale = _sale(shop)
    _jobs(shop, PrintState.UNKNOWN)
    page.refresh()
    button_of(page.jobs, "Cetak ulang").click()
    jobs = [(job.copy, job.state) for job in shop.shop.till.store.read.print_jobs_of(sale) if job.kind is DocumentKind.RECEIPT]
    assert sorted(jobs) == [(0, PrintState.EXPIRED), (1, PrintState.QUEUED)]


def test_a_struk_that_nobody_needs_any_more_is_dropped_and_says_so(shop: Stage, page: HealthScreen) -> None:
    _sale(shop)
    _jobs(shop, PrintState.FAILED, str(Evidence(asks=Asks.OLD)))
    page.refresh()
    assert button_of(page.jobs, "Cetak sekarang")
    while page.jobs.isVisible():
        button_of(page.jobs, "Tidak usah").click()
    assert {job.kind for job in shop.shop.till.store.read.open_print_jobs()} == {DocumentKind.DRAWER_KICK}


def test_a_drawer_that_was_to_be_opened_is_not_opened_later(shop: Stage, page: HealthScreen) -> None:
    _sale(shop)
    till = shop.shop.till
    kick = next(job for job in till.store.read.open_print_jobs() if job.kind is DocumentKind.DRAWER_KICK)
    with till.store.begin() as work:
        work.set_print_state(kick.id, PrintState.UNKNOWN, till.clock.now(), "")
        work.commit()
    page.refresh()
    assert "Buka laci" in words_of(page.jobs)
    button_of(page.jobs, "Tidak usah").click()
    assert all(job.id != kick.id for job in till.store.read.open_print_jobs())


def test_a_printer_that_did_not_answer_is_tried_again_with_the_same_struk(shop: Stage, page: HealthScreen) -> None:
    sale = _sale(shop)
    _jobs(shop, PrintState.FAILED, "connection refused")
    page.refresh()
    button_of(page.jobs, "Cetak sekarang").click()
    jobs = [job for job in shop.shop.till.store.read.print_jobs_of(sale) if job.kind is DocumentKind.RECEIPT]
    assert len(jobs) == 1, "nothing came out, so there is nothing to copy"


def test_an_answer_that_comes_too_late_is_said(shop: Stage, page: HealthScreen) -> None:
    _sale(shop)
    ids = _jobs(shop, PrintState.UNKNOWN)
    page.refresh()
    with shop.shop.till.store.begin() as work:
        for job in ids:
            work.set_print_state(job, PrintState.SENT, shop.shop.till.clock.now(), "late answer of the printer")
        work.commit()
    button_of(page.jobs, "Sudah tercetak").click()
    assert [kind for kind, _ in shop.told] == ["fault"]
    assert "Cetakan sudah selesai" in shop.told[0][1]


def test_many_doubtful_jobs_are_counted_and_not_all_drawn(shop: Stage, page: HealthScreen) -> None:
    with shop.shop.till.store.begin() as work:
        jobs = [NewPrintJob(DocumentKind.TEST_PAGE, f"page {number}", 0, "tcp://127.0.0.1:9", b"x") for number in range(30)]
        work.queue_print(jobs)
        work.commit()
    _jobs(shop, PrintState.UNKNOWN)
    page.refresh()
    assert "dan 22 lagi." in words_of(page.jobs)


def test_the_database_is_checked_when_asked_and_the_answer_stands_in_its_row(shop: Stage, page: HealthScreen, qtbot: QtBot) -> None:
    _sale(shop)
    page.refresh()
    button_of(page, "Periksa sekarang").click()
    qtbot.waitUntil(lambda: "semuanya cocok" in page.note.sentence, timeout=20_000)
    assert any("1 barang, 1 nota. Diperiksa" in words for words in words_of(page))


def test_a_copy_is_made_when_asked_and_its_name_is_said(page: HealthScreen, qtbot: QtBot, tmp_path: Path) -> None:
    button_of(page, "Buat salinan").click()
    qtbot.waitUntil(lambda: "Salinan dibuat: shop-" in page.note.sentence, timeout=20_000)
    assert len(list((tmp_path / "copies").glob("shop-*.db"))) == 1
    assert "Ada" in words_of(page)


def test_a_shop_that_is_not_paired_has_nothing_to_send_and_a_way_to_pair(shop: Stage, page: HealthScreen) -> None:
    assert not page.send.isEnabled()
    button_of(page, "Sambungkan").click()
    assert shop.went == ["settings#central"]


def test_another_language_is_there_at_once(page: HealthScreen) -> None:
    set_language("en")
    page.retranslate()
    assert {"Health", "Send now", "Check now"} <= set(words_of(page))


@pytest.mark.parametrize(("width", "height"), [(1270, 704), (1024, 704)])
def test_the_page_fits_both_windows_and_every_button_has_a_name(shop: Stage, page: HealthScreen, width: int, height: int) -> None:
    _sale(shop)
    _jobs(shop, PrintState.UNKNOWN)
    page.resize(width, height)
    page.refresh()
    assert page.minimumSizeHint().width() <= width
    assert page.minimumSizeHint().height() <= height
    assert nameless(page) == []
    assert "Cetakan yang meragukan" in page.help_text()
