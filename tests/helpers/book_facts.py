"""Books of suppliers and of cash, as any shop could have them, for papers that must set them all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from pos.domain.cash_book import AccountReason, CashBook, CashKind, CashRow, ExpenseCategory, make_days
from pos.domain.cash_movement import CashReason
from pos.domain.money import MAX_AMOUNT
from pos.domain.supplier import Supplier, SupplierBook, SupplierEntry, SupplierKind, make_book
from pos.services.supplier_views import ConsignedGoods
from tests.helpers.papers import AT, names

_DAY = 86_400_000
_AMOUNTS = st.integers(1, 5_000_000) | st.sampled_from([1, 999_999_999, MAX_AMOUNT])
_SIGNED = st.builds(lambda amount, out: -amount if out else amount, _AMOUNTS, st.booleans())


def supplier_books() -> st.SearchStrategy[SupplierBook]:
    entries = st.builds(
        SupplierEntry,
        st.just("e1" * 16),
        st.just("b1" * 16),
        st.sampled_from(SupplierKind),
        st.integers(AT - 200 * _DAY, AT),
        _SIGNED,
        names(),
        st.sampled_from([0, AT - 100 * _DAY, AT + _DAY]),
        note=st.sampled_from(["", "lewat sopir"]),
    )
    who = st.builds(Supplier, st.just("b1" * 16), names(), st.sampled_from(["", "7890"]))
    return st.builds(lambda supplier, found: make_book(supplier, found, AT), who, st.lists(entries, max_size=12))


def consigned_goods() -> st.SearchStrategy[ConsignedGoods]:
    counts = st.integers(-(10**6), 10**9)
    return st.builds(ConsignedGoods, st.just("a1" * 16), names(), st.sampled_from(["pcs", "gram", "ml"]), counts, counts, _SIGNED)


def cash_books() -> st.SearchStrategy[CashBook]:
    first, last = date(2026, 11, 21), date(2026, 11, 23)
    labels = st.sampled_from([reason.value for reason in CashReason])
    accounts = st.sampled_from([reason.value for reason in AccountReason])
    days = st.dates(first, last)
    categories = st.sampled_from(["", *(category.value for category in ExpenseCategory)])

    def rows(label: st.SearchStrategy[str], kinds: st.SearchStrategy[CashKind]) -> st.SearchStrategy[list[CashRow]]:
        row = st.builds(CashRow, days, st.just(AT), kinds, _SIGNED, label, categories, st.sampled_from(["", "token"]), names())
        return st.lists(row, max_size=8)

    spent = st.lists(st.tuples(st.sampled_from(ExpenseCategory), _AMOUNTS), max_size=3).map(tuple)
    of_drawer = rows(labels, st.sampled_from(CashKind))
    of_account = rows(accounts, st.just(CashKind.MOVED))
    return st.one_of(
        st.builds(lambda found, said: CashBook("", make_days(found, 0, first, last), said), of_drawer, spent),
        st.builds(lambda name, found, said: CashBook(name, make_days(found, 5, first, last), said), names(), of_account, spent),
    )
