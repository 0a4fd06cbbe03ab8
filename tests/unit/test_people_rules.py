"""Roles, PINs and names, and how long a wrong PIN costs. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import CASHIER_MAY, GRANTABLE, LONGEST_NAME, Act, Role, Tries, check_pin, clean_name, may_do

MONEY = {Act.VOID, Act.REFUND, Act.CASH_OUT, Act.CREDIT_OVER, Act.PRICE_CHANGE, Act.DISCOUNT}


def test_an_owner_may_everything_and_an_officer_touches_no_money() -> None:
    assert all(may_do(Role.OWNER, act) for act in Act)
    assert not any(may_do(Role.OFFICER, act) for act in MONEY)
    assert may_do(Role.OFFICER, Act.USERS), "a lost owner's PIN has a way on"
    assert not any(may_do(Role.CASHIER, act) for act in MONEY)


def test_what_an_owner_grants_a_cashier_may_but_never_make_owners() -> None:
    assert may_do(Role.CASHIER, Act.VOID, {*CASHIER_MAY, Act.VOID})
    assert Act.USERS not in GRANTABLE


@pytest.mark.parametrize("pin", ["2580", "13579", "80808080"])
def test_a_pin_of_four_to_eight_digits_is_one(pin: str) -> None:
    assert check_pin(pin) == pin


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 4", "-258", "2580\n", "1" * 30, "😀😀😀😀", "٢٥٨٠"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(ShopError) as refused:
        check_pin(pin)
    assert refused.value.code is ErrorCode.PIN_SHAPE


@pytest.mark.parametrize("pin", ["0000", "1111", "1234", "4567", "9876", "67890", "3210"])
def test_a_pin_that_anybody_tries_first_is_refused(pin: str) -> None:
    with pytest.raises(ShopError) as refused:
        check_pin(pin)
    assert refused.value.code is ErrorCode.PIN_EASY


def test_a_name_stands_on_one_line_and_is_not_longer_than_a_struk_carries() -> None:
    assert clean_name("  Bu \n Sari\t ") == "Bu Sari"
    assert len(clean_name("Sri " * 75)) <= LONGEST_NAME
    for typed in ("", "   ", "\n\t", "😀", "---"):
        with pytest.raises(ShopError) as refused:
            clean_name(typed)
        assert refused.value.code is ErrorCode.USER_NAME_EMPTY


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_any_text_is_a_name_or_refused(typed: str) -> None:
    try:
        name = clean_name(typed)
    except ShopError:
        return
    assert 0 < len(name) <= LONGEST_NAME
    assert name == name.strip()
    assert "\n" not in name


def test_the_third_wrong_pin_costs_and_each_further_one_more() -> None:
    waits = [Tries(failures, 1_000).wait_ms(1_000) for failures in range(12)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:] == sorted(waits[3:])
    assert waits[3] == 15_000
    assert max(waits) == 900_000


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(0, 20), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_wait_is_never_shorter_than_the_time_that_has_surely_passed(failures: int, failed_at: int, uptime: int) -> None:
    """The machine's uptime starts anew with a restart: then at least its whole uptime has passed, and perhaps more."""
    tries = Tries(failures, failed_at)
    whole = Tries(failures, 0).wait_ms(0)
    passed = uptime - failed_at if uptime >= failed_at else uptime
    assert tries.wait_ms(uptime) == max(0, whole - passed)
