"""Paying a total with any tenders: what adds up, what is rounded, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, RoundingDirection
from pos.domain.qris_request import QRIS_CAP
from pos.domain.sale import CashRounding, Tender, TenderState
from pos.domain.tendering import Leftover, Part, Settled, mask_reference, moved, settle, still_due

EXACT = CashRounding()
HUNDREDS = CashRounding(100)
CASH, QRIS, TRANSFER, CREDIT, TITIPAN = Tender.CASH, Tender.QRIS, Tender.TRANSFER, Tender.CREDIT, Tender.TITIPAN


def amounts(settled: Settled) -> list[tuple[Tender, int]]:
    return [(payment.tender, payment.amount) for payment in settled.payments]


def test_change_is_given_only_in_cash() -> None:
    settled = settle(87_350, [Part(QRIS, 50_000, TenderState.PAID, "q"), Part(CASH, 40_000)], EXACT)
    assert amounts(settled) == [(QRIS, 50_000), (CASH, 37_350)]
    assert [payment.change for payment in settled.payments] == [0, 2_650]
    with pytest.raises(ShopError) as refused:
        settle(87_350, [Part(TRANSFER, 90_000)], EXACT)
    assert refused.value.code is ErrorCode.TENDER_TOO_MUCH


def test_only_the_cash_part_is_rounded_and_that_is_told_before() -> None:
    assert still_due(12_345, [], HUNDREDS) == 12_300
    assert still_due(12_345, [], HUNDREDS, cash=False) == 12_345, "QRIS is asked for to the rupiah"
    split = [Part(QRIS, 10_000, TenderState.PAID, "q")]
    assert still_due(12_345, split, HUNDREDS) == 2_300
    settled = settle(12_345, [*split, Part(CASH, 2_300)], HUNDREDS)
    assert (settled.rounding, settled.change) == (-45, 0)
    assert settle(12_345, [Part(TRANSFER, 12_345)], HUNDREDS).rounding == 0


def test_tenders_stand_in_the_order_they_were_given() -> None:
    parts = [Part(CASH, 10_000), Part(CREDIT, 5_000), Part(CASH, 20_000), Part(TITIPAN, 500, reference="x" * 32)]
    assert amounts(settle(35_500, parts, EXACT)) == [(CASH, 30_000), (CREDIT, 5_000), (TITIPAN, 500)]


def test_too_little_money_says_how_much_is_missing() -> None:
    with pytest.raises(ShopError) as refused:
        settle(10_000, [Part(CASH, 4_000), Part(TRANSFER, 1_000)], EXACT)
    assert (refused.value.code, refused.value.fields["missing"]) == (ErrorCode.TOO_LITTLE_MONEY, 5_000)
    with pytest.raises(ShopError) as refused:
        settle(10_000, [], EXACT)
    assert refused.value.code is ErrorCode.TOO_LITTLE_MONEY


def test_cash_beside_tenders_that_pay_everything_is_refused_not_swallowed() -> None:
    with pytest.raises(ShopError) as refused:
        settle(10_000, [Part(TRANSFER, 10_000), Part(CASH, 2_000)], EXACT)
    assert refused.value.code is ErrorCode.TENDER_TOO_MUCH


def test_a_tender_of_nothing_or_less_is_none() -> None:
    for part in (Part(TRANSFER, 0), Part(CREDIT, -5), Part(CASH, -1)):
        with pytest.raises(ShopError) as refused:
            settle(10_000, [part, Part(CASH, 20_000)], EXACT)
        assert refused.value.code is ErrorCode.TENDER_EMPTY


def test_goods_that_cost_nothing_are_paid_with_nothing() -> None:
    assert amounts(settle(0, [Part(CASH, 0)], HUNDREDS)) == [(CASH, 0)]


def test_one_qris_payment_is_ten_million_at_most() -> None:
    assert settle(QRIS_CAP, [Part(QRIS, QRIS_CAP, TenderState.PAID, "q")], EXACT).rounding == 0
    with pytest.raises(ShopError) as refused:
        settle(QRIS_CAP + 1, [Part(QRIS, QRIS_CAP + 1, TenderState.PAID, "q")], EXACT)
    assert refused.value.code is ErrorCode.QRIS_OVER_CAP


def test_a_total_that_no_receipt_can_show_is_refused_in_words() -> None:
    for total, received in ((MAX_AMOUNT + 1, MAX_AMOUNT + 1), (5, MAX_AMOUNT + 1), (10**30, 10**30)):
        with pytest.raises(ShopError) as refused:
            settle(total, [Part(CASH, received)], EXACT)
        assert refused.value.code is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert settle(MAX_AMOUNT, [Part(CASH, MAX_AMOUNT)], EXACT).change == 0


def test_coins_that_are_missing_become_titipan_or_are_rounded_away() -> None:
    kept = settle(19_700, [Part(CASH, 20_000)], EXACT, Leftover(titipan=300, holder="c" * 32))
    assert amounts(kept) == [(CASH, 20_000), (TITIPAN, -300)]
    assert (kept.change, kept.rounding) == (0, 0)
    rounded = settle(19_700, [Part(CASH, 20_000)], EXACT, Leftover(rounded=200))
    assert (amounts(rounded), rounded.change, rounded.rounding) == ([(CASH, 19_500)], 500, -200)
    for wrong in (Leftover(titipan=301), Leftover(titipan=-1), Leftover(rounded=1_000), Leftover(rounded=-100)):
        with pytest.raises(ShopError):
            settle(19_700, [Part(CASH, 20_000)], EXACT, wrong)


def test_the_drawer_knows_which_notes_came_and_went() -> None:
    tapped = Part(CASH, 200_000, notes=((100_000, 2),))
    assert settle(162_500, [tapped], EXACT).payments[0].notes == (
        (100_000, 2),
        (20_000, -1),
        (10_000, -1),
        (5_000, -1),
        (2_000, -1),
        (500, -1),
    )
    proposed = Leftover(notes=((10_000, 3), (5_000, 1), (2_000, 1), (500, 1)))
    assert settle(162_500, [tapped], EXACT, proposed).payments[0].notes[1] == (10_000, -3)
    assert moved({20_000: 1}, 0) == ((20_000, 1),)


def test_of_a_reference_no_account_number_is_kept() -> None:
    assert mask_reference("BCA 1234567890 a.n. Sari\n12345") == "BCA *7890 a.n. Sari 12345"
    assert "81234567890" not in mask_reference("081234567890")
    assert len(mask_reference("x" * 500)) == 40
    assert mask_reference("\u202e\x00😀 ok").isprintable()


TENDERS = st.lists(st.tuples(st.sampled_from((QRIS, TRANSFER, CREDIT, TITIPAN)), st.integers(1, 3_000_000)), max_size=4)
RULES = st.builds(CashRounding, st.sampled_from((0, 100, 200, 500, 1_000)), st.sampled_from(RoundingDirection))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.integers(1, 8_000_000), TENDERS, st.integers(0, 2_000_000), RULES, st.integers(0, 999), st.booleans())
def test_however_a_total_is_paid_it_adds_up_to_the_rupiah(
    total: int, others: list[tuple[Tender, int]], over: int, rule: CashRounding, coins: int, kept: bool
) -> None:
    assume(sum(amount for _, amount in others) < total)
    parts = [Part(tender, amount, TenderState.PAID, "r") for tender, amount in others]
    due = still_due(total, parts, rule)
    parts.insert(len(parts) // 2, Part(CASH, due + over))
    leftover = Leftover(titipan=min(coins, over)) if kept else Leftover(rounded=min(coins, due))
    settled = settle(total, parts, rule, leftover)
    assert sum(payment.amount for payment in settled.payments) == total + settled.rounding
    for payment in settled.payments:
        assert payment.change == 0 or payment.tender is CASH
        if payment.tender is CASH:
            assert payment.received - payment.change == payment.amount
            held = sum(note * count for note, count in payment.notes)
            assert abs(held - payment.amount) < 100, "notes are what came and went, but for what no coin makes"
    assert abs(settled.rounding) < max(1, rule.step) + 1_000
