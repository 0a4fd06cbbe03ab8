"""The drawer's day: opened with a float, closed by counting."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Rupiah


@dataclass(frozen=True, slots=True)
class CashSession:
    """An open or closed session. `counted` and `closed_at` are None while it is open.

    Attributes:
        z_number: of its Z report once it is closed; 0 before.
        expected: rupiah that should be in the drawer: float + cash in - cash out - change, a sum of facts.
    """

    uid: str
    cashier: str
    opened_at: int
    float_amount: Rupiah
    expected: Rupiah
    sales: int = 0
    turnover: Rupiah = 0
    closed_at: int | None = None
    counted: Rupiah | None = None
    z_number: int = 0

    @property
    def difference(self) -> Rupiah | None:
        """Counted minus expected: negative is *Kurang*, positive is *Lebih*."""
        return None if self.counted is None else self.counted - self.expected
