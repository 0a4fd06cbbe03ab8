"""Suppliers, what they are owed, and money outside the drawer, as protocols. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Sequence

    from pos.domain.cash_book import Account, AccountEntry
    from pos.domain.money import Rupiah
    from pos.domain.supplier import Supplier, SupplierEntry
    from pos.services.supplier_views import AccountRow, CashFact, ConsignedGoods, SupplierFilter, SupplierRow


class SupplierQueries(Protocol):
    """Whom the shop buys from, and what it owes."""

    def suppliers(self, text: str = "", which: SupplierFilter | None = None) -> list[SupplierRow]:
        """By parts of the name or the phone's last four digits; all that are shown unless `which` says otherwise. Those that are owed
        first, the nearest date before the others, then by name."""
        ...

    def supplier(self, supplier_uid: str) -> Supplier | None: ...

    def supplier_balance(self, supplier_uid: str) -> Rupiah:
        """What the supplier is owed; negative when the supplier owes."""
        ...

    def owed_to_suppliers(self) -> Rupiah:
        """What all suppliers together are owed."""
        ...

    def supplier_entries(self, supplier_uid: str) -> list[SupplierEntry]:
        """In the order they happened, balances filled in."""
        ...

    def supplier_entries_of(self, source: str) -> list[SupplierEntry]:
        """What was booked of one receipt or sale, in the order it happened; without balances."""
        ...

    def consigned_goods(self, supplier_uid: str) -> list[ConsignedGoods]:
        """Goods that a supplier left here, with what was sold of them since they were last paid; those that sold first."""
        ...

    def cash_drawers(self, until: int) -> list[tuple[str, int, Rupiah, Rupiah, int | None, Rupiah | None]]:
        """Every drawer opened before UTC ms `until`, in order: (uid, opened at, float, expected, closed at, counted)."""
        ...

    def cash_facts(self, session_uids: Sequence[str], cutoff: int = 0) -> list[CashFact]:
        """What went through some drawers: sales and debts paid back as sums of a drawer and business day (that begins `cutoff` minutes
        after midnight), movements one by one."""
        ...

    def account_entries(self, account_uid: str, since: int, until: int) -> list[AccountEntry]:
        """Of UTC ms `since` to before `until`, in the order they happened."""
        ...

    def account_balance(self, account_uid: str, until: int) -> Rupiah:
        """What was in an account before UTC ms `until`."""
        ...

    def expenses(self, since: int, until: int) -> list[tuple[str, Rupiah]]:
        """(category, rupiah spent) out of drawers and accounts, from UTC ms `since` to before `until`."""
        ...

    def supplier_names(self, entry_uids: Sequence[str]) -> dict[str, str]:
        """Uid of an entry -> name of the supplier that it is of."""
        ...

    def accounts(self, gone: bool = False) -> list[AccountRow]:
        """Where money lies beside the drawer, and how much; in the order they were made."""
        ...


class SupplierWork(Protocol):
    """Suppliers: what verbs write."""

    def put_supplier(self, supplier: Supplier) -> None: ...

    def add_supplier_entries(self, entries: Sequence[SupplierEntry]) -> None:
        """Book entries that no sale makes."""
        ...

    def supplier_owed(self, supplier_uid: str) -> Rupiah:
        """As `supplier_balance`, within this unit of work."""
        ...

    def put_account(self, account: Account) -> None: ...

    def add_account_entries(self, entries: Sequence[AccountEntry]) -> None: ...
