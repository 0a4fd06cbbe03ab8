"""How much of a total is paid by now, and by what the rest is going to be: the payment page's state. Frozen; each step gives another.

Owns no rule: what is due and what is rounded is `domain.tendering`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pos.domain.money import Rupiah
from pos.domain.sale import CashRounding, Tender
from pos.domain.tendering import Part, cash_part, handed_over, still_due


@dataclass(frozen=True, slots=True)
class Tenders:
    """The money so far.

    Attributes:
        total: rupiah of the basket, less what goods in exchange pay of it.
        parts: what was recorded already, in the order it came.
        tender: what the rest, or the next part, is paid with.
        split: a person wants to pay in parts: every tender is asked how much.
        asked: rupiah of the next part where that was said; 0 = all that is left.
    """

    total: Rupiah = 0
    rule: CashRounding = field(default_factory=CashRounding)
    parts: tuple[Part, ...] = ()
    tender: Tender = Tender.CASH
    split: bool = False
    asked: Rupiah = 0

    @property
    def rest(self) -> Rupiah:
        """Rupiah that are left to pay, not rounded."""
        return max(0, cash_part(self.total, self.parts) - handed_over(self.parts))

    @property
    def due(self) -> Rupiah:
        """Rupiah that the present tender is asked for: rounded where it is cash, told before it is paid."""
        if self.tender is Tender.CASH:
            return still_due(self.total, self.parts, self.rule)
        return min(self.asked, self.rest) if self.asked else self.rest

    @property
    def is_covered(self) -> bool:
        """Whether the parts pay everything already."""
        cash = any(part.tender is Tender.CASH for part in self.parts)
        return bool(self.parts) and still_due(self.total, self.parts, self.rule, cash) == 0

    @property
    def pays_all(self) -> bool:
        """Whether the present tender, paying what it is asked for, ends it."""
        return self.tender is Tender.CASH or self.due == self.rest

    def by(self, tender: Tender) -> Tenders:
        """Another tender for the rest."""
        return replace(self, tender=tender, asked=0)

    def asking(self, amount: Rupiah) -> Tenders:
        """So much of it by the present tender."""
        return replace(self, asked=amount)

    def with_part(self, part: Part) -> Tenders:
        """A part was paid; the rest is for cash again unless somebody says otherwise."""
        return replace(self, parts=(*self.parts, part), tender=Tender.CASH, asked=0)

    def without(self, place: int) -> Tenders:
        """A recorded part was a mistake."""
        return replace(self, parts=(*self.parts[:place], *self.parts[place + 1 :]), asked=0)

    def of(self, total: Rupiah) -> Tenders:
        """The same for another total: goods came or went while the money lay on the counter."""
        return replace(self, total=total, asked=0)
