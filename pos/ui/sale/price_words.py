"""All prices of a unit in one breath, with the one that holds: what the choice of a price says of itself. Draws nothing."""

from __future__ import annotations

from pos.domain.basket import BasketLine
from pos.domain.money import format_rupiah
from pos.domain.pricing import choose_price, rules_ahead, rules_now
from pos.domain.product import Price, PriceKind
from pos.services.ports import Till
from pos.ui.language import tr
from pos.ui.moments import date_text


def price_list_text(till: Till, line: BasketLine, quantity: int, group: str) -> str:
    """`Eceran Rp18.000 · Grosir mulai 10 Rp17.500 · Eceran Rp18.500 mulai 1/12`, the one that holds in front of them with a tick."""
    unit = till.store.read.unit(line.unit_uid)
    if unit is None:
        return ""
    now = till.clock.now()
    choice = choose_price(unit.prices, quantity, line.factor, now, group)
    said = []
    for price in rules_now(unit.prices, now, group):
        holds = (price.kind, price.min_quantity, price.amount) == (choice.kind, choice.min_quantity, choice.amount)
        said.append(f"{'✓ ' if holds else ''}{price_text(price)}")
    for price in rules_ahead(unit.prices, now, group):
        said.append(tr("{price} mulai {date}", price=price_text(price), date=date_text(price.starts_at)))
    return " · ".join(said)


def price_text(price: Price) -> str:
    """`Eceran Rp18.000`, `Grosir mulai 10 Rp17.500`, `Harga agen Rp17.000`"""
    amount = format_rupiah(price.amount)
    if price.kind is PriceKind.WHOLESALE:
        return tr("Grosir mulai {n} {amount}", n=price.min_quantity, amount=amount)
    if price.kind is PriceKind.GROUP:
        return tr("Harga {group} {amount}", group=price.group[:24], amount=amount)
    return tr("Eceran {amount}", amount=amount)
