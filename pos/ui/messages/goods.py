"""What is said of the failures of editing goods: names, units, prices, codes, pictures, twins. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.GOODS_NAME_EMPTY: Words(
        later("Namanya masih kosong"),
        later("Isi nama barangnya dulu, seperti di kemasannya."),
    ),
    ErrorCode.CATEGORY_EMPTY: Words(
        later("Kategorinya masih kosong"),
        later("Pilih salah satu, atau tulis nama kategori yang baru."),
    ),
    ErrorCode.UNIT_NAME_EMPTY: Words(
        later("Nama satuan masih kosong"),
        later("Isi nama satuannya, misalnya pcs atau dus."),
    ),
    ErrorCode.UNIT_NAME_TWICE: Words(
        later("Dua satuan bernama sama"),
        later("“{name}” sudah ada. Beri nama lain, atau hapus salah satunya."),
    ),
    ErrorCode.LADDER_CIRCLE: Words(
        later("Isi satuan berputar"),
        later("“{name}” diisi satuan yang isinya “{name}” juga. Pilih satuan yang lebih kecil."),
    ),
    ErrorCode.LADDER_FACTOR: Words(
        later("Isi satuan tidak masuk akal"),
        later("Isi “{name}” harus 1 sampai {most} satuan dasar. Periksa angkanya."),
    ),
    ErrorCode.LADDER_LENGTH: Words(
        later("Satuannya terlalu banyak"),
        later("Paling banyak {most} satuan untuk satu barang. Hapus yang tidak dipakai."),
    ),
    ErrorCode.BASE_UNIT_FIXED: Words(
        later("Hitungan stok sudah berjalan"),
        later("Barang ini sudah pernah masuk atau terjual. Buat barang baru kalau cara hitungnya lain."),
    ),
    ErrorCode.PRICE_MISSING: Words(
        later("Harga jual belum diisi"),
        later("Isi harga eceran untuk {unit}, satuan yang dijual."),
    ),
    ErrorCode.PRICES_TOO_MANY: Words(
        later("Harganya terlalu banyak"),
        later("Paling banyak {most} harga untuk “{name}”. Hapus yang sudah lewat."),
    ),
    ErrorCode.GROUP_NAME_EMPTY: Words(
        later("Kelompok langganan belum diisi"),
        later("Isi nama kelompoknya, misalnya warung."),
    ),
    ErrorCode.CODE_EMPTY: Words(
        later("Kodenya masih kosong"),
        later("Pindai atau ketik kodenya dulu."),
    ),
    ErrorCode.CODE_TAKEN: Words(
        later("Kode ini sudah dipakai"),
        later("Kode itu milik “{name}”. Hapus di sana dulu, atau gabungkan kedua barangnya."),
    ),
    ErrorCode.CODE_TWICE: Words(
        later("Kodenya tertulis dua kali"),
        later("{typed} sudah ada di barang ini. Satu kode untuk satu satuan saja."),
    ),
    ErrorCode.CODES_TOO_MANY: Words(
        later("Kodenya terlalu banyak"),
        later("Paling banyak {most} kode untuk “{name}”. Hapus yang tidak dipakai."),
    ),
    ErrorCode.TOBACCO_OFFLINE: Words(
        later("Rokok tidak dijual online"),
        later("“{name}” tetap dijual di toko. PP 28/2024 melarang rokok di web dan aplikasi."),
    ),
    ErrorCode.DATE_UNCLEAR: Words(
        later("Tanggalnya belum jelas"),
        later("Tulis “{typed}” seperti 31/12/2026, atau kosongkan untuk mulai sekarang."),
    ),
    ErrorCode.PICTURE_UNREADABLE: Words(
        later("Gambar tidak terbaca"),
        later("Pilih foto JPG atau PNG lain, atau salin gambarnya sekali lagi."),
    ),
    ErrorCode.PICTURE_TOO_LARGE: Words(
        later("Gambarnya terlalu besar"),
        later("Kecilkan fotonya dulu, atau potret lagi dengan ukuran sedang."),
    ),
    ErrorCode.PICTURE_NOT_THERE: Words(
        later("Belum ada gambar yang disalin"),
        later("Salin gambarnya dulu dari foto atau peramban, lalu tempel lagi."),
    ),
    ErrorCode.PERCENT_OUT_OF_RANGE: Words(
        later("Persennya terlalu jauh"),
        later("Antara turun 90 dan naik 1.000 persen. Periksa angkanya."),
    ),
    ErrorCode.NOTHING_CHANGED: Words(
        later("Tidak ada yang berubah"),
        later("Semua sudah seperti yang diminta. Pilih barang lain, atau tutup saja."),
    ),
    ErrorCode.TWINS_UNLIKE: Words(
        later("Cara hitungnya berbeda"),
        later("“{name}” dihitung dengan satuan lain. Samakan dulu, atau biarkan terpisah."),
    ),
    ErrorCode.TWIN_IN_USE: Words(
        later("Barang ini masih di keranjang atau pesanan"),
        later("Selesaikan dulu yang memuat “{name}”, lalu gabungkan lagi."),
    ),
}
