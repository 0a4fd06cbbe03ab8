"""What a struk, a pickup receipt and a test page say, as people read them off the paper."""

from __future__ import annotations

from dataclasses import replace

import zxingcpp

from pos.domain.order import OrderLine
from pos.domain.sale import Payment, Sale, Tender, TenderState
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES, profile_named
from tests.helpers.escpos_reader import Reading
from tests.helpers.papers import AT, SHOP, make_line, make_order, make_sale, reader_of

P58 = PROFILES["generic58"]


def struk_of(sale: Sale, language: str = "id", footer: str = "Terima kasih", copy: int = 0) -> Reading:
    return reader_of(P58).read(PrinterPaper(P58, language, footer, "screen:").receipt(sale, SHOP, copy))


def test_a_struk_is_what_the_sketch_shows() -> None:
    sale = make_sale(
        (
            make_line("Sabun mandi", 3, 4_500),
            make_line("Telur ayam", 1_500, 28_000, "kg", 1_000),
            make_line("Minyak goreng 1 liter", 2, 18_500, "refill", discount=2_000),
        ),
        received=100_000,
    )
    assert struk_of(sale).text.splitlines() == [
        "TOKO SINAR JAYA",
        "Jl. Kenanga 12, Surabaya",
        "================================",
        "Nota 1042   23/11/2026 14:05 WIB",
        "Kasir Bu Sari       A1-1042-7C2F",
        "--------------------------------",
        "Sabun mandi",
        "  3 pcs x 4.500           13.500",
        "Telur ayam",
        "  1,5 kg x 28.000         42.000",
        "Minyak goreng 1 liter",
        "  2 refill x 18.500       37.000",
        "  Potongan                -2.000",
        "--------------------------------",
        "TOTAL   Rp90.500",
        "Tunai                    100.000",
        "Kembali    9.500",
        "--------------------------------",
        "Terima kasih",
        "Anda hemat Rp2.000",
    ]


def test_rounding_is_a_line_of_its_own_only_where_something_was_rounded() -> None:
    rounded = struk_of(make_sale((make_line("Gula", 1, 12_530),), step=100)).text
    assert "Subtotal                  12.530\nPembulatan                   -30\n" in rounded
    assert "Pembulatan" not in struk_of(make_sale((make_line("Gula", 1, 12_500),), step=100)).text


def test_change_and_total_are_large() -> None:
    lines = struk_of(make_sale((make_line("Gula", 1, 12_500),), received=20_000)).lines
    large = [line.text.split() for line in lines if (line.width, line.height) == (2, 2)]
    assert large == [["TOKO", "SINAR", "JAYA"], ["TOTAL", "Rp12.500"], ["Kembali", "7.500"]]


def test_change_is_a_matter_of_cash() -> None:
    sale = make_sale((make_line("Gula", 1, 12_500),))
    sale = replace(sale, payments=(Payment(Tender.QRIS, 12_500, 12_500, state=TenderState.PAID),))
    text = struk_of(sale).text
    assert "QRIS" in text
    assert "Kembali" not in text


def test_a_shop_sells_in_english_too() -> None:
    text = struk_of(make_sale((make_line("Rice", 1, 12_500),), received=20_000), language="en", copy=1).text
    assert [word in text for word in ("COPY no. 1", "Bill 1042", "Cash", "Change")] == [True] * 4


def test_the_shops_own_words_stand_at_the_end_each_line_for_itself() -> None:
    lines = struk_of(make_sale((make_line("Gula", 1, 500),)), footer="Terima kasih\nBuka 06.00-21.00").lines
    assert [(line.text, line.bold) for line in lines[-2:]] == [("Terima kasih", True), ("Buka 06.00-21.00", False)]


def test_a_pickup_receipt_is_what_is_packed_and_handed_over_by() -> None:
    order = make_order(
        (
            OrderLine("p", "Minyak goreng 1 liter", "pcs", 1, 2, 18_500, 37_000),
            OrderLine("p", "Kopi susu", "renteng", 10, 20, 14_500, 29_000),
            OrderLine("p", "Kecap manis botol", "botol", 1, 1, 20_500, 20_500),
        ),
        code="EPK1:MFRGGZDF:7K241:ABCDEFGH",
        note="kecap yang botol kaca",
    )
    reading = reader_of(P58).read(PrinterPaper(P58, "id", "", "screen:").pickup(order, SHOP))
    assert [line.text.strip() for line in reading.lines] == [
        "STRUK AMBIL",
        "Toko Sinar Jaya",
        "================================",
        "Pesanan 4821",
        "7K-241",
        "Pembeli                  Dewi A.",
        "HP                      ****3841",
        "Ambil          23/11 16.05-17.05",
        "LUNAS Rp86.500",
        "[ ]   2 Minyak goreng 1 liter",
        "[ ]   2 renteng Kopi susu",
        "[ ]   1 Kecap manis botol",
        "Catatan: kecap yang botol kaca",
        "--------------------------------",
        "Kode ambil 7K-241",
        "Pesanan e-Peken 4821",
    ]
    sizes = {line.text.strip(): line.width for line in reading.lines}
    assert (sizes["7K-241"], sizes["Pesanan 4821"], sizes["LUNAS Rp86.500"]) == (4, 2, 2)
    assert [found.text for found in zxingcpp.read_barcodes(reading.picture)] == ["EPK1:MFRGGZDF:7K241:ABCDEFGH"]


def test_of_a_buyer_no_more_than_four_digits_of_the_phone_are_printed() -> None:
    order = replace(make_order((OrderLine("p", "Gula", "pcs", 1, 1, 500, 500),)), buyer_phone4="081234563841")
    text = reader_of(P58).read(PrinterPaper(P58, "id", "", "screen:").pickup(order, SHOP)).text
    assert "****3841" in text
    assert "0812" not in text


def test_an_order_that_is_not_paid_says_so() -> None:
    order = replace(make_order((OrderLine("p", "Gula", "pcs", 1, 1, 500, 500),)), paid=False)
    assert "BELUM BAYAR Rp500" in reader_of(P58).read(PrinterPaper(P58, "id", "", "screen:").pickup(order, SHOP, 1)).text


def test_the_test_page_shows_what_the_printer_has() -> None:
    for name in (*PROFILES, "TM-T88V"):
        profile = profile_named(name)
        reading = reader_of(profile).read(PrinterPaper(profile, "id", "", "tcp://192.168.1.50:9100").test_page(SHOP, AT))
        text = reading.text
        assert f"{profile.paper_mm} mm {profile.dots} titik {profile.columns} kolom" in text
        assert "tcp://192.168.1.50:9100" in text
        assert "23/11/2026 14:05 WIB" in text
        assert f"Halaman kode {profile.codepage} ({profile.table})" in text
        assert {(line.bold, line.width) for line in reading.lines} >= {(False, 1), (True, 2), (False, 2)}
        assert [found.text[:10] for found in zxingcpp.read_barcodes(reading.picture)] == ["EPEKEN-POS"]
