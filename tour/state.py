"""What the till knows and shows, as plain data for the story. Reads through the same queries as the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

if TYPE_CHECKING:
    from pos.ui.application import Application


def read_state(application: Application) -> dict[str, Any]:
    """Screen, basket, sales, line, orders, paper and the words on the screen."""
    read = application.till.store.read
    basket, line, session = read.basket(), read.line(), read.session()
    sales = read.sales("", 0, 1000)
    return {
        "screen": application.screen_key(),
        "basket": [{"name": item.name, "unit": item.unit_name, "quantity": item.quantity, "amount": item.amount} for item in basket.lines],
        "total": basket.total,
        "sales": len(sales),
        "receipts": [sale.number for sale in sales],
        "last_total": sales[0].total if sales else 0,
        "turnover": sum(sale.total for sale in sales),
        "expected_cash": session.expected if session else None,
        "session": session is not None,
        "paired": line.paired,
        "waiting": line.waiting,
        "quarantined": line.quarantined,
        "refused": line.refused,
        "digest_ok": line.digest_ok,
        "products": read.goods_counts()[_all()],
        "orders": [
            {
                "uid": order.uid,
                "number": order.number,
                "status": order.status_text,
                "pending": order.pending.value if order.pending else "",
                "lines": len(order.lines),
                "code": order.pickup_code,
                "short": order.short_code,
                "handed_over": order.handed_over_at is not None,
            }
            for order in read.orders() + read.orders(history=True)
        ],
        "print_jobs": [{"kind": job.kind.value, "state": job.state.value, "copy": job.copy} for job in read.print_jobs(500)],
        "words": _words(),
    }


def read_stock(application: Application) -> dict[str, int]:
    """Base units on hand of every product."""
    read = application.till.store.read
    return {row.product_uid: row.on_hand for row in read.goods(_all(), "", 0, read.goods_total(_all(), ""))}


def _all() -> Any:
    from pos.services.views import GoodsFilter

    return GoodsFilter.ALL


def _words() -> list[str]:
    """Every visible word, labels first: what a person could read from the screen now."""
    words: list[str] = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        parts: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
        words += [part.text() or part.accessibleName() for part in parts if part.isVisible()]
    return [word for word in words if word][:300]
