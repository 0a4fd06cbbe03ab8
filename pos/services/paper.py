"""Paper that someone asks for: reprints, the test page, opening the drawer, and the answer to a doubtful job."""

from __future__ import annotations

from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, NewPrintJob, PrintJob, PrintState
from pos.services.ports import AuditEntry, Till

_UNSETTLED: Final = frozenset({PrintState.UNKNOWN, PrintState.FAILED})
_UNSENT: Final = _UNSETTLED | {PrintState.QUEUED}


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


def print_test_page(till: Till) -> None:
    """Queue the printer's self-test page. Raises ShopError PRINTER_NOT_SET."""
    job = _test_page(till)
    with till.store.begin() as work:
        work.queue_print([job])
        work.commit()


def settle_job(till: Till, job_id: int, on_paper: bool) -> None:
    """A person's answer to a job that is UNKNOWN or FAILED: it is on paper, or its document is printed again as a new copy. The answer
    and the new copy are one transaction: no paper is given up without the other in its place.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already or is being sent; PRINTER_NOT_SET.
    """
    seen = _open_job(till, job_id, _UNSETTLED)
    again, entries = (None, []) if on_paper else _print_again(till, seen.kind, seen.document)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    with till.store.begin() as work:
        # nobody else writes within this block: had the print worker taken the job meanwhile, it would print twice
        _open_job(till, job_id, _UNSETTLED)
        work.set_print_state(job_id, PrintState.ON_PAPER if on_paper else PrintState.EXPIRED, now, "said by a person")
        if again is not None:
            work.queue_print([again])
        answer = "on_paper" if on_paper else "print_again"
        work.audit([AuditEntry(now, cashier, "print_settled", seen.document, answer), *entries])
        work.commit()


def drop_job(till: Till, job_id: int) -> None:
    """A person does not want this paper any more: it is not printed, and says so.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already or is being sent.
    """
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    with till.store.begin() as work:
        job = _open_job(till, job_id, _UNSENT)
        work.set_print_state(job.id, PrintState.EXPIRED, now, "dropped by a person")
        work.audit([AuditEntry(now, cashier, "print_settled", job.document, "dropped")])
        work.commit()


def _open_job(till: Till, job_id: int, states: frozenset[PrintState]) -> PrintJob:
    job = next((job for job in till.store.read.open_print_jobs() if job.id == job_id), None)
    if job is None or job.state not in states:
        raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
    return job


def _print_again(till: Till, kind: DocumentKind, document: str) -> tuple[NewPrintJob | None, list[AuditEntry]]:
    """The job that takes the place of one, and what the audit log says of it. A drawer is not opened again."""
    from pos.services.orders import pickup_job

    if kind is DocumentKind.TEST_PAGE:
        return _test_page(till), []
    if kind is DocumentKind.DRAWER_KICK:
        return None, []
    job, entry = _struk_again(till, document) if kind is DocumentKind.RECEIPT else pickup_job(till, document)
    return job, [entry]


def _struk_again(till: Till, sale_uid: str) -> tuple[NewPrintJob, AuditEntry]:
    sale = till.store.read.sale(sale_uid)
    if sale is None:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    printer = _printer(till)
    copy = 1 + max((job.copy for job in till.store.read.print_jobs_of(sale_uid) if job.kind is DocumentKind.RECEIPT), default=0)
    shop = till.store.read.shop()
    job = NewPrintJob(DocumentKind.RECEIPT, sale_uid, copy, printer, till.paper.receipt(sale, shop, copy))
    return job, AuditEntry(till.clock.now(), shop.cashier, "reprint", sale_uid, f'{{"copy": {copy}}}')


def _test_page(till: Till) -> NewPrintJob:
    printer, now = _printer(till), till.clock.now()
    data = till.paper.test_page(till.store.read.shop(), now)
    return NewPrintJob(DocumentKind.TEST_PAGE, till.ids.new(), 0, printer, data, now + 600_000)


def _printer(till: Till) -> str:
    if not till.paper.printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    return till.paper.printer
