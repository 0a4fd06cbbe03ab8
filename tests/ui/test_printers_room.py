"""The printers' room: every paper with what is known of it and what can be said to it; the shop's printers; and setting one up."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.evidence import Asks, Evidence, Seen
from pos.domain.printing import DocumentKind, PrinterRole, PrintState
from pos.services.checkout import complete_sale
from pos.services.drawer import open_session
from pos.services.goods import add_unknown
from pos.services.paper_views import FoundPrinter
from pos.services.preferences import PrinterChoice
from pos.services.selling import scan
from pos.ui.language import set_language
from pos.ui.printers.add_dialog import AddDialog
from pos.ui.printers.device_card import DeviceCard
from pos.ui.printers.dialogs import ElsewhereDialog, RollDialog
from pos.ui.printers.edit_dialog import EditDialog, KindDialog
from pos.ui.printers.job_list import JOB
from pos.ui.printers.screen import PrintersScreen
from pos.ui.printers.set_up import SetUpDialog
from pos.ui.printers.words import metres_text
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

Kind = TypeVar("Kind", bound=QDialog)
_WAIT_MS = 20_000
COUNTER = PrinterChoice("Kasir", "screen:", "generic58", (PrinterRole.STRUK, PrinterRole.PICKUP), "kasir")
BACK = PrinterChoice("Gudang", "tcp://127.0.0.1:9", "generic58", (PrinterRole.LABEL, PrinterRole.REPORT), "gudang")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=(COUNTER, BACK)) as made:
        yield made


@pytest.fixture
def room(shop: Stage, qtbot: QtBot) -> PrintersScreen:
    screen = PrintersScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    return screen


def _dialog(room: QWidget, kind: type[Kind]) -> Kind:
    """The one that is open."""
    (found,) = [dialog for dialog in room.findChildren(kind) if dialog.isVisible()]
    return found


def _printers(shop: Stage) -> dict[str, PrinterChoice]:
    return {printer.ref: printer for printer in shop.context.preferences.printers}


def _devices(room: PrintersScreen) -> dict[str, DeviceCard]:
    button_of(room, "Printer").click()
    return room.devices.cards


def _sell(shop: Stage) -> int:
    """A nota whose struk waits. Returns its job."""
    till = shop.shop.till
    add_unknown(till, "8998100000025", "Kopi", 3_500)
    open_session(till, 100_000)
    basket, _ = scan(till, "8998100000025")
    sale = complete_sale(till, basket, basket.total)
    (struk,) = [job.id for job in till.store.read.print_jobs_of(sale.uid) if job.kind is DocumentKind.RECEIPT]
    (kick,) = [job.id for job in till.store.read.open_print_jobs() if job.kind is DocumentKind.DRAWER_KICK]
    _ended(shop, kick, PrintState.EXPIRED)
    return struk


def _ended(shop: Stage, job: int, state: PrintState, evidence: Evidence | None = None) -> None:
    """As the spool would have found a job."""
    till = shop.shop.till
    with till.store.begin() as work:
        work.set_print_state(job, state, till.clock.now(), str(evidence or Evidence()))
        work.commit()


def _states(shop: Stage) -> dict[tuple[DocumentKind, int, str], PrintState]:
    return {(job.kind, job.copy, job.printer): job.state for job in shop.shop.till.store.read.print_jobs()}


def _listed(room: PrintersScreen) -> list[int]:
    model = room.jobs.model
    return [model.index(place).data(JOB).id for place in range(model.rowCount())]


# --- every paper ----------------------------------------------------------------------------------------------------


def test_a_room_without_papers_says_that_all_is_well(room: PrintersScreen) -> None:
    assert "Semua cetakan sudah beres" in words_of(room)


def test_a_doubtful_struk_is_shown_with_its_paper_and_what_is_known_of_it(shop: Stage, room: PrintersScreen) -> None:
    job = _sell(shop)
    _ended(shop, job, PrintState.UNKNOWN, Evidence(Seen.HUNG, 400, 1_000))
    room.refresh()
    assert _listed(room) == [job], "what is settled is in the other list"
    words = " ".join(words_of(room.jobs.panel))
    assert "Printer berhenti menerima di tengah jalan (40%)." in words
    assert "Lihat kertasnya" in words
    data = shop.shop.till.store.read.print_job(job)
    assert data is not None
    assert room.jobs.paper.picture == shop.shop.draw_paper(data.data), "dot for dot"
    button_of(room, "Sudah tercetak").click()
    assert _states(shop)[DocumentKind.RECEIPT, 0, "kasir"] is PrintState.ON_PAPER
    assert len(_listed(room)) == 2, "nothing is open: all there was is shown"


def test_a_struk_that_did_not_come_out_is_printed_again_as_a_copy(shop: Stage, room: PrintersScreen) -> None:
    _ended(shop, _sell(shop), PrintState.UNKNOWN, Evidence(Seen.BROKEN, 1, 1_000))
    room.refresh()
    button_of(room, "Cetak ulang").click()
    states = _states(shop)
    assert states[DocumentKind.RECEIPT, 0, "kasir"] is PrintState.EXPIRED
    assert states[DocumentKind.RECEIPT, 1, "kasir"] is PrintState.QUEUED
    assert any("SALINAN ke-1" in words for words in words_of(room))


def test_an_old_paper_is_sent_now_or_not_at_all(shop: Stage, room: PrintersScreen) -> None:
    job = _sell(shop)
    _ended(shop, job, PrintState.FAILED, Evidence(asks=Asks.OLD))
    room.refresh()
    button_of(room, "Cetak sekarang").click()
    shop.print_all()
    assert _states(shop)[DocumentKind.RECEIPT, 0, "kasir"] is PrintState.SENT
    _ended(shop, job, PrintState.FAILED, Evidence(asks=Asks.OLD))
    room.refresh()
    button_of(room, "Tidak usah").click()
    assert _states(shop)[DocumentKind.RECEIPT, 0, "kasir"] is PrintState.EXPIRED


def test_a_paper_of_a_printer_that_is_off_goes_to_another_one(shop: Stage, room: PrintersScreen) -> None:
    _ended(shop, _sell(shop), PrintState.FAILED, Evidence(Seen.NOT_CONNECTED))
    room.refresh()
    button_of(room, "Printer lain").click()
    asked = _dialog(room, ElsewhereDialog)
    assert "Gudang" in words_of(asked)
    assert "Kasir" not in words_of(asked), "it is there already"
    button_of(asked, "Gudang").click()
    states = _states(shop)
    assert states[DocumentKind.RECEIPT, 0, "kasir"] is PrintState.EXPIRED
    assert states[DocumentKind.RECEIPT, 0, "gudang"] is PrintState.QUEUED


def test_what_is_open_and_all_there_was_are_two_lists(shop: Stage, room: PrintersScreen) -> None:
    job = _sell(shop)
    room.refresh()
    assert _listed(room) == [job]
    button_of(room, "Semua").click()
    assert len(_listed(room)) == 2
    assert room.jobs.view.accessibleName()


# --- the shop's printers --------------------------------------------------------------------------------------------


def test_each_printer_says_where_it_is_what_it_prints_and_how_it_is(shop: Stage, room: PrintersScreen) -> None:
    cards = _devices(room)
    assert {"Kasir", "Kertas di layar", "Untuk: Struk dan laci, Struk ambil"} <= set(words_of(cards["kasir"]))
    assert {"Gudang", "Untuk: Label, Laporan", "Belum dicek"} <= set(words_of(cards["gudang"]))


def test_a_printer_that_is_asked_and_does_not_answer_says_what_helps(room: PrintersScreen, qtbot: QtBot) -> None:
    card = _devices(room)["gudang"]
    button_of(card, "Cek").click()
    assert "Sedang bertanya" in card.note.sentence
    qtbot.waitUntil(lambda: "Di alamat itu tidak ada yang menerima cetakan" in card.note.sentence, timeout=_WAIT_MS)


def test_a_printer_that_answers_is_said_to_be_well_only_then(shop: Stage, room: PrintersScreen, qtbot: QtBot) -> None:
    with StandInPrinter(Fault.FENCE, status={1: 0x12, 2: 0x12, 4: 0x12}) as printer:
        shop.context.preferences = replace(shop.context.preferences, printers=(replace(COUNTER, address=printer.address),))
        shop.context.preferences_changed.emit()
        card = _devices(room)["kasir"]
        button_of(card, "Cek").click()
        qtbot.waitUntil(lambda: card.note.sentence == "Printer menjawab: siap, kertas ada.", timeout=_WAIT_MS)


def test_what_was_wrong_is_not_said_any_more_once_it_is_not(shop: Stage, room: PrintersScreen) -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        shop.context.preferences = replace(shop.context.preferences, printers=(replace(COUNTER, address=printer.address),))
        shop.context.preferences_changed.emit()
        card = _devices(room)["kasir"]
        button_of(card, "Halaman tes").click()
        shop.print_all()
        assert "Terakhir dicek" in card.note.sentence
        assert "Cek printer" in words_of(card)
        printer.switch_on()
        button_of(card, "Halaman tes").click()
        shop.print_all()
        assert "Siap" in words_of(card)
        assert card.note.sentence == "Printer menerima semuanya. Apakah sudah di kertas, printer ini tidak bilang."


def test_a_test_page_comes_out_of_the_printer_whose_card_it_is(shop: Stage, room: PrintersScreen) -> None:
    cards = _devices(room)
    button_of(cards["gudang"], "Halaman tes").click()
    assert _states(shop) == {(DocumentKind.TEST_PAGE, 0, "gudang"): PrintState.QUEUED}
    assert cards["gudang"].note.sentence == "Halaman tes dikirim. Lihat printernya."
    button_of(cards["kasir"], "Halaman tes").click()
    shop.print_all()
    assert cards["kasir"].note.sentence == "Tampil di layar."


def test_the_paper_left_is_told_once_the_roll_is_known_and_shrinks_as_it_prints(shop: Stage, room: PrintersScreen) -> None:
    card = _devices(room)["kasir"]
    assert "Sisa kertas belum diketahui. Bilang kalau ganti gulungan." in words_of(card)
    button_of(card, "Ganti kertas").click()
    button_of(_dialog(room, RollDialog), "30 meter").click()
    assert "Sisa kertas kira-kira 30,0 m dari 30,0 m." in words_of(card)
    for _ in range(3):
        button_of(card, "Halaman tes").click()
    shop.print_all()
    left = shop.shop.till.store.read.rolls()["kasir"].left_mm
    assert left is not None
    assert 29_000 < left < 29_950
    assert f"Sisa kertas kira-kira {metres_text(left)} dari 30,0 m." in words_of(card)
    button_of(card, "Ganti kertas").click()
    button_of(_dialog(room, RollDialog), "Tidak tahu").click()
    assert "Sisa kertas belum diketahui. Bilang kalau ganti gulungan." in words_of(card)


# --- changing one ---------------------------------------------------------------------------------------------------


def _edit(room: PrintersScreen, ref: str) -> EditDialog:
    button_of(_devices(room)[ref], "Ubah").click()
    return _dialog(room, EditDialog)


def test_a_role_has_one_printer_and_a_new_address_keeps_what_waits(shop: Stage, room: PrintersScreen) -> None:
    job = _sell(shop)
    dialog = _edit(room, "gudang")
    dialog.name.setText("Meja depan")
    dialog.address.setText("192.168.1.77")
    dialog.roles[PrinterRole.STRUK].click()
    button_of(dialog, "Simpan").click()
    kept = _printers(shop)
    assert (kept["gudang"].name, kept["gudang"].address) == ("Meja depan", "tcp://192.168.1.77:9100")
    assert kept["gudang"].roles == (PrinterRole.STRUK, PrinterRole.LABEL, PrinterRole.REPORT)
    assert kept["kasir"].roles == (PrinterRole.PICKUP,), "receipts come out of one printer"
    assert shop.context.till.paper.printer == "gudang"
    (waiting,) = [each for each in shop.shop.till.store.read.print_jobs() if each.id == job]
    assert (waiting.printer, waiting.state) == ("kasir", PrintState.QUEUED)


def test_an_address_that_is_none_is_said_in_place_and_nothing_is_kept(shop: Stage, room: PrintersScreen) -> None:
    dialog = _edit(room, "gudang")
    dialog.address.setText("di sebelah kanan")
    button_of(dialog, "Simpan").click()
    assert dialog.isVisible()
    assert "Printer tidak ketemu" in dialog.note.sentence
    assert _printers(shop)["gudang"] == BACK


def test_another_kind_forgets_what_the_old_one_was_found_to_be_and_a_stand_in_is_chosen(shop: Stage, room: PrintersScreen) -> None:
    dialog = _edit(room, "gudang")
    button_of(dialog, "Kasir").click()
    button_of(dialog, "Simpan").click()
    assert _printers(shop)["gudang"].stand_in == "kasir"
    assert "Kalau mati, digantikan Kasir." in words_of(_devices(room)["gudang"])
    shop.context.preferences = replace(
        shop.context.preferences, printers=(COUNTER, replace(BACK, columns=42, dots=512, codepage="cp850", table=2, answers=True))
    )
    shop.context.preferences_changed.emit()
    dialog = _edit(room, "gudang")
    dialog.kind.click()
    kinds = _dialog(room, KindDialog)
    button_of(kinds, next(kind.title or kind.name for kind in shop.shop.printer_profiles() if kind.name == "generic80")).click()
    button_of(dialog, "Simpan").click()
    assert _printers(shop)["gudang"] == replace(BACK, profile="generic80")


def test_a_printer_that_is_thrown_out_can_be_had_back(shop: Stage, room: PrintersScreen) -> None:
    offered = []
    shop.context.offered.connect(lambda *offer: offered.append(offer))
    button_of(_edit(room, "gudang"), "Buang printer").click()
    assert list(_printers(shop)) == list(room.devices.cards) == ["kasir"]
    ((title, _sentence, _undo, back),) = offered
    assert title == "Gudang dibuang"
    back()
    assert list(_printers(shop)) == list(room.devices.cards) == ["kasir", "gudang"]


# --- a further one, and its three questions ------------------------------------------------------------------------


def test_a_printer_at_a_typed_address_is_set_up_by_three_questions(shop: Stage, room: PrintersScreen, qtbot: QtBot) -> None:
    _devices(room)
    with StandInPrinter(Fault.FENCE, status={1: 0x12, 2: 0x12, 4: 0x12}) as printer:
        button_of(room, "Tambah printer").click()
        adding = _dialog(room, AddDialog)
        qtbot.waitUntil(adding.finder.button.isEnabled, timeout=_WAIT_MS)
        adding.address.setText("di sebelah kanan")
        button_of(adding, "Pakai alamat ini").click()
        assert "Printer tidak ketemu" in adding.finder.note.sentence
        adding.address.setText(printer.address)
        button_of(adding, "Pakai alamat ini").click()
        (ref,) = set(_printers(shop)) - {"kasir", "gudang"}
        assert _printers(shop)[ref].roles == (), "what it is for is said by a person"
        setting_up = _dialog(room, SetUpDialog)
        button_of(setting_up, "Cetak halaman atur").click()
        shop.print_all()
        assert len(printer.jobs) == 1
        button_of(setting_up, "Ketiganya").click()
        qtbot.waitUntil(lambda: _printers(shop)[ref].answers, timeout=_WAIT_MS)
        assert "Printer menjawab: siap, kertas ada." in words_of(setting_up)
        button_of(setting_up, "3").click()
        assert setting_up.scanned("EPEKEN-UJI")
        found = _printers(shop)[ref]
        assert (found.columns, found.dots, found.codepage, found.table) == (48, 576, "cp858", 19)
        assert found.answers, "what it said of itself is not forgotten by the next answer"
        assert any("48 huruf sebaris" in words for words in words_of(setting_up))
        button_of(setting_up, "Selesai").click()
        assert "48 huruf sebaris" in " ".join(words_of(room.devices.cards[ref]))


def test_what_the_search_found_is_chosen_by_a_touch_and_what_the_shop_has_is_not_offered(shop: Stage, room: PrintersScreen) -> None:
    _devices(room)
    button_of(room, "Tambah printer").click()
    adding = _dialog(room, AddDialog)
    new = FoundPrinter("serial:/dev/rfcomm0", "RPP02N", "generic58")
    adding.finder._found([FoundPrinter(BACK.address, "Gudang"), new])
    assert [card.accessibleName() for card in adding.finder.cards] == ["RPP02N"]
    adding.finder.cards[0].click()
    (ref,) = set(_printers(shop)) - {"kasir", "gudang"}
    assert (_printers(shop)[ref].name, _printers(shop)[ref].address) == ("RPP02N", "serial:/dev/rfcomm0")


def test_port_9100_of_a_typed_address_is_looked_at_by_the_search(shop: Stage, room: PrintersScreen, qtbot: QtBot) -> None:
    _devices(room)
    button_of(room, "Tambah printer").click()
    adding = _dialog(room, AddDialog)
    qtbot.waitUntil(adding.finder.button.isEnabled, timeout=_WAIT_MS)
    assert "127.91.0.5" not in [card.accessibleName() for card in adding.finder.cards]
    with socket.create_server(("127.91.0.5", 9_100)):
        adding.address.setText("127.91.0.5")
        button_of(adding, "Cari printer").click()
        qtbot.waitUntil(adding.finder.button.isEnabled, timeout=_WAIT_MS)
    button_of(adding, "127.91.0.5").click()
    assert "tcp://127.91.0.5:9100" in [printer.address for printer in _printers(shop).values()]


@pytest.mark.parametrize(("width", "height"), [(1_024, 696), (1_366, 696)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_room_and_its_questions_fit_and_everything_has_a_name(
    shop: Stage, room: PrintersScreen, width: int, height: int, language: str
) -> None:
    set_language(language)
    room.retranslate()
    room.resize(width, height)
    _ended(shop, _sell(shop), PrintState.UNKNOWN, Evidence(Seen.HUNG, 1, 2))
    for part in ("jobs", "devices"):
        room.open_part(part)
        assert nameless(room) == [], part
        assert room.minimumSizeHint().width() <= width, part
    dialogs = (
        RollDialog("Kasir", room),
        ElsewhereDialog([COUNTER, BACK], room),
        AddDialog(shop.context, room),
        EditDialog(shop.context, BACK, room),
        room.devices.open_set_up("gudang"),
    )
    for dialog in dialogs:
        dialog.show()
        assert nameless(dialog) == [], dialog
        assert dialog.width() <= 1_024, dialog
        assert dialog.height() <= 768, dialog
        dialog.close()
