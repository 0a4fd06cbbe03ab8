"""The order board at the counter: shelf, accept, pack, ready, print; what is shown, and what server and buyer say against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.domain.order import OrderStep
from pos.domain.printing import DocumentKind
from pos.services.preferences import one_printer
from pos.ui.language import set_language
from pos.ui.orders.card import OrderCard
from pos.ui.orders.dialogs import CapDialog, MissingDialog, RejectDialog, SureDialog
from pos.ui.orders.screen import OrdersScreen
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind
from tests.helpers.order_desk import board_of, dialog_of, held, make_ready, now, sent, tick_all, told
from tests.helpers.orders import UID, arrive, order
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=one_printer("tcp://127.0.0.1:9")) as made:
        yield made


@pytest.fixture
def board(shop: Stage, qtbot: QtBot) -> OrdersScreen:
    return board_of(shop, qtbot)


# --- shelf and accept ---------------------------------------------------------------------------------------------


def test_a_new_order_asks_for_the_shelf_line_by_line(board: OrdersScreen) -> None:
    said = words_of(board)
    assert "Masih ada di rak?" in said
    assert "0 dari 2" in said
    assert "Minyak goreng 1 liter" in said


def test_a_tick_is_kept_at_once(shop: Stage, board: OrdersScreen) -> None:
    tick_all(board, "on_shelf", 1)
    assert [line.on_shelf for line in held(shop).lines] == [True, False]
    assert "1 dari 2" in words_of(board)


def test_a_tick_says_what_it_means_to_a_screen_reader(board: OrdersScreen) -> None:
    row = board.findChild(QAbstractButton, f"on_shelf:{UID}:0")
    assert row is not None
    assert row.accessibleName() == "2× Minyak goreng 1 liter, masih ada di rak"


def test_accept_is_pale_until_everything_is_on_the_shelf(board: OrdersScreen) -> None:
    accept = button_of(board, "Terima")
    assert isinstance(accept, ActionButton)
    assert accept.kind is Kind.SOFT
    tick_all(board, "on_shelf")
    assert accept.kind is Kind.PRIMARY


def test_accept_asks_the_server_and_shows_that_it_waits(shop: Stage, board: OrdersScreen) -> None:
    tick_all(board, "on_shelf")
    button_of(board, "Terima").click()
    assert held(shop).pending is OrderStep.ACCEPT
    assert sent(shop) == ["order_command"]
    assert "Menunggu server. Jangan dikemas dulu." in words_of(board)
    with pytest.raises(LookupError):
        button_of(board, "Terima")


def test_nothing_is_packed_before_the_server_has_accepted(shop: Stage, board: OrdersScreen) -> None:
    tick_all(board, "on_shelf")
    button_of(board, "Terima").click()
    assert board.findChild(QAbstractButton, f"packed:{UID}:0") is None
    told(shop, board, "accepted")
    assert board.findChild(QAbstractButton, f"packed:{UID}:0") is not None


def test_a_missing_line_asks_before_accepting(shop: Stage, board: OrdersScreen) -> None:
    tick_all(board, "on_shelf", 1)
    button_of(board, "Terima").click()
    question = dialog_of(board, MissingDialog)
    assert isinstance(question, MissingDialog)
    assert any("Beras ramos 5 kg" in word for word in words_of(question))
    assert held(shop).pending is None
    button_of(question, "Masih ada, terima").click()
    assert held(shop).pending is OrderStep.ACCEPT


def test_a_missing_line_can_refuse_the_order_with_its_reason(shop: Stage, board: OrdersScreen) -> None:
    tick_all(board, "on_shelf", 1)
    button_of(board, "Terima").click()
    question = dialog_of(board, MissingDialog)
    assert isinstance(question, MissingDialog)
    button_of(question, "Tidak ada, tolak").click()
    why = dialog_of(board, RejectDialog)
    assert isinstance(why, RejectDialog)
    assert why.reason() == "Barang habis: Beras ramos 5 kg"
    button_of(why, "Tolak pesanan").click()
    assert held(shop).pending is OrderStep.REJECT
    assert b"Barang habis: Beras ramos 5 kg" in shop.context.till.store.read.waiting_operations(1)[0].payload


def test_an_order_is_not_refused_without_a_reason(shop: Stage, board: OrdersScreen) -> None:
    button_of(board, "Tolak").click()
    why = dialog_of(board, RejectDialog)
    assert isinstance(why, RejectDialog)
    assert not button_of(why, "Tolak pesanan").isEnabled()
    why.reject()
    assert held(shop).pending is None


def test_the_order_that_crosses_the_cap_warns_before_it_is_accepted(shop: Stage, board: OrdersScreen) -> None:
    arrive(shop.context.till, cap_amount=30_000_000, cap_used=29_950_000)
    board.refresh()
    assert "Pesanan ini melewati batas omzet e-Peken." in words_of(board)
    tick_all(board, "on_shelf")
    button_of(board, "Terima").click()
    warning = dialog_of(board, CapDialog)
    assert isinstance(warning, CapDialog)
    assert held(shop).pending is None
    assert "Rp29.950.000" in words_of(warning)
    button_of(warning, "Terima juga").click()
    assert held(shop).pending is OrderStep.ACCEPT


# --- pack, ready, print -------------------------------------------------------------------------------------------


def test_an_accepted_order_is_packed_line_by_line_and_made_ready(shop: Stage, board: OrdersScreen) -> None:
    told(shop, board, "accepted")
    assert "0 dari 2 dikemas" in words_of(board)
    tick_all(board, "packed")
    assert all(line.packed for line in held(shop).lines)
    button_of(board, "Siap diambil").click()
    assert held(shop).pending is OrderStep.READY
    assert "Siap diambil, menunggu server" in words_of(board)


def test_the_pickup_receipt_is_printed_and_a_second_one_is_a_copy(shop: Stage, board: OrdersScreen) -> None:
    make_ready(shop, board)
    button_of(board, "Cetak struk ambil").click()
    button_of(board, "Cetak struk ambil").click()
    jobs = shop.context.till.store.read.print_jobs_of(UID)
    assert sorted((job.kind, job.copy) for job in jobs) == [(DocumentKind.PICKUP, 0), (DocumentKind.PICKUP, 1)]
    assert [sentence for _, sentence in shop.told] == [
        "Struk ambil #4821 dikirim ke printer",
        "SALINAN struk ambil #4821 dikirim ke printer",
    ]


def test_without_a_printer_the_way_on_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path) as shop:
        arrive(shop.context.till, order(status="ready"))
        screen = OrdersScreen(shop.context)
        qtbot.addWidget(screen)
        shop.show(screen)
        button_of(screen, "Cetak struk ambil").click()
        assert shop.told[0][0] == "fault"
        assert "Printer belum dipilih" in shop.told[0][1]


# --- what is shown ------------------------------------------------------------------------------------------------


def test_the_first_card_is_open_and_a_tap_opens_another(shop: Stage, board: OrdersScreen, qtbot: QtBot) -> None:
    other = "b2" * 16
    arrive(shop.context.till, order(other, "4822", buyer="Agus P.", now=now()))
    shop.context.changed.emit(Changed(orders=True))
    assert board.findChild(QAbstractButton, f"on_shelf:{UID}:0") is not None
    assert board.findChild(QAbstractButton, f"on_shelf:{other}:0") is None
    head = next(button for button in board.findChildren(QAbstractButton) if button.accessibleName().startswith("Agus P."))
    head.click()
    qtbot.waitUntil(lambda: board.findChild(QAbstractButton, f"on_shelf:{UID}:0") is None)
    assert board.findChild(QAbstractButton, f"on_shelf:{other}:0") is not None


def test_the_open_order_sounds_no_more_and_the_closed_one_does(shop: Stage, board: OrdersScreen) -> None:
    other = "b2" * 16
    arrive(shop.context.till, order(other, "4822", now=now()))
    shop.context.changed.emit(Changed(orders=True))
    assert held(shop).seen
    assert not held(shop, other).seen


def test_an_unknown_status_is_shown_as_the_server_wrote_it(shop: Stage, board: OrdersScreen) -> None:
    told(shop, board, "on_hold")
    assert any("on_hold" in word for word in words_of(board))


def test_a_buyers_remark_is_read_while_packing(shop: Stage, board: OrdersScreen) -> None:
    arrive(shop.context.till, replace(order(status="accepted", version=2), note="kecap yang botol kaca"))
    shop.context.changed.emit(Changed(orders=True))
    assert "kecap yang botol kaca" in words_of(board)


def test_an_empty_board_says_where_orders_come_from(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path) as shop:
        screen = OrdersScreen(shop.context)
        qtbot.addWidget(screen)
        shop.show(screen)
        assert "Belum ada pesanan" in words_of(screen)
        button_of(screen, "Sambungkan toko").click()
        assert shop.went == ["settings#central"]


def test_the_history_says_what_became_of_an_order(shop: Stage, board: OrdersScreen) -> None:
    arrive(shop.context.till, replace(order(status="rejected", version=2), reason="Barang habis"))
    button_of(board, "Riwayat").click()
    said = words_of(board)
    assert "ditolak toko" in said
    assert "Alasan: Barang habis" in said
    button_of(board, "Papan").click()
    assert "Belum ada pesanan" in words_of(board)


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_board_fits_its_window(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str) -> None:
    till = shop.context.till
    for place, status in enumerate(("placed", "placed", "accepted", "ready", "ready")):
        arrive(till, order(f"{place:032x}", f"48{place:02}", status, buyer="Kusumaningtyas W."), cap_amount=30_000_000, cap_used=1_000_000)
    set_language(language)
    look().use("light", scale)
    try:
        screen = OrdersScreen(shop.context)
        qtbot.addWidget(screen)
        shop.show(screen, width)
        need = screen.minimumSizeHint()
        assert (need.width() <= width, need.height() <= 704) == (True, True), need
        for card in screen.findChildren(OrderCard):
            assert card.minimumSizeHint().width() <= card.width(), f"{card.order.number} is cut"
        assert nameless(screen) == []
    finally:
        look().use("light")


# --- what the server and the buyer say against it -----------------------------------------------------------------


def newer(shop: Stage, **fields: object) -> None:
    """The server tells of the order anew."""
    known = held(shop)
    with shop.context.till.store.begin() as work:
        work.put_order(replace(known, version=known.version + 1, **fields))  # type: ignore[arg-type]
        work.commit()
    shop.context.changed.emit(Changed(orders=True))


def test_a_buyer_who_asks_to_cancel_gets_an_answer(shop: Stage, board: OrdersScreen) -> None:
    told(shop, board, "accepted")
    newer(shop, flags=("cancel_asked",))
    assert "Pembeli minta batal. Setujui?" in words_of(board)
    button_of(board, "Setujui").click()
    dialog = dialog_of(board, SureDialog)
    assert isinstance(dialog, SureDialog)
    button_of(dialog, "Setujui batal").click()
    assert held(shop).pending is OrderStep.CANCEL_ALLOW
    assert "Pembatalan disetujui, menunggu server" in words_of(board)
    assert sent(shop)[-1] == "order_command"


def test_a_buyer_who_asks_to_cancel_may_be_told_that_it_is_packed(shop: Stage, board: OrdersScreen) -> None:
    told(shop, board, "accepted")
    newer(shop, flags=("cancel_asked",))
    button_of(board, "Tidak setuju").click()
    assert held(shop).pending is OrderStep.CANCEL_DENY


def test_a_step_that_came_to_nothing_stands_on_its_card_until_someone_has_seen_it(shop: Stage, board: OrdersScreen) -> None:
    with shop.context.till.store.begin() as work:
        work.note_lost(UID, "accept:version_conflict")
        work.commit()
    board.refresh()
    assert any("Terima tidak jadi: pesanan sudah berubah" in words for words in words_of(board))
    button_of(board, "Sudah saya lihat").click()
    assert held(shop).lost == ""
    assert not any("tidak jadi" in words for words in words_of(board))


def test_what_the_shelf_has_not_by_the_books_is_said_before_it_is_promised(board: OrdersScreen) -> None:
    assert any("catatan stok tinggal 0" in words for words in words_of(board))


def test_nobody_came_is_said_only_after_the_time_to_come(shop: Stage, board: OrdersScreen) -> None:
    told(shop, board, "accepted")
    told(shop, board, "ready")
    newer(shop, slot_from=now() - 7_200_000, slot_to=now() + 3_600_000)
    assert "Tidak diambil pembeli" not in words_of(board)
    newer(shop, slot_to=now() - 3_600_000)
    button_of(board, "Tidak diambil pembeli").click()
    dialog = dialog_of(board, SureDialog)
    assert isinstance(dialog, SureDialog)
    button_of(dialog, "Tidak diambil").click()
    assert held(shop).pending is OrderStep.NO_SHOW
