"""What is said when a till gets onto a machine or is brought up to date. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.REHEARSAL: Words(
        later("Ini latihan"),
        later("Di latihan tidak ada yang dikirim, disambungkan, atau dipasang. Selesaikan latihannya, lalu lakukan di kasir sungguhan."),
    ),
    ErrorCode.DIAGNOSIS_NO_PLACE: Words(
        later("Flashdisknya tidak ada"),
        later("Colokkan lagi flashdisknya, atau pilih folder lain, lalu simpan sekali lagi."),
    ),
    ErrorCode.DIAGNOSIS_UNREADABLE: Words(
        later("Kode diagnostik ini tidak terbaca"),
        later("Kodenya terpotong atau bukan kode diagnostik. Pindai sekali lagi, atau minta berkasnya."),
    ),
    ErrorCode.COPY_REHEARSAL: Words(
        later("Salinan ini dari latihan"),
        later("Isinya bukan penjualan sungguhan, jadi tidak dipulihkan. Pilih salinan dari kasir sungguhan."),
    ),
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
    ErrorCode.UPDATE_MISSING: Words(
        later("Pembaruan tidak ketemu"),
        later("Berkas {file} tidak ada di sana. Pilih folder flashdisk yang berisi pembaruan dari petugas."),
    ),
    ErrorCode.UPDATE_UNREADABLE: Words(
        later("Daftar pembaruan rusak"),
        later("Isinya terpotong atau bukan dari program ini. Minta yang baru ke petugas. Kasir tetap memakai versi yang sekarang."),
    ),
    ErrorCode.UPDATE_FORGED: Words(
        later("Pembaruan ini bukan dari e-Peken"),
        later("Tanda tangannya tidak cocok, jadi tidak dipakai. Minta yang asli ke petugas. Kasir tetap memakai versi yang sekarang."),
    ),
    ErrorCode.UPDATE_OLDER: Words(
        later("Versi {version} lebih lama"),
        later("Kasir ini sudah memakai versi yang lebih baru, jadi tidak ada yang diubah. Jualan jalan terus."),
    ),
    ErrorCode.UPDATE_OTHER_MACHINE: Words(
        later("Pembaruan ini untuk komputer lain"),
        later("Versi {version} belum ada untuk jenis komputer ini. Tanyakan ke petugas."),
    ),
    ErrorCode.UPDATE_TOO_FAR: Words(
        later("Kasir ini terlalu lama untuk versi {version}"),
        later("Perlu satu versi di antaranya dulu. Petugas memasangnya dari flashdisk. Jualan jalan terus."),
    ),
    ErrorCode.UPDATE_DAMAGED: Words(
        later("Berkas pembaruan tidak cocok"),
        later("Berkas {file} terpotong atau berubah, jadi dibuang. Diambil lagi sendiri nanti, atau pakai flashdisk dari petugas."),
    ),
    ErrorCode.UPDATE_NO_ADDRESS: Words(
        later("Belum tahu dari mana pembaruan diambil"),
        later("Sambungkan toko ke e-Peken dulu, atau pakai flashdisk dari petugas."),
    ),
}
