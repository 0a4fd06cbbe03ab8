"""What the customers' room says. Pure: reads values, asks no clock and no store."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from pos.domain.credit import AGES, CreditEntry, CreditKind, Statement
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.sale import Tender, short_number
from pos.services.paying_views import CustomerFilter, CustomerRow
from pos.ui.language import later, tr
from pos.ui.moments import DAY_MS, date_text
from pos.ui.tones import Tone

FILTERS: Final[Mapping[CustomerFilter, str]] = {
    CustomerFilter.ALL: later("Semua"),
    CustomerFilter.OWING: later("Punya utang"),
    CustomerFilter.OVERDUE: later("Jatuh tempo"),
    CustomerFilter.GONE: later("Disembunyikan"),
}
_KINDS: Final[Mapping[CreditKind, str]] = {
    CreditKind.SALE: later("Bon"),
    CreditKind.CORRECTION: later("Retur"),
    CreditKind.REPAYMENT: later("Bayar"),
    CreditKind.OPENING: later("Utang lama"),
    CreditKind.WRITE_OFF: later("Dihapuskan"),
}
_TENDERS: Final[Mapping[str, str]] = {
    Tender.CASH.value: later("tunai"),
    Tender.TRANSFER.value: later("transfer"),
    Tender.QRIS.value: later("QRIS"),
}


def about_text(row: CustomerRow) -> str:
    """`agen · …4821 · titipan Rp500`"""
    customer = row.customer
    phone = f"…{customer.phone4}" if customer.phone4 else ""
    kept = tr("titipan {amount}", amount=format_rupiah(row.titipan)) if row.titipan else ""
    return " · ".join(part for part in (customer.group, phone, kept) if part)


def balance_text(balance: Rupiah) -> str:
    """`Rp50.000`, `lebih Rp2.000` where the shop owes, `lunas`."""
    if balance < 0:
        return tr("lebih {amount}", amount=format_rupiah(-balance))
    return format_rupiah(balance) if balance else tr("lunas")


def due_text(due_at: int, now: int) -> str:
    """`lewat 3 hari`, `jatuh tempo 09/12/2026`; empty without a date."""
    if not due_at:
        return ""
    if now <= due_at:
        return tr("jatuh tempo {date}", date=date_text(due_at))
    days = (now - due_at) // DAY_MS
    return tr("lewat {n} hari", n=days) if days else tr("jatuh tempo hari ini")


def due_badge(due_at: int, now: int) -> tuple[str, str, Tone] | None:
    """Icon, words and tone of the oldest open debt's date; None without one."""
    text = due_text(due_at, now)
    late = bool(due_at) and now > due_at
    return ("clock-alert" if late else "calendar", text, Tone.FAULT if late else Tone.QUIET) if text else None


def entry_text(entry: CreditEntry) -> str:
    """`Bon 1042`, `Bayar tunai`"""
    word = tr(_KINDS[entry.kind])
    if entry.kind in (CreditKind.SALE, CreditKind.CORRECTION):
        return f"{word} {short_number(entry.number)}"
    how = tr(_TENDERS[entry.tender]) if entry.tender in _TENDERS else ""
    return f"{word} {how}".strip()


def ageing_texts(book: Statement) -> list[tuple[str, Rupiah]]:
    """Words and rupiah of each column of the ageing that has something in it."""
    words = [tr("Belum jatuh tempo")]
    words += [tr("Lewat {since}-{to} hari", since=since + 1, to=until) for since, until in pairwise(AGES)]
    words.append(tr("Lewat dari {n} hari", n=AGES[-1]))
    return [(word, amount) for word, amount in zip(words, book.ageing, strict=False) if amount]
