"""Acts and roles in the shop's words. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.people import Act, Role
from pos.ui.language import later, tr

_ACTS: Final[Mapping[Act, str]] = {
    Act.VOID: later("Batalkan nota"),
    Act.REFUND: later("Retur barang"),
    Act.DISCOUNT: later("Potongan di atas batas"),
    Act.PRICE_CHANGE: later("Ubah harga"),
    Act.OPEN_DRAWER: later("Buka laci tanpa jualan"),
    Act.CASH_OUT: later("Uang keluar dari laci"),
    Act.CREDIT_OVER: later("Bon di atas batas"),
    Act.NEGATIVE_STOCK: later("Jual barang yang stoknya habis"),
    Act.STOCK: later("Barang keluar, opname, perbaiki kulakan"),
    Act.USERS: later("Mengatur orang dan PIN"),
    Act.SETTINGS: later("Mengubah pengaturan"),
    Act.CONFIRM_QRIS: later("Menyatakan QRIS sudah masuk"),
    Act.SEE_DRAWER: later("Melihat isi laci (laporan X)"),
    Act.SEE_AUDIT: later("Membaca catatan kegiatan"),
    Act.LET_GO: later("Melepas yang belum terkirim"),
}
_ROLES: Final[Mapping[Role, str]] = {
    Role.CASHIER: later("kasir"),
    Role.OWNER: later("pemilik"),
    Role.OFFICER: later("petugas e-Peken"),
}


def act_text(act: Act) -> str:
    """What an act is called."""
    return tr(_ACTS[act])


def role_text(role: Role) -> str:
    """What a role is called, as it begins a line."""
    words = tr(_ROLES[role])
    return words[:1].upper() + words[1:]
