"""Nota, kuitansi, labels and sheets on a real store: numbered copies, on the printer of their role, in the audit log, refused in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.correction import ReturnLine
from pos.domain.document import Goods, Hang, Pair
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import LONGEST_BUYER, MOST_LABELS, GoodsReceipt, KeyLine, Label, LabelKind, ReceivedLine
from pos.domain.printing import DocumentKind, PrinterRole, PrintJob
from pos.domain.sale import Tender, TenderState
from pos.domain.tendering import Part
from pos.printing.device import Device
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES
from pos.services import papers
from pos.services.checkout import pay
from pos.services.correcting import refund_lines, void_sale
from pos.services.customers import add_customer
from pos.services.goods import put_catalogue
from pos.services.people_views import AuditSearch
from pos.services.ports import Till
from pos.services.selling import scan
from pos.services.selling_lines import set_customer
from pos.services.views import GoodsFilter
from tests.helpers.papers import reader_of
from tests.helpers.shops import PlainPaper, goods, open_market, sell

BUYER = "Dinas Komunikasi dan Informatika Kota Surabaya"
MI, KOPI, SABUN = "089686010947", "8991002105485", "8999999036607"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as opened:
        yield opened


def jobs_of(till: Till, kind: DocumentKind) -> list[PrintJob]:
    return sorted((job for job in till.store.read.print_jobs() if job.kind is kind), key=lambda job: job.id)


def refused(code: ErrorCode) -> pytest.RaisesExc[ShopError]:
    return pytest.RaisesExc(ShopError, check=lambda error: error.code is code)


def test_a_nota_is_printed_for_a_department_and_again_as_a_numbered_copy(till: Till) -> None:
    sale = sell(till, MI, KOPI)
    assert [papers.print_nota(till, sale.uid, BUYER) for _ in range(3)] == [0, 1, 2]
    assert [job.data.decode() for job in jobs_of(till, DocumentKind.NOTA)] == [
        f"nota {sale.number} {BUYER} copy {copy} back 0" for copy in range(3)
    ]
    assert papers.print_kuitansi(till, sale.uid, BUYER) == 0, "a paper of its own"


def test_departments_are_remembered_the_last_one_first_and_not_twice(till: Till) -> None:
    sale = sell(till, MI)
    assert papers.buyers(till.store.read) == []
    for buyer in ("Dinas Sosial", "", "  Bagian\nUmum ", "Dinas Sosial", *(f"Kelurahan {number}" for number in range(15))):
        papers.print_nota(till, sale.uid, buyer)
    kept = papers.buyers(till.store.read)
    assert kept[0] == "Kelurahan 14"
    assert len(kept) == len(set(kept)) == 12
    with till.store.begin() as work:
        work.set_setting("papers.buyers", "not json")
        work.commit()
    assert papers.buyers(till.store.read) == []


def test_what_came_back_is_not_paid_for_twice(till: Till) -> None:
    sale = sell(till, MI, MI, MI, KOPI)
    refund_lines(till, sale.uid, [ReturnLine(0, 1)], "sobek")
    document = papers.nota_page(replace(till, paper=PrinterPaper(PROFILES["generic58"], printer="kasir")), sale.uid, BUYER)
    assert [block.amount for block in document if isinstance(block, Goods)] == ["10.500", "1.500", "-3.500"]
    assert (
        Pair("TOTAL", "Rp8.500", next(block.style for block in document if isinstance(block, Pair) and block.left == "TOTAL")) in document
    )
    words = [block.text for block in document if isinstance(block, Hang)]
    assert words == [BUYER, "delapan ribu lima ratus rupiah"]


def test_a_sale_that_was_taken_back_whole_and_a_correction_have_no_nota(till: Till) -> None:
    sale = sell(till, MI)
    back = void_sale(till, sale.uid, "salah")
    with refused(ErrorCode.NOTA_TAKEN_BACK):
        papers.print_nota(till, sale.uid)
    with refused(ErrorCode.NOTA_NOT_A_SALE):
        papers.print_kuitansi(till, back.uid)
    with refused(ErrorCode.SALE_NOT_FOUND):
        papers.nota_page(till, "0" * 32)


def test_a_kuitansi_is_only_for_money_that_is_there(till: Till) -> None:
    basket, _ = scan(till, MI)
    sale = pay(till, basket, (Part(Tender.TRANSFER, 3_500, TenderState.CONFIRMED_BY_HAND, "1234"),))
    assert papers.print_kuitansi(till, sale.uid, BUYER, "Konsumsi rapat") == 0
    customer = add_customer(till, "Bu Rina", limit=100_000)
    scan(till, MI)
    owed = pay(till, set_customer(till, customer.uid, customer.name), (Part(Tender.CREDIT, 3_500),))
    for verb in (papers.print_kuitansi, papers.kuitansi_page):
        with refused(ErrorCode.NOTA_NOT_PAID):
            verb(till, owed.uid)
    printed = PrinterPaper(PROFILES["generic58"], printer="kasir")
    assert papers.print_nota(replace(till, paper=printed), owed.uid) == 0
    assert "BELUM LUNAS" in reader_of(PROFILES["generic58"]).read(jobs_of(till, DocumentKind.NOTA)[-1].data).text


def test_a_name_that_is_too_long_is_refused_and_not_cut(till: Till) -> None:
    sale = sell(till, MI)
    assert papers.print_nota(till, sale.uid, "x" * LONGEST_BUYER) == 0
    for verb in (papers.print_nota, papers.print_kuitansi, papers.nota_page, papers.kuitansi_page):
        with refused(ErrorCode.BUYER_TOO_LONG):
            verb(till, sale.uid, "x" * (LONGEST_BUYER + 1))
    with refused(ErrorCode.BUYER_TOO_LONG):
        papers.print_kuitansi(till, sale.uid, "", "x" * (LONGEST_BUYER + 1))


def print_labels(till: Till, labels: Sequence[Label], kind: LabelKind) -> int:
    """As the dialog does: made beside the window, queued in it. Returns how many jobs they are."""
    jobs = papers.label_jobs(till, labels, kind)
    papers.queue(till, jobs)
    return len(jobs)


def test_without_a_printer_nothing_is_queued_and_a_page_can_still_be_made(till: Till) -> None:
    sale = sell(till, MI)
    bare = replace(till, paper=PlainPaper(""))
    for verb in (papers.print_nota, papers.print_kuitansi):
        with refused(ErrorCode.PRINTER_NOT_SET):
            verb(bare, sale.uid)
    rows = papers.goods_of(till.store.read, GoodsFilter.ALL, "")
    with refused(ErrorCode.PRINTER_NOT_SET):
        print_labels(bare, [papers.label_of(rows[0])], LabelKind.SHELF)
    with refused(ErrorCode.PRINTER_NOT_SET):
        papers.print_key_card(bare, [])
    assert papers.nota_page(bare, sale.uid)
    assert jobs_of(till, DocumentKind.NOTA) == []


def test_every_paper_goes_to_the_printer_of_its_role(till: Till) -> None:
    receipts, shelf = Device("kasir", PROFILES["generic58"]), Device("gudang", PROFILES["generic80"])
    roles = {PrinterRole.STRUK: receipts, PrinterRole.LABEL: shelf, PrinterRole.REPORT: shelf}
    paper = PrinterPaper(receipts.profile, device=receipts, roles=roles)
    busy = replace(till, paper=paper)
    sale = sell(till, MI)
    rows = papers.goods_of(till.store.read, GoodsFilter.ALL, "")
    papers.print_nota(busy, sale.uid)
    print_labels(busy, [papers.label_of(row) for row in rows], LabelKind.SHELF)
    papers.print_count_sheet(busy, papers.count_sheet(busy, rows, "Semua barang", blind=False))
    papers.print_key_card(busy, [KeyLine("F9", "Bayar")])
    printers = {job.kind: job.printer for job in till.store.read.print_jobs()}
    assert printers[DocumentKind.NOTA] == "kasir"
    assert {printers[kind] for kind in (DocumentKind.LABEL, DocumentKind.STOCK_TAKE, DocumentKind.KEY_CARD)} == {"gudang"}
    (label,) = jobs_of(till, DocumentKind.LABEL)
    assert reader_of(PROFILES["generic80"]).read(label.data).cuts == 1, "set for its own width"


def test_labels_of_a_list_are_jobs_of_forty_and_a_second_click_is_others(till: Till) -> None:
    put_catalogue(till, [(goods(f"Barang {number}", 1_000 + number, f"{number:04d}"), 5) for number in range(95)])
    rows = papers.goods_of(till.store.read, GoodsFilter.ALL, "")
    labels = [papers.label_of(row) for row in rows]
    assert print_labels(till, labels, LabelKind.BARCODE) == 3
    texts = [job.data.decode().splitlines() for job in jobs_of(till, DocumentKind.LABEL)]
    assert [len(lines) for lines in texts] == [40, 40, 19]
    assert [line for lines in texts for line in lines] == [f"label barcode {label.name} {label.price} {label.code}" for label in labels]
    assert print_labels(till, labels[:1], LabelKind.SHELF) == 1
    assert len(jobs_of(till, DocumentKind.LABEL)) == 4


def test_a_list_that_is_too_long_or_empty_is_refused_before_anything_is_read(till: Till) -> None:
    with refused(ErrorCode.LABELS_NONE):
        papers.goods_of(till.store.read, GoodsFilter.ALL, "tidak ada barang ini")
    with refused(ErrorCode.LABELS_NONE):
        print_labels(till, [], LabelKind.SHELF)
    label = papers.label_of(papers.goods_of(till.store.read, GoodsFilter.ALL, "")[0])
    with refused(ErrorCode.LABELS_TOO_MANY):
        print_labels(till, [label] * (MOST_LABELS + 1), LabelKind.SHELF)
    assert jobs_of(till, DocumentKind.LABEL) == []


def test_a_delivery_has_its_paper_and_its_copies(till: Till) -> None:
    receipt = GoodsReceipt("f" * 32, "M-1", till.clock.now(), "Sari", "CV Sumber", "", (ReceivedLine("Mi", "dus", 40, 120, 372_000),))
    assert [papers.print_goods_receipt(till, receipt) for _ in range(2)] == [0, 1]
    assert jobs_of(till, DocumentKind.GOODS_RECEIPT)[1].data == b"barang masuk M-1 372000 copy 1"


def test_every_paper_that_was_asked_for_is_in_the_audit_log_without_the_name_of_a_buyer(till: Till) -> None:
    sale = sell(till, MI)
    papers.print_nota(till, sale.uid, BUYER)
    papers.page_written(till, DocumentKind.KUITANSI, sale.uid, BUYER)
    papers.print_key_card(till, [KeyLine("F9", "Bayar")])
    told = [(row.action, row.details) for row in till.store.read.audit(AuditSearch(), 0, 3)]
    assert sorted(action for action, _ in told) == ["kuitansi_pdf", "printed", "printed"]
    assert BUYER not in str(told)
