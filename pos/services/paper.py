"""What a person says to the spool: print again, it is on paper, try again, to another printer, never mind; test pages and paper rolls.

Each is one transaction, and in the audit log: no paper is given up without the other in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Asks, Evidence, Seen
from pos.domain.printing import DocumentKind, NewPrintJob, PrintJob, PrintState
from pos.services.ports import AuditEntry, Till

if TYPE_CHECKING:
    from pos.services.ports.outside import Paper

_UNSETTLED: Final = frozenset({PrintState.UNKNOWN, PrintState.FAILED})
_UNSENT: Final = frozenset({PrintState.FAILED, PrintState.QUEUED})
_WAITING: Final = _UNSETTLED | {PrintState.QUEUED}
_UNMARKED: Final = frozenset(
    {DocumentKind.LABEL, DocumentKind.STOCK_TAKE, DocumentKind.KEY_CARD, DocumentKind.HELP_CARD, DocumentKind.TEST_PAGE}
)
"""Nobody is told something twice by them: the next one is as the first."""
_LIVE_MS: Final = 600_000
"""A page that somebody waits for is of no use later."""


def reprint(till: Till, sale_uid: str) -> int:
    """Queue a SALINAN of a sale's struk: a new job, in the audit log. Returns its number.

    Raises:
        ShopError: SALE_NOT_FOUND, PRINTER_NOT_SET.
    """
    job, entry = _struk_again(till, sale_uid)
    with till.store.begin() as work:
        work.queue_print([job])
        work.audit([entry])
        work.commit()
    return job.copy


def print_test_page(till: Till) -> str:
    """Queue the self-test page of the printer that `till.paper` is for. Returns its document. Raises ShopError PRINTER_NOT_SET."""
    job = _test_page(till)
    with till.store.begin() as work:
        work.queue_print([job])
        work.commit()
    return job.document


def print_page(till: Till, printer: str, data: bytes) -> str:
    """Queue a page that shows what a printer does (its set-up). Returns its document. Raises ShopError STORE_*."""
    job = NewPrintJob(DocumentKind.TEST_PAGE, till.ids.new(), 0, printer, data, till.clock.now() + _LIVE_MS)
    with till.store.begin() as work:
        work.queue_print([job])
        work.commit()
    return job.document


def settle_job(till: Till, job_id: int, on_paper: bool) -> None:
    """A person's answer to a job that is UNKNOWN or FAILED: it is on paper, or its document is printed again as a new copy.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already or is being sent; PRINTER_NOT_SET.
    """
    seen = _open_job(till, job_id, _UNSETTLED)
    again, entries = (None, []) if on_paper else _print_again(till, seen)
    state, said = (PrintState.ON_PAPER, Seen.SAID_ON_PAPER) if on_paper else (PrintState.EXPIRED, Seen.SAID_AGAIN)
    _settle(till, seen, _UNSETTLED, state, said, again, entries)


def retry_job(till: Till, job_id: int) -> None:
    """A person wants a job sent now of which not a byte was: the same paper, not a copy, however old it is.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when it is settled already, being sent, in doubt, or its bytes are damaged.
    """
    now = till.clock.now()
    with till.store.begin() as work:
        job = _open_job(till, job_id, _UNSENT)
        if job.known.asks is Asks.DAMAGED:
            raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
        work.set_print_state(job.id, PrintState.QUEUED, now, str(Evidence()))
        work.audit([_settled(till, now, job, "try_again")])
        work.commit()


def drop_job(till: Till, job_id: int) -> None:
    """A person does not want this paper any more: it is not printed, and says so.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already or is being sent.
    """
    _settle(till, _open_job(till, job_id, _WAITING), _WAITING, PrintState.EXPIRED, Seen.SAID_DROPPED, None, [])


def send_elsewhere(till: Till, job_id: int, paper: Paper, printer: str, fits: bool) -> None:
    """A person wants a job on another printer: the same paper where not a byte was sent, a SALINAN where it is in doubt.

    Args:
        paper: the shop's paper, set for that printer; `printer`: what its jobs are queued under.
        fits: what is frozen for the first printer comes out right on that one.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already, being sent, or opens a drawer; PRINTER_OTHER_PAPER when its
            document is not looked up again and its bytes are for other paper.
    """
    seen = _open_job(till, job_id, _WAITING)
    if seen.kind is DocumentKind.DRAWER_KICK:
        raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
    sent = seen.state is PrintState.UNKNOWN
    copy = _next_copy(till, seen) if sent else seen.copy
    data = _bytes_for(till, seen, paper, copy, fits)
    again = NewPrintJob(seen.kind, seen.document, copy, printer, data, _expiry(till, seen))
    entries = [_reprinted(till, seen.document, copy)] if sent else []
    _settle(till, seen, _WAITING, PrintState.EXPIRED, Seen.SAID_ELSEWHERE, again, entries)


def change_roll(till: Till, printer: str, length_mm: int) -> None:
    """A new roll lies in a printer; `length_mm` of it, 0 when nobody knows. Raises ShopError STORE_*."""
    with till.store.begin() as work:
        work.change_roll(printer, max(0, length_mm), till.clock.now())
        work.commit()


# --- how it is done -----------------------------------------------------------------------------------------------


def _settle(
    till: Till,
    seen: PrintJob,
    states: frozenset[PrintState],
    state: PrintState,
    said: Seen,
    again: NewPrintJob | None,
    entries: list[AuditEntry],
) -> None:
    now = till.clock.now()
    with till.store.begin() as work:
        # nobody else writes within this block: had the print worker taken the job meanwhile, it would print twice
        _open_job(till, seen.id, states)
        work.set_print_state(seen.id, state, now, str(Evidence(said)))
        if again is not None:
            work.queue_print([again])
        work.audit([_settled(till, now, seen, _ANSWERS[said]), *entries])
        work.commit()


_ANSWERS: Final = {
    Seen.SAID_ON_PAPER: "on_paper",
    Seen.SAID_AGAIN: "print_again",
    Seen.SAID_DROPPED: "dropped",
    Seen.SAID_ELSEWHERE: "elsewhere",
}


def _settled(till: Till, now: int, job: PrintJob, answer: str) -> AuditEntry:
    return AuditEntry(now, till.store.read.shop().cashier, "print_settled", job.document, answer)


def _open_job(till: Till, job_id: int, states: frozenset[PrintState]) -> PrintJob:
    job = till.store.read.print_job(job_id)
    if job is None or job.state not in states:
        raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
    return job


def _print_again(till: Till, job: PrintJob) -> tuple[NewPrintJob | None, list[AuditEntry]]:
    """The job that takes the place of one, and what the audit log says of it. A drawer is not opened again."""
    from pos.services.orders import pickup_job

    makers: dict[DocumentKind, Callable[[], tuple[NewPrintJob | None, list[AuditEntry]]]] = {
        DocumentKind.TEST_PAGE: lambda: (_test_page(till), []),
        DocumentKind.DRAWER_KICK: lambda: (None, []),
        DocumentKind.RECEIPT: lambda: _with_entry(_struk_again(till, job.document)),
        DocumentKind.PICKUP: lambda: _with_entry(pickup_job(till, job.document)),
    }
    make = makers.get(job.kind)
    return make() if make is not None else _with_entry(_as_it_was(till, job))


def _with_entry(made: tuple[NewPrintJob, AuditEntry]) -> tuple[NewPrintJob, list[AuditEntry]]:
    return made[0], [made[1]]


def _as_it_was(till: Till, job: PrintJob) -> tuple[NewPrintJob, AuditEntry]:
    """The frozen bytes once more, marked as a copy: of documents whose facts are not looked up again."""
    copy = _next_copy(till, job)
    data = job.data if job.kind in _UNMARKED else till.paper.copy_of(job.data, copy)
    return NewPrintJob(job.kind, job.document, copy, job.target or job.printer, data), _reprinted(till, job.document, copy)


def _bytes_for(till: Till, job: PrintJob, paper: Paper, copy: int, fits: bool) -> bytes:
    """A job's document for another printer: set anew where its facts can be looked up, else its bytes where they fit."""
    read, shop = till.store.read, till.store.read.shop()
    if job.kind is DocumentKind.TEST_PAGE:
        return paper.test_page(shop, till.clock.now())
    if job.kind is DocumentKind.RECEIPT and (sale := read.sale(job.document)) is not None:
        return paper.receipt(sale, shop, copy)
    if job.kind is DocumentKind.PICKUP and (order := read.order(job.document)) is not None:
        return paper.pickup(order, shop, copy)
    if not fits:
        raise ShopError(ErrorCode.PRINTER_OTHER_PAPER)
    return job.data if copy == job.copy or job.kind in _UNMARKED else paper.copy_of(job.data, copy)


def _expiry(till: Till, job: PrintJob) -> int | None:
    return till.clock.now() + _LIVE_MS if job.kind is DocumentKind.TEST_PAGE else None


def _struk_again(till: Till, sale_uid: str) -> tuple[NewPrintJob, AuditEntry]:
    sale = till.store.read.sale(sale_uid)
    if sale is None:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    printer = _printer(till)
    copy = 1 + max((job.copy for job in till.store.read.print_jobs_of(sale_uid) if job.kind is DocumentKind.RECEIPT), default=0)
    data = till.paper.receipt(sale, till.store.read.shop(), copy)
    return NewPrintJob(DocumentKind.RECEIPT, sale_uid, copy, printer, data), _reprinted(till, sale_uid, copy)


def _next_copy(till: Till, job: PrintJob) -> int:
    return 1 + max(other.copy for other in till.store.read.print_jobs_of(job.document) if other.kind is job.kind)


def _reprinted(till: Till, document: str, copy: int) -> AuditEntry:
    return AuditEntry(till.clock.now(), till.store.read.shop().cashier, "reprint", document, json.dumps({"copy": copy}))


def _test_page(till: Till) -> NewPrintJob:
    printer, now = _printer(till), till.clock.now()
    data = till.paper.test_page(till.store.read.shop(), now)
    return NewPrintJob(DocumentKind.TEST_PAGE, till.ids.new(), 0, printer, data, now + _LIVE_MS)


def _printer(till: Till) -> str:
    if not till.paper.printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    return till.paper.printer
