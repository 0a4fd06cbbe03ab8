"""What each setting is called where it is spoken of outside of its own form: in the log. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.ui.language import later, tr

SETTINGS: Final[Mapping[str, str]] = {
    "language": later("bahasa layar"),
    "theme": later("warna layar"),
    "text_scale": later("besar tulisan"),
    "sounds": later("suara"),
    "reduce_motion": later("gerak di layar"),
    "printers": later("printer"),
    "paper_language": later("bahasa struk"),
    "receipt_footer": later("pesan di bawah struk"),
    "paper_header": later("tulisan di atas struk"),
    "paper_logo": later("logo di struk"),
    "paper_compact": later("hemat kertas"),
    "central_url": later("alamat server"),
    "rounding_step": later("pembulatan tunai"),
    "rounding_direction": later("arah pembulatan"),
    "wholesale_from": later("mulai harga grosir"),
    "credit_limit": later("batas bon pelanggan baru"),
    "credit_days": later("jatuh tempo bon"),
    "titipan": later("kembalian jadi titipan"),
    "qris_static": later("kode QRIS toko"),
    "qris_own": later("QRIS dibuat sendiri"),
    "secrets_in_file": later("tempat menyimpan kunci"),
    "copy_folder": later("folder salinan kedua"),
    "mirror_folder": later("flashdisk kiriman"),
    "till_name": later("nama komputer"),
    "support": later("nomor bantuan"),
    "weight_step": later("langkah timbangan"),
    "negative_stock": later("jual melebihi stok"),
    "discount_limit": later("batas potongan kasir"),
    "scale_labels": later("pola label timbangan"),
    "scale_port": later("port timbangan"),
    "scale_speed": later("kecepatan timbangan"),
    "scale_frame": later("format data timbangan"),
    "loose_sticks": later("rokok batangan"),
    "lock_after_minutes": later("kunci sendiri"),
    "day_cutoff": later("jam mulai hari baru"),
    "pkp_since": later("status PKP"),
    "pkp_until": later("akhir status PKP"),
    "customer_display": later("layar pelanggan"),
    "keys": later("tombol"),
    "updates": later("cara memasang pembaruan"),
    "update_url": later("alamat pembaruan"),
}


def setting_text(name: str) -> str:
    """What a field of `Preferences` is called; one that this program does not know by its name."""
    words = SETTINGS.get(name)
    return tr(words) if words else name.replace("_", " ")
