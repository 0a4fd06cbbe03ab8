"""How much and why: what the log keeps beside an action (short JSON, `pos.services.ports.AuditEntry`) in the shop's words. Pure.

What only the check and the officer need (uids, marks of a PIN) is not shown; what this program does not know is told by its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from pos.domain.cash_movement import CashReason
from pos.domain.money import format_rupiah
from pos.domain.people import Act, Role
from pos.domain.printing import DocumentKind
from pos.domain.stock import MovementReason
from pos.domain.supplier import SupplierKind
from pos.services.correcting import EXCHANGED
from pos.services.people_views import AuditRow
from pos.ui.drawer.words import reason_text, tender_text
from pos.ui.language import later, tr
from pos.ui.lock.acts import act_text, role_text
from pos.ui.printers.words import kind_text
from pos.ui.settings.words import setting_text
from pos.ui.stock.words import REASONS

_Word = TypeVar("_Word", bound=StrEnum)

_MONEY: Final = frozenset(
    {"amount", "total", "counted", "expected", "float", "due", "price", "limit", "discount", "of", "from", "to", "paid"}
)
_SENTENCES: Final[Mapping[str, str]] = {
    "counted": later("dihitung {value}"),
    "expected": later("seharusnya {value}"),
    "float": later("modal {value}"),
    "for": later("untuk {value}"),
    "z": later("Z {value}"),
    "copy": later("salinan ke {value}"),
    "failures": later("kali ke {value}"),
    "products": later("{value} barang"),
    "count": later("{value} catatan"),
    "from": later("semula {value}"),
    "to": later("menjadi {value}"),
    "limit": later("batas bon {value}"),
    "discount": later("potongan {value}"),
    "of": later("dari {value}"),
    "missing": later("kurang {value} dari stok"),
    "opened": later("{value} keluar dari kemasan"),
    "contents": later("isinya {value}"),
    "pieces": later("{value} buah"),
    "paid": later("dibayar {value}"),
    "lines": later("{value} baris"),
    "quantity": later("{value} satuan dasar"),
    "differing": later("{value} barang selisih"),
    "joined": later("{value} kembali ke kemasan"),
    "nmid": later("NMID {value}"),
    "terms": later("tempo {value} hari"),
    "code": later("kode {value}"),
    "by": later("oleh {value}"),
}
"""What a value is said to be. Money without a sentence of its own stands alone."""
HIDDEN: Final = frozenset({"entry", "qris", "line", "pack", "corrects", "other"})
"""Uids: for the check and the officer, and for nobody's eyes."""
_ANSWERS: Final[Mapping[str, str]] = {
    "on_paper": later("sudah di kertas"),
    "print_again": later("dicetak ulang"),
    "dropped": later("tidak usah dicetak"),
    "elsewhere": later("pindah printer"),
    "try_again": later("dicoba lagi"),
}
"""Of `print_settled`, which is no JSON."""
_FIELDS: Final[Mapping[str, str]] = {
    "name": later("nama"),
    "price": later("harga"),
    "barcodes": later("barcode"),
    "category": later("kategori"),
    "brand": later("merek"),
    "size": later("ukuran"),
    "base_unit": later("satuan stok"),
    "units": later("satuan"),
    "sell_unit": later("satuan jual"),
    "drawing": later("gambar"),
    "min_stock": later("batas stok menipis"),
    "online_buffer": later("sisa untuk toko"),
    "listed_online": later("tampil di e-Peken"),
    "regulation": later("aturan khusus"),
    "deleted": later("dihapus"),
}
"""Fields of goods as the wire names them (docs/protocol.md, edits)."""
_OWED: Final[Mapping[SupplierKind, str]] = {
    SupplierKind.RECEIPT: later("barang masuk"),
    SupplierKind.CORRECTION: later("pembetulan"),
    SupplierKind.OPENING: later("utang lama"),
    SupplierKind.SOLD: later("titip jual laku"),
    SupplierKind.PAID: later("dibayar"),
}


def details_text(row: AuditRow) -> str:
    """How much, why: `Rp50.000 · Belanja toko`. What is not JSON as it is written."""
    if not row.details:
        return ""
    try:
        told = json.loads(row.details)
    except ValueError:
        return tr(_ANSWERS[row.details]) if row.details in _ANSWERS else row.details
    if isinstance(told, list):
        return ", ".join(act_named(str(each)) for each in told) or tr("tidak ada")
    if not isinstance(told, dict):
        return str(told)
    return " · ".join(text for key, value in told.items() if (text := _detail(key, value)))


def knows(key: str) -> bool:
    """Whether a detail of that name has words, or is hidden on purpose."""
    return key in HIDDEN or key in _SAID or key in _SENTENCES or key in _MONEY


def act_named(value: str) -> str:
    """What an act is called; one that this program does not know by its name."""
    found = _known(Act, value)
    return act_text(found) if found else value


def _detail(key: str, value: Any) -> str:
    if key in _SAID:
        return _SAID[key](value)
    if key in HIDDEN or value in ("", None):
        return ""
    text = format_rupiah(value) if key in _MONEY and isinstance(value, int) else str(value)
    if key in _SENTENCES:
        return tr(_SENTENCES[key], value=text)
    return text if key in _MONEY else f"{key.replace('_', ' ')} {text}"


def _known(words: type[_Word], value: object) -> _Word | None:
    return next((word for word in words if word.value == value), None)


def _reason(value: Any) -> str:
    if value == EXCHANGED:
        return tr("tukar barang")
    cash, goods = _known(CashReason, value), _known(MovementReason, value)
    return reason_text(cash) if cash else tr(REASONS[goods]) if goods else str(value)


def _role(value: Any) -> str:
    found = _known(Role, value)
    return role_text(found) if found else str(value)


def _kind(value: Any) -> str:
    paper, owed = _known(DocumentKind, value), _known(SupplierKind, value)
    return kind_text(paper) if paper else tr(_OWED[owed]) if owed else str(value)


def _field(value: Any) -> str:
    name = str(value).partition(":")[0]
    return tr(_FIELDS[name]) if name in _FIELDS else name.replace("_", " ")


_SAID: Final[Mapping[str, Callable[[Any], str]]] = {
    "reason": _reason,
    "role": _role,
    "kind": _kind,
    "tender": tender_text,
    "way": tender_text,
    "field": _field,
    "fields": lambda value: ", ".join(setting_text(name) for name in str(value).split(", ")),
    "name": str,
    "active": lambda value: "" if value else tr("tidak bekerja lagi"),
    # a mark of the PIN's hash: for the check, and for nobody's eyes
    "pin": lambda value: tr("pakai PIN") if value else tr("tanpa PIN"),
    "ours": lambda value: tr("stiker toko sendiri") if value else tr("bukan stiker toko ini"),
    "consignment": lambda value: tr("titip jual") if value else "",
    "told_back": lambda value: tr("diambil kembali dari e-Peken") if value else "",
}
