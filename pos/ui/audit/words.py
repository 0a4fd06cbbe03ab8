"""What was done, in the shop's words. An action that this program does not know is told by its name. Owns sentences only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from pos.domain.cash_movement import CashReason
from pos.domain.money import format_rupiah
from pos.domain.people import Act, Role
from pos.domain.sale import short_number
from pos.services.people_views import AuditRow, AuditWord
from pos.ui.drawer.words import reason_text
from pos.ui.language import later, tr
from pos.ui.lock.acts import act_text, role_text

ACTIONS: Final[Mapping[str, str]] = {
    "sale": later("Penjualan"),
    "void": later("Nota dibatalkan"),
    "refund": later("Retur"),
    "reprint": later("Cetak ulang"),
    "printed": later("Dicetak"),
    "print_settled": later("Cetakan dijawab"),
    "pickup_printed": later("Bukti ambil dicetak"),
    "report_printed": later("Laporan laci dicetak"),
    "session_opened": later("Kasir dibuka"),
    "session_closed": later("Kasir ditutup"),
    "drawer_counted": later("Laci dihitung"),
    "drawer_opened": later("Laci dibuka tanpa jualan"),
    "x_report": later("Laporan X dilihat"),
    "cash_movement": later("Uang masuk atau keluar"),
    "approved": later("Izin diberikan"),
    "pin_wrong": later("PIN salah"),
    "pin_set": later("PIN diganti"),
    "pin_cleared": later("PIN dihapus"),
    "pin_reset": later("PIN pemilik dibuat baru lewat komputer"),
    "user_added": later("Orang ditambahkan"),
    "user_changed": later("Orang diubah"),
    "signed_in": later("Masuk ke kasir"),
    "cashier_may": later("Hak kasir diubah"),
    "settings_changed": later("Pengaturan diubah"),
    "shop_named": later("Nama toko atau kasir diubah"),
    "catalogue": later("Daftar barang awal dimasukkan"),
    "import": later("Barang diimpor"),
    "product_added": later("Barang baru"),
    "product_changed": later("Barang diubah"),
    "pack_opened": later("Kemasan dibuka"),
    "negative_stock": later("Barang dijual melebihi stok"),
    "price_changed": later("Harga diubah di nota"),
    "discount": later("Potongan di atas batas"),
    "deposit": later("Jaminan galon atau tabung"),
    "qris_confirmed": later("QRIS dinyatakan masuk"),
    "late_money_used": later("Uang QRIS terlambat dipakai"),
    "late_money_returned": later("Uang QRIS terlambat dikembalikan"),
    "sticker_checked": later("Stiker QRIS diperiksa"),
    "repayment": later("Utang dibayar"),
    "opening": later("Utang awal dicatat"),
    "write_off": later("Utang dihapus"),
    "limit": later("Batas bon diubah"),
    "supplier_added": later("Pemasok ditambahkan"),
    "supplier_changed": later("Pemasok diubah"),
    "supplier_hidden": later("Pemasok disembunyikan"),
    "supplier_shown": later("Pemasok ditampilkan lagi"),
    "supplier_entry": later("Buku pemasok dicatat"),
    "customer_added": later("Pelanggan ditambahkan"),
    "customer_changed": later("Pelanggan diubah"),
    "order_accept": later("Pesanan diterima"),
    "order_reject": later("Pesanan ditolak"),
    "order_ready": later("Pesanan siap"),
    "order_hand_over": later("Pesanan diserahkan"),
    "order_handed_over": later("Pesanan diserahkan"),
    "paired": later("Tersambung ke e-Peken"),
    "epoch_started": later("Nomor kiriman dimulai lagi"),
    "sent_again": later("Kiriman diulang"),
    "set_aside": later("Kiriman disisihkan"),
    "aside_sent_again": later("Kiriman yang disisihkan diulang"),
    "history_asked": later("Riwayat diminta dari e-Peken"),
    "left": later("Sambungan ke e-Peken dilepas"),
    "unsent_let_go": later("Yang belum terkirim dilepas ke flashdisk"),
    "problem_seen": later("Kiriman tertahan dilihat"),
    "edit_settled": later("Dua perubahan barang diputuskan"),
}
_MONEY: Final = frozenset({"amount", "total", "counted", "expected", "float", "due", "discount", "price", "before", "after", "limit"})
_NAMES: Final[Mapping[str, str]] = {
    "counted": later("dihitung"),
    "expected": later("seharusnya"),
    "float": later("modal"),
    "for": later("untuk"),
    "z": later("Z"),
    "copy": later("salinan ke"),
    "failures": later("kali ke"),
    "products": later("barang"),
    "reason": later("alasan"),
    "count": later("catatan"),
    "before": later("dari"),
    "after": later("menjadi"),
}


def action_text(action: str) -> str:
    """What an action is called."""
    words = ACTIONS.get(action)
    return tr(words) if words else action.replace("_", " ")


def search_words(typed: str) -> tuple[AuditWord, ...]:
    """What was typed, word by word, each with the actions that are called so on the screen."""
    return tuple(
        AuditWord(word, tuple(action for action in ACTIONS if word.casefold() in action_text(action).casefold())) for word in typed.split()
    )


def row_text(row: AuditRow) -> str:
    """What was done, and to what: `Nota dibatalkan · 1042`."""
    about = short_number(row.about) if row.about else ""
    if row.action == "approved":
        about = _act(row.subject)
    return " · ".join(part for part in (action_text(row.action), about) if part)


def details_text(row: AuditRow) -> str:
    """How much, why: `Rp50.000 · Belanja toko`. What is not JSON as it is written."""
    if not row.details:
        return ""
    try:
        told = json.loads(row.details)
    except ValueError:
        return row.details
    if isinstance(told, list):
        return ", ".join(_act(str(each)) for each in told) or tr("tidak ada")
    if not isinstance(told, dict):
        return str(told)
    return " · ".join(text for key, value in told.items() if (text := _detail(key, value)))


def _detail(key: str, value: Any) -> str:
    if key in _SAID:
        return _SAID[key](value)
    text = format_rupiah(value) if key in _MONEY and isinstance(value, int) else str(value)
    if key in ("amount", "total"):
        return text
    return f"{tr(_NAMES[key]) if key in _NAMES else key} {text}" if value not in ("", None) else ""


def _reason(value: Any) -> str:
    known = {reason.value: reason for reason in CashReason}
    return reason_text(known[value]) if value in known else str(value)


def _role(value: Any) -> str:
    known = {role.value: role for role in Role}
    return role_text(known[value]) if value in known else str(value)


def _act(value: str) -> str:
    known = {act.value: act for act in Act}
    return act_text(known[value]) if value in known else value


_SAID: Final[Mapping[str, Callable[[Any], str]]] = {
    "reason": _reason,
    "role": _role,
    "name": str,
    "active": lambda value: "" if value else tr("tidak bekerja lagi"),
    # a mark of the PIN's hash: for the check, and for nobody's eyes
    "pin": lambda value: tr("pakai PIN") if value else tr("tanpa PIN"),
    "entry": lambda value: "",
    "qris": lambda value: "",
}
