"""What was done, in the shop's words. An action that this program does not know is told by its name. Owns sentences only.

How much and why stands in `pos.ui.audit.details`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.services.people_views import AuditRow, AuditWord
from pos.ui.audit.details import act_named
from pos.ui.language import later, tr

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
    "import_undone": later("Impor diurungkan"),
    "product_added": later("Barang baru"),
    "product_changed": later("Barang diubah"),
    "products_merged": later("Barang kembar digabung"),
    "not_twins": later("Bukan barang kembar"),
    "prices_raised": later("Harga diubah sekaligus"),
    "category_changed": later("Kategori diubah sekaligus"),
    "listing_changed": later("Tampilan online diubah sekaligus"),
    "taken_back": later("Perubahan sekaligus diurungkan"),
    "pack_opened": later("Kemasan dibuka"),
    "pack_joined": later("Kemasan digabung lagi"),
    "receipt_posted": later("Kulakan dicatat"),
    "receipt_corrected": later("Kulakan diperbaiki"),
    "stock_take_posted": later("Opname dicatat"),
    "stock_taken_out": later("Barang keluar tanpa dijual"),
    "stock_put_back": later("Barang keluar dikembalikan"),
    "negative_stock": later("Barang dijual melebihi stok"),
    "price_change": later("Harga diubah di nota"),
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
    "account_added": later("Kas atau rekening ditambahkan"),
    "account_entry": later("Kas atau rekening dicatat"),
    "customer_added": later("Pelanggan ditambahkan"),
    "customer_changed": later("Pelanggan diubah"),
    "customer_hidden": later("Pelanggan disembunyikan"),
    "customer_shown": later("Pelanggan ditampilkan lagi"),
    "order_accept": later("Pesanan diterima"),
    "order_reject": later("Pesanan ditolak"),
    "order_ready": later("Pesanan siap"),
    "order_hand_over": later("Pesanan diserahkan"),
    "order_handed_over": later("Pesanan diserahkan"),
    "order_no_show": later("Pesanan tidak diambil"),
    "order_cancel_allow": later("Pembatalan pesanan disetujui"),
    "order_cancel_deny": later("Pembatalan pesanan ditolak"),
    "nota_pdf": later("Nota disimpan sebagai PDF"),
    "kuitansi_pdf": later("Kuitansi disimpan sebagai PDF"),
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
    about = act_named(row.subject) if row.action == "approved" else row.about
    return " · ".join(part for part in (action_text(row.action), about) if part)
