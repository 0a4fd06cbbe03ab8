"""The steps of the first-run guide, in order, with their words. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pos.ui.language import later


class Step(StrEnum):
    LANGUAGE = "language"
    PAIR = "pair"
    PRINTER = "printer"
    SCANNER = "scanner"
    DRAWER = "drawer"
    GOODS = "goods"
    PIN = "pin"


class StepWords(NamedTuple):
    """What a step is called in the rail, its title on the page, and the sentence below it."""

    name: str
    title: str
    lead: str


STEPS: Final = tuple(Step)

WORDS: Final[dict[Step, StepWords]] = {
    Step.LANGUAGE: StepWords(
        later("Bahasa"),
        later("Selamat datang di e-Peken POS"),
        later("Tujuh langkah singkat, lalu bisa jualan. Semua bisa diganti lagi di Pengaturan."),
    ),
    Step.PAIR: StepWords(
        later("Sambungkan toko"),
        later("Sambungkan ke e-Peken"),
        later("Minta kode sekali pakai ke petugas e-Peken. Belum punya? Isi nama toko saja, jualan tetap bisa."),
    ),
    Step.PRINTER: StepWords(
        later("Printer"),
        later("Printer struk"),
        later("Cari printernya, cetak halaman atur, lalu jawab tiga pertanyaan."),
    ),
    Step.SCANNER: StepWords(
        later("Pemindai"),
        later("Coba pemindainya"),
        later("Ambil barang apa saja yang ada barcodenya, lalu pindai sekarang."),
    ),
    Step.DRAWER: StepWords(
        later("Laci uang"),
        later("Coba laci uangnya"),
        later("Kabel laci dicolok ke belakang printer. Tekan tombolnya: lacinya harus terbuka."),
    ),
    Step.GOODS: StepWords(
        later("Barang"),
        later("Isi daftar barang"),
        later("Dari berkas Excel atau CSV sendiri, dari e-Peken, atau mulai dari daftar barang umum."),
    ),
    Step.PIN: StepWords(
        later("PIN pemilik"),
        later("PIN pemilik"),
        later("Kalau ada yang ikut menjaga toko: batal nota, retur, dan uang keluar minta PIN ini."),
    ),
}
