"""Suppliers on a real store: what is owed, what is paid and out of what, and goods on consignment that are owed when they sell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.cash_book import Account, AccountKind
from pos.domain.cash_movement import CashReason
from pos.domain.correction import ReturnLine
from pos.domain.credit import DAY_MS
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role
from pos.domain.supplier import SupplierKind
from pos.services import correcting, people, suppliers
from pos.services.goods import put_catalogue
from pos.services.ports import Till
from pos.services.supplier_views import SupplierFilter
from tests.helpers.shops import KOPI, MI, SABUN, open_market, open_till, sell

INDOMIE, SACHET = "089686010947", "8991002105485"


def code_of(error: pytest.ExceptionInfo[ShopError]) -> ErrorCode:
    return error.value.code


def receive(till: Till, supplier_uid: str, amount: int, receipt: str = "f" * 32, due: int | None = None) -> None:
    """What the room of goods receipts does within its own transaction."""
    with till.store.begin() as work:
        suppliers.owe(till, work, supplier_uid, receipt, amount, due, "INV-7")
        work.commit()


def whole(till: Till) -> bool:
    return till.store.read.check() == []


def test_of_a_supplier_no_more_is_kept_than_the_counter_needs(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sales = suppliers.add_supplier(till, " Sales\nIndofood ", "0812-3456-7890", 14, "NIK 3578012345678901")
        assert (sales.name, sales.phone4, sales.terms_days) == ("Sales Indofood", "7890", 14)
        assert "3578012345678901" not in sales.note
        with pytest.raises(ShopError) as refused:
            suppliers.add_supplier(till, " - ")
        assert code_of(refused) is ErrorCode.SUPPLIER_NAME_EMPTY
        suppliers.change_supplier(till, replace(sales, terms_days=30))
        suppliers.hide_supplier(till, sales.uid)
        assert till.store.read.suppliers() == []
        assert [row.supplier.terms_days for row in till.store.read.suppliers("indo", SupplierFilter.GONE)] == [30]


def test_what_came_in_on_account_is_owed_until_it_is_paid(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur", terms_days=14)
        receive(till, agen.uid, 500_000)
        receive(till, agen.uid, 250_000, "e" * 32)
        book = suppliers.book(till, agen.uid)
        assert (book.balance, book.overdue, book.ageing[0]) == (750_000, 0, 750_000)
        paid = suppliers.pay(till, agen.uid, 600_000, from_drawer=False)
        assert paid.balance == 150_000
        till.clock.pass_ms(20 * DAY_MS)  # type: ignore[attr-defined]
        book = suppliers.book(till, agen.uid)
        assert [(debt.amount, debt.left) for debt in book.debts] == [(250_000, 150_000)], "the oldest is paid first"
        assert (book.overdue, book.ageing) == (150_000, (0, 150_000, 0, 0, 0))
        row = till.store.read.suppliers(which=SupplierFilter.OWED)[0]
        assert (row.balance, row.due_at) == (150_000, book.debts[0].due_at)
        assert till.store.read.owed_to_suppliers() == 150_000
        assert whole(till)


def test_a_supplier_paid_out_of_the_drawer_is_a_movement_of_the_drawer_too(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur")
        receive(till, agen.uid, 150_000)
        entry = suppliers.pay(till, agen.uid, 120_000, from_drawer=True, note="titip ke sopir")
        session = till.store.read.session()
        assert session is not None
        assert session.expected == 80_000
        moved = till.store.read.cash_movements(session.uid)[-1]
        assert (moved.uid, moved.amount, moved.reason) == (entry.uid, -120_000, CashReason.SUPPLIER)
        assert "Makmur" not in moved.note
        with pytest.raises(ShopError) as short:
            suppliers.pay(till, agen.uid, 30_001, from_drawer=True)
        assert (code_of(short), short.value.fields) == (ErrorCode.SUPPLIER_PAID_TOO_MUCH, {"owed": 30_000})
        receive(till, agen.uid, 500_000, "e" * 32)
        with pytest.raises(ShopError) as empty:
            suppliers.pay(till, agen.uid, 100_000, from_drawer=True)
        assert code_of(empty) is ErrorCode.CASH_SHORT
        assert till.store.read.supplier_balance(agen.uid) == 530_000, "nothing is booked of what could not be paid"
        assert whole(till)


def test_a_supplier_is_paid_from_the_bank_and_the_account_says_so(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur")
        bank = Account(till.ids.new(), "BCA", AccountKind.BANK, created_at=till.clock.now())
        with till.store.begin() as work:
            work.put_account(bank)
            suppliers.owe(till, work, agen.uid, "f" * 32, 400_000)
            work.commit()
        suppliers.pay(till, agen.uid, 400_000, from_drawer=False, account_uid=bank.uid)
        assert [(row.account.name, row.balance) for row in till.store.read.accounts()] == [("BCA", -400_000)]
        receive(till, agen.uid, 1_000, "e" * 32)
        with pytest.raises(ShopError) as unknown:
            suppliers.pay(till, agen.uid, 1_000, from_drawer=False, account_uid="0" * 32)
        assert code_of(unknown) is ErrorCode.ACCOUNT_NOT_FOUND
        assert whole(till)


def test_a_cashier_asks_the_owner_before_a_supplier_is_paid(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur")
        receive(till, agen.uid, 50_000)
        people.add_first_owner(till, "Bu Sari", "2580")
        cashier = people.add_user(till, "Sri", Role.CASHIER, "1357")
        people.sign_in(till, cashier.uid, "1357")
        for from_drawer in (True, False):
            with pytest.raises(ShopError) as refused:
                suppliers.pay(till, agen.uid, 50_000, from_drawer)
            assert code_of(refused) is ErrorCode.NEEDS_ROLE


def test_a_receipt_that_is_corrected_changes_what_is_owed_of_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur", terms_days=7)
        receive(till, agen.uid, 300_000)
        receive(till, agen.uid, 100_000, "e" * 32)
        with till.store.begin() as work:
            suppliers.correct_owed(till, work, agen.uid, "e" * 32, -40_000, note="kurang satu dus")
            suppliers.correct_owed(till, work, agen.uid, "f" * 32, 5_000)
            work.commit()
        book = suppliers.book(till, agen.uid)
        assert book.balance == 365_000
        assert [debt.left for debt in book.debts] == [300_000, 60_000, 5_000], "it goes off its own receipt, not off the oldest"
        assert all(debt.due_at for debt in book.debts)
        with pytest.raises(ShopError) as wordless:
            suppliers.adjust(till, agen.uid, -5_000, "  ")
        assert code_of(wordless) is ErrorCode.REASON_NEEDED
        suppliers.adjust(till, agen.uid, -5_000, "potongan akhir tahun")
        suppliers.adjust(till, agen.uid, 70_000, "", opening=True)
        assert till.store.read.supplier_balance(agen.uid) == 430_000
        assert whole(till)


def test_goods_on_consignment_are_owed_when_they_sell_and_not_before(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        bu_tin = suppliers.add_supplier(till, "Bu Tin kue", consignment=True)
        put_catalogue(till, [(replace(KOPI, consignor_uid=bu_tin.uid, cost_total=1_200, cost_quantity=1), 0)])
        assert till.store.read.product(KOPI.uid).consignor_uid == bu_tin.uid  # type: ignore[union-attr]
        sell(till, SACHET, SACHET, INDOMIE)
        sold = sell(till, SACHET)
        assert till.store.read.supplier_balance(bu_tin.uid) == 3_600
        correcting.void_sale(till, sold.uid, "salah")
        assert till.store.read.supplier_balance(bu_tin.uid) == 2_400, "what came back is not owed"
        row = till.store.read.consigned_goods(bu_tin.uid)[0]
        assert (row.name, row.sold, row.owed, row.on_hand) == ("Kopi susu sachet", 2, 2_400, 298)
        suppliers.pay(till, bu_tin.uid, 2_400, from_drawer=True)
        assert till.store.read.consigned_goods(bu_tin.uid)[0].sold == 0
        kinds = [entry.kind for entry in till.store.read.supplier_entries(bu_tin.uid)]
        assert kinds == [*[SupplierKind.SOLD] * len(kinds[:-1]), SupplierKind.PAID]
        assert whole(till)


def test_a_part_of_a_line_that_comes_back_is_taken_off_in_its_part_and_from_whom_it_was_owed_to(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        first, second = (suppliers.add_supplier(till, name, consignment=True) for name in ("Bu Tin", "Pak Jo"))
        goods = replace(SABUN, consignor_uid=first.uid, cost_total=3_000, cost_quantity=1)
        put_catalogue(till, [(goods, 0)])
        sold = sell(till, "8999999036607", "8999999036607", "8999999036607")
        assert till.store.read.supplier_balance(first.uid) == 9_000
        put_catalogue(till, [(replace(goods, consignor_uid=second.uid), 0)])
        correcting.refund_lines(till, sold.uid, [ReturnLine(0, 1)], "penyok")
        assert till.store.read.supplier_balance(first.uid) == 6_000
        assert till.store.read.supplier_balance(second.uid) == 0
        assert whole(till)


def test_goods_of_a_supplier_that_is_not_there_still_sell(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put_catalogue(till, [(replace(MI, consignor_uid="0" * 32), 0)])
        assert sell(till, INDOMIE).total == 3_500
        assert whole(till)


def test_a_balance_that_was_changed_past_its_facts_is_found(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        agen = suppliers.add_supplier(till, "Agen Makmur")
        receive(till, agen.uid, 150_000)
        suppliers.pay(till, agen.uid, 50_000, from_drawer=True)
    for harm, mend in (
        ("UPDATE supplier_balance SET balance = balance - 1", "UPDATE supplier_balance SET balance = balance + 1"),
        ("UPDATE supplier_balance SET entries = 9", "UPDATE supplier_balance SET entries = 2"),
    ):
        with closing(sqlite3.connect(tmp_path / "shop.db")) as raw, raw:
            raw.execute(harm)
        with open_till(tmp_path) as till:
            assert till.store.read.check() == ["supplier_totals"]
        with closing(sqlite3.connect(tmp_path / "shop.db")) as raw, raw:
            raw.execute(mend)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("DELETE FROM supplier_entry")
