"""What is said when a till gets onto a machine or is brought up to date. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.PROVISION_MISSING: Words(
        later("Berkas toko tidak ketemu"),
        later("Berkas {file} tidak ada di sana. Pasang flashdisknya, lalu coba lagi, atau atur toko ini sendiri langkah demi langkah."),
    ),
    ErrorCode.PROVISION_UNREADABLE: Words(
        later("Berkas toko rusak"),
        later("Berkas {file} terpotong atau bukan berkas toko. Minta yang baru ke petugas. Jualan tetap bisa jalan."),
    ),
    ErrorCode.PROVISION_FORGED: Words(
        later("Berkas toko ini bukan dari e-Peken"),
        later("Tanda tangan di {file} tidak cocok, jadi tidak ada yang diubah. Minta yang asli ke petugas. Jualan tetap bisa jalan."),
    ),
    ErrorCode.PROVISION_OTHER_SHOP: Words(
        later("Berkas ini milik toko lain"),
        later("Berkasnya untuk {shop}, jadi tidak ada yang diubah. Pakai berkas toko ini sendiri. Jualan tetap bisa jalan."),
    ),
    ErrorCode.PROVISION_GOODS: Words(
        later("Daftar barang di flashdisk tidak cocok"),
        later("Berkas {file} tidak ada atau sudah berubah, jadi barangnya belum masuk. Masukkan lewat Barang, Impor."),
    ),
    ErrorCode.PROVISION_KEY: Words(
        later("Kunci kantor belum terbuka"),
        later("Periksa berkas kunci {file} dan kata sandinya, lalu coba lagi."),
    ),
}
