"""Words of the struk, the pickup receipt and the test page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos.domain.sale import SaleKind, Tender, TenderState


@dataclass(frozen=True, slots=True)
class StrukWords:
    """Of a sale. `tenders`: how it is paid; `back`: how money goes back in a correction; `states`: how sure the money is."""

    note: str
    cashier: str
    customer: str
    discount: str
    subtotal: str
    rounding: str
    total: str
    change: str
    damaged: str
    corrects: str
    saved: str
    copy: str
    rehearsal: str
    tenders: Mapping[str, str]
    back: Mapping[str, str]
    states: Mapping[TenderState, str]
    kinds: Mapping[SaleKind, str]


@dataclass(frozen=True, slots=True)
class PickupWords:
    """Of an online order that is packed and handed over."""

    title: str
    order: str
    buyer: str
    phone: str
    slot: str
    paid: str
    not_paid: str
    remark: str
    code: str
    online_order: str
    code_too_long: str


@dataclass(frozen=True, slots=True)
class TestWords:
    """Of the printer's test page."""

    title: str
    edge: str
    bold: str
    large: str
    page: str
    scan_this: str
    size: str
    printer: str
    model: str
    cuts: str
    tears: str
    example: str


INDONESIAN: Final = StrukWords(
    note="Nota {}",
    cashier="Kasir {}",
    customer="Pelanggan {}",
    discount="Potongan",
    subtotal="Subtotal",
    rounding="Pembulatan",
    total="TOTAL",
    change="Kembali",
    damaged="(rusak)",
    corrects="Dari nota berakhir {}",
    saved="Anda hemat {}",
    copy="SALINAN ke-{}",
    rehearsal="LATIHAN - BUKAN BUKTI PEMBAYARAN",
    tenders={
        Tender.CASH: "Tunai",
        Tender.QRIS: "QRIS",
        Tender.TRANSFER: "Transfer",
        Tender.CREDIT: "Bon",
        Tender.TITIPAN: "Titipan dipakai",
        Tender.EXCHANGE: "Tukar barang",
    },
    back={
        Tender.CASH: "Uang kembali tunai",
        Tender.QRIS: "Kembali lewat QRIS",
        Tender.TRANSFER: "Kembali lewat transfer",
        Tender.CREDIT: "Mengurangi bon",
        Tender.TITIPAN: "Jadi titipan",
        Tender.EXCHANGE: "Ditukar barang lain",
    },
    states={
        TenderState.PAID: "",
        TenderState.WAITING: "menunggu uang masuk",
        TenderState.CONFIRMED_BY_HAND: "dipastikan kasir",
        TenderState.EXPIRED: "kedaluwarsa, belum dibayar",
        TenderState.PAID_LATE: "masuk terlambat",
    },
    kinds={SaleKind.SALE: "", SaleKind.VOID: "NOTA DIBATALKAN", SaleKind.REFUND: "RETUR"},
)
ENGLISH: Final = StrukWords(
    note="Bill {}",
    cashier="Cashier {}",
    customer="Customer {}",
    discount="Discount",
    subtotal="Subtotal",
    rounding="Rounding",
    total="TOTAL",
    change="Change",
    damaged="(damaged)",
    corrects="Of bill ending {}",
    saved="You saved {}",
    copy="COPY no. {}",
    rehearsal="REHEARSAL - NO PROOF OF PAYMENT",
    tenders={
        Tender.CASH: "Cash",
        Tender.QRIS: "QRIS",
        Tender.TRANSFER: "Transfer",
        Tender.CREDIT: "On credit",
        Tender.TITIPAN: "From money kept",
        Tender.EXCHANGE: "Exchange",
    },
    back={
        Tender.CASH: "Given back in cash",
        Tender.QRIS: "Given back by QRIS",
        Tender.TRANSFER: "Given back by transfer",
        Tender.CREDIT: "Off the debt",
        Tender.TITIPAN: "Kept for you",
        Tender.EXCHANGE: "Exchanged for goods",
    },
    states={
        TenderState.PAID: "",
        TenderState.WAITING: "waiting for the money",
        TenderState.CONFIRMED_BY_HAND: "confirmed by the cashier",
        TenderState.EXPIRED: "expired, not paid",
        TenderState.PAID_LATE: "came in late",
    },
    kinds={SaleKind.SALE: "", SaleKind.VOID: "CANCELLED", SaleKind.REFUND: "REFUND"},
)

INDONESIAN_PICKUP: Final = PickupWords(
    title="STRUK AMBIL",
    order="Pesanan {}",
    buyer="Pembeli",
    phone="HP",
    slot="Ambil",
    paid="LUNAS {}",
    not_paid="BELUM BAYAR {}",
    remark="Catatan: {}",
    code="Kode ambil {}",
    online_order="Pesanan e-Peken {}",
    code_too_long="(kode terlalu panjang untuk kertas ini)",
)
ENGLISH_PICKUP: Final = PickupWords(
    title="PICKUP SLIP",
    order="Order {}",
    buyer="Buyer",
    phone="Phone",
    slot="Pickup",
    paid="PAID {}",
    not_paid="NOT PAID {}",
    remark="Note: {}",
    code="Pickup code {}",
    online_order="e-Peken order {}",
    code_too_long="(code too long for this paper)",
)

INDONESIAN_TEST: Final = TestWords(
    title="HALAMAN TES",
    edge="<- garis sampai tepi ->",
    bold="TEBAL dan LEBAR",
    large="Besar 2x",
    page="Halaman kode {}",
    scan_this="Pindai kode ini",
    size="{} mm {} titik {} kolom",
    printer="Printer {}",
    model="Jenis {}",
    cuts="Kertas dipotong di bawah ini",
    tears="Sobek di bawah ini",
    example="TOTAL",
)
ENGLISH_TEST: Final = TestWords(
    title="TEST PAGE",
    edge="<- line to the edge ->",
    bold="BOLD and WIDE",
    large="Large 2x",
    page="Code page {}",
    scan_this="Scan this code",
    size="{} mm {} dots {} columns",
    printer="Printer {}",
    model="Kind {}",
    cuts="The paper is cut below this",
    tears="Tear below this",
    example="TOTAL",
)
