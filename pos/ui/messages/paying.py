"""What is said of the failures of paying, and of what comes after the sale. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.TENDER_TOO_MUCH: Words(
        later("Bayarnya kelebihan"),
        later("Lebih {amount}. QRIS, transfer, dan bon tidak ada kembaliannya: kurangi salah satu bagian."),
    ),
    ErrorCode.TENDER_EMPTY: Words(later("Jumlahnya masih kosong"), later("Ketik dulu berapa rupiah, lalu lanjutkan.")),
    ErrorCode.CUSTOMER_NEEDED: Words(later("Bon untuk siapa?"), later("Pilih pelanggannya dulu, lalu catat bon.")),
    ErrorCode.CUSTOMER_NOT_FOUND: Words(later("Pelanggan tidak ditemukan"), later("Pilih lagi pelanggannya di daftar Bon.")),
    ErrorCode.CUSTOMER_NAME_EMPTY: Words(later("Nama masih kosong"), later("Tulis nama panggilannya, misalnya Bu Wati.")),
    ErrorCode.CREDIT_LIMIT: Words(later("Lewat batas bon"), later("Batas bonnya terlewati. Pemilik bisa mengizinkan dengan PIN.")),
    ErrorCode.REPAYMENT_TOO_MUCH: Words(
        later("Lebih dari utangnya"), later("Utangnya tinggal {owed}. Catat paling banyak sebesar itu; sisanya kembalian.")
    ),
    ErrorCode.SUPPLIER_NOT_FOUND: Words(later("Pemasok tidak ditemukan"), later("Pilih lagi pemasoknya di Buku, halaman Pemasok.")),
    ErrorCode.SUPPLIER_NAME_EMPTY: Words(later("Nama pemasok masih kosong"), later("Tulis namanya, misalnya Agen Makmur.")),
    ErrorCode.SUPPLIER_PAID_TOO_MUCH: Words(
        later("Lebih dari yang harus dibayar"), later("Ke pemasok ini tinggal {owed}. Catat paling banyak sebesar itu.")
    ),
    ErrorCode.ACCOUNT_NOT_FOUND: Words(later("Tempat uang tidak ditemukan"), later("Pilih lagi kas atau rekeningnya di Buku kas.")),
    ErrorCode.ACCOUNT_NAME_EMPTY: Words(later("Namanya masih kosong"), later("Tulis nama kas atau rekening, misalnya BCA toko.")),
    ErrorCode.TITIPAN_TOO_LITTLE: Words(
        later("Titipannya kurang"), later("Yang dititip tinggal {there}. Pakai paling banyak sebesar itu.")
    ),
    ErrorCode.QRIS_UNREADABLE: Words(
        later("Kode QRIS tidak terbaca"),
        later("Kode ini bukan QRIS yang utuh. Pindai lagi pelan-pelan, atau pakai stiker yang lain."),
    ),
    ErrorCode.QRIS_NOT_OURS: Words(
        later("Bukan QRIS toko ini"), later("Stiker ini milik orang lain. Lepas, pasang stiker toko, dan beri tahu pemilik.")
    ),
    ErrorCode.QRIS_OVER_CAP: Words(
        later("Terlalu besar untuk satu QRIS"), later("Satu QRIS paling banyak {cap}. Bagi cara bayarnya, atau pakai transfer.")
    ),
    ErrorCode.QRIS_NOT_SET: Words(
        later("QRIS toko belum diisi"), later("Pindai stiker QRIS toko di Pengaturan, bagian Uang. Sementara itu pakai stikernya.")
    ),
    ErrorCode.QRIS_NOT_PAID: Words(
        later("QRIS belum dibayar"), later("Belum ada kabar uangnya masuk. Tunggu sebentar, atau konfirmasi kalau sudah dilihat sendiri.")
    ),
    ErrorCode.QRIS_GONE: Words(
        later("QRIS ini sudah selesai"), later("Uang ini sudah dicocokkan atau dikembalikan. Tidak perlu apa-apa lagi.")
    ),
    ErrorCode.LATE_MONEY_NO_MATCH: Words(
        later("Tidak cocok dengan nota ini"),
        later("Pilih nota yang QRIS-nya dikonfirmasi sendiri dengan jumlah yang sama, atau nota bon. Kalau tidak ada, kembalikan uangnya."),
    ),
    ErrorCode.NOT_THIS_SESSION: Words(
        later("Nota dari sesi lain"), later("Hanya nota sejak kasir dibuka yang bisa dibatalkan. Untuk nota ini pakai Retur.")
    ),
    ErrorCode.NOT_CORRECTABLE: Words(
        later("Nota ini tidak bisa dikoreksi"), later("Pembatalan dan retur tidak bisa dibatalkan lagi. Jual barangnya seperti biasa.")
    ),
    ErrorCode.ALREADY_CORRECTED: Words(
        later("Sudah pernah diretur"), later("Nota ini sudah dibatalkan atau diretur sebagian. Sisa barangnya bisa diretur per baris.")
    ),
    ErrorCode.EMPTY_RETURN: Words(later("Belum ada yang diretur"), later("Pilih barang yang kembali dan berapa banyaknya.")),
    ErrorCode.RETURN_TOO_MANY: Words(
        later("Lebih dari yang dibeli"), later("{name} yang belum kembali tidak sebanyak itu. Kurangi jumlahnya.")
    ),
    ErrorCode.DRAWER_TOO_EMPTY: Words(
        later("Uang di laci kurang"), later("Di laci hanya ada {there}. Kembalikan lewat transfer, atau simpan sebagai titipan.")
    ),
    ErrorCode.REASON_NEEDED: Words(later("Alasannya apa?"), later("Pilih atau tulis alasannya dulu, lalu lanjutkan.")),
}
