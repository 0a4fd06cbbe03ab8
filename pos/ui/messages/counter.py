"""What is said of the failures of the counter. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.UNCLEAR_AMOUNT: Words(
        later("Jumlah uang belum jelas"),
        later("“{typed}” bisa dibaca dua cara. Tulis misalnya 12500 atau 12.500."),
    ),
    ErrorCode.UNCLEAR_QUANTITY: Words(
        later("Jumlah belum jelas"),
        later("“{typed}” belum bisa dibaca. Tulis angka bulat, atau dengan koma: 1,5."),
    ),
    ErrorCode.UNKNOWN_BARCODE: Words(
        later("Belum terdaftar"),
        later("Kode {typed} belum ada di daftar. Tambah barang ini?"),
    ),
    ErrorCode.EMPTY_BASKET: Words(later("Keranjang kosong"), later("Pindai barang pertama dulu.")),
    ErrorCode.BASKET_CHANGED: Words(
        later("Keranjang sudah berubah"),
        later("Isi keranjang baru saja berubah. Lihat totalnya sekali lagi, lalu lanjutkan."),
    ),
    ErrorCode.TOO_LITTLE_MONEY: Words(
        later("Uangnya belum cukup"),
        later("Totalnya {due}, masih kurang {missing}. Tambah uangnya, atau kurangi barang."),
    ),
    ErrorCode.NO_CASH_SESSION: Words(
        later("Kasir belum dibuka"),
        later("Hitung uang di laci dulu, lalu buka kasir. Keranjangnya tetap ada."),
    ),
    ErrorCode.CASH_SESSION_ALREADY_OPEN: Words(
        later("Kasir sudah buka"),
        later("Kasir sudah dibuka tadi. Langsung saja berjualan."),
    ),
    ErrorCode.BASKET_NOT_EMPTY: Words(
        later("Masih ada barang di keranjang"),
        later("Bayar atau simpan dulu keranjang yang ini."),
    ),
    ErrorCode.PRODUCT_NOT_FOUND: Words(
        later("Barang belum lengkap"),
        later("Barang ini belum punya nama atau harga. Lengkapi di Barang, lalu coba lagi."),
    ),
    ErrorCode.SALE_NOT_FOUND: Words(
        later("Nota tidak ditemukan"),
        later("Nota itu tidak ada di komputer ini. Cari lagi di Nota."),
    ),
    ErrorCode.QUANTITY_OUT_OF_RANGE: Words(
        later("Jumlah di luar batas"),
        later("{typed} terlalu kecil atau terlalu besar untuk satu nota. Periksa jumlahnya."),
    ),
    ErrorCode.AMOUNT_OUT_OF_RANGE: Words(
        later("Jumlah uang di luar batas"),
        later("{typed} terlalu besar atau di bawah nol. Periksa angkanya."),
    ),
}
