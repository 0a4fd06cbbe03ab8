"""Handing an order over at the board: by its QR, by its short code, by a finger; and what is refused, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.services.preferences import one_printer
from pos.ui.orders.card import OrderCard
from pos.ui.orders.dialogs import CodeDialog
from pos.ui.orders.handing import HandedOver
from pos.ui.orders.screen import OrdersScreen
from tests.helpers.order_desk import board_of, dialog_of, held, make_ready, sent, told
from tests.helpers.orders import SEAL, UID, Seal, arrive, order
from tests.helpers.stage import Stage, button_of, stage, words_of


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, printers=one_printer("tcp://127.0.0.1:9")) as made:
        yield made


@pytest.fixture
def board(shop: Stage, qtbot: QtBot) -> OrdersScreen:
    return board_of(shop, qtbot)


def test_a_scanned_code_hands_over_without_the_line(shop: Stage, board: OrdersScreen) -> None:
    code = make_ready(shop, board)
    assert board.scanned(code)
    assert held(shop).handed_over_at is not None
    assert sent(shop) == ["order_picked_up"]
    assert shop.sounds == ["accepted"]
    shown = HandedOver.shown()
    assert len(shown) == 1
    assert "#4821" in words_of(shown[0])
    assert any(word.startswith("Sudah diserahkan") for word in words_of(board))


def test_the_confirmation_goes_when_the_next_customer_is_served(shop: Stage, board: OrdersScreen) -> None:
    board.scanned(make_ready(shop, board))
    shop.context.changed.emit(Changed(basket=True))
    assert HandedOver.shown() == []


def test_a_forged_code_hands_nothing_over(shop: Stage, board: OrdersScreen) -> None:
    make_ready(shop, board)
    assert board.scanned(Seal(8).code(UID))
    assert held(shop).handed_over_at is None
    assert sent(shop) == []
    assert shop.sounds == ["error"]
    assert "Kode ini bukan dari e-Peken" in shop.told[0][1]


def test_a_used_code_is_refused(shop: Stage, board: OrdersScreen) -> None:
    code = make_ready(shop, board)
    board.scanned(code)
    first = held(shop).handed_over_at
    assert board.scanned(code)
    assert held(shop).handed_over_at == first
    assert sent(shop) == ["order_picked_up"]
    assert "Kode sudah dipakai" in shop.told[-1][1]
    assert HandedOver.shown() == []


def test_a_code_of_another_shop_is_refused_in_words(shop: Stage, board: OrdersScreen) -> None:
    assert board.scanned(SEAL.code("b2" * 16, "9Z999"))
    assert "Pesanan kode ini tidak ada di sini" in shop.told[0][1]


def test_an_order_that_is_not_ready_is_not_handed_over(shop: Stage, board: OrdersScreen) -> None:
    offered: list[tuple[str, str, str, Callable[[], object]]] = []
    shop.context.offered.connect(lambda *told: offered.append(told))
    told(shop, board, "accepted")
    board.scanned(SEAL.code(UID))
    assert held(shop).handed_over_at is None
    [(title, _, word, do)] = offered
    assert "belum ditandai siap" in title
    assert word == "Serahkan"
    do()
    assert held(shop).handed_over_at is not None, "a person who is sure hands it over"


def test_a_product_that_is_scanned_is_not_the_boards(board: OrdersScreen) -> None:
    assert not board.scanned("8998866200325")


def test_a_short_code_is_typed_in_any_spelling(shop: Stage, board: OrdersScreen, qtbot: QtBot) -> None:
    make_ready(shop, board)
    field = next(field for field in board.findChildren(QLineEdit) if field.accessibleName() == "Kode ambil")
    field.setText("7k-241")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert held(shop).handed_over_at is not None
    assert field.text() == ""


def test_after_five_wrong_codes_one_waits_but_the_qr_still_works(shop: Stage, board: OrdersScreen, qtbot: QtBot) -> None:
    code = make_ready(shop, board)
    field = next(field for field in board.findChildren(QLineEdit) if field.accessibleName() == "Kode ambil")
    for _ in range(5):
        field.setText("9Z999")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setText("7K241")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert held(shop).handed_over_at is None, "even the right one has to wait"
    assert "Tunggu sebentar" in shop.told[-1][1]
    board.scanned(code)
    assert held(shop).handed_over_at is not None


def test_hand_over_asks_for_the_code_of_that_order(shop: Stage, board: OrdersScreen) -> None:
    other = "b2" * 16
    arrive(shop.context.till, order(other, "4822", "ready", buyer="Dewi A.", short_code="8M111"))
    make_ready(shop, board)
    card = next(card for card in board.findChildren(OrderCard) if card.order.uid == UID)
    button_of(card, "Serahkan").click()
    asked = dialog_of(board, CodeDialog)
    assert isinstance(asked, CodeDialog)
    assert asked.scanned(SEAL.code(other, "8M111"))
    assert held(shop, other).handed_over_at is None
    assert "Kode ini untuk pesanan #4822 (Dewi A.). Ambil bungkusan itu." in words_of(asked)
    assert asked.scanned(SEAL.code(UID))
    assert held(shop).handed_over_at is not None
    assert not asked.isVisible()


def test_a_code_can_be_typed_with_a_finger(shop: Stage, board: OrdersScreen) -> None:
    make_ready(shop, board)
    button_of(board, "Serahkan").click()
    asked = dialog_of(board, CodeDialog)
    assert isinstance(asked, CodeDialog)
    for letter in "7K241":
        button_of(asked, letter).click()
    button_of(asked, "Serahkan").click()
    assert held(shop).handed_over_at is not None
