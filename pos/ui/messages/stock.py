"""What is said when goods cannot be taken in or counted. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.RECEIPT_EMPTY: Words(later("Belum ada barangnya"), later("Pindai barang yang datang dulu, lalu catat.")),
    ErrorCode.UNCLEAR_DATE: Words(later("Tanggalnya belum jelas"), later("Tulis seperti 25/11/2027, atau kosongkan.")),
    ErrorCode.RECEIPT_COST_MISSING: Words(
        later("Harga kulakan belum diisi"), later("Isi dulu harga {name} dari nota agen. Barang bonus: isi 0.")
    ),
    ErrorCode.RECEIPT_DISCOUNT: Words(
        later("Potongannya terlalu besar"), later("Potongan lebih besar dari harga semua barang. Periksa lagi angkanya.")
    ),
    ErrorCode.RECEIPT_POSTED: Words(
        later("Kulakan ini sudah dicatat"), later("Lihat di daftar Kulakan. Kalau ada yang salah, pilih Perbaiki.")
    ),
    ErrorCode.RECEIPT_CHANGED: Words(
        later("Jumlahnya berubah"), later("Ada yang diubah barusan. Periksa lagi jumlahnya, lalu catat sekali lagi.")
    ),
    ErrorCode.RECEIPT_SAME: Words(later("Isinya masih sama"), later("Ubah dulu yang salah, lalu catat perbaikannya.")),
    ErrorCode.RECEIPT_NOT_FOUND: Words(later("Kulakan tidak ditemukan"), later("Pilih lagi di daftar Kulakan.")),
    ErrorCode.STOCK_TAKE_POSTED: Words(
        later("Opname ini sudah dicatat"), later("Selisihnya sudah masuk stok, satu kali. Mulai opname baru untuk menghitung lagi.")
    ),
    ErrorCode.STOCK_TAKE_EMPTY: Words(later("Belum ada yang dihitung"), later("Pindai barang di rak dulu, lalu catat.")),
    ErrorCode.STOCK_TAKE_NOT_FOUND: Words(later("Opname tidak ditemukan"), later("Pilih lagi di daftar Opname, atau mulai yang baru.")),
}
