"""Paper that someone asks for: reprints, the test page, opening the drawer, and the answer to a doubtful job."""

from __future__ import annotations

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, NewPrintJob, PrintState
from pos.services.ports import AuditEntry, Till


def reprint(till: Till, sale_uid: str) -> int:
    """Queue a SALINAN of a sale's struk: a new job, in the audit log. Returns its number.

    Raises:
        ShopError: SALE_NOT_FOUND, PRINTER_NOT_SET.
    """
    sale = till.store.read.sale(sale_uid)
    if sale is None:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    printer = _printer(till)
    copy = 1 + max((job.copy for job in till.store.read.print_jobs_of(sale_uid) if job.kind is DocumentKind.RECEIPT), default=0)
    shop = till.store.read.shop()
    data = till.paper.receipt(sale, shop, copy)
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(DocumentKind.RECEIPT, sale_uid, copy, printer, data)])
        work.audit([AuditEntry(till.clock.now(), shop.cashier, "reprint", sale_uid, f'{{"copy": {copy}}}')])
        work.commit()
    return copy


def print_test_page(till: Till) -> None:
    """Queue the printer's self-test page. Raises ShopError PRINTER_NOT_SET."""
    printer, now = _printer(till), till.clock.now()
    data = till.paper.test_page(till.store.read.shop(), now)
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(DocumentKind.TEST_PAGE, till.ids.new(), 0, printer, data, now + 600_000)])
        work.commit()


def settle_job(till: Till, job_id: int, on_paper: bool) -> None:
    """A person's answer to a job that is UNKNOWN: it is on paper, or it is sent again as a new copy of the same bytes' document.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already.
    """
    job = next((job for job in till.store.read.open_print_jobs() if job.id == job_id), None)
    if job is None or job.state not in (PrintState.UNKNOWN, PrintState.FAILED):
        raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
    now = till.clock.now()
    with till.store.begin() as work:
        work.set_print_state(job.id, PrintState.ON_PAPER if on_paper else PrintState.EXPIRED, now, "said by a person")
        answer = "on_paper" if on_paper else "print_again"
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "print_settled", job.document, answer)])
        work.commit()
    if not on_paper:
        _print_again(till, job.kind, job.document)


def drop_job(till: Till, job_id: int) -> None:
    """A person does not want this paper any more: it is not printed, and says so.

    Raises:
        ShopError: PRINT_JOB_NOT_FOUND when the job is settled already or is being sent.
    """
    job = next((job for job in till.store.read.open_print_jobs() if job.id == job_id), None)
    if job is None or job.state is PrintState.SENDING:
        raise ShopError(ErrorCode.PRINT_JOB_NOT_FOUND)
    now = till.clock.now()
    with till.store.begin() as work:
        work.set_print_state(job.id, PrintState.EXPIRED, now, "dropped by a person")
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "print_settled", job.document, "dropped")])
        work.commit()


def _print_again(till: Till, kind: DocumentKind, document: str) -> None:
    from pos.services.orders import print_pickup

    if kind is DocumentKind.RECEIPT:
        reprint(till, document)
    elif kind is DocumentKind.PICKUP:
        print_pickup(till, document)
    elif kind is DocumentKind.TEST_PAGE:
        print_test_page(till)


def _printer(till: Till) -> str:
    if not till.paper.printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    return till.paper.printer
