"""QRIS on a real store: who turns a code to money, what comes late, and whose sticker hangs on the counter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode
from pos.domain.people import Act
from pos.domain.qris_request import LateMoney, QrisSource
from pos.domain.sale import Tender, TenderState
from pos.domain.tendering import Part
from pos.services import checkout, qris
from pos.services.people import set_cashier_may
from pos.services.ports import Rules, Till
from pos.services.selling import hold_basket, recall_basket
from tests.helpers.paying import (
    KOPI,
    MI,
    NMID,
    SABUN,
    basket_of,
    expected,
    known_customer,
    owner_says,
    refusal,
    sell_for,
    sell_on_credit,
    shown,
    sticker,
    told,
    told_operations,
    with_guards,
)
from tests.helpers.shops import open_market, sell

CASH, QRIS, TRANSFER, CREDIT, TITIPAN = Tender.CASH, Tender.QRIS, Tender.TRANSFER, Tender.CREDIT, Tender.TITIPAN
DAY = 86_400_000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as open_shop:
        yield open_shop
        assert open_shop.store.read.check() == []


def test_only_the_servers_word_or_a_name_turns_a_qr_to_money(till: Till) -> None:
    basket = basket_of(till, MI)
    request = shown(till, 3_500, basket)
    part = [Part(QRIS, 3_500, TenderState.PAID, request.uid)]
    assert refusal(lambda: checkout.pay(till, basket, part)) is ErrorCode.QRIS_NOT_PAID, "what the screen says of it does not count"
    assert refusal(lambda: checkout.pay(till, basket, [Part(QRIS, 3_500, TenderState.PAID, "y" * 32)])) is ErrorCode.QRIS_NOT_PAID
    assert told(till, request)
    assert not told(till, request), "twice is once"
    sale = checkout.pay(till, basket, part)
    assert sale.payments[0].state is TenderState.PAID
    other = basket_of(till, MI)
    assert refusal(lambda: checkout.pay(till, other, part)) is ErrorCode.QRIS_NOT_PAID, "one QR pays one sale"


def test_a_confirmation_by_hand_has_a_name_and_is_surer_once_the_server_says_so(till: Till) -> None:
    with_guards(till)
    basket = basket_of(till, MI)
    request = shown(till, 3_500, basket)
    confirmed = qris.confirm_by_hand(till, request.uid)
    assert (confirmed.state, confirmed.by) == (TenderState.CONFIRMED_BY_HAND, "Bu Sari")
    sale = checkout.pay(till, basket, [Part(QRIS, 3_500, reference=request.uid)])
    assert sale.payments[0].state is TenderState.CONFIRMED_BY_HAND
    told(till, request)
    again = till.store.read.sale(sale.uid)
    assert again is not None
    assert again.payments[0].state is TenderState.PAID
    assert till.store.read.late_money_count() == 0


def test_where_cashiers_may_not_confirm_the_owner_is_asked(till: Till) -> None:
    with_guards(till)
    set_cashier_may(till, [], owner_says(till, Act.USERS))
    request = shown(till, 3_500, basket_of(till, MI))
    assert refusal(lambda: qris.confirm_by_hand(till, request.uid)) is ErrorCode.NEEDS_ROLE
    confirmed = qris.confirm_by_hand(till, request.uid, owner_says(till, Act.CONFIRM_QRIS))
    assert confirmed.by == "Pak Joyo"


def test_a_basket_is_put_aside_while_its_qr_waits_and_found_again_paid(till: Till) -> None:
    basket = basket_of(till, MI)
    request = shown(till, 3_500, basket)
    hold_basket(till, "Mas Eko")
    sell(till, KOPI)
    told(till, request)
    back = recall_basket(till, basket.uid)
    assert [(item.uid, item.state) for item in till.store.read.qris_of_basket(back.uid)] == [(request.uid, TenderState.PAID)]
    checkout.pay(till, back, [Part(QRIS, 3_500, reference=request.uid)])
    assert till.store.read.qris_of_basket(back.uid) == []


def test_money_that_comes_after_its_time_waits_for_somebody(till: Till) -> None:
    request = shown(till, 3_500, basket_of(till, MI))
    till.clock.pass_ms(400_000)  # type: ignore[attr-defined]
    assert qris.expire(till) == 1
    assert qris.expire(till) == 0
    sell_for(till, Part(CASH, 7_000), codes=(MI,))
    told(till, request, TenderState.PAID)
    late = till.store.read.late_money()
    assert [(item.uid, item.state) for item in late] == [(request.uid, TenderState.PAID_LATE)]
    assert till.store.read.late_money_count() == 1
    before = expected(till)
    qris.give_back(till, request.uid, CASH)
    assert expected(till) == before - 3_500
    assert till.store.read.late_money_count() == 0
    assert till.store.read.late_money()[0].late is LateMoney.RETURNED_CASH
    assert refusal(lambda: qris.give_back(till, request.uid, TRANSFER)) is ErrorCode.QRIS_GONE


def test_late_money_settles_a_nota_that_was_confirmed_by_hand_or_a_debt(till: Till) -> None:
    customer = known_customer(till)
    basket = basket_of(till, MI)
    by_hand = qris.by_sticker(till, basket.uid, 3_500)
    qris.confirm_by_hand(till, by_hand.uid)
    seen = checkout.pay(till, basket, [Part(QRIS, 3_500, reference=by_hand.uid)])
    owed = sell_on_credit(till, customer, SABUN)
    late, more, odd = shown(till, 3_500), shown(till, 4_000), shown(till, 9_999)
    for request in (late, more, odd):
        told(till, request, TenderState.PAID_LATE)
    assert [sale.uid for sale in qris.matches(till, late)] == [owed.uid, seen.uid]
    qris.use_for_sale(till, late.uid, seen.uid)
    settled = till.store.read.sale(seen.uid)
    assert settled is not None
    assert settled.payments[0].state is TenderState.PAID_LATE
    qris.use_for_sale(till, more.uid, owed.uid)
    assert till.store.read.credit_balance(customer.uid) == 0
    assert refusal(lambda: qris.use_for_sale(till, odd.uid, seen.uid)) is ErrorCode.LATE_MONEY_NO_MATCH
    kinds = [kind for kind, _ in told_operations(till)]
    assert kinds[-2:] == ["tender_settled@1", "credit@1"]


def test_who_pays_another_amount_than_was_asked_has_not_paid_the_nota(till: Till) -> None:
    basket = basket_of(till, MI)
    request = shown(till, 3_500, basket)
    told(till, request, amount=3_000)
    assert refusal(lambda: checkout.pay(till, basket, [Part(QRIS, 3_500, reference=request.uid)])) is ErrorCode.QRIS_NOT_PAID
    sale = checkout.pay(till, basket, [Part(QRIS, 3_000, reference=request.uid), Part(CASH, 500)])
    assert sale.total == 3_500


def test_the_till_makes_codes_of_its_own_only_where_that_is_switched_on(till: Till) -> None:
    basket = basket_of(till, MI)
    assert refusal(lambda: qris.make_own(till, basket.uid, 3_500)) is ErrorCode.QRIS_NOT_SET
    rules = Rules(qris_static=sticker(), qris_own=True)
    own = qris.make_own(replace(till, rules=rules), basket.uid, 3_500)
    assert (own.source, own.nmid, own.merchant) == (QrisSource.OWN, NMID, "Toko Uji Sinar")
    assert "5404" + "3500" in own.payload
    assert refusal(lambda: qris.make_own(replace(till, rules=rules), basket.uid, 10_000_001)) is ErrorCode.QRIS_OVER_CAP
    broken = replace(till, rules=replace(rules, qris_static=sticker()[:-1] + "!"))
    assert refusal(lambda: qris.make_own(broken, basket.uid, 3_500)) is ErrorCode.QRIS_NOT_SET


def test_a_sticker_that_was_pasted_over_is_told_from_the_shops_own(till: Till) -> None:
    own = replace(till, rules=Rules(qris_static=sticker()))
    assert qris.check_sticker(own, sticker()).ours
    pasted = qris.check_sticker(own, sticker("ID1099000000666", "Toko Uji Sinar"))
    assert (pasted.ours, pasted.nmid) == (False, "ID1099000000666")
    assert refusal(lambda: qris.check_sticker(own, "8991002105485")) is ErrorCode.QRIS_UNREADABLE
    assert refusal(lambda: qris.check_sticker(till, sticker())) is ErrorCode.QRIS_NOT_SET
