"""Customers: whom the shop knows by name. One verb a function, each one transaction."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.customer import Customer, clean_customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.services.ports import AuditEntry, Till


def add_customer(
    till: Till, name: str, phone: str = "", group: str = "", limit: Rupiah | None = None, due_days: int | None = None, note: str = ""
) -> Customer:
    """Somebody new. Of a phone only the last four digits are kept; limit and days are the shop's own unless told.

    Raises:
        ShopError: CUSTOMER_NAME_EMPTY, AMOUNT_OUT_OF_RANGE, QUANTITY_OUT_OF_RANGE.
    """
    limit = till.rules.credit_limit if limit is None else limit
    due_days = till.rules.credit_days if due_days is None else due_days
    customer = clean_customer(Customer(till.ids.new(), name, phone, group, limit, due_days, note, True, till.clock.now()))
    _keep(till, customer, "customer_added")
    return customer


def change_customer(till: Till, customer: Customer) -> Customer:
    """The same customer with other facts; what they owe is not touched. Raises as `add_customer` does, and CUSTOMER_NOT_FOUND."""
    if till.store.read.customer(customer.uid) is None:
        raise ShopError(ErrorCode.CUSTOMER_NOT_FOUND)
    changed = clean_customer(customer)
    _keep(till, changed, "customer_changed")
    return changed


def hide_customer(till: Till, customer_uid: str, hidden: bool = True) -> Customer:
    """Off the list, or on it again; nothing of them is deleted. Raises ShopError CUSTOMER_NOT_FOUND."""
    customer = till.store.read.customer(customer_uid)
    if customer is None:
        raise ShopError(ErrorCode.CUSTOMER_NOT_FOUND)
    changed = replace(customer, active=not hidden)
    _keep(till, changed, "customer_hidden" if hidden else "customer_shown")
    return changed


def _keep(till: Till, customer: Customer, action: str) -> None:
    with till.store.begin() as work:
        work.put_customer(customer)
        # the log tells who changed whom, never a name
        work.audit([AuditEntry(till.clock.now(), till.store.read.shop().cashier, action, customer.uid, f'{{"limit": {customer.limit}}}')])
        work.commit()
