"""Words of the card of help that hangs beside the till."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class HelpWords:
    """Of the card. `steps`: what to do, and how."""

    title: str
    call: str
    nobody: str
    read_out: str
    shop: str
    till: str
    program: str
    steps: tuple[tuple[str, str], ...]


INDONESIAN: Final = HelpWords(
    title="KARTU BANTUAN",
    call="Ada yang macet? Telepon",
    nobody="petugas yang memasang",
    read_out="Bacakan ke petugas",
    shop="Toko",
    till="Mesin",
    program="Versi",
    steps=(
        ("Jualan", "Pindai barang, lalu F12 untuk uang pas, F9 untuk bayar."),
        ("Bingung", "F1 menjelaskan layar yang sedang terbuka."),
        ("Tidak ada sinyal", "Jualan terus. Semuanya terkirim sendiri nanti."),
        ("Listrik mati", "Nyalakan lagi. Keranjang dan nota masih ada."),
        ("Struk tidak keluar", "Cek kertas dan kabel, lalu Printer, Cetak ulang."),
    ),
)
ENGLISH: Final = HelpWords(
    title="HELP CARD",
    call="Stuck? Call",
    nobody="the officer who installed it",
    read_out="Read out to the officer",
    shop="Shop",
    till="Till",
    program="Version",
    steps=(
        ("To sell", "Scan, then F12 for exact cash, F9 to pay."),
        ("Not sure", "F1 explains the screen that is open."),
        ("No line", "Go on selling. All of it is sent by itself later."),
        ("Power cut", "Switch on again. Basket and notas are still there."),
        ("No receipt", "Look at paper and cable, then Printers, Print again."),
    ),
)
