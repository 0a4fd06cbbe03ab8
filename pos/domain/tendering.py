"""How a total is paid: any tenders in any order, and what they come to as payments. Pure.

Cash alone is rounded and gives change. What the others pay is exact; cash takes the rest of the total, by the shop's rule, told before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah, split_notes
from pos.domain.qris_request import QRIS_CAP
from pos.domain.sale import CashRounding, Payment, Tender, TenderState, cash_due

LONGEST_REFERENCE: Final = 40
MOST_GIVEN_AWAY: Final[Rupiah] = 1_000
"""Below this a shortfall of coins may be rounded away: never a note."""


@dataclass(frozen=True, slots=True)
class Part:
    """One tender as it was entered.

    Attributes:
        amount: rupiah; of cash what was handed over.
        state: how sure the money is; a QR that is only shown is no part yet.
        reference: uid of the QR; what a transfer can be found by; whose *titipan* is spent.
        notes: of cash the notes and coins as they were counted: (value, count); empty when the amount was typed.
    """

    tender: Tender
    amount: Rupiah
    state: TenderState = TenderState.PAID
    reference: str = ""
    notes: tuple[tuple[Rupiah, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """How the change is given, and what the cashier chose for the part that the drawer has no coins for.

    Attributes:
        notes: what the till proposed to give: (value, count); empty for the fewest notes.
        titipan: rupiah of the change that are kept for the customer. `holder`: whose it is (customer's uid; else the sale's own).
        rounded: rupiah that the customer pays less, so that the change can be made.
    """

    titipan: Rupiah = 0
    holder: str = ""
    rounded: Rupiah = 0
    notes: tuple[tuple[Rupiah, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A total as paid: sum(payments) == total + rounding."""

    payments: tuple[Payment, ...]
    rounding: Rupiah

    @property
    def change(self) -> Rupiah:
        return sum(payment.change for payment in self.payments)


def cash_part(total: Rupiah, parts: Iterable[Part]) -> Rupiah:
    """What is left of the total for cash after all other tenders, before rounding."""
    return total - sum(part.amount for part in parts if part.tender is not Tender.CASH)


def handed_over(parts: Iterable[Part]) -> Rupiah:
    """Rupiah of cash among the parts."""
    return sum(part.amount for part in parts if part.tender is Tender.CASH)


def still_due(total: Rupiah, parts: Sequence[Part], rule: CashRounding, cash: bool = True) -> Rupiah:
    """What is still to be paid: by cash (rounded), or by another tender (exact). 0 when it is covered."""
    rest, given = cash_part(total, parts), handed_over(parts)
    due = cash_due(rest, rule) if cash else rest
    return max(0, due - given)


def settle(total: Rupiah, parts: Sequence[Part], rule: CashRounding, leftover: Leftover | None = None) -> Settled:
    """The payments of a total, in the order the tenders were entered (cash is one payment, where it came first), and the rounding.

    Raises:
        ShopError: TOO_LITTLE_MONEY with `due` and `missing`; TENDER_TOO_MUCH when tenders without change pay more than the total;
            TENDER_EMPTY for a tender of nothing; AMOUNT_OUT_OF_RANGE; QRIS_OVER_CAP; TITIPAN_TOO_LITTLE when more is kept than there is
            change.
    """
    _check(total, parts)
    leftover = leftover or Leftover()
    rest, given = cash_part(total, parts), handed_over(parts)
    has_cash = any(part.tender is Tender.CASH for part in parts)
    if rest < 0 or (rest == 0 and has_cash and total > 0):
        raise ShopError(ErrorCode.TENDER_TOO_MUCH, amount=given - rest)
    due = cash_due(rest, rule) if has_cash else rest
    due -= _rounded_away(leftover, due)
    if given < due:
        raise ShopError(ErrorCode.TOO_LITTLE_MONEY, due=due, missing=due - given)
    change = given - due
    if not 0 <= leftover.titipan <= change:
        raise ShopError(ErrorCode.TITIPAN_TOO_LITTLE, there=change)
    payments = _payments(parts, due + leftover.titipan, given, leftover.notes)
    if leftover.titipan:
        payments.append(Payment(Tender.TITIPAN, -leftover.titipan, 0, reference=leftover.holder))
    return Settled(tuple(payments), due - rest)


def _check(total: Rupiah, parts: Sequence[Part]) -> None:
    if not parts:
        raise ShopError(ErrorCode.TOO_LITTLE_MONEY, due=total, missing=total)
    for part in parts:
        if part.amount < 0 or (part.amount == 0 and part.tender is not Tender.CASH):
            raise ShopError(ErrorCode.TENDER_EMPTY)
        if part.tender is Tender.QRIS and part.amount > QRIS_CAP:
            raise ShopError(ErrorCode.QRIS_OVER_CAP, cap=QRIS_CAP)
    if max(total, handed_over(parts)) > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(max(total, handed_over(parts))))


def _rounded_away(leftover: Leftover, due: Rupiah) -> Rupiah:
    if not 0 <= leftover.rounded < MOST_GIVEN_AWAY or leftover.rounded > due:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(leftover.rounded))
    return leftover.rounded


def _payments(parts: Sequence[Part], cash_amount: Rupiah, given: Rupiah, gone: Sequence[tuple[Rupiah, int]]) -> list[Payment]:
    out: list[Payment] = []
    counted = _counted(parts)
    for part in parts:
        if part.tender is not Tender.CASH:
            out.append(Payment(part.tender, part.amount, part.amount, 0, part.state, part.reference))
        elif not any(payment.tender is Tender.CASH for payment in out):
            change = given - cash_amount
            out.append(Payment(Tender.CASH, cash_amount, given, change, notes=moved(counted, change, dict(gone) or None)))
    return out


def _counted(parts: Iterable[Part]) -> dict[Rupiah, int]:
    """Notes that came in; an amount that was only typed is taken for the fewest notes that make it."""
    found: dict[Rupiah, int] = {}
    for part in parts:
        if part.tender is Tender.CASH:
            for note, count in part.notes or split_notes(part.amount)[0].items():
                found[note] = found.get(note, 0) + count
    return found


def moved(came: Mapping[Rupiah, int], change: Rupiah, gone: Mapping[Rupiah, int] | None = None) -> tuple[tuple[Rupiah, int], ...]:
    """What the drawer has more (positive) and less (negative) of after a cash payment, largest first.

    Args:
        came: notes handed over.
        gone: notes given as change; without them the fewest that make it.
    """
    found = dict(came)
    for note, count in (gone if gone is not None else split_notes(change)[0]).items():
        found[note] = found.get(note, 0) - count
    return tuple(sorted(((note, count) for note, count in found.items() if count), reverse=True))


def mask_reference(typed: str) -> str:
    """What a transfer can be found by, without account or phone numbers: of each run of more than six digits the last four stay."""
    out, run = [], ""
    for sign in " ".join(typed.split()) + " ":
        if sign.isascii() and sign.isdigit():
            run += sign
            continue
        out.append(f"*{run[-4:]}" if len(run) > 6 else run)
        run = ""
        out.append(sign if sign.isprintable() else " ")
    return "".join(out).strip()[:LONGEST_REFERENCE]
