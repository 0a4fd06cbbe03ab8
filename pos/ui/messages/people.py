"""What is said of the failures of people, PINs, the drawer and keys. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.NEEDS_ROLE: Words(
        later("Perlu izin pemilik"),
        later("Panggil pemilik untuk memasukkan PIN-nya. Yang lain tetap bisa dikerjakan."),
    ),
    ErrorCode.PIN_WRONG: Words(
        later("PIN belum cocok"),
        later("Coba lagi pelan-pelan. Kalau lupa, pemilik bisa memberi PIN baru di Orang."),
    ),
    ErrorCode.PIN_WAIT: Words(
        later("Tunggu sebentar"),
        later("Sudah beberapa PIN yang tidak cocok. Coba lagi {seconds} detik lagi."),
    ),
    ErrorCode.PIN_SHAPE: Words(later("PIN belum pas"), later("PIN terdiri dari 4 sampai 8 angka.")),
    ErrorCode.PIN_EASY: Words(
        later("PIN terlalu mudah ditebak"),
        later("Pilih yang lain: bukan angka yang sama semua, dan bukan urutan seperti 1234."),
    ),
    ErrorCode.USER_NAME_EMPTY: Words(later("Namanya belum ada"), later("Tulis nama panggilan, misalnya Sri.")),
    ErrorCode.USER_NAME_TAKEN: Words(
        later("Nama itu sudah ada"),
        later("Sudah ada {name}. Tambahkan huruf atau nama panggilan lain supaya tidak tertukar."),
    ),
    ErrorCode.USER_NOT_FOUND: Words(
        later("Orangnya sudah tidak terdaftar"),
        later("Baru saja diubah. Buka lagi daftar orangnya."),
    ),
    ErrorCode.USER_TOO_MANY: Words(
        later("Daftar orangnya penuh"),
        later("Paling banyak {most} orang. Nonaktifkan yang sudah tidak bekerja di sini."),
    ),
    ErrorCode.LAST_OWNER: Words(
        later("Harus ada satu pemilik"),
        later("Beri dulu peran Pemilik dan PIN kepada orang lain, baru ubah yang ini."),
    ),
    ErrorCode.CASH_SHORT: Words(
        later("Uang di laci tidak sebanyak itu"),
        later("Yang tercatat di laci lebih sedikit dari {amount}. Periksa jumlahnya."),
    ),
    ErrorCode.COUNT_DIFFERS: Words(
        later("Hitungannya belum sama"),
        later("Jumlah per lembar tidak sama dengan totalnya. Hitung sekali lagi."),
    ),
    ErrorCode.KEY_TAKEN: Words(
        later("Tombol itu sudah dipakai"),
        later("{key} sudah dipakai untuk yang lain. Pilih tombol lain, atau pindahkan yang itu dulu."),
    ),
    ErrorCode.KEY_NOT_ALLOWED: Words(
        later("Tombol itu tidak bisa dipakai"),
        later("Huruf, angka, Enter dan F10 dipakai pemindai dan komputer. Pilih F1 sampai F12, atau Ctrl dengan huruf."),
    ),
}
