"""What is said of the failures of paper. Owns sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.errors import ErrorCode
from pos.ui.language import later
from pos.ui.messages.shape import Words

WORDS: Final[Mapping[ErrorCode, Words]] = {
    ErrorCode.PRINTER_NOT_SET: Words(
        later("Printer belum dipilih"),
        later("Nota tetap tersimpan. Pilih printer di Lainnya, Pengaturan."),
    ),
    ErrorCode.PRINTER_NOT_FOUND: Words(
        later("Printer tidak ketemu"),
        later("Nyalakan printer dan periksa kabelnya, lalu tekan Cetak lagi."),
    ),
    ErrorCode.PRINT_JOB_NOT_FOUND: Words(
        later("Cetakan sudah selesai"),
        later("Cetakan itu sudah dijawab. Tidak perlu apa-apa lagi."),
    ),
}
