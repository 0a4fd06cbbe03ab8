"""PINs, on a real store: kept as argon2id, not to be guessed in a shop's lifetime, also by who cuts the power or sets the clock."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Role
from pos.services import people, permission
from pos.services.pins import verify
from tests.helpers.shops import SteppingClock, open_market, open_till
from tests.helpers.staff import OWNER_PIN, actions, code_of, staffed


def test_a_pin_is_kept_as_argon2id_and_nowhere_else(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        kept = till.store.read.pin_hash(owner.uid)
        assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert verify(kept, OWNER_PIN)
        assert not verify(kept, "2581")
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        cells = [
            str(cell)
            for table in ("person", "audit", "setting", "outbox", "shop")
            for row in raw.execute(f"SELECT * FROM {table}")
            for cell in row
        ]
    assert OWNER_PIN not in cells
    assert not any(f'"{OWNER_PIN}"' in cell or f" {OWNER_PIN}" in cell for cell in cells)


@pytest.mark.parametrize("pin", ["", "abcd", "25 80", "-2580", "2580\n", "٢٥٨٠", "😀", "2" * 300, "2580'; DROP TABLE person"])
def test_what_is_no_pin_opens_nothing(tmp_path: Path, pin: str) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        with pytest.raises(ShopError) as refused:
            people.sign_in(till, owner.uid, pin)
        assert code_of(refused) is ErrorCode.PIN_WRONG


def test_a_pin_is_not_guessed_in_a_shops_lifetime(tmp_path: Path) -> None:
    """Ten thousand PINs of four digits, tried as fast as the till lets one: after a whole year of nights the right one is not reached."""
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        clock = till.clock
        assert isinstance(clock, SteppingClock)
        clock.step_ms = 0
        began, tries = clock.at, 0
        while clock.at - began < 24 * 3_600_000:
            with pytest.raises(ShopError) as refused:
                people.sign_in(till, owner.uid, f"{tries % 10_000:04d}")
            if refused.value.code is ErrorCode.PIN_WAIT:
                seconds = refused.value.fields["seconds"]
                assert isinstance(seconds, int)
                clock.pass_ms(seconds * 1_000)
            else:
                assert code_of(refused) is ErrorCode.PIN_WRONG
                tries += 1
        assert tries <= 110, "so many a day: ten thousand take three months of days and nights, and each stands in the log"
        assert actions(till).count("pin_wrong") == tries


def test_a_wait_outlives_a_restart_and_a_clock_that_is_set(tmp_path: Path) -> None:
    clock = SteppingClock(step_ms=0)
    uptime = 5_000_000
    with open_till(tmp_path, clock) as till:
        owner = people.add_first_owner(till, "Bu Sari", OWNER_PIN)
        clock.monotonic = lambda: uptime / 1_000  # type: ignore[method-assign]
        for _ in range(5):
            try:
                people.sign_in(till, owner.uid, "1111")
            except ShopError:
                uptime += 30_000
        uptime -= 30_000
        wait = till.store.read.pin_tries(owner.uid).wait_ms(uptime)
        assert wait > 0
    for days in (-30, 30, 3_000):
        clock.at += days * 86_400_000
        with open_till(tmp_path, clock) as till, pytest.raises(ShopError) as refused:
            people.sign_in(till, owner.uid, OWNER_PIN)
        assert code_of(refused) is ErrorCode.PIN_WAIT, "no clock that is set shortens it"
    # the machine starts anew: its uptime begins at nought, and only what has passed since then counts
    uptime = 10_000
    with open_till(tmp_path, clock) as till, pytest.raises(ShopError) as refused:
        people.sign_in(till, owner.uid, OWNER_PIN)
    assert code_of(refused) is ErrorCode.PIN_WAIT
    uptime = 3_600_000
    with open_till(tmp_path, clock) as till:
        assert people.sign_in(till, owner.uid, OWNER_PIN) == owner


def test_a_till_that_is_killed_between_two_tries_has_counted_the_first(tmp_path: Path) -> None:
    class Killed(BaseException):
        """The power goes while a PIN is being checked."""

    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        with pytest.MonkeyPatch.context() as patch:

            def dies(_kept: str, _pin: str) -> bool:
                raise Killed

            patch.setattr("pos.services.pins.verify", dies)
            for failures in (1, 2, 3):
                with pytest.raises(Killed):
                    people.sign_in(till, owner.uid, OWNER_PIN)
                assert till.store.read.pin_tries(owner.uid).failures == failures
        with pytest.raises(ShopError) as refused:
            people.sign_in(till, owner.uid, OWNER_PIN)
        assert code_of(refused) is ErrorCode.PIN_WAIT


def test_the_right_pin_forgets_the_wrong_ones(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        for pin in ("1111", "2222"):
            with pytest.raises(ShopError):
                people.sign_in(till, owner.uid, pin)
        people.sign_in(till, owner.uid, OWNER_PIN)
        assert till.store.read.pin_tries(owner.uid).failures == 0


def test_one_cashiers_slips_do_not_stop_another(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, cashier = staffed(till)
        for _ in range(4):
            with pytest.raises(ShopError):
                people.sign_in(till, cashier.uid, "8642")
        assert people.sign_in(till, owner.uid, OWNER_PIN) == owner
        approval = permission.approve(till, Act.VOID, OWNER_PIN)
        assert approval.name == "Bu Sari"


def test_a_pin_alone_finds_whose_it_is_and_counts_for_nobody_else(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        other = people.add_user(till, "Pak Budi", Role.OWNER, "9753", permission.approve(till, Act.USERS, OWNER_PIN))
        assert permission.approve(till, Act.VOID, "9753").user_uid == other.uid
        assert till.store.read.pin_tries(owner.uid).failures == 0
        with pytest.raises(ShopError):
            permission.approve(till, Act.VOID, "4680")
        assert [till.store.read.pin_tries(uid).failures for uid in (owner.uid, other.uid)] == [1, 1]
