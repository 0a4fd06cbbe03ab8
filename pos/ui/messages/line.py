"""What is said of the failures of the line. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.NO_LINE: Words(
        later("Sedang luring"),
        later("Jualan jalan terus, data dikirim sendiri begitu tersambung. Periksa kabel atau Wi-Fi kalau sudah lama."),
    ),
    ErrorCode.CENTRAL_REFUSED: Words(
        later("e-Peken belum menerima"),
        later("Server menolak kiriman ini. Jualan jalan terus; lihat rinciannya di Lainnya, Kesehatan."),
    ),
    ErrorCode.CENTRAL_UNREADABLE: Words(
        later("Jawaban server tidak terbaca"),
        later("Mungkin Wi-Fi minta masuk lewat peramban, atau server sedang dirawat. Nanti dicoba lagi sendiri."),
    ),
    ErrorCode.PAIRING_CODE_WRONG: Words(
        later("Kode belum cocok"),
        later("Cek lagi kodenya huruf demi huruf, lalu coba lagi."),
    ),
    ErrorCode.PAIRING_CODE_USED: Words(
        later("Kode sudah dipakai"),
        later("Satu kode hanya untuk satu komputer. Minta kode baru di e-Peken."),
    ),
    ErrorCode.PAIRING_CODE_EXPIRED: Words(
        later("Kode sudah lewat waktunya"),
        later("Minta kode baru di e-Peken, lalu ketik di sini."),
    ),
    ErrorCode.PAIRING_TOO_MANY_TRIES: Words(
        later("Tunggu sebentar"),
        later("Sudah beberapa kode yang tidak cocok. Tunggu beberapa menit, lalu coba dengan kode baru."),
    ),
    ErrorCode.PAIRING_OTHER_SHOP: Words(
        later("Kode ini milik toko lain"),
        later("Data di komputer ini milik toko yang dulu tersambung, jadi tidak dicampur. Minta kode untuk toko itu di e-Peken."),
    ),
    ErrorCode.ALREADY_PAIRED: Words(
        later("Toko sudah tersambung"),
        later("Komputer ini sudah tersambung ke toko. Tidak perlu kode lagi."),
    ),
    ErrorCode.NOT_PAIRED: Words(
        later("Toko belum tersambung"),
        later("Jualan tetap bisa. Buka Pengaturan, lalu sambungkan toko ke e-Peken."),
    ),
    ErrorCode.DEVICE_REVOKED: Words(
        later("Sambungan komputer ini dicabut"),
        later("Jualan tetap bisa dan data tetap ada. Sambungkan lagi dengan kode baru di Pengaturan."),
    ),
    ErrorCode.PROGRAM_TOO_OLD: Words(
        later("Program perlu diperbarui"),
        later("Penjualan tetap terkirim. Pasang versi terbaru supaya pesanan dan barang ikut masuk lagi."),
    ),
    ErrorCode.TLS_FAILED: Words(
        later("Sambungan aman belum bisa dibuat"),
        later("Periksa tanggal dan jam komputer dulu. Kalau sudah benar, coba jaringan lain."),
    ),
    ErrorCode.CLOCK_WRONG: Words(
        later("Jam komputer salah"),
        later("Jam komputer jauh dari jam server. Betulkan tanggal dan jamnya, lalu coba lagi."),
    ),
    ErrorCode.NO_KEYRING: Words(
        later("Belum ada tempat aman untuk kunci"),
        later("Komputer ini tidak punya brankas kunci yang terbuka. Pemilik bisa memilih simpan di berkas, di Pengaturan."),
    ),
    ErrorCode.SETTINGS_BROKEN: Words(
        later("Pengaturan kembali ke awal"),
        later("Berkas pengaturan tidak terbaca dan disisihkan sebagai {file}. Periksa printer dan bahasa di Pengaturan."),
    ),
    ErrorCode.GRANT_EXPIRED: Words(
        later("Kode di layar sudah lewat waktunya"),
        later("Minta kode baru di sini, lalu tunjukkan lagi ke petugas."),
    ),
    ErrorCode.GRANT_DENIED: Words(
        later("Petugas menolak kode ini"),
        later("Cocokkan nama tokonya dengan petugas, lalu minta kode baru."),
    ),
    ErrorCode.STILL_UNSENT: Words(
        later("Masih ada {count} catatan belum terkirim"),
        later("Sambungkan internet dan tekan Kirim sekarang, atau tulis dulu ke flashdisk. Setelah terkirim, coba lagi."),
    ),
    ErrorCode.MIRROR_MISSING: Words(
        later("Flashdisk kiriman tidak ada"),
        later("Colokkan lagi flashdisk-nya, atau pilih folder lain. Catatannya tetap ada di komputer ini."),
    ),
    ErrorCode.ASIDE_GONE: Words(
        later("Kiriman itu sudah tidak disisihkan"),
        later("Sudah dikirim lagi atau dihapus. Lihat daftarnya di Kesehatan."),
    ),
    ErrorCode.EDIT_GONE: Words(
        later("Isian itu sudah tidak ada"),
        later("{name} sudah diubah lagi atau dihapus. Yang berlaku sekarang dipakai; ubah di Barang kalau perlu."),
    ),
}
