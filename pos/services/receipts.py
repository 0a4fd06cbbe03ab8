"""A delivery becomes a fact: stock and its cost, what the supplier is owed, what was paid, told to the server, in one transaction; and
what puts it right afterwards, as a new fact that holds the difference.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.domain.cash_movement import CashReason
from pos.domain.costing import NOTHING, correct_cost
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.papers import GoodsReceipt, ReceivedLine
from pos.domain.people import Act, Approval
from pos.domain.receiving import (
    AGREED,
    ALL,
    PaidFrom,
    Receipt,
    ReceiptDraft,
    ReceiptHead,
    ReceiptLine,
    difference,
    landed,
    merged,
)
from pos.domain.stock import MovementReason, StockMovement
from pos.services import suppliers
from pos.services.drawer import move_within
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork
from pos.services.receiving import draft_of

LINES_PER_OPERATION = 200
"""So that one operation stays far below a batch's 64 KB."""


@dataclass(frozen=True, slots=True)
class _Money:
    """What a receipt comes to, and what of it is paid on the spot: rupiah, signed in a correction."""

    total: Rupiah
    paid: Rupiah


def post(till: Till, draft_uid: str, total: Rupiah, approval: Approval | None = None) -> Receipt:
    """Book a delivery, once. Blocks for about a second when it has ten thousand lines.

    Args:
        total: rupiah that the person saw; if the draft comes to another sum by now nothing is booked.

    Raises:
        ShopError: RECEIPT_POSTED (a second click), RECEIPT_CHANGED; what `receiving.landed` raises; NEEDS_ROLE for cash out of the
            drawer (Act.CASH_OUT) and for putting right (Act.STOCK); NO_CASH_SESSION, CASH_SHORT; SUPPLIER_NOT_FOUND; RECEIPT_SAME
            when a correction changes nothing; DISK_FULL ...
    """
    with till.store.begin() as work:
        draft = draft_of(work, draft_uid)
        if draft.total != total:
            raise ShopError(ErrorCode.RECEIPT_CHANGED)
        lines = landed(work.draft_lines_now(draft_uid), draft.head)
        posted = _correct(till, work, draft, lines, approval) if draft.corrects else _book(till, work, draft, lines, approval)
        work.drop_receipt_draft(draft_uid)
        work.commit()
    return posted


def put_right(till: Till, receipt_uid: str) -> ReceiptDraft:
    """A draft with a posted receipt as it is now, to be changed: what differs is booked when it is posted. The one that was begun before,
    where there is one. Raises ShopError RECEIPT_NOT_FOUND."""
    read = till.store.read
    held = next((draft for draft in read.receipt_drafts() if draft.corrects == receipt_uid), None)
    if held is not None:
        return held
    head, lines = now(till, receipt_uid)
    draft = ReceiptDraft(till.ids.new(), head, till.clock.now(), read.shop().cashier, receipt_uid)
    with till.store.begin() as work:
        work.put_receipt_draft(draft)
        work.put_draft_lines(draft.uid, lines)
        work.commit()
    kept = read.receipt_draft(draft.uid)
    assert kept is not None
    return kept


def now(till: Till, receipt_uid: str) -> tuple[ReceiptHead, tuple[ReceiptLine, ...]]:
    """A receipt with all that corrected it. Raises ShopError RECEIPT_NOT_FOUND."""
    first = _receipt(till, receipt_uid)
    later = till.store.read.corrections_of_receipt(first.uid)
    head = first.head
    for item in later:
        head = replace(
            head,
            paper=item.head.paper,
            discount=head.discount + item.head.discount,
            transport=head.transport + item.head.transport,
            paid=head.paid + item.paid,
        )
    whole = head.paid == first.total + sum(item.total for item in later)
    head = replace(head, paid=ALL if whole else head.paid)
    return head, merged([line for item in (first, *later) for line in item.lines])


def consigned(till: Till, lines: Sequence[ReceiptLine]) -> Rupiah:
    """Rupiah of a delivery's lines that are goods on consignment (*titip jual*): nothing is owed for them yet."""
    parts = till.store.read.local_parts(list(dict.fromkeys(line.product_uid for line in lines)))
    theirs = {uid for uid, (*_, consignor) in parts.items() if consignor}
    return sum(line.cost for line in lines if line.product_uid in theirs)


def paper_of(till: Till, receipt_uid: str) -> GoodsReceipt:
    """A receipt for paper. Raises ShopError RECEIPT_NOT_FOUND."""
    found = _receipt(till, receipt_uid)
    supplier = till.store.read.supplier(found.head.supplier_uid) if found.head.supplier_uid else None
    return GoodsReceipt(
        found.uid,
        found.number,
        found.at,
        found.cashier,
        supplier.name if supplier else "",
        found.head.paper,
        tuple(ReceivedLine(line.name, line.unit_name, line.factor, line.quantity, line.amount) for line in found.lines),
        found.head.discount,
        found.head.transport,
        found.paid,
    )


def _book(till: Till, work: UnitOfWork, draft: ReceiptDraft, lines: Sequence[ReceiptLine], approval: Approval | None) -> Receipt:
    total = sum(line.cost for line in lines)
    # goods on consignment are paid when they have sold: the sale itself books that
    due_now = total - consigned(till, lines)
    paid = draft.head.paid_of(due_now)
    drawer = paid > 0 and draft.head.paid_from is PaidFrom.DRAWER
    actor = may(till, Act.CASH_OUT, approval) if drawer else till.store.read.signed().name
    posted = _fact(till, work, draft, lines, _Money(total, paid), actor)
    moves = [StockMovement(line.product_uid, line.quantity, MovementReason.RECEIPT, "", 0, posted.at, line.cost) for line in lines]
    work.add_receipt(posted, _move(till, work, posted.uid, moves))
    if draft.head.supplier_uid and due_now > 0:
        due = None if draft.head.due_at == AGREED else draft.head.due_at
        suppliers.owe(till, work, draft.head.supplier_uid, posted.uid, due_now, due, draft.head.paper)
        if paid > 0:
            suppliers.pay_within(till, work, draft.head.supplier_uid, paid, drawer, actor=actor)
    elif drawer:
        move_within(till, work, -paid, CashReason.SHOPPING, posted.number, actor)
    return posted


def _correct(till: Till, work: UnitOfWork, draft: ReceiptDraft, lines: Sequence[ReceiptLine], approval: Approval | None) -> Receipt:
    actor = may(till, Act.STOCK, approval)
    before, booked = now(till, draft.corrects)
    changed = difference(booked, lines)
    was = sum(line.cost for line in booked)
    total = sum(line.cost for line in lines) - was
    # what a supplier was paid stays paid, and what is owed changes; bought without one, the money itself goes where it came from
    owed = total - consigned(till, lines) + consigned(till, booked)
    paid = 0 if before.supplier_uid else owed
    head = replace(
        draft.head,
        supplier_uid=before.supplier_uid,
        discount=draft.head.discount - before.discount,
        transport=draft.head.transport - before.transport,
        paid_from=before.paid_from,
    )
    if not changed and not total and head.paper == before.paper:
        raise ShopError(ErrorCode.RECEIPT_SAME)
    posted = _fact(till, work, replace(draft, head=head), changed, _Money(total, paid), actor)
    work.add_receipt(posted, _move_difference(till, work, posted, changed, booked))
    if before.supplier_uid and owed:
        suppliers.correct_owed(till, work, before.supplier_uid, draft.corrects, owed, head.paper)
    elif paid and before.paid_from is PaidFrom.DRAWER:
        move_within(till, work, -paid, CashReason.SHOPPING, posted.number, actor)
    return posted


def _fact(till: Till, work: UnitOfWork, draft: ReceiptDraft, lines: Sequence[ReceiptLine], money: _Money, actor: str) -> Receipt:
    at, cashier = till.clock.now(), till.store.read.shop().cashier
    due = 0 if draft.head.due_at == AGREED else draft.head.due_at
    head = replace(draft.head, due_at=due, paid=money.paid)
    uid, number = till.ids.new(), work.next_receipt_paper()
    placed = tuple(replace(line, position=place) for place, line in enumerate(lines))
    details = json.dumps({"total": money.total, "paid": money.paid, "lines": len(lines), "corrects": draft.corrects})
    work.audit([AuditEntry(at, actor or cashier, "receipt_corrected" if draft.corrects else "receipt_posted", uid, details)])
    return Receipt(uid, number, at, cashier, head, money.total, money.paid, placed, draft.corrects)


def _move(till: Till, work: UnitOfWork, first: str, movements: Sequence[StockMovement]) -> list[str]:
    """Book movements and tell them, in operations of their own; the cause of each, in order."""
    causes: list[str] = []
    for start in range(0, len(movements), LINES_PER_OPERATION):
        operation = till.ids.new() if start else first
        part = movements[start : start + LINES_PER_OPERATION]
        booked = [replace(item, cause=operation, position=place) for place, item in enumerate(part)]
        work.add_movements(booked)
        kind, payload = till.wire.stock(booked[0].reason.value, booked)
        work.tell([NewOperation(operation, kind, booked[0].at, payload)])
        causes += [operation] * len(booked)
    return causes


def _move_difference(
    till: Till, work: UnitOfWork, posted: Receipt, changed: Sequence[ReceiptLine], booked: Sequence[ReceiptLine]
) -> list[str]:
    """What a correction moves: goods at the cost that differs with them, and cost alone where no goods differ."""
    moves: list[StockMovement] = []
    places: list[int | None] = []
    rest: dict[str, Rupiah] = {}
    for line in changed:
        # a cost that goes the other way than the goods is of those that stay
        cost = (max if line.quantity > 0 else min)(line.cost, 0) if line.quantity else 0
        rest[line.product_uid] = rest.get(line.product_uid, 0) + line.cost - cost
        places.append(len(moves) if line.quantity else None)
        if line.quantity:
            moves.append(StockMovement(line.product_uid, line.quantity, MovementReason.RECEIPT, "", 0, posted.at, cost))
    causes = _move(till, work, posted.uid, moves)
    for product_uid, cost in rest.items():
        if cost:
            whole = sum(line.quantity for line in (*booked, *changed) if line.product_uid == product_uid)
            value = work.stock_values([product_uid]).get(product_uid, NOTHING)
            work.change_cost(product_uid, correct_cost(value, whole, cost), posted.uid, posted.at)
    return [posted.uid if place is None else causes[place] for place in places]


def _receipt(till: Till, uid: str) -> Receipt:
    found = till.store.read.receipt(uid)
    if found is None:
        raise ShopError(ErrorCode.RECEIPT_NOT_FOUND)
    return found
