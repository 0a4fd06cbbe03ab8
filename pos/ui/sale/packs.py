"""*Buka kemasan* at the counter: offered when loose goods run out, done without asking where that was said. Says what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.basket import BasketLine
from pos.domain.changed import Changed
from pos.domain.quantity import format_quantity
from pos.services import packs
from pos.services.packs import PackOffer
from pos.ui.language import tr
from pos.ui.operations import attempt

if TYPE_CHECKING:
    from pos.ui.sale.counter import Counter

_OPENED = Changed(stock=True, outbox=True)


def offer_pack(counter: Counter, line: BasketLine, *, ask: bool = True) -> bool:
    """Look whether a package can be opened for a line that the shelf is short of; open it, or offer to. Whether it was offered."""
    context = counter.context
    offer = packs.pack_offer(context.till, counter.basket, line.product_uid)
    if offer is None:
        return False
    if offer.source.automatic:
        open_pack(counter, line, offer)
        return False
    if not ask:
        return False
    question = tr("Buka {pack}? Isinya {contents}.", pack=_pack_text(offer), contents=_contents_text(offer, line))
    title = tr("Stok lepas {name} habis", name=line.name[:40])
    context.offered.emit(title, question, tr("Buka kemasan"), lambda: open_pack(counter, line, offer))
    return True


def open_pack(counter: Counter, line: BasketLine, offer: PackOffer) -> None:
    """Open it in the ledger and say so; where it was asked for, the till may do so by itself from now on."""
    context = counter.context

    def opened() -> None:
        context.changed.emit(_OPENED)
        context.backstage.sync_now()
        said = tr("{pack} dibuka: {contents} lepas.", pack=_pack_text(offer), contents=_contents_text(offer, line))
        if offer.source.automatic:
            context.told.emit("good", said)
        else:
            context.offered.emit(tr("Kemasan dibuka"), said, tr("Selalu buka sendiri"), lambda: _always(counter, line))

    def verb() -> None:
        counter.show_changed(packs.open_pack(context.till, line.product_uid, offer.packs))

    attempt(context, verb, lambda _done: opened())


def _always(counter: Counter, line: BasketLine) -> None:
    context = counter.context
    said = tr("Mulai sekarang {name} dibuka sendiri kalau habis.", name=line.name[:40])
    attempt(context, lambda: packs.always_open(context.till, line.product_uid), lambda _done: context.told.emit("good", said))


def _pack_text(offer: PackOffer) -> str:
    """`2 dus Kopi susu`"""
    return f"{offer.packs} {offer.unit.unit_name} {offer.unit.product_name[:40]}"


def _contents_text(offer: PackOffer, line: BasketLine) -> str:
    """`80 bungkus`"""
    return f"{format_quantity(offer.packs * offer.source.contents, line.factor)} {line.unit_name}"
