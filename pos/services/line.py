"""Verbs of the line that need no line: what was set aside is sent again or taken away, edits that met are settled, and what may not be
let go of while something is unsent."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import UnsentList
from pos.domain.people import Act, Approval
from pos.domain.printing import DocumentKind, NewPrintJob, PrinterRole
from pos.services.line_views import EditRow
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Queries, Till

_ALL: Final = 1_000_000
EXPORT_FORMAT: Final = "epeken-set-aside@1"
ON_STICK: Final = "unsent_on_stick"
"""Name of the setting that says up to where an owner has what is unsent on a stick, and has let go of it here: `epoch seq`."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a paired till still has to tell.

    Attributes:
        paired: without a pairing there is nobody to tell, and nothing is held back.
        waiting, aside: operations that wait, and that no request could carry. `oldest_at` UTC ms, 0 = none.
        on_stick: the owner has all of it on a stick and let it go; something newer takes that back.
    """

    paired: bool
    waiting: int
    aside: int
    oldest_at: int
    on_stick: bool

    @property
    def holds(self) -> bool:
        """Whether leaving, removing the program and putting a copy back are refused."""
        return self.paired and bool(self.waiting + self.aside) and not self.on_stick


def unsent(read: Queries) -> Unsent:
    """What the server has not heard from this till."""
    line = read.line()
    return Unsent(line.paired, line.waiting, line.aside, line.oldest_waiting_at, read.setting(ON_STICK) == _place(read))


def refuse_while_unsent(till: Till) -> None:
    """Leaving, removing the program and putting a copy back are refused while the server has not heard everything.

    Raises:
        ShopError: STILL_UNSENT (`count`: operations that wait or were set aside).
    """
    found = unsent(till.store.read)
    if found.holds:
        raise ShopError(ErrorCode.STILL_UNSENT, count=found.waiting + found.aside)


def let_go(till: Till, approval: Approval | None = None) -> None:
    """The owner has what is unsent on a stick: up to here this till may be left, removed or put back.

    Raises:
        ShopError: NEEDS_ROLE (Act.LET_GO).
    """
    actor = may(till, Act.LET_GO, approval)
    found = unsent(till.store.read)
    with till.store.begin() as work:
        work.set_setting(ON_STICK, _place(till.store.read))
        work.audit([AuditEntry(till.clock.now(), actor, "unsent_let_go", "", json.dumps({"count": found.waiting + found.aside}))])
        work.commit()


def unsent_list(till: Till, name: str, by: str) -> UnsentList:
    """What `let_go` is about, sale by sale; `name`: of this till, `by`: who lets it go."""
    read, sales, others = till.store.read, [], Counter[str]()
    waits = [(row.id, row.kind) for row in read.waiting_operations(_ALL)]
    for operation, kind in (*waits, *((row.id, row.kind) for row in read.set_aside(_ALL))):
        sale = read.sale(operation)
        if sale is None:
            others[kind] += 1
        else:
            sales.append((sale.number, sale.at, int(sale.total)))
    return UnsentList(till.clock.now(), name, by, tuple(sales), tuple(sorted(others.items())))


def print_unsent(till: Till, told: UnsentList) -> bool:
    """Queue the list, where there is a printer for it; False where there is none."""
    printer = till.paper.printer_of(PrinterRole.REPORT)
    if not printer:
        return False
    data = till.paper.unsent_list(told, till.store.read.shop())
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(DocumentKind.UNSENT, till.ids.new(), 0, printer, data)])
        work.commit()
    return True


def unsent_text(told: UnsentList) -> str:
    """The same as a file for the stick."""
    sales = "\n".join(f"{number};{at};{total}" for number, at, total in told.sales)
    others = "\n".join(f"{kind};;{count}" for kind, count in told.others)
    return "\n".join(part for part in ("nomor;utc_ms;rupiah", sales, others) if part) + "\n"


def _place(read: Queries) -> str:
    """Where the outbox ends now: a sale later it ends elsewhere."""
    position = read.position()
    return f"{position.epoch} {position.last_seq}"


def send_aside_again(till: Till, operation: str) -> None:
    """Tell an operation that was set aside once more, its id unchanged. Raises ShopError ASIDE_GONE when it is not there any more."""
    now = till.clock.now()
    with till.store.begin() as work:
        if not work.send_aside_again(operation):
            raise ShopError(ErrorCode.ASIDE_GONE)
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "aside_sent_again", operation)])
        work.commit()


def aside_file(till: Till, operation: str) -> bytes:
    """What was set aside, whole, as a JSON file for whoever can mend it. Raises ShopError ASIDE_GONE."""
    held = till.store.read.aside_operation(operation)
    if held is None:
        raise ShopError(ErrorCode.ASIDE_GONE)
    shop = till.store.read.shop()
    told = {
        "format": EXPORT_FORMAT,
        "shop": shop.uid,
        "device": shop.device,
        "id": held.id,
        "kind": held.kind,
        "at": held.at,
        "code": held.code,
        "payload_hash": held.payload_hash,
        "payload": held.payload.decode("utf-8", "backslashreplace"),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def see_problem(till: Till, operation: str) -> None:
    """A person has seen that the server did not take an operation, and what is to be done: it is no trouble any more."""
    with till.store.begin() as work:
        work.see_problem(operation)
        work.audit([AuditEntry(till.clock.now(), till.store.read.shop().cashier, "problem_seen", operation)])
        work.commit()


def see_edit(till: Till, product_uid: str, field: str) -> None:
    """A person has seen that two edits met."""
    with till.store.begin() as work:
        work.see_edit_outcome(product_uid, field)
        work.commit()


def settle_edit(till: Till, edit: EditRow, *, shops: bool, approval: Approval | None = None) -> None:
    """Of two edits that met, a person wants the shop's own or e-Peken's. What counts already only has to be seen; the other is an edit of
    its own, which starts from what the server has now.

    Raises:
        ShopError: NEEDS_ROLE (Act.PRICE_CHANGE); EDIT_GONE when that field or its goods are not there any more.
    """
    wants_lost = shops == edit.ours_lost
    if not wants_lost:
        see_edit(till, edit.product_uid, edit.field)
        return
    actor = may(till, Act.PRICE_CHANGE, approval)
    known = till.store.read.known_products([edit.product_uid]).get(edit.product_uid)
    if known is None or known.deleted:
        raise ShopError(ErrorCode.EDIT_GONE, name=edit.name)
    product = till.wire.product_with(known, edit.field, edit.lost)
    now = till.clock.now()
    kind, payload = till.wire.products([product])
    with till.store.begin() as work:
        work.put_products([product])
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        work.see_edit_outcome(edit.product_uid, edit.field)
        work.audit([AuditEntry(now, actor, "edit_settled", edit.product_uid, json.dumps({"field": edit.field}))])
        work.commit()
