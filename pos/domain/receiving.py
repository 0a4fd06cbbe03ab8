"""Goods that come in (*kulakan*): lines as they are checked, their share of discount and transport, the price a margin asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah, line_amount
from pos.domain.quantity import MAX_QUANTITY

LONGEST_PAPER: Final = 40
"""Characters of the number on a supplier's paper."""
ALL: Final = -1
"""Paid whole, whatever it comes to."""
AGREED: Final = -1
"""Due by the days that were agreed with the supplier."""
MOST_MARGIN: Final = 100_000
"""Hundredths of a percent on top of the cost: ten times the cost, and an end to slips of the finger."""


class PaidFrom(StrEnum):
    """Where the money for a delivery came from."""

    DRAWER = "drawer"
    OUTSIDE = "outside"
    """The owner's pocket, a transfer: no money of the drawer."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """Goods of a delivery.

    Attributes:
        quantity: base units.
        amount: rupiah of the whole line on the supplier's paper, before discount and transport; None while nobody typed it.
        unit_cost: rupiah for one unit, where it was typed so: the amount follows the quantity then.
        expires_on: day it keeps until, in days since 1970; 0 is not said.
        cost: rupiah with its share of discount and transport; of a posted line.
    """

    position: int
    product_uid: str
    unit_uid: str
    name: str
    unit_name: str
    factor: int
    quantity: int
    amount: Rupiah | None = None
    unit_cost: Rupiah | None = None
    expires_on: int = 0
    cost: Rupiah = 0


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """All of a delivery but its lines.

    Attributes:
        supplier_uid: empty when it was bought on a market: it is paid whole then.
        paper: number on the supplier's own paper.
        discount, transport: rupiah that are spread over the lines.
        paid: rupiah paid on the spot, or `ALL`; the rest is owed.
        due_at: UTC ms, 0 = no date, or `AGREED`.
    """

    supplier_uid: str = ""
    paper: str = ""
    discount: Rupiah = 0
    transport: Rupiah = 0
    paid: Rupiah = ALL
    paid_from: PaidFrom = PaidFrom.DRAWER
    due_at: int = AGREED

    def paid_of(self, total: Rupiah) -> Rupiah:
        """Rupiah paid of what it comes to."""
        return total if self.paid == ALL or not self.supplier_uid else min(self.paid, total)


@dataclass(frozen=True, slots=True)
class ReceiptDraft:
    """A delivery that is being checked; on disk with every change.

    Attributes:
        corrects: uid of the posted receipt that it puts right; empty for a new one.
        lines, goods, unpriced: how many there are, rupiah of their amounts, and how many have none yet.
    """

    uid: str
    head: ReceiptHead
    started_at: int
    cashier: str = ""
    corrects: str = ""
    lines: int = 0
    goods: Rupiah = 0
    unpriced: int = 0

    @property
    def total(self) -> Rupiah:
        """Rupiah that the supplier gets."""
        return self.goods - self.head.discount + self.head.transport


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery as it was booked, or what a later correction changed of one: a fact.

    Attributes:
        number: what the shop calls it (`BM-A1-12`).
        corrects: uid of the receipt that it changes; its lines, amounts and money are differences then.
        total: rupiah. paid: rupiah of it that were paid on the spot.
    """

    uid: str
    number: str
    at: int
    cashier: str
    head: ReceiptHead
    total: Rupiah
    paid: Rupiah
    lines: tuple[ReceiptLine, ...]
    corrects: str = ""


def clean_paper(typed: str) -> str:
    """The number on a supplier's paper, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())[:LONGEST_PAPER].strip()


def with_quantity(line: ReceiptLine, quantity: int) -> ReceiptLine:
    """Another quantity; an amount by unit follows it. Raises ShopError QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE."""
    if not 0 < quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(quantity))
    changed = replace(line, quantity=quantity)
    return changed if line.unit_cost is None else with_unit_cost(changed, line.unit_cost)


def with_unit_cost(line: ReceiptLine, unit_cost: Rupiah) -> ReceiptLine:
    """So many rupiah for one unit. Raises ShopError AMOUNT_OUT_OF_RANGE."""
    amount = line_amount(unit_cost, line.quantity, line.factor)
    _check(unit_cost, amount)
    return replace(line, unit_cost=unit_cost, amount=amount)


def with_amount(line: ReceiptLine, amount: Rupiah) -> ReceiptLine:
    """So many rupiah for all of it. Raises ShopError AMOUNT_OUT_OF_RANGE."""
    _check(amount)
    return replace(line, unit_cost=None, amount=amount)


def check_head(head: ReceiptHead) -> ReceiptHead:
    """The head as it may be kept. Raises ShopError AMOUNT_OUT_OF_RANGE."""
    _check(head.discount, head.transport, max(0, head.paid))
    return replace(head, paper=clean_paper(head.paper))


def spread(total: Rupiah, weights: Sequence[int]) -> list[Rupiah]:
    """Share `total` >= 0 by weights to the rupiah: each gets its part rounded down, and what is left goes where most was cut off (the
    first of equals). Weights that are all 0 count alike. The shares are exactly `total`."""
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    shares = [total * weight // whole for weight in weights]
    left = total - sum(shares)
    cut = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in cut[:left]:
        shares[place] += 1
    return shares


def landed(lines: Sequence[ReceiptLine], head: ReceiptHead) -> tuple[ReceiptLine, ...]:
    """Lines with what they really cost: discount and transport shared by their amounts, to the rupiah.

    Raises:
        ShopError: RECEIPT_EMPTY; RECEIPT_COST_MISSING (`name`); RECEIPT_DISCOUNT when more is taken off than the goods cost;
            AMOUNT_OUT_OF_RANGE.
    """
    if not lines:
        raise ShopError(ErrorCode.RECEIPT_EMPTY)
    amounts = []
    for line in lines:
        if line.amount is None:
            raise ShopError(ErrorCode.RECEIPT_COST_MISSING, name=line.name[:40])
        amounts.append(line.amount)
    if head.discount > sum(amounts):
        raise ShopError(ErrorCode.RECEIPT_DISCOUNT)
    total = sum(amounts) - head.discount + head.transport
    _check(total)
    return tuple(replace(line, cost=share) for line, share in zip(lines, spread(total, amounts), strict=True))


def difference(before: Sequence[ReceiptLine], after: Sequence[ReceiptLine]) -> tuple[ReceiptLine, ...]:
    """What a correction changes, line by line of product, unit and date; what stays the same is left out.

    Lines of both have their `cost`; those of the difference are signed.
    """
    was, now = _by_key(before), _by_key(after)
    out: list[ReceiptLine] = []
    for key in {**was, **now}:
        old, new = was.get(key), now.get(key)
        like = new or old
        assert like is not None
        changed = tuple((getattr(new, name) or 0 if new else 0) - (getattr(old, name) or 0 if old else 0) for name in _SUMS)
        if any(changed):
            quantity, amount, cost = changed
            out.append(replace(like, position=len(out), quantity=quantity, amount=amount, cost=cost, unit_cost=None))
    return tuple(out)


def suggested_price(cost: Rupiah, margin: int, step: Rupiah) -> Rupiah:
    """The selling price that a margin asks for, up to the shop's step.

    Args:
        cost: rupiah of one unit. margin: hundredths of a percent on top of it. step: rupiah, 0 or 1 is none.
    """
    exact = -(-cost * (10_000 + margin) // 10_000)
    return -(-exact // step) * step if step > 1 else exact


_SUMS: Final = ("quantity", "amount", "cost")


def _by_key(lines: Sequence[ReceiptLine]) -> Mapping[tuple[str, str, int], ReceiptLine]:
    """Lines of the same product, unit and date as one."""
    found: dict[tuple[str, str, int], ReceiptLine] = {}
    for line in lines:
        key = (line.product_uid, line.unit_uid, line.expires_on)
        same = found.get(key)
        if same is None:
            found[key] = line
        else:
            amount = (same.amount or 0) + (line.amount or 0)
            found[key] = replace(same, quantity=same.quantity + line.quantity, amount=amount, cost=same.cost + line.cost)
    return {key: line for key, line in found.items() if line.quantity or line.amount or line.cost}


def merged(lines: Sequence[ReceiptLine]) -> tuple[ReceiptLine, ...]:
    """A receipt and all that corrected it, as the lines it comes to now."""
    return tuple(replace(line, position=place) for place, line in enumerate(_by_key(lines).values()))


def _check(*amounts: Rupiah) -> None:
    for amount in amounts:
        if not 0 <= amount <= MAX_AMOUNT:
            raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
