"""A delivery while it is checked (*kulakan*): lines by scanning in any unit, what they cost, who brought them. Each verb is on disk when it
returns, so that a power cut loses nothing. What makes a fact of it is in `receipts`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, divide_half_up
from pos.domain.product import SellableUnit
from pos.domain.receiving import ReceiptDraft, ReceiptHead, ReceiptLine, check_head, with_amount, with_quantity, with_unit_cost
from pos.services.ports import Till, UnitOfWork


def open_draft(till: Till) -> ReceiptDraft:
    """A delivery that begins now."""
    draft = ReceiptDraft(till.ids.new(), ReceiptHead(), till.clock.now(), till.store.read.shop().cashier)
    with till.store.begin() as work:
        work.put_receipt_draft(draft)
        work.commit()
    return draft


def set_head(till: Till, draft_uid: str, head: ReceiptHead) -> ReceiptDraft:
    """Who brought it, their paper, discount, transport, and how it is paid.

    Raises:
        ShopError: RECEIPT_POSTED when it is no more checked; SUPPLIER_NOT_FOUND; AMOUNT_OUT_OF_RANGE.
    """
    head = check_head(head)
    if head.supplier_uid and till.store.read.supplier(head.supplier_uid) is None:
        raise ShopError(ErrorCode.SUPPLIER_NOT_FOUND)
    with till.store.begin() as work:
        changed = replace(draft_of(work, draft_uid), head=head)
        work.put_receipt_draft(changed)
        work.commit()
    return changed


def add_unit(till: Till, draft_uid: str, unit: SellableUnit, count: int = 1) -> ReceiptLine:
    """So many more of a unit (a scan is one); what it cost the last time is written in beforehand.

    Raises:
        ShopError: RECEIPT_POSTED; QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE.
    """
    cost = _usual_cost(till, unit)
    with till.store.begin() as work:
        draft_of(work, draft_uid)
        held = work.draft_line_of(draft_uid, unit.unit_uid)
        if held is not None:
            line = with_quantity(held, held.quantity + count * unit.factor)
        else:
            line = _new_line(work, draft_uid, unit, count, cost)
        work.put_draft_lines(draft_uid, [line])
        work.commit()
    return line


def set_unit(till: Till, draft_uid: str, position: int, unit: SellableUnit) -> ReceiptLine:
    """So many of another unit of the same product (3 dus instead of 3 bungkus), at what that usually costs.

    Raises:
        ShopError: RECEIPT_POSTED, QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE.
    """
    cost = _usual_cost(till, unit)

    def change(line: ReceiptLine) -> ReceiptLine:
        count = max(1, line.quantity // line.factor)
        other = replace(line, unit_uid=unit.unit_uid, unit_name=unit.unit_name, factor=unit.factor, amount=None, unit_cost=cost)
        return with_quantity(other, count * unit.factor)

    return _change(till, draft_uid, position, change)


def set_line(
    till: Till,
    draft_uid: str,
    position: int,
    *,
    quantity: int | None = None,
    day: int | None = None,
    unit_cost: Rupiah | None = None,
    amount: Rupiah | None = None,
) -> ReceiptLine:
    """All that a person says of a line, or none of it; None leaves what is.

    Args:
        quantity: in base units.
        day: it keeps until then (since 1970); 0 takes the date away.
        unit_cost: rupiah for one unit.
        amount: rupiah for the whole line.

    Raises:
        ShopError: RECEIPT_POSTED, QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE.
    """

    def changed(line: ReceiptLine) -> ReceiptLine:
        line = line if quantity is None else with_quantity(line, quantity)
        line = line if day is None else replace(line, expires_on=max(0, day))
        line = line if unit_cost is None else with_unit_cost(line, unit_cost)
        return line if amount is None else with_amount(line, amount)

    return _change(till, draft_uid, position, changed)


def remove_line(till: Till, draft_uid: str, position: int) -> ReceiptLine:
    """Take a line off; `restore_line` puts it back. Raises ShopError RECEIPT_POSTED."""
    with till.store.begin() as work:
        line = _line(work, draft_uid, position)
        work.drop_draft_line(draft_uid, position)
        work.commit()
    return line


def restore_line(till: Till, draft_uid: str, line: ReceiptLine) -> None:
    """A line that was taken off stands where it stood. Raises ShopError RECEIPT_POSTED."""
    with till.store.begin() as work:
        draft_of(work, draft_uid)
        work.put_draft_lines(draft_uid, [line])
        work.commit()


def drop_draft(till: Till, draft_uid: str) -> None:
    """The delivery was none: nothing of it was booked."""
    with till.store.begin() as work:
        work.drop_receipt_draft(draft_uid)
        work.commit()


def restore_draft(till: Till, draft: ReceiptDraft, lines: Sequence[ReceiptLine]) -> None:
    """A draft that was thrown away a moment ago is there again."""
    with till.store.begin() as work:
        work.put_receipt_draft(draft)
        work.put_draft_lines(draft.uid, lines)
        work.commit()


def draft_of(work: UnitOfWork, draft_uid: str) -> ReceiptDraft:
    """The draft as it is on disk. Raises ShopError RECEIPT_POSTED when it was booked or thrown away."""
    draft = work.draft_now(draft_uid)
    if draft is None:
        raise ShopError(ErrorCode.RECEIPT_POSTED)
    return draft


def _change(till: Till, draft_uid: str, position: int, change: Callable[[ReceiptLine], ReceiptLine]) -> ReceiptLine:
    with till.store.begin() as work:
        line = change(_line(work, draft_uid, position))
        work.put_draft_lines(draft_uid, [line])
        work.commit()
    return line


def _line(work: UnitOfWork, draft_uid: str, position: int) -> ReceiptLine:
    draft_of(work, draft_uid)
    line = work.draft_line_at(draft_uid, position)
    if line is None:
        raise ShopError(ErrorCode.RECEIPT_POSTED)
    return line


def _new_line(work: UnitOfWork, draft_uid: str, unit: SellableUnit, count: int, cost: Rupiah | None) -> ReceiptLine:
    place = work.next_draft_position(draft_uid)
    line = ReceiptLine(place, unit.product_uid, unit.unit_uid, unit.product_name, unit.unit_name, unit.factor, unit.factor, None, None, 0)
    line = with_quantity(line, count * unit.factor)
    return line if cost is None else with_unit_cost(line, cost)


def _usual_cost(till: Till, unit: SellableUnit) -> Rupiah | None:
    """Rupiah for one of it on the last receipt, else what the till knows of its cost; None when nobody ever said."""
    last = till.store.read.last_unit_cost(unit.unit_uid)
    if last is not None:
        return last
    return divide_half_up(unit.cost_total * unit.factor, unit.cost_quantity) if unit.cost_quantity > 0 else None
