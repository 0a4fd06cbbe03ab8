"""What is said of the failures of the store. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.DISK_FULL: Words(
        later("Penyimpanan penuh"),
        later("Tidak ada yang hilang, tapi perubahan ini belum tersimpan. Hapus berkas yang tidak perlu, lalu coba lagi."),
    ),
    ErrorCode.FOLDER_READ_ONLY: Words(
        later("Folder data tidak bisa ditulis"),
        later("Perubahan ini belum tersimpan. Buka izin tulis folder datanya, atau hubungi petugas e-Peken."),
    ),
    ErrorCode.STORE_BUSY: Words(
        later("Sebentar"),
        later("Data sedang dipakai pekerjaan lain. Coba lagi beberapa detik lagi."),
    ),
    ErrorCode.STORE_IN_USE: Words(
        later("Program sudah terbuka"),
        later("Data toko sedang dipakai jendela yang lain. Pakai jendela itu."),
    ),
    ErrorCode.STORE_DAMAGED: Words(
        later("Data toko rusak"),
        later("Jangan hapus apa pun. Hubungi petugas e-Peken; salinan hariannya masih ada di sebelah data toko."),
    ),
    ErrorCode.STORE_NEWER: Words(
        later("Data ini dari program yang lebih baru"),
        later("Datanya aman dan tidak diubah. Pasang versi terbaru e-Peken POS, lalu buka lagi."),
    ),
    ErrorCode.STORE_ON_NETWORK: Words(
        later("Folder data ada di jaringan"),
        later("Data toko harus di komputer ini sendiri supaya aman. Pilih folder lain, bukan folder jaringan atau awan."),
    ),
    ErrorCode.COPY_NOT_A_SHOP: Words(
        later("Ini bukan salinan toko"),
        later("Pilih berkas salinan dari e-Peken POS, namanya berakhir .db atau .epk."),
    ),
    ErrorCode.COPY_DAMAGED: Words(
        later("Salinan ini tidak utuh"),
        later("Berkasnya terpotong atau berubah. Data toko di sini tidak disentuh. Coba salinan lain, misalnya dari hari sebelumnya."),
    ),
    ErrorCode.COPY_PASSPHRASE_WRONG: Words(
        later("Kata sandi salinan belum cocok"),
        later("Ketik kata sandi yang dipakai waktu salinan dibuat. Huruf besar dan kecil dibedakan."),
    ),
    ErrorCode.COPY_PASSPHRASE_SHORT: Words(
        later("Kata sandinya terlalu pendek"),
        later("Pakai paling sedikit {least} huruf, misalnya empat kata yang mudah diingat."),
    ),
    ErrorCode.COPY_NOT_FOUND: Words(
        later("Berkas salinan tidak terbaca"),
        later("Mungkin flashdisk-nya terlepas. Colokkan lagi, lalu pilih berkasnya sekali lagi. Data toko di sini tidak disentuh."),
    ),
    ErrorCode.COPY_PLACE_MISSING: Words(
        later("Tempat salinan kedua tidak ada"),
        later("Colokkan lagi flashdisk-nya, atau pilih folder lain. Salinan di komputer ini tetap dibuat."),
    ),
}
