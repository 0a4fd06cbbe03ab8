"""Why a row of a spreadsheet is refused, doubted or remarked on, in the shop's words. Knows no Qt: the command line says the same.

Owns sentences only; the verdicts are `pos.services.sheets.judging`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.money import format_rupiah
from pos.services.sheets.model import Reason, ReasonCode
from pos.ui.language import later, tr

REASON_WORDS: Final[Mapping[ReasonCode, str]] = {
    # refused: what is wrong, and what to write
    ReasonCode.NAME_MISSING: later("Namanya kosong."),
    ReasonCode.TOTAL_LINE: later("Baris jumlah, bukan barang."),
    ReasonCode.PRICE_MISSING: later("Harganya kosong atau nol."),
    ReasonCode.PRICE_UNCLEAR: later("Harga “{typed}” bisa dibaca dua cara. Tulis misalnya 12500."),
    ReasonCode.PRICE_NEGATIVE: later("Harga “{typed}” di bawah nol."),
    ReasonCode.PRICE_TOO_HIGH: later("Harga “{typed}” di atas {limit}. Periksa nolnya."),
    ReasonCode.CODE_REPEATED: later("Barcode {code} sudah ada di baris {first}."),
    ReasonCode.NAME_REPEATED: later("Nama ini sudah ada di baris {first}."),
    ReasonCode.PRODUCT_REPEATED: later("Barang yang sama dengan baris {first}."),
    ReasonCode.STOCK_UNCLEAR: later("Stok “{typed}” belum bisa dibaca. Tulis misalnya 24 atau 1,5."),
    ReasonCode.ROW_SHIFTED: later("Kolomnya bergeser: ada pemisah di dalam tulisan."),
    ReasonCode.LADDER_UNCLEAR: later("Satuan “{typed}” belum bisa dibaca. Tulis misalnya sachet=1; dus=40."),
    ReasonCode.LADDER_CYCLE: later("Satuannya berputar: {typed}."),
    ReasonCode.LADDER_FACTOR: later("Isi satuan “{typed}” tidak masuk akal."),
    ReasonCode.LADDER_REPEATED: later("Satuan “{typed}” ditulis dua kali."),
    ReasonCode.OTHERS_UNCLEAR: later("“{typed}” belum bisa dibaca. Tulis misalnya dus=120000."),
    # taken, to be looked at
    ReasonCode.CODE_INVENTED: later("“{code}” bukan barcode pabrik."),
    ReasonCode.CODE_CHECK_DIGIT: later("Barcode {code} sepertinya salah ketik."),
    ReasonCode.CODE_LOST: later("Barcode “{code}” terpotong oleh Excel. Pindai lagi nanti."),
    ReasonCode.PRICE_LOW: later("Harga “{typed}” di bawah {limit}."),
    ReasonCode.NAME_IS_CODE: later("Namanya berupa angka."),
    ReasonCode.CODE_OF_ANOTHER: later("Barcode {code} juga milik barang lain; tetap di sana."),
    # taken, worth a word
    ReasonCode.COST_ABOVE_PRICE: later("Modal {cost} di atas harga jual {price}."),
    ReasonCode.COST_UNLIKELY: later("Modal {cost} terlalu rendah, tidak dipakai."),
    ReasonCode.COST_UNCLEAR: later("Modal “{typed}” belum jelas, tidak dipakai."),
    ReasonCode.WHOLESALE_NOT_LOWER: later("Grosir {wholesale} tidak lebih murah, tidak dipakai."),
    ReasonCode.WHOLESALE_UNLIKELY: later("Grosir {wholesale} terlalu rendah, tidak dipakai."),
    ReasonCode.WHOLESALE_UNCLEAR: later("Grosir “{typed}” belum jelas, tidak dipakai."),
    ReasonCode.STOCK_NEGATIVE: later("Stok “{typed}” di bawah nol, tidak dipakai."),
    ReasonCode.MIN_STOCK_UNCLEAR: later("Stok minimum “{typed}” belum jelas, tidak dipakai."),
    ReasonCode.NAME_SHORTENED: later("Nama dipotong sampai {limit} huruf."),
}

_MONEY: Final = frozenset({"price", "cost", "wholesale"})
_LIMITS_OF_MONEY: Final = frozenset({ReasonCode.PRICE_TOO_HIGH, ReasonCode.PRICE_LOW})


def reason_text(reason: Reason) -> str:
    """One remark on a row, in the language in use, with what stood in the cell."""
    money = _MONEY | {"limit"} if reason.code in _LIMITS_OF_MONEY else _MONEY
    said = {key: format_rupiah(value) if key in money and isinstance(value, int) else value for key, value in reason.fields.items()}
    return tr(REASON_WORDS[reason.code], **said)
