"""What is said of the failures of online orders. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.ORDER_NOT_FOUND: Words(
        later("Pesanan tidak ditemukan"),
        later("Pesanan itu belum sampai di komputer ini. Tunggu sebentar, lalu buka Pesanan lagi."),
    ),
    ErrorCode.ORDER_STEP_NOT_ALLOWED: Words(
        later("Belum bisa sekarang"),
        later("Pesanan #{number} sedang “{status}”. Lihat kartunya di Pesanan untuk langkah berikutnya."),
    ),
    ErrorCode.PICKUP_CODE_UNREADABLE: Words(
        later("Kode belum terbaca"),
        later("Pindai sekali lagi, atau ketik kode pendek dari pembeli."),
    ),
    ErrorCode.PICKUP_CODE_FORGED: Words(
        later("Kode ini bukan dari e-Peken"),
        later("Jangan serahkan barang dulu. Minta pembeli membuka pesanannya di e-Peken dan pindai dari sana."),
    ),
    ErrorCode.PICKUP_CODE_USED: Words(
        later("Kode sudah dipakai"),
        later("Pesanan #{number} sudah diserahkan. Lihat waktunya di Pesanan, Riwayat."),
    ),
    ErrorCode.PICKUP_CODE_UNKNOWN: Words(
        later("Pesanan kode ini tidak ada di sini"),
        later("Mungkin milik toko lain, atau belum sampai karena luring. Cocokkan nomor pesanannya dengan pembeli."),
    ),
    ErrorCode.PICKUP_TOO_MANY_TRIES: Words(
        later("Tunggu sebentar"),
        later("Sudah beberapa kode yang tidak cocok. Coba lagi {seconds} detik lagi, atau pindai kode QR-nya."),
    ),
    ErrorCode.PICKUP_EARLY: Words(
        later("Pesanan #{number} belum ditandai siap"),
        later("Barangnya mungkin belum lengkap. Cocokkan isinya dulu, lalu serahkan."),
    ),
    ErrorCode.PICKUP_LATE: Words(
        later("Pesanan #{number} sudah lewat waktunya"),
        later("Kodenya benar. Kalau barangnya masih ada, serahkan saja: penyerahan tetap dihitung."),
    ),
}
