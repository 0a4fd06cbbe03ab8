"""Words of nota and kuitansi: what a department's accounts ask for. Terbilang is Indonesian in both languages: it is what they check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Of a nota and a kuitansi. `months`: January first."""

    nota: str
    kuitansi: str
    number: str
    date: str
    to: str
    goods: str
    quantity: str
    price: str
    amount: str
    in_words: str
    paid_with: str
    not_paid: str
    returned: str
    received_from: str
    the_sum: str
    for_what: str
    nota_of: str
    and_more: str
    receiver: str
    regards: str
    taken_by: str
    months: tuple[str, ...]


INDONESIAN: Final = AccountWords(
    nota="NOTA",
    kuitansi="KUITANSI",
    number="No.",
    date="Tanggal",
    to="Kepada",
    goods="Nama barang",
    quantity="Banyaknya",
    price="Harga satuan",
    amount="Jumlah",
    in_words="Terbilang",
    paid_with="Dibayar dengan",
    not_paid="BELUM LUNAS",
    returned="Retur: {}",
    received_from="Sudah terima dari",
    the_sum="Uang sejumlah",
    for_what="Untuk pembayaran",
    nota_of="nota {}",
    and_more="dan {} barang lain",
    receiver="Penerima",
    regards="Hormat kami",
    taken_by="Yang menerima",
    months=(
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
)  # fmt: skip
ENGLISH: Final = AccountWords(
    nota="INVOICE",
    kuitansi="PAYMENT RECEIPT",
    number="No.",
    date="Date",
    to="To",
    goods="Goods",
    quantity="Quantity",
    price="Unit price",
    amount="Amount",
    in_words="In words",
    paid_with="Paid with",
    not_paid="NOT PAID IN FULL",
    returned="Returned: {}",
    received_from="Received from",
    the_sum="The sum of",
    for_what="In payment of",
    nota_of="invoice {}",
    and_more="and {} other goods",
    receiver="Received by",
    regards="For the shop",
    taken_by="Money taken by",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
)  # fmt: skip
