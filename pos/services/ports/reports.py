"""The books' sums, as protocols. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from pos.domain.money import Rupiah
from pos.services.report_views import HourTakings, OnlineTakings, ProductTakings, StockWorth, Takings, TakingsBy, TenderTakings


class ReportWork(Protocol):
    """The kept sums of sold days. Derived of facts: they can be dropped and filled anew."""

    def roll_up(self, cutoff: int | None = None, most: int = 500) -> int:
        """Put further sales into the sums of their days; `cutoff`: minutes after midnight at which a day begins, None as before.
        Returns how many sales are still to come."""
        ...

    def forget_sums(self) -> None: ...


class ReportQueries(Protocol):
    """What was sold on business days `first` to `last` (days since 1 January 1970, both counted), kept sums and fresh sales together."""

    def report_hours(self, first: int, last: int, cutoff: int) -> list[HourTakings]:
        """By day, hour and cashier, in that order."""
        ...

    def report_takings(self, first: int, last: int, cutoff: int, by: TakingsBy) -> list[tuple[int | str, Takings]]:
        """(day, hour or cashier; their takings), in their order: the same sums as `report_hours`, in as few rows as are asked for."""
        ...

    def report_products(self, first: int, last: int, cutoff: int) -> list[ProductTakings]:
        """The highest amount first."""
        ...

    def report_tenders(self, first: int, last: int, cutoff: int) -> list[TenderTakings]:
        """The highest amount first."""
        ...

    def report_behind(self, cutoff: int) -> int:
        """How many sales are not in the kept sums yet."""
        ...

    def stock_worth(self) -> StockWorth: ...

    def cost_variance(self, start: int, end: int) -> Rupiah:
        """Rupiah by which goods that were sold before they were booked in cost more than was taken for them then; what came out from UTC ms
        `start` to before `end`."""

    def online_takings(self, start: int, end: int) -> OnlineTakings:
        """Orders handed over from UTC ms `start` to before `end`."""
        ...
