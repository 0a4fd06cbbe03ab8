"""Suppliers: whom the shop buys from, what it owes them, and what it pays. One verb a function, each one transaction.

What belongs to a story of its own (goods that come in) is booked within that story's transaction: `owe`, `correct_owed`, `pay_within`.
Goods on consignment are owed by the sale itself: the store books that (`supplier.SupplierKind.SOLD`).
"""

from __future__ import annotations

import json
from dataclasses import replace

from pos.domain.cash_book import AccountEntry, AccountReason
from pos.domain.cash_movement import CashReason
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.people import Act, Approval
from pos.domain.supplier import Supplier, SupplierBook, SupplierEntry, SupplierKind, clean_note, clean_supplier, due_at, make_book
from pos.services.drawer import move_within
from pos.services.permission import may
from pos.services.ports import AuditEntry, Till, UnitOfWork


def add_supplier(till: Till, name: str, phone: str = "", terms_days: int = 0, note: str = "", consignment: bool = False) -> Supplier:
    """Somebody new. Of a phone only the last four digits are kept.

    Raises:
        ShopError: SUPPLIER_NAME_EMPTY, QUANTITY_OUT_OF_RANGE.
    """
    supplier = clean_supplier(Supplier(till.ids.new(), name, phone, note, terms_days, consignment, True, till.clock.now()))
    _keep(till, supplier, "supplier_added")
    return supplier


def change_supplier(till: Till, supplier: Supplier) -> Supplier:
    """The same supplier with other facts; what is owed is not touched. Raises as `add_supplier` does, and SUPPLIER_NOT_FOUND."""
    _supplier(till, supplier.uid)
    changed = clean_supplier(supplier)
    _keep(till, changed, "supplier_changed")
    return changed


def hide_supplier(till: Till, supplier_uid: str, hidden: bool = True) -> Supplier:
    """Off the list, or on it again; nothing of them is deleted. Raises ShopError SUPPLIER_NOT_FOUND."""
    changed = replace(_supplier(till, supplier_uid), active=not hidden)
    _keep(till, changed, "supplier_hidden" if hidden else "supplier_shown")
    return changed


def book(till: Till, supplier_uid: str) -> SupplierBook:
    """What a supplier is owed now, entry by entry. Raises ShopError SUPPLIER_NOT_FOUND."""
    return make_book(_supplier(till, supplier_uid), till.store.read.supplier_entries(supplier_uid), till.clock.now())


def owe(
    till: Till,
    work: UnitOfWork,
    supplier_uid: str,
    receipt_uid: str,
    amount: Rupiah,
    due: int | None = None,
    number: str = "",
) -> SupplierEntry:
    """A goods receipt is owed: within the transaction that books the receipt.

    Args:
        amount: rupiah, the whole receipt; what is paid on the spot is a payment beside it (`pay_within`).
        due: UTC ms, 0 = no date; None takes the days agreed with the supplier.
        number: the supplier's invoice number.

    Raises:
        ShopError: SUPPLIER_NOT_FOUND, AMOUNT_OUT_OF_RANGE.
    """
    supplier = _supplier(till, supplier_uid)
    _check_amount(amount)
    now = till.clock.now()
    due = due_at(supplier, now) if due is None else due
    return _book(till, work, _entry(till, supplier_uid, SupplierKind.RECEIPT, now, amount, number=number, due_at=due, source=receipt_uid))


def correct_owed(
    till: Till, work: UnitOfWork, supplier_uid: str, receipt_uid: str, change: Rupiah, number: str = "", note: str = ""
) -> SupplierEntry:
    """A posted receipt comes to more (positive) or less than was booked: a new fact, within the transaction that corrects the receipt.

    Raises:
        ShopError: SUPPLIER_NOT_FOUND, AMOUNT_OUT_OF_RANGE.
    """
    _supplier(till, supplier_uid)
    _check_amount(abs(change))
    now, kept = till.clock.now(), clean_note(note)
    # more is to be paid when the rest of it is
    booked = till.store.read.supplier_entries_of(receipt_uid) if change > 0 else []
    due = max((entry.due_at for entry in booked), default=0)
    kind = SupplierKind.CORRECTION
    entry = _entry(till, supplier_uid, kind, now, change, number=number, due_at=due, source=receipt_uid, note=kept)
    return _book(till, work, entry)


def adjust(
    till: Till,
    supplier_uid: str,
    change: Rupiah,
    note: str,
    opening: bool = False,
    approval: Approval | None = None,
    due: int | None = None,
) -> SupplierEntry:
    """What is owed is put right by hand: brought over from paper (`opening`), let off, agreed anew.

    Args:
        change: rupiah owed more (positive) or less.
        due: UTC ms until which more is to be paid; None takes the days agreed.

    Raises:
        ShopError: SUPPLIER_NOT_FOUND, AMOUNT_OUT_OF_RANGE; REASON_NEEDED without a note (but for an opening); NEEDS_ROLE (CASH_OUT).
    """
    supplier = _supplier(till, supplier_uid)
    _check_amount(abs(change))
    kept = clean_note(note)
    if not kept and not opening:
        raise ShopError(ErrorCode.REASON_NEEDED)
    actor, now = may(till, Act.CASH_OUT, approval), till.clock.now()
    due = (due_at(supplier, now) if due is None else due) if change > 0 else 0
    kind = SupplierKind.OPENING if opening else SupplierKind.CORRECTION
    with till.store.begin() as work:
        booked = _book(till, work, _entry(till, supplier_uid, kind, now, change, due_at=due, note=kept), actor)
        work.commit()
    return booked


def pay(
    till: Till,
    supplier_uid: str,
    amount: Rupiah,
    from_drawer: bool,
    account_uid: str = "",
    note: str = "",
    approval: Approval | None = None,
) -> SupplierEntry:
    """A supplier is paid. Out of the drawer it is a cash movement of the open session too, in the same transaction.

    Args:
        amount: rupiah, no more than is owed.
        from_drawer: out of the drawer; else out of an account (`account_uid`), or of money that no book of the shop has.

    Returns:
        The entry, with what is owed after it.

    Raises:
        ShopError: SUPPLIER_NOT_FOUND, AMOUNT_OUT_OF_RANGE, SUPPLIER_PAID_TOO_MUCH with `owed`, NEEDS_ROLE (CASH_OUT); from the drawer
            NO_CASH_SESSION, CASH_SHORT; ACCOUNT_NOT_FOUND.
    """
    actor = may(till, Act.CASH_OUT, approval)
    with till.store.begin() as work:
        entry = pay_within(till, work, supplier_uid, amount, from_drawer, account_uid, note, actor)
        work.commit()
    return entry


def pay_within(
    till: Till,
    work: UnitOfWork,
    supplier_uid: str,
    amount: Rupiah,
    from_drawer: bool,
    account_uid: str = "",
    note: str = "",
    actor: str = "",
) -> SupplierEntry:
    """As `pay`, within the caller's transaction; who may do it was asked before (`actor`: their name)."""
    _supplier(till, supplier_uid)
    _check_amount(amount)
    owed = work.supplier_owed(supplier_uid)
    if amount > owed:
        raise ShopError(ErrorCode.SUPPLIER_PAID_TOO_MUCH, owed=max(0, owed))
    kept, now = clean_note(note), till.clock.now()
    entry = _entry(till, supplier_uid, SupplierKind.PAID, now, -amount, account_uid=account_uid, note=kept)
    if from_drawer:
        # a supplier's name may be a person's: it stands in the supplier's book, the drawer's fact says only what for
        moved = move_within(till, work, -amount, CashReason.SUPPLIER, kept, actor)
        entry = replace(entry, uid=moved.uid, account_uid="", session_uid=moved.session_uid)
    elif account_uid:
        _pay_from_account(till, work, entry)
    return replace(_book(till, work, entry, actor), balance=owed - amount)


def _pay_from_account(till: Till, work: UnitOfWork, entry: SupplierEntry) -> None:
    if all(row.account.uid != entry.account_uid for row in till.store.read.accounts()):
        raise ShopError(ErrorCode.ACCOUNT_NOT_FOUND)
    paid = AccountEntry(
        till.ids.new(),
        entry.account_uid,
        entry.at,
        entry.amount,
        AccountReason.SUPPLIER,
        note=entry.note,
        cashier=entry.cashier,
        source=entry.uid,
    )
    work.add_account_entries([paid])


def _entry(till: Till, supplier_uid: str, kind: SupplierKind, at: int, amount: Rupiah, **fields: str | int) -> SupplierEntry:
    made = SupplierEntry(till.ids.new(), supplier_uid, kind, at, amount, cashier=till.store.read.shop().cashier)
    return replace(made, **fields)  # type: ignore[arg-type]  # names are those of SupplierEntry, checked where it is called


def _book(till: Till, work: UnitOfWork, entry: SupplierEntry, actor: str = "") -> SupplierEntry:
    work.add_supplier_entries([entry])
    details = json.dumps({"amount": entry.amount, "kind": entry.kind.value, "entry": entry.uid})
    work.audit([AuditEntry(entry.at, actor or entry.cashier, "supplier_entry", entry.supplier_uid, details)])
    return replace(entry, balance=work.supplier_owed(entry.supplier_uid))


def _keep(till: Till, supplier: Supplier, action: str) -> None:
    with till.store.begin() as work:
        work.put_supplier(supplier)
        # the log tells who changed whom, never a name
        details = json.dumps({"terms": supplier.terms_days, "consignment": supplier.consignment})
        work.audit([AuditEntry(till.clock.now(), till.store.read.shop().cashier, action, supplier.uid, details)])
        work.commit()


def _supplier(till: Till, supplier_uid: str) -> Supplier:
    supplier = till.store.read.supplier(supplier_uid)
    if supplier is None:
        raise ShopError(ErrorCode.SUPPLIER_NOT_FOUND)
    return supplier


def _check_amount(amount: Rupiah) -> None:
    if not 0 < amount <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
