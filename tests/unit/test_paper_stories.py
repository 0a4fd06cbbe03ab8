"""What is on the papers of a shop's day, as the people read them who get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.cash_movement import CashReason
from pos.domain.credit import CreditEntry, CreditKind, make_statement
from pos.domain.document import Bar, Pair
from pos.domain.drawer_report import DrawerLineKind
from pos.domain.papers import is_paid, kuitansi_number, net_total
from pos.domain.sale import Payment, Sale, SaleKind, Tender, TenderState
from pos.printing.credit_papers import statement
from pos.printing.paper import PaperLook, PrinterPaper
from pos.printing.parts import House
from pos.printing.profiles import PROFILES
from pos.printing.samples import AT, BUYER, CUSTOMER, DAY, LABELS, SHOP, count_sheet, drawer_report, goods_receipt, repayment, sale
from pos.printing.words import ENGLISH, FAMILIES, INDONESIAN, Words
from tests.helpers.papers import make_line, reader_of

P58 = PROFILES["generic58"]
PAPER = PrinterPaper(P58, look=PaperLook("id", "", "Terima kasih"))


def lines(data: bytes) -> list[str]:
    """The lines of a paper as they are read, blanks made one."""
    return [" ".join(line.text.split()) for line in reader_of(P58).read(data).lines if line.text.strip()]


def struk(*payments: Payment, **changed: Any) -> list[str]:
    return lines(PAPER.receipt(replace(sale(*payments), **changed), SHOP))


# --- how it was paid ------------------------------------------------------------------------------------------------


def test_every_tender_of_a_split_sale_is_told_and_change_only_of_cash() -> None:
    told = struk(
        Payment(Tender.QRIS, 62_500, 62_500, state=TenderState.PAID),
        Payment(Tender.TRANSFER, 50_000, 50_000, reference="****8812"),
        Payment(Tender.CASH, 50_000, 100_000, 50_000),
    )
    at = told.index("TOTAL Rp162.500")
    assert told[at + 1 : at + 5] == ["QRIS 62.500", "Transfer ****8812 50.000", "Tunai 100.000", "Kembali 50.000"]


def test_cash_that_was_exact_beside_another_tender_has_no_line_of_change() -> None:
    told = struk(Payment(Tender.QRIS, 100_000, 100_000), Payment(Tender.CASH, 62_500, 62_500))
    assert not any("Kembali" in line for line in told)
    assert "Kembali 0" in struk(Payment(Tender.CASH, 162_500, 162_500)), "alone it is said: nothing is due back"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TenderState.CONFIRMED_BY_HAND, "dipastikan kasir"),
        (TenderState.WAITING, "menunggu uang masuk"),
        (TenderState.EXPIRED, "kedaluwarsa, belum dibayar"),
        (TenderState.PAID_LATE, "masuk terlambat"),
    ],
)
def test_how_sure_the_money_is_stands_below_the_tender(state: TenderState, words: str) -> None:
    told = struk(Payment(Tender.QRIS, 162_500, 162_500, state=state))
    assert told[told.index("QRIS 162.500") + 1] == words
    assert words not in struk(Payment(Tender.QRIS, 162_500, 162_500))


def test_change_that_is_kept_and_what_was_kept_before_are_told() -> None:
    told = struk(
        Payment(Tender.TITIPAN, 500, 0),
        Payment(Tender.CASH, 162_200, 165_000, 2_800),
        Payment(Tender.TITIPAN, -200, 0, reference="c" * 32),
    )
    at = told.index("TOTAL Rp162.500")
    assert told[at + 1 : at + 5] == ["Titipan dipakai 500", "Tunai 165.000", "Kembali 2.800", "Jadi titipan 200"]
    assert not any("c" * 8 in line for line in told), "whose it is stays in the store"


def test_goods_on_credit_name_the_customer() -> None:
    told = struk(Payment(Tender.CREDIT, 162_500, 162_500), customer_name="Bu Rina")
    assert "Pelanggan Bu Rina" in told
    assert "Bon 162.500" in told


# --- taken back -----------------------------------------------------------------------------------------------------


def test_a_void_says_what_it_answers_and_how_the_money_goes_back() -> None:
    back = Sale(
        "9c1b" + "0" * 28, "A1-1050-9C1B", "s", "Sari", AT, (make_line("Sabun mandi", -3, 4_500),),
        (Payment(Tender.CASH, -13_500, 0),), -13_500, kind=SaleKind.VOID, corrects="7c2f" + "0" * 28,
    )  # fmt: skip
    told = lines(PAPER.receipt(back, SHOP))
    assert "NOTA DIBATALKAN" in told
    assert "Dari nota berakhir 7C2F" in told, "the end of its number, which the customer holds"
    assert "-3 pcs x 4.500 -13.500" in told
    assert "TOTAL -Rp13.500" in told
    assert "Uang kembali tunai 13.500" in told
    assert "Kembali 0" not in told


def test_a_refund_of_damaged_goods_says_so_line_by_line() -> None:
    line = replace(make_line("Telur ayam", -500, 28_000, "kg", 1_000, discount=-500), damaged=True)
    back = Sale(
        "9c1b" + "0" * 28, "A1-1051-9C1B", "s", "Sari", AT, (line,), (Payment(Tender.CREDIT, -13_500, 0),), -13_500, kind=SaleKind.REFUND
    )
    told = lines(PAPER.receipt(back, SHOP))
    assert "RETUR" in told
    assert "Telur ayam (rusak)" in told
    assert "Potongan 500" in told, "the share of the discount goes back too"
    assert "Mengurangi bon 13.500" in told


def test_an_exchange_is_two_papers_that_meet() -> None:
    other = struk(Payment(Tender.EXCHANGE, 13_500, 0), Payment(Tender.CASH, 149_000, 150_000, 1_000))
    assert "Tukar barang 13.500" in other
    back = Sale(
        "9c1b" + "0" * 28, "A1-1052-9C1B", "s", "Sari", AT, (make_line("Sabun", -3, 4_500),),
        (Payment(Tender.EXCHANGE, -13_500, 0),), -13_500, kind=SaleKind.REFUND,
    )  # fmt: skip
    assert "Ditukar barang lain 13.500" in lines(PAPER.receipt(back, SHOP))


# --- for a department -----------------------------------------------------------------------------------------------


def test_a_nota_is_what_an_account_needs() -> None:
    told = lines(PAPER.nota(sale(), SHOP, BUYER))
    for line in (
        "NOTA", "No. A1-1042-7C2F", "Tanggal 23 November 2026", "Kepada : Dinas Komunikasi dan", "Informatika Kota", "TOTAL Rp162.500",
        "Terbilang : seratus enam puluh", "dua ribu lima ratus", "Dibayar dengan Tunai", "Penerima Hormat kami", "(...........) (Sari)",
    ):  # fmt: skip
        assert line in told


def test_an_empty_buyer_leaves_a_line_to_write_on() -> None:
    told = lines(PAPER.nota(sale(), SHOP))
    assert f"Kepada : {'.' * 23}" in told


def test_a_nota_that_is_not_paid_says_so() -> None:
    owed = sale(Payment(Tender.CASH, 62_500, 62_500), Payment(Tender.CREDIT, 100_000, 100_000))
    assert "BELUM LUNAS" in lines(PAPER.nota(owed, SHOP))
    assert not is_paid(owed)
    assert is_paid(sale(Payment(Tender.QRIS, 162_500, 162_500, state=TenderState.CONFIRMED_BY_HAND)))
    assert not is_paid(sale(Payment(Tender.QRIS, 162_500, 162_500, state=TenderState.EXPIRED)))


def test_what_came_back_stands_below_and_the_words_are_of_what_is_left() -> None:
    back = replace(
        sale(), kind=SaleKind.REFUND, lines=(make_line("Roti tawar", -1, 18_500, "bungkus"),),
        payments=(Payment(Tender.CASH, -18_500, 0),), total=-18_500,
    )  # fmt: skip
    assert net_total(sale(), [back]) == 144_000
    told = lines(PAPER.nota(sale(), SHOP, BUYER, 0, [back]))
    assert "Retur: Roti tawar" in told
    assert "-1 bungkus x 18.500 -18.500" in told
    assert "TOTAL Rp144.000" in told
    assert "Rp144.000" in lines(PAPER.kuitansi(sale(), SHOP, BUYER, "", 0, [back]))


def test_a_kuitansi_names_the_goods_that_it_can_and_the_nota_that_has_all() -> None:
    told = " ".join(lines(PAPER.kuitansi(sale(), SHOP, BUYER)))
    assert "3 pcs Sabun mandi, 1,5 kg Telur ayam, 5 bungkus Mi goreng, dan 4 barang lain (nota A1-1042-7C2F)" in told
    assert kuitansi_number(sale()) in told
    assert "Konsumsi rapat" in " ".join(lines(PAPER.kuitansi(sale(), SHOP, BUYER, "Konsumsi rapat")))


# --- debts ----------------------------------------------------------------------------------------------------------


def test_a_bon_says_what_is_owed_now_in_all_and_when() -> None:
    owed = sale(Payment(Tender.CASH, 60_000, 60_000), Payment(Tender.CREDIT, 102_500, 102_500))
    told = lines(PAPER.bon(owed, CUSTOMER, 209_500, SHOP, AT + 30 * DAY))
    for line in ("BON", "Pelanggan Bu Rina", "HP ****3841", "Jadi utang Rp102.500", "Jatuh tempo 23/12/2026", "(Bu Rina) (Sari)"):
        assert line in told
    assert told[told.index("Sisa utang") + 1] == "Rp209.500"
    assert not any("Jatuh tempo" in line for line in lines(PAPER.bon(owed, CUSTOMER, 209_500, SHOP)))


def test_a_statement_begins_after_the_last_time_that_nothing_was_owed() -> None:
    entries = [
        CreditEntry(CreditKind.SALE, AT - 90 * DAY, "A1-0001-0001", 50_000),
        CreditEntry(CreditKind.REPAYMENT, AT - 80 * DAY, "B-0001", -50_000),
        CreditEntry(CreditKind.SALE, AT - 10 * DAY, "A1-0900-0900", 20_000, due_at=AT - DAY),
        CreditEntry(CreditKind.SALE, AT - 5 * DAY, "A1-0950-0950", 5_000, due_at=AT + DAY),
    ]
    told = lines(PAPER.statement(make_statement(CUSTOMER, entries, AT), SHOP, AT))
    assert not any("A1-0001" in line for line in told)
    assert "A1-0900-0900 20.000" in told
    assert "Lewat tempo Rp20.000" in told
    assert "Jatuh tempo 22/11/2026 20.000" in told
    assert "Per 23/11/2026 14:05 WIB" in told
    assert told[told.index("Sisa utang") + 1] == "Rp25.000"


def test_a_long_book_is_carried_over_and_still_adds_up() -> None:
    entries = [CreditEntry(CreditKind.SALE, AT - number * DAY, f"A1-{number}", 1_000 + number) for number in range(200, 0, -1)]
    book = make_statement(CUSTOMER, entries, AT)
    document = statement(book, House(SHOP, INDONESIAN), AT)
    before = next(block for block in document if isinstance(block, Pair) and block.left == "Sisa sebelumnya")
    listed = [entry for entry in book.entries if any(entry.number in str(block) for block in document)]
    assert len(listed) == 60
    assert int(before.right.replace(".", "")) + sum(entry.amount for entry in listed) == book.balance


def test_who_owes_nothing_reads_so_and_who_paid_too_much_too() -> None:
    assert "Tidak ada utang." in lines(PAPER.statement(make_statement(CUSTOMER, [], AT), SHOP, AT))
    over = make_statement(CUSTOMER, [CreditEntry(CreditKind.REPAYMENT, AT, "B-1", -5_000)], AT)
    assert any(line.startswith("Kelebihan bayar") for line in lines(PAPER.statement(over, SHOP, AT)))


def test_a_repayment_says_what_was_paid_how_and_what_is_left() -> None:
    told = lines(PAPER.repayment(CUSTOMER, repayment(), SHOP))
    for line in ("BAYAR UTANG", "No. B-0032", "DIBAYAR Rp57.000", "Tunai 60.000", "Kembali 3.000", "Sisa utang Rp50.000"):
        assert line in told
    assert "LUNAS" in lines(PAPER.repayment(CUSTOMER, replace(repayment(), balance=0), SHOP))
    assert "Kelebihan bayar Rp1.000" in lines(PAPER.repayment(CUSTOMER, replace(repayment(), balance=-1_000), SHOP))


# --- the drawer -----------------------------------------------------------------------------------------------------


def test_a_z_report_explains_the_drawer_and_an_x_is_not_counted_yet() -> None:
    told = lines(PAPER.drawer_report(drawer_report(), SHOP))
    for line in (
        "LAPORAN Z-214", "Hari usaha 23/11/2026", "Kasir Sari, Bima", "Modal awal 300.000", "Penjualan tunai (96) 4.215.500",
        "Belanja toko (2) -186.000", "Diambil pemilik -2.000.000", "Uang seharusnya Rp2.630.000", "Uang dihitung Rp2.629.500",
        "KURANG Rp500",
        "18 x 100.000 1.800.000", "Retur (2) -37.000", "Pembulatan -350", "QRIS (41) 2.380.500", "dipastikan kasir (3) 145.000",
    ):  # fmt: skip
        assert line in told
    shown = lines(PAPER.drawer_report(drawer_report(None), SHOP))
    assert "LAPORAN X" in shown
    assert "Tutup belum ditutup" in shown
    assert not any(word in " ".join(shown) for word in ("Uang dihitung", "KURANG", "LEBIH", "PAS"))


@pytest.mark.parametrize(("counted", "verdict"), [(2_630_000, "PAS"), (2_640_000, "LEBIH Rp10.000"), (0, "KURANG Rp2.630.000")])
def test_the_count_is_judged_in_one_black_bar(counted: int, verdict: str) -> None:
    from pos.printing.drawer_papers import drawer_report as report_paper

    document = report_paper(replace(drawer_report(), counted=counted), House(SHOP, INDONESIAN))
    assert Bar(verdict) in document


# --- goods ----------------------------------------------------------------------------------------------------------


def test_a_delivery_says_what_came_and_what_is_not_priced_yet() -> None:
    told = lines(PAPER.goods_receipt(goods_receipt(), SHOP))
    for line in (
        "BARANG MASUK",
        "Dari CV Sumber Rejeki",
        "Nota mereka SR/11/0482",
        "3 dus 372.000",
        "10 sak harga belum ada",
        "Jumlah Rp632.000",
    ):
        assert line in told


def test_a_sheet_to_count_by_has_room_to_write_and_blind_no_figures() -> None:
    sheet = count_sheet()
    assert "catatan 187 bungkus ........" in lines(PAPER.stock_take_sheet(sheet, SHOP))
    blind = replace(sheet, rows=tuple(replace(row, on_hand=None) for row in sheet.rows))
    told = lines(PAPER.stock_take_sheet(blind, SHOP))
    assert "089686010947 ........ bungkus" in told
    assert not any("187" in line for line in told)


def test_a_shelf_label_is_read_from_afar() -> None:
    from pos.domain.papers import LabelKind

    reading = reader_of(P58).read(PAPER.labels(LABELS[:1], LabelKind.SHELF))
    sizes = {" ".join(line.text.split()): (line.width, line.height) for line in reading.lines}
    assert sizes["Rp3.500"] == (4, 4)
    assert sizes["Mi goreng rasa ayam bawang 85 g"] == (1, 2)
    assert sizes["per bungkus 10+ Rp3.200"] == (1, 1)


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_every_kind_and_state_has_its_word_on_paper(words: Words) -> None:
    assert set(words.struk.tenders) == set(words.struk.back) == set(Tender)
    assert set(words.struk.states) == set(TenderState)
    assert set(words.struk.kinds) == set(SaleKind)
    assert set(words.credit.kinds) == {kind.value for kind in CreditKind}
    assert set(words.report.kinds) == {kind.value for kind in DrawerLineKind}
    assert set(words.report.reasons) == {reason.value for reason in CashReason}
    assert len(words.accounts.months) == 12
    empty = [name for name, said in _said(words) if not said]
    assert empty == []


def _said(words: Words) -> list[tuple[str, str]]:
    """Every sentence of a language with its name."""
    found: list[tuple[str, str]] = []
    for family in FAMILIES:
        part = getattr(words, family)
        for name in part.__slots__:
            value = getattr(part, name)
            if isinstance(value, str):
                found.append((f"{family}.{name}", value))
            elif isinstance(value, Mapping):
                found += [(f"{family}.{name}.{key}", each) for key, each in value.items() if key not in (SaleKind.SALE, TenderState.PAID)]
    return found
