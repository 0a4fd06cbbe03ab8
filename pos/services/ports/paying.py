"""Customers, debts, titipan and QRIS, as protocols: what screens read and verbs write of them. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Sequence

    from pos.domain.correction import Exchange
    from pos.domain.credit import CreditEntry
    from pos.domain.customer import Customer
    from pos.domain.money import Rupiah
    from pos.domain.qris_request import IssuedQr, LateMoney, QrisRequest
    from pos.domain.sale import Sale, TenderState
    from pos.services.paying_views import CustomerFilter, CustomerRow, SaleSearch, Titipan
    from pos.services.views import SaleRow


class CustomerQueries(Protocol):
    """Whom the shop knows, and what they owe."""

    def customers(self, text: str, which: CustomerFilter, offset: int, limit: int) -> list[CustomerRow]:
        """By beginnings of words of the name, by group or by the phone's last four digits; those that owe first, then by name."""
        ...

    def customers_total(self, text: str, which: CustomerFilter) -> int: ...

    def customer(self, customer_uid: str) -> Customer | None: ...

    def customer_groups(self) -> list[str]:
        """Every price group that a customer is in."""
        ...

    def credit_owed_in_all(self) -> Rupiah:
        """What all customers together owe."""
        ...

    def credit_balance(self, customer_uid: str) -> Rupiah:
        """What the customer owes; negative when the shop owes."""
        ...

    def credit_entries(self, customer_uid: str) -> list[CreditEntry]:
        """In the order they happened, balances filled in."""
        ...

    def credit_entry(self, entry_uid: str) -> CreditEntry | None:
        """One entry, with the balance that it left."""
        ...

    def titipan_of(self, holder: str) -> Rupiah:
        """What the shop holds for a customer, or of the change of a sale (by its uid)."""
        ...

    def open_titipan(self, text: str, limit: int = 50) -> list[Titipan]:
        """Titipan that is not spent, newest first; by the nota's number or the customer's name."""
        ...


class CorrectionQueries(Protocol):
    """Sales and what answers them."""

    def find_sales(self, search: SaleSearch, offset: int, limit: int) -> list[SaleRow]:
        """Newest first."""
        ...

    def corrections(self, sale_uid: str) -> list[Sale]:
        """Voids and refunds of a sale, oldest first."""
        ...

    def exchange(self, basket_uid: str) -> Exchange | None:
        """Goods that come back when this basket is paid."""
        ...


class QrisQueries(Protocol):
    """QRs that were shown."""

    def qris_request(self, uid: str) -> QrisRequest | None: ...

    def qris_of_basket(self, basket_uid: str) -> list[QrisRequest]:
        """Those of a basket that no sale has yet, newest first."""
        ...

    def qris_waiting(self) -> list[QrisRequest]:
        """Waiting, oldest first."""
        ...

    def late_money(self, limit: int = 100) -> list[QrisRequest]:
        """Money that was told and that no sale has, newest first; then what became of the latest ones."""
        ...

    def late_money_count(self) -> int:
        """How much of it still waits for somebody."""
        ...


class PayingWork(Protocol):
    """Customers, debts, QRIS: what verbs write."""

    def put_customer(self, customer: Customer) -> None: ...

    def add_credit(self, entries: Sequence[CreditEntry]) -> None:
        """Book entries that no sale makes (repayment, opening, write-off)."""
        ...

    def credit_owed(self, customer_uid: str) -> Rupiah:
        """As `credit_balance`, within this unit of work."""
        ...

    def titipan_held(self, holder: str) -> Rupiah:
        """As `titipan_of`, within this unit of work."""
        ...

    def set_exchange(self, basket_uid: str, exchange: Exchange | None) -> None: ...

    def put_qris(self, request: QrisRequest) -> None:
        """Remember a QR before it is shown."""
        ...

    def put_qris_state(self, uid: str, state: TenderState, amount: Rupiah, at: int) -> bool:
        """What the server told of a QR; a QR of another till is nothing. A sale that was confirmed by hand is settled with it.
        True if it changed something that a screen shows."""
        ...

    def expire_qris(self, now: int) -> int:
        """Waiting QRs whose time is over are expired. Returns how many."""
        ...

    def confirm_qris(self, uid: str, by: str, at: int) -> None:
        """A person stands for the money."""
        ...

    def take_qris(self, uid: str, amount: Rupiah) -> TenderState:
        """How sure the money of a QR is that pays a sale now. Raises ShopError QRIS_NOT_PAID unless somebody stands for just this amount
        and no sale has it."""
        ...

    def use_qris(self, uid: str, sale_uid: str) -> None:
        """The QR has paid a sale."""
        ...

    def close_late_money(self, uid: str, late: LateMoney, sale_uid: str, at: int) -> None: ...

    def settle_tender(self, sale_uid: str, position: int, state: TenderState, reference: str, at: int) -> None:
        """A payment of a sale is surer now than when it was sold. A fact of its own."""
        ...


class QrisDesk(Protocol):
    """Where the server issues a QR. Blocking: never on the UI thread."""

    def issue(self, uid: str, amount: Rupiah, reference: str) -> IssuedQr:
        """A dynamic QR for an amount; the same `uid` again gives the same one.

        Raises:
            ShopError: NO_LINE, NOT_PAIRED, CENTRAL_REFUSED, CENTRAL_UNREADABLE ...
        """
        ...
