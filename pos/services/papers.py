"""Papers that someone asks for beside the struk: nota and kuitansi of a sale, labels, sheets to count by, goods receipts, the card of keys.

Each is a job of its own with its bytes frozen now, in the audit log, on the printer of its role. `paper` has what is done with jobs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import (
    LONGEST_BUYER,
    MOST_LABELS,
    CountRow,
    CountSheet,
    GoodsReceipt,
    HelpCard,
    KeyLine,
    Label,
    LabelKind,
    is_paid,
    net_total,
)
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.domain.sale import Sale, SaleKind
from pos.services.ports import AuditEntry, Queries, Till
from pos.services.views import GoodsFilter, GoodsRow

LABELS_A_JOB: Final = 40
"""Labels of one print job: what is doubtful after a jam is no more than that, and the next paper does not wait for all of them."""
_BUYERS: Final = "papers.buyers"
_KEPT_BUYERS: Final = 12
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class _Nota:
    """A sale for a department, with what came back of it."""

    sale: Sale
    corrections: tuple[Sale, ...]


def print_nota(till: Till, sale_uid: str, buyer: str = "") -> int:
    """Queue the nota of a sale. Returns its copy: 0 the first, n the n-th SALINAN.

    Args:
        buyer: a department as it was typed; empty leaves a line to write on.

    Raises:
        ShopError: SALE_NOT_FOUND, NOTA_NOT_A_SALE, NOTA_TAKEN_BACK, BUYER_TOO_LONG, PRINTER_NOT_SET.
    """
    buyer, found, shop = _clean(buyer), _sale_of(till, sale_uid), till.store.read.shop()

    def paper(copy: int) -> bytes:
        return till.paper.nota(found.sale, shop, buyer, copy, found.corrections)

    return _queue_one(till, DocumentKind.NOTA, sale_uid, paper, buyer)


def print_kuitansi(till: Till, sale_uid: str, buyer: str = "", purpose: str = "") -> int:
    """Queue the kuitansi of a sale that is paid. Returns its copy, as `print_nota`.

    Args:
        purpose: what was paid for; empty names the goods.

    Raises:
        ShopError: NOTA_NOT_PAID, and those of `print_nota`.
    """
    buyer, purpose = _clean(buyer), _clean(purpose)
    found, shop = _paid_sale(till, sale_uid), till.store.read.shop()

    def paper(copy: int) -> bytes:
        return till.paper.kuitansi(found.sale, shop, buyer, purpose, copy, found.corrections)

    return _queue_one(till, DocumentKind.KUITANSI, sale_uid, paper, buyer)


def nota_page(till: Till, sale_uid: str, buyer: str = "") -> Document:
    """What the nota says, for a page. Raises like `print_nota`, without PRINTER_NOT_SET."""
    found = _sale_of(till, sale_uid)
    return till.paper.nota_document(found.sale, till.store.read.shop(), _clean(buyer), 0, found.corrections)


def kuitansi_page(till: Till, sale_uid: str, buyer: str = "", purpose: str = "") -> Document:
    """What the kuitansi says, for a page. Raises like `print_kuitansi`, without PRINTER_NOT_SET."""
    found = _paid_sale(till, sale_uid)
    shop = till.store.read.shop()
    return till.paper.kuitansi_document(found.sale, shop, _clean(buyer), _clean(purpose), 0, found.corrections)


def page_written(till: Till, kind: DocumentKind, sale_uid: str, buyer: str) -> None:
    """A nota or kuitansi left as a file: in the audit log, its buyer among those that are offered the next time."""
    shop = till.store.read.shop()
    with till.store.begin() as work:
        work.set_setting(_BUYERS, _remembered(till.store.read, _clean(buyer)))
        work.audit([AuditEntry(till.clock.now(), shop.cashier, f"{kind.value}_pdf", sale_uid)])
        work.commit()


def buyers(read: Queries) -> list[str]:
    """Departments that papers were made out to, the last one first."""
    kept = read.setting(_BUYERS)
    try:
        names = json.loads(kept) if kept else []
    except ValueError:
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def count_sheet(till: Till, rows: Sequence[GoodsRow], part: str, blind: bool, total: int = 0) -> CountSheet:
    """Goods as a sheet to count by.

    Args:
        part: what the list is called on the sheet; `blind`: without what the till believes in; `total`: goods of the list, where `rows`
            is only its top.
    """
    return CountSheet(
        till.clock.now(),
        part,
        tuple(CountRow(row.name, row.unit_name, row.factor, row.barcode, None if blind else row.on_hand) for row in rows),
        total or len(rows),
    )


def goods_of(read: Queries, which: GoodsFilter, text: str) -> list[GoodsRow]:
    """Every row of a goods list that may be printed at once.

    Raises:
        ShopError: LABELS_NONE, LABELS_TOO_MANY with `most`.
    """
    total = read.goods_total(which, text)
    _check_count(total)
    return [row for offset in range(0, total, _PAGE) for row in read.goods(which, text, offset, _PAGE)]


def too_many() -> ShopError:
    """What is said of a list that is too long for one job."""
    return ShopError(ErrorCode.LABELS_TOO_MANY, most=MOST_LABELS)


def label_of(row: GoodsRow) -> Label:
    """A row of the goods list as a label."""
    return Label(row.name, row.unit_name, row.price, row.barcode, row.size, row.wholesale or 0, row.wholesale_from or 0)


def label_jobs(till: Till, labels: Sequence[Label], kind: LabelKind) -> list[NewPrintJob]:
    """Labels as jobs of `LABELS_A_JOB`, bytes and all; queues nothing. Not for the UI thread: some milliseconds a label.

    Raises:
        ShopError: LABELS_NONE, LABELS_TOO_MANY with `most`; PRINTER_NOT_SET.
    """
    _check_count(len(labels))
    printer = _printer(till, DocumentKind.LABEL)
    parts = [labels[start : start + LABELS_A_JOB] for start in range(0, len(labels), LABELS_A_JOB)]
    return [NewPrintJob(DocumentKind.LABEL, till.ids.new(), 0, printer, till.paper.labels(part, kind)) for part in parts]


def queue(till: Till, jobs: Sequence[NewPrintJob]) -> None:
    """Queue jobs that were made before, all or none, in the audit log."""
    shop, now = till.store.read.shop(), till.clock.now()
    with till.store.begin() as work:
        work.queue_print(jobs)
        work.audit([AuditEntry(now, shop.cashier, "printed", job.document, json.dumps({"kind": job.kind.value})) for job in jobs])
        work.commit()


def count_sheet_job(till: Till, sheet: CountSheet) -> NewPrintJob:
    """A sheet to count by as a job; queues nothing. Raises ShopError PRINTER_NOT_SET."""
    data = till.paper.stock_take_sheet(sheet, till.store.read.shop())
    return NewPrintJob(DocumentKind.STOCK_TAKE, till.ids.new(), 0, _printer(till, DocumentKind.STOCK_TAKE), data)


def print_count_sheet(till: Till, sheet: CountSheet) -> None:
    """Queue a sheet to count by. Raises ShopError PRINTER_NOT_SET."""
    queue(till, [count_sheet_job(till, sheet)])


def print_key_card(till: Till, keys: Sequence[KeyLine]) -> None:
    """Queue the card of keys. Raises ShopError PRINTER_NOT_SET."""
    data = till.paper.key_card(keys, till.store.read.shop())
    queue(till, [NewPrintJob(DocumentKind.KEY_CARD, till.ids.new(), 0, _printer(till, DocumentKind.KEY_CARD), data)])


def print_help_card(till: Till, card: HelpCard, document: str = "") -> None:
    """Queue the card of help; under a `document` of its own only once, however often it is asked for. Raises ShopError PRINTER_NOT_SET."""
    printer, uid = _printer(till, DocumentKind.HELP_CARD), document or till.ids.new()
    if not till.store.read.print_jobs_of(uid):
        queue(till, [NewPrintJob(DocumentKind.HELP_CARD, uid, 0, printer, till.paper.help_card(card, till.store.read.shop()))])


def print_goods_receipt(till: Till, receipt: GoodsReceipt) -> int:
    """Queue the paper of a delivery. Returns its copy. Raises ShopError PRINTER_NOT_SET."""
    shop = till.store.read.shop()
    return _queue_one(till, DocumentKind.GOODS_RECEIPT, receipt.uid, lambda copy: till.paper.goods_receipt(receipt, shop, copy))


def next_copy(read: Queries, kind: DocumentKind, document: str) -> int:
    """The copy that a document's next paper is: 0 when it was never printed."""
    return 1 + max((job.copy for job in read.print_jobs_of(document) if job.kind is kind), default=-1)


def _queue_one(till: Till, kind: DocumentKind, document: str, paper: Callable[[int], bytes], buyer: str = "") -> int:
    """The next copy of a document, and its buyer among those that are offered the next time, in one transaction."""
    printer, now = _printer(till, kind), till.clock.now()
    with till.store.begin() as work:
        # within the block: a second click is the next copy, never the same one
        copy = next_copy(till.store.read, kind, document)
        work.queue_print([NewPrintJob(kind, document, copy, printer, paper(copy))])
        if buyer:
            work.set_setting(_BUYERS, _remembered(till.store.read, buyer))
        details = json.dumps({"kind": kind.value, "copy": copy})
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "printed", document, details)])
        work.commit()
    return copy


def _printer(till: Till, kind: DocumentKind) -> str:
    printer = till.paper.printer_of(role_of(kind))
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    return printer


def _sale_of(till: Till, sale_uid: str) -> _Nota:
    sale = till.store.read.sale(sale_uid)
    if sale is None:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    if sale.kind is not SaleKind.SALE:
        raise ShopError(ErrorCode.NOTA_NOT_A_SALE)
    corrections = tuple(till.store.read.corrections(sale_uid))
    if corrections and net_total(sale, corrections) <= 0:
        raise ShopError(ErrorCode.NOTA_TAKEN_BACK)
    return _Nota(sale, corrections)


def _paid_sale(till: Till, sale_uid: str) -> _Nota:
    found = _sale_of(till, sale_uid)
    if not is_paid(found.sale):
        raise ShopError(ErrorCode.NOTA_NOT_PAID)
    return found


def _clean(typed: str) -> str:
    """Typed or pasted words on one line.

    Raises:
        ShopError: BUYER_TOO_LONG with `most`.
    """
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
    if len(text) > LONGEST_BUYER:
        raise ShopError(ErrorCode.BUYER_TOO_LONG, most=LONGEST_BUYER)
    return text


def _remembered(read: Queries, buyer: str) -> str:
    kept = [name for name in buyers(read) if name != buyer]
    return json.dumps(([buyer] if buyer else []) + kept[: _KEPT_BUYERS - 1], ensure_ascii=False)


def _check_count(count: int) -> None:
    if not count:
        raise ShopError(ErrorCode.LABELS_NONE)
    if count > MOST_LABELS:
        raise too_many()
