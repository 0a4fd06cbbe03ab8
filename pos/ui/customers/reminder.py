"""What a shop writes to somebody who owes: polite, short, without a phone number and without anything but their own sum. Pure."""

from __future__ import annotations

from pos.domain.credit import Statement
from pos.domain.money import format_rupiah
from pos.ui.language import tr
from pos.ui.moments import date_text


def reminder_text(book: Statement, shop_name: str, now: int) -> str:
    """To be pasted into a message. `now`: UTC ms; empty where nothing is owed."""
    if book.balance <= 0:
        return ""
    due = min((debt.due_at for debt in book.debts if debt.due_at), default=0)
    shop = shop_name or tr("toko kami")
    parts = [
        tr("Permisi, {name}.", name=book.customer.name),
        tr(
            "Sekadar mengingatkan, catatan bon di {shop} masih {amount}.",
            shop=shop,
            amount=format_rupiah(book.balance),
        ),
    ]
    if due and due < now:
        parts.append(tr("Janjinya sampai {date}.", date=date_text(due)))
    elif due:
        parts.append(tr("Jatuh temponya {date}.", date=date_text(due)))
    parts.append(tr("Boleh dicicil. Kalau sudah dibayar, abaikan pesan ini. Terima kasih."))
    return " ".join(parts)
