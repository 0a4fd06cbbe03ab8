"""Money as it is counted on the counter and in the drawer."""

from __future__ import annotations

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.drawer.count import MOST, CashCount
from pos.ui.payment.tendered import Tendered, exactly


def test_two_notes_of_a_hundred_thousand_are_two_hundred_thousand() -> None:
    tendered = Tendered().note(100_000).note(100_000)
    assert tendered.amount == 200_000
    assert tendered.count_of(100_000) == 2


def test_a_note_on_top_of_a_typed_amount_adds_up() -> None:
    assert Tendered().digits("5").digits("0").digits("000").note(2_000).amount == 52_000


def test_a_digit_after_notes_starts_anew() -> None:
    assert Tendered().note(100_000).digits("7").amount == 7


def test_backspace_takes_the_last_note_back_and_then_the_last_digit() -> None:
    tendered = Tendered().digits("50").note(2_000)
    assert tendered.back().amount == 50
    assert tendered.back().back().amount == 5
    assert tendered.back().back().back().back().amount == 0


def test_zeros_in_front_are_nothing() -> None:
    assert Tendered().digits("000").digits("0").typed == ""
    assert exactly(0).typed == ""
    assert exactly(165_000).digits("0").amount == 1_650_000


def test_an_absurd_amount_is_refused_and_the_former_stays() -> None:
    tendered = Tendered().digits("999999999999")
    with pytest.raises(ShopError) as refused:
        tendered.digits("9")
    assert refused.value.code is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert tendered.amount == 999_999_999_999


def test_a_drawer_is_counted_by_note_and_coin() -> None:
    count = CashCount().with_pieces(50_000, 2).with_pieces(2_000, 5).with_pieces(500, 3)
    assert count.total == 111_500
    assert count.with_pieces(50_000, 1).total == 61_500


def test_a_total_said_at_once_stands_for_all_until_someone_counts_again() -> None:
    count = CashCount().with_pieces(50_000, 2).with_total(75_000)
    assert count.total == 75_000
    assert not count.by_pieces
    assert count.with_total(None).total == 100_000
    assert count.with_pieces(50_000, 3).total == 150_000


def test_pieces_stay_between_nothing_and_a_sane_number() -> None:
    assert CashCount().with_pieces(1_000, -3).total == 0
    assert CashCount().with_pieces(1_000, 1_000_000).pieces[1_000] == MOST
    with pytest.raises(ValueError, match="7"):
        CashCount().with_pieces(7, 1)
