"""What is said of the failures of spreadsheets. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.SHEET_UNREADABLE: Words(
        later("Berkas tidak bisa dibuka"),
        later("Berkasnya rusak atau terpotong. Simpan lagi sebagai XLSX atau CSV, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_PASSWORD: Words(
        later("Berkas memakai kata sandi"),
        later("Buka di Excel, hapus kata sandinya, simpan, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_EMPTY: Words(
        later("Berkas kosong"),
        later("Belum ada baris barang di dalamnya. Isi dulu, lalu pilih lagi."),
    ),
    ErrorCode.SHEET_NO_COLUMNS: Words(
        later("Kolom nama dan harga belum ketemu"),
        later("Beri judul kolom di baris pertama, misalnya: nama, harga, barcode, stok."),
    ),
    ErrorCode.SHEET_TOO_LONG: Words(
        later("Berkas terlalu panjang"),
        later("Bagi menjadi beberapa berkas yang lebih pendek, lalu masukkan satu per satu."),
    ),
    ErrorCode.SHEET_KIND_UNKNOWN: Words(
        later("Jenis berkas belum dikenal"),
        later("Simpan sebagai XLSX atau CSV, lalu pilih lagi."),
    ),
    ErrorCode.IMPORT_NOT_THERE: Words(
        later("Daftar ini tidak bisa dibatalkan lagi"),
        later("Mungkin sudah dibatalkan. Buka Barang, Berkas daftar, untuk melihat keadaannya."),
    ),
    ErrorCode.SHEET_NOT_FOUND: Words(
        later("Berkas tidak ketemu"),
        later("Mungkin sudah dipindah atau flashdisk dicabut. Pilih lagi berkasnya."),
    ),
}
