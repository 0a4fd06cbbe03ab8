"""The words of paper, apart from the words of the screen: a shop may sell in Indonesian and be looked after in English.

Owns sentences of documents only. Holds no layout and no amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.sale import SaleKind, Tender


@dataclass(frozen=True, slots=True)
class Words:
    """One language of paper. Fields with `{}` take one value."""

    note: str
    cashier: str
    discount: str
    subtotal: str
    rounding: str
    total: str
    change: str
    saved: str
    copy: str
    tenders: dict[Tender, str]
    kinds: dict[SaleKind, str]
    pickup_title: str
    order: str
    buyer: str
    phone: str
    slot: str
    paid: str
    not_paid: str
    remark: str
    pickup_code: str
    online_order: str
    code_too_long: str
    test_title: str
    edge: str
    sample_bold: str
    sample_large: str
    sample_page: str
    scan_this: str
    paper_size: str


INDONESIAN: Final = Words(
    note="Nota {}",
    cashier="Kasir {}",
    discount="Potongan",
    subtotal="Subtotal",
    rounding="Pembulatan",
    total="TOTAL",
    change="Kembali",
    saved="Anda hemat {}",
    copy="SALINAN ke-{}",
    tenders={Tender.CASH: "Tunai", Tender.QRIS: "QRIS", Tender.TRANSFER: "Transfer", Tender.CREDIT: "Bon"},
    kinds={SaleKind.SALE: "", SaleKind.VOID: "NOTA DIBATALKAN", SaleKind.REFUND: "RETUR"},
    pickup_title="STRUK AMBIL",
    order="Pesanan {}",
    buyer="Pembeli",
    phone="HP",
    slot="Ambil",
    paid="LUNAS {}",
    not_paid="BELUM BAYAR {}",
    remark="Catatan: {}",
    pickup_code="Kode ambil {}",
    online_order="Pesanan e-Peken {}",
    code_too_long="(kode terlalu panjang untuk kertas ini)",
    test_title="HALAMAN TES",
    edge="<- garis sampai tepi ->",
    sample_bold="TEBAL dan LEBAR",
    sample_large="Besar 2x",
    sample_page="Halaman kode {}",
    scan_this="Pindai kode ini",
    paper_size="{} mm {} titik {} kolom",
)

ENGLISH: Final = Words(
    note="Receipt {}",
    cashier="Cashier {}",
    discount="Discount",
    subtotal="Subtotal",
    rounding="Rounding",
    total="TOTAL",
    change="Change",
    saved="You saved {}",
    copy="COPY no. {}",
    tenders={Tender.CASH: "Cash", Tender.QRIS: "QRIS", Tender.TRANSFER: "Transfer", Tender.CREDIT: "On credit"},
    kinds={SaleKind.SALE: "", SaleKind.VOID: "CANCELLED", SaleKind.REFUND: "REFUND"},
    pickup_title="PICKUP SLIP",
    order="Order {}",
    buyer="Buyer",
    phone="Phone",
    slot="Pickup",
    paid="PAID {}",
    not_paid="NOT PAID {}",
    remark="Note: {}",
    pickup_code="Pickup code {}",
    online_order="e-Peken order {}",
    code_too_long="(code too long for this paper)",
    test_title="TEST PAGE",
    edge="<- line to the edge ->",
    sample_bold="BOLD and WIDE",
    sample_large="Large 2x",
    sample_page="Code page {}",
    scan_this="Scan this code",
    paper_size="{} mm {} dots {} columns",
)


def words_for(language: str) -> Words:
    """The words of `id` or `en`; anything else speaks Indonesian, as the shop does."""
    return ENGLISH if language == "en" else INDONESIAN
