"""Who works here, on a real store: roles that are asked where they count, and a log of all of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.cash_movement import CashReason
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import MOST_USERS, Act, Approval, Role
from pos.services import drawer, people, permission
from pos.services.people_views import AuditSearch, AuditWord
from tests.helpers.shops import open_market, open_till, sell
from tests.helpers.staff import CASHIER_PIN, OWNER_PIN, actions, code_of, staffed

INDOMIE = "089686010947"


# --- roles ------------------------------------------------------------------------------------------------------------


def test_one_person_without_a_pin_may_everything(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        assert all(permission.may_now(till, act) for act in Act)
        people.add_user(till, "Agus", Role.CASHIER)
        assert all(permission.may_now(till, act) for act in Act), "a list of names without a PIN guards nothing"


def test_a_cashier_is_stopped_until_the_owner_stands_for_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        staffed(till)
        with pytest.raises(ShopError) as refused:
            drawer.move_cash(till, -50_000, CashReason.SHOPPING)
        assert code_of(refused) is ErrorCode.NEEDS_ROLE
        assert refused.value.fields == {"act": "cash_out", "role": "owner"}
        approval = permission.approve(till, Act.CASH_OUT, OWNER_PIN)
        moved = drawer.move_cash(till, -50_000, CashReason.SHOPPING, approval=approval)
        assert moved.cashier == "Sri", "who took it out"
        row = next(row for row in till.store.read.audit(AuditSearch(), 0, 50) if row.action == "cash_movement")
        assert row.actor == "Bu Sari", "who allowed it"
        assert actions(till)[:2] == ["cash_movement", "approved"]


def test_an_approval_is_for_one_act_and_for_a_moment(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        approval = permission.approve(till, Act.VOID, OWNER_PIN)
        assert permission.may(till, Act.VOID, approval) == "Bu Sari"
        with pytest.raises(ShopError):
            permission.may(till, Act.REFUND, approval)
        for ms in (10 * 60_000, -20 * 60_000):
            till.clock.pass_ms(ms)  # type: ignore[attr-defined]
            with pytest.raises(ShopError):
                permission.may(till, Act.VOID, approval)
        with pytest.raises(ShopError):
            permission.may(till, Act.VOID, Approval(Act.VOID, "somebody", "Palsu", till.clock.now()))
        assert owner.has_pin


def test_an_approval_of_somebody_who_is_gone_counts_no_more(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, cashier = staffed(till)
        second = permission.approve(till, Act.USERS, OWNER_PIN)
        other = people.add_user(till, "Pak Budi", Role.OWNER, "9753", second)
        approval = permission.approve(till, Act.VOID, "9753", other.uid)
        people.change_user(till, replace(other, active=False), permission.approve(till, Act.USERS, OWNER_PIN, owner.uid))
        with pytest.raises(ShopError):
            permission.may(till, Act.VOID, approval)
        assert cashier.name == till.store.read.signed().name


def test_what_an_owner_grants_needs_no_pin_any_more(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        staffed(till)
        with pytest.raises(ShopError):
            people.set_cashier_may(till, {Act.CASH_OUT})
        people.set_cashier_may(till, {Act.CASH_OUT, Act.USERS}, permission.approve(till, Act.USERS, OWNER_PIN))
        assert permission.may(till, Act.CASH_OUT) == "Sri"
        with pytest.raises(ShopError):
            permission.may(till, Act.USERS)
        with pytest.raises(ShopError) as refused:
            permission.may(till, Act.SEE_DRAWER)
        assert code_of(refused) is ErrorCode.NEEDS_ROLE, "what is not granted any more is asked for"


# --- who works here -----------------------------------------------------------------------------------------------------


def test_another_cashier_signs_in_and_the_basket_stays(tmp_path: Path) -> None:
    from pos.services.selling import scan

    with open_market(tmp_path) as till:
        owner, cashier = staffed(till)
        scan(till, INDOMIE)
        people.sign_in(till, owner.uid, OWNER_PIN)
        assert [line.name for line in till.store.read.basket().lines] == ["Mi goreng"]
        sale = sell(till, INDOMIE)
        assert sale.cashier == "Bu Sari"
        people.sign_in(till, cashier.uid, CASHIER_PIN)
        assert sell(till, INDOMIE).cashier == "Sri"
        report = drawer.x_report(till)
        assert report.cashiers[-2:] == ("Bu Sari", "Sri")


def test_there_is_always_an_owner_where_pins_count(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with pytest.raises(ShopError) as refused:
            people.add_user(till, "Sri", Role.CASHIER, CASHIER_PIN)
        assert code_of(refused) is ErrorCode.LAST_OWNER, "the first PIN is the owner's"
        owner = people.add_first_owner(till, "Bu Sari", OWNER_PIN)
        people.add_user(till, "Sri", Role.CASHIER, CASHIER_PIN)
        for changed in (replace(owner, role=Role.CASHIER), replace(owner, active=False)):
            with pytest.raises(ShopError) as refused:
                people.change_user(till, changed)
            assert code_of(refused) is ErrorCode.LAST_OWNER
        with pytest.raises(ShopError) as refused:
            people.set_pin(till, owner.uid, "")
        assert code_of(refused) is ErrorCode.LAST_OWNER
        assert till.store.read.signed().role is Role.OWNER


def test_two_people_are_never_called_alike(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        people.add_user(till, "Sri", Role.CASHIER)
        with pytest.raises(ShopError) as refused:
            people.add_user(till, " sri ", Role.OWNER)
        assert code_of(refused) is ErrorCode.USER_NAME_TAKEN


def test_a_name_of_three_hundred_letters_is_cut_and_the_list_has_an_end(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        first = people.add_user(till, "S" * 300, Role.CASHIER)
        assert len(first.name) == 60
        for number in range(MOST_USERS - 1):
            people.add_user(till, f"Orang {number}", Role.CASHIER)
        with pytest.raises(ShopError) as refused:
            people.add_user(till, "Satu lagi", Role.CASHIER)
        assert code_of(refused) is ErrorCode.USER_TOO_MANY


def test_a_lost_owners_pin_has_a_way_on_through_the_officer(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        officer = people.add_user(till, "Petugas", Role.OFFICER, "8024", permission.approve(till, Act.USERS, OWNER_PIN))
        people.sign_in(till, officer.uid, "8024")
        people.set_pin(till, owner.uid, "7412")
        people.sign_in(till, owner.uid, "7412")
        people.sign_in(till, officer.uid, "8024")
        with pytest.raises(ShopError) as refused:
            drawer.move_cash(till, -1_000, CashReason.OWNER)
        assert code_of(refused) is ErrorCode.NEEDS_ROLE


def test_a_lost_owners_pin_has_a_way_on_from_outside_and_the_log_tells(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, _ = staffed(till)
        assert people.reset_owner_pin(till, "7412").uid == owner.uid
        assert people.sign_in(till, owner.uid, "7412") == owner
        row = next(row for row in till.store.read.audit(AuditSearch(), 0, 50) if row.action == "pin_reset")
        assert (row.actor, row.about) == (people.OUTSIDE, "Bu Sari")
        assert till.store.read.check() == []


def test_ones_own_pin_is_changed_with_the_old_one(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        _, cashier = staffed(till)
        with pytest.raises(ShopError):
            people.change_own_pin(till, cashier.uid, "9999", "4680")
        people.change_own_pin(till, cashier.uid, CASHIER_PIN, "4680")
        assert people.sign_in(till, cashier.uid, "4680") == cashier


def test_who_left_the_shop_keeps_their_name_on_what_they_did(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        owner, cashier = staffed(till)
        sale = sell(till, INDOMIE)
        people.change_user(till, replace(cashier, active=False), permission.approve(till, Act.USERS, OWNER_PIN))
        assert [user.uid for user in till.store.read.users()] == [owner.uid]
        assert [user.name for user in till.store.read.users(gone=True)] == ["Bu Sari", "Sri"]
        assert till.store.read.signed().user_uid == "", "and is not at the counter any more"
        stored = till.store.read.sale(sale.uid)
        assert stored is not None
        assert stored.cashier == "Sri"
        with pytest.raises(ShopError):
            people.sign_in(till, cashier.uid, CASHIER_PIN)


# --- the log ---------------------------------------------------------------------------------------------------------------


def test_the_log_is_searched_by_who_what_and_when(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        staffed(till)
        sale = sell(till, INDOMIE)
        began = till.clock.now()
        drawer.move_cash(till, -50_000, CashReason.SHOPPING, approval=permission.approve(till, Act.CASH_OUT, OWNER_PIN))
        read = till.store.read

        def found(**asked: object) -> list[str]:
            return [row.action for row in read.audit(AuditSearch(**asked), 0, 50)]  # type: ignore[arg-type]

        assert "sale" not in found()
        assert "sale" in found(sales=True)
        assert found(since=began) == ["cash_movement", "approved"]
        assert found(until=began, actor="Bu Sari")[0] == "user_added"
        assert found(words=(AuditWord("50.000"),)) == ["cash_movement"], "an amount as it is written"
        assert found(words=(AuditWord("Sri"), AuditWord("user"))) == ["user_added"]
        assert found(words=(AuditWord("masuk", ("signed_in",)),)) == ["signed_in", "signed_in"]
        assert found(words=(AuditWord("100%_"),)) == []
        assert found(words=(AuditWord(sale.number),), sales=True) == ["sale"]
        assert set(read.audit_names()) >= {"Bu Sari", "Sri"}
        assert read.audit_head()[0] == len(read.audit(AuditSearch(sales=True), 0, 1_000))


# --- the check ---------------------------------------------------------------------------------------------------------------

TAMPERED = {
    "a cashier made owner": ("UPDATE person SET role = 'owner' WHERE name = 'Sri'", {"people"}),
    "another's PIN": ("UPDATE person SET pin = (SELECT pin FROM person WHERE name = 'Sri') WHERE name = 'Bu Sari'", {"people"}),
    "a name": ("UPDATE person SET name = 'Orang lain' WHERE name = 'Sri'", {"people"}),
    "somebody taken out": ("DELETE FROM person WHERE name = 'Sri'", {"people"}),
    "somebody slipped in": ("INSERT INTO person (uid, name, role, created_at) VALUES ('x', 'Palsu', 'owner', 1)", {"people"}),
    "a closing's count": ("UPDATE cash_session_close SET counted = counted + 500", {"z_reports"}),
    "a report's count": ("UPDATE z_report SET counted = counted + 500", {"z_reports"}),
    "a report's body": ("UPDATE z_report SET body = replace(body, '\"counted\":150000', '\"counted\":150500')", {"z_reports"}),
    "a line of a report": ("UPDATE z_report SET body = replace(body, '\"amount\":-50000', '\"amount\":-45000')", {"z_reports"}),
    "a report that is no report": ("UPDATE z_report SET body = '{}'", {"z_reports"}),
    "a number": ("UPDATE z_report SET number = 7", {"z_reports"}),
    "a report taken out": ("DELETE FROM z_report", {"z_reports"}),
    "cash taken out unseen": ("UPDATE cash_movement SET amount = -60000 WHERE amount = -50000", {"drawer_sums", "z_reports"}),
    "a reason": ("UPDATE cash_movement SET reason = 'owner' WHERE reason = 'shopping'", {"z_reports"}),
    "a movement taken out": ("DELETE FROM cash_movement WHERE amount = -50000", {"drawer_sums", "z_reports"}),
    "who allowed it": ("UPDATE audit SET actor = 'Sri' WHERE action = 'approved'", {"audit_chain"}),
    "a wrong PIN forgotten": ("DELETE FROM audit WHERE action = 'pin_wrong'", {"audit_chain"}),
    "a chain made anew from there": ("UPDATE audit SET hash = prev_hash WHERE action = 'approved'", {"audit_chain"}),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_hand_at_the_file_is_found(tmp_path: Path, what: str) -> None:
    with open_market(tmp_path) as till:
        staffed(till)
        with pytest.raises(ShopError):
            permission.approve(till, Act.CASH_OUT, "1111")
        drawer.move_cash(till, -50_000, CashReason.SHOPPING, approval=permission.approve(till, Act.CASH_OUT, OWNER_PIN))
        drawer.close_session(till, 150_000)
        assert till.store.read.check() == []
    script, expected = TAMPERED[what]
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        assert raw.execute(script).rowcount > 0
        for _, sql in guards:
            raw.execute(sql)
    with open_till(tmp_path) as till:
        assert expected <= set(till.store.read.check())


@pytest.mark.parametrize("table", ["audit", "cash_movement", "drawer_count", "z_report"])
def test_the_program_itself_cannot_change_what_was_written(tmp_path: Path, table: str) -> None:
    with open_market(tmp_path) as till:
        drawer.move_cash(till, 5_000, CashReason.IN)
        drawer.give_count(till, 5_000, ((5_000, 1),))
        drawer.close_session(till, 5_000)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        for statement in (f"UPDATE {table} SET at = 1", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(statement)


def test_settings_that_matter_ask_for_the_owner_and_are_in_the_log(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        staffed(till)
        with pytest.raises(ShopError) as refused:
            permission.change_settings(till, ["rounding_step"])
        assert code_of(refused) is ErrorCode.NEEDS_ROLE
        permission.change_settings(till, ["rounding_step"], permission.approve(till, Act.SETTINGS, OWNER_PIN))
        row = till.store.read.audit(AuditSearch(), 0, 1)[0]
        assert (row.action, row.actor, json.loads(row.details)) == ("settings_changed", "Bu Sari", {"fields": "rounding_step"})
