"""What is said of the failures of selling: weights, labels, units, packages, deposits. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.RUPIAH_TOO_LITTLE: Words(
        later("Belum sampai satu takaran"),
        later("Paling sedikit {least} untuk barang ini. Tambah rupiahnya, atau ubah takaran di Pengaturan."),
    ),
    ErrorCode.STOCK_SHORT: Words(
        later("Stok di catatan tidak cukup"),
        later("{name} di catatan tinggal {left} {unit}. Tetap jual?"),
    ),
    ErrorCode.LOOSE_STICK: Words(
        later("Rokok batangan tidak dijual"),
        later("{name} dijual per bungkus (PP 28/2024). Pilih satuan lain."),
    ),
    ErrorCode.SCALE_SILENT: Words(
        later("Timbangan belum menjawab"),
        later("Periksa kabel dan nyalanya, atau ketik beratnya."),
    ),
    ErrorCode.SCALE_MOVING: Words(
        later("Timbangan belum tenang"),
        later("Tunggu angkanya diam, lalu tekan sekali lagi."),
    ),
    ErrorCode.SCALE_OVERLOAD: Words(
        later("Terlalu berat untuk timbangan"),
        later("Kurangi isinya, atau ketik beratnya."),
    ),
    ErrorCode.SCALE_NEGATIVE: Words(
        later("Timbangan di bawah nol"),
        later("Kosongkan lalu nolkan timbangan, dan timbang lagi."),
    ),
    ErrorCode.SCALE_EMPTY: Words(
        later("Timbangan kosong"),
        later("Taruh barangnya dulu, lalu tekan sekali lagi."),
    ),
    ErrorCode.SCALE_NOT_FOR: Words(
        later("Barang ini tidak dijual per gram"),
        later("{name} dihitung per satuan. Ketik jumlahnya."),
    ),
    ErrorCode.LABEL_CHECK_WRONG: Words(
        later("Label timbangan tidak terbaca benar"),
        later("Angka {typed} tidak cocok dengan angka ceknya. Pindai sekali lagi, atau timbang ulang."),
    ),
    ErrorCode.LABEL_PATTERN_WRONG: Words(
        later("Pola label belum pas"),
        later("“{typed}” belum bisa dipakai. Tulis 13 tempat, misalnya 2F IIIII WWWWW C."),
    ),
    ErrorCode.PACK_EMPTY: Words(
        later("Kemasannya juga habis"),
        later("{name} tidak ada lagi di catatan. Catat barang masuk dulu, atau jual dengan stok minus."),
    ),
    ErrorCode.PACK_NOT_SET: Words(
        later("Belum ada kemasan yang dibuka"),
        later("Pilih dulu barang ini keluar dari kemasan apa."),
    ),
    ErrorCode.DEPOSIT_NEEDS_CUSTOMER: Words(
        later("Pelanggan belum dipilih"),
        later("Pilih pelanggannya dulu, lalu catat pinjamannya."),
    ),
    ErrorCode.DEPOSIT_TOO_MANY: Words(
        later("Kembalinya lebih banyak"),
        later("Yang dipinjam hanya {held}. Periksa jumlahnya."),
    ),
}
