"""What is said of the failures of paper. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.PRINTER_NOT_SET: Words(
        later("Printer belum dipilih"),
        later("Nota tetap tersimpan. Pilih printer di Lainnya, Pengaturan."),
    ),
    ErrorCode.PRINTER_NOT_FOUND: Words(
        later("Printer tidak ketemu"),
        later("Nyalakan printer dan periksa kabelnya, lalu tekan Cetak lagi."),
    ),
    ErrorCode.PRINT_JOB_NOT_FOUND: Words(
        later("Cetakan sudah selesai"),
        later("Cetakan itu sudah dijawab. Tidak perlu apa-apa lagi."),
    ),
    ErrorCode.PRINTER_BUSY: Words(
        later("Printer sedang mencetak"),
        later("Tunggu sampai selesai, lalu tanya lagi."),
    ),
    ErrorCode.PRINTER_OTHER_PAPER: Words(
        later("Lebar kertasnya lain"),
        later("Cetakan ini dibuat untuk kertas printer pertama. Buka halaman asalnya, lalu cetak dari sana."),
    ),
    ErrorCode.LOGO_UNREADABLE: Words(
        later("Gambar tidak bisa dibuka"),
        later("Pilih gambar lain: PNG, JPEG, WebP, GIF atau BMP. Logo yang lama tetap dipakai."),
    ),
    ErrorCode.LOGO_TOO_LARGE: Words(
        later("Gambar terlalu besar"),
        later("Pilih gambar yang lebih kecil, paling besar 40 megapiksel. Logo yang lama tetap dipakai."),
    ),
    ErrorCode.LOGO_EMPTY: Words(
        later("Gambar kosong"),
        later("Di kertas putih gambar ini tidak kelihatan. Pilih gambar yang lebih gelap."),
    ),
    ErrorCode.NOTA_NOT_A_SALE: Words(
        later("Ini bukan penjualan"),
        later("Nota dan kuitansi dibuat dari notanya sendiri, bukan dari batal atau retur. Pilih nota penjualannya."),
    ),
    ErrorCode.NOTA_TAKEN_BACK: Words(
        later("Semua barang sudah kembali"),
        later("Tidak ada lagi yang dibayar di nota ini. Pilih nota lain."),
    ),
    ErrorCode.NOTA_NOT_PAID: Words(
        later("Belum lunas"),
        later("Kuitansi dibuat setelah uangnya masuk. Sementara itu Nota bisa dicetak."),
    ),
    ErrorCode.BUYER_TOO_LONG: Words(
        later("Nama terlalu panjang"),
        later("Paling banyak {most} huruf. Singkat sedikit, misalnya Dinkominfo Surabaya."),
    ),
    ErrorCode.LABELS_NONE: Words(
        later("Belum ada barang yang dipilih"),
        later("Pilih barang atau saringannya dulu, lalu cetak label."),
    ),
    ErrorCode.LABELS_TOO_MANY: Words(
        later("Terlalu banyak untuk sekali cetak"),
        later("Paling banyak {most} label. Pilih kategori atau cari dulu, lalu cetak bertahap."),
    ),
    ErrorCode.PDF_NOT_WRITTEN: Words(
        later("PDF belum tersimpan"),
        later("Pilih folder lain, atau tutup berkas itu di program lain, lalu simpan lagi."),
    ),
}
