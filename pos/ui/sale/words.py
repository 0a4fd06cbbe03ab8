"""What a line on the counter says of itself: quantities, prices and the wholesale hint in the shop's words. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Discount, DiscountKind, format_percent
from pos.domain.money import format_rupiah
from pos.domain.printing import DocumentKind, PrintState
from pos.domain.product import PriceKind
from pos.domain.quantity import format_quantity
from pos.services.views import GoodsHit
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import is_weighed, on_hand_text
from pos.ui.language import tr


def quantity_text(line: BasketLine) -> str:
    """`2 renteng`, `0,4 kg`"""
    return f"{format_quantity(line.quantity, line.factor)} {line.unit_name}"


def unit_price_text(line: BasketLine) -> str:
    """`Rp14.500`; of what is weighed `Rp17.500/kg`."""
    price = format_rupiah(line.unit_price)
    return f"{price}/{line.unit_name}" if is_weighed(line.unit_name) else price


def detail_text(line: BasketLine) -> str:
    """The second line of a row: `2 renteng × Rp14.500`, `0,4 kg × Rp17.500/kg`."""
    return f"{quantity_text(line)} × {unit_price_text(line)}"


def spoken_line(line: BasketLine) -> str:
    """A whole row in one breath, for the screen reader."""
    said = [line.name, detail_text(line), reason_words(line)[0], own_text(line)]
    return ", ".join(part for part in (*said, format_rupiah(line.amount)) if part)


def wholesale_words(line: BasketLine) -> tuple[str, str]:
    """The hint in its long and its short form: (`grosir mulai 10`, `10+`); empty when no cheaper step lies ahead."""
    step = line.price.next_quantity if line.price is not None else None
    if not step:
        return "", ""
    return tr("grosir mulai {n}", n=step), f"{step}+"


def reason_words(line: BasketLine) -> tuple[str, str]:
    """Why the line has its price, in a long and a short form; empty for the plain retail price."""
    price = line.price
    if price is None:
        return "", ""
    if price.instead_of is not None:
        return tr("harga diubah, biasanya {amount}", amount=format_rupiah(price.instead_of)), tr("harga diubah")
    if price.kind is PriceKind.WHOLESALE:
        return tr("grosir mulai {n}", n=price.min_quantity), tr("grosir")
    if price.kind is PriceKind.GROUP:
        group, least = price.group[:24], price.min_quantity
        return tr("harga {group} mulai {n}", group=group, n=least) if least > 1 else tr("harga {group}", group=group), group
    return "", ""


def discount_words(off: Discount) -> str:
    """`Potongan 10% (langganan)`, `Potongan (tawar)`"""
    percent = f" {format_percent(off.value)}" if off.kind is DiscountKind.PERCENT else ""
    reason = f" ({off.reason})" if off.reason else ""
    return f"{tr('Potongan')}{percent}{reason}"


def own_text(line: BasketLine) -> str:
    """The line's own discount in words with its amount; empty without one."""
    off = own_off(line)
    return f"{discount_words(line.own)} {format_rupiah(-off)}" if line.own is not None and off else ""


def own_off(line: BasketLine) -> int:
    """Rupiah of the line's own discount, without its share of the basket's."""
    return line.discount - line.share


def missing_text(line: BasketLine, missing: int) -> str:
    """`stok di catatan kurang 3 bungkus`"""
    return tr("stok di catatan kurang {quantity}", quantity=f"{format_quantity(missing, line.factor)} {line.unit_name}")


def badge_texts(basket: Basket) -> dict[str, str]:
    """What is on the counter of each unit, for the corner of its tile: unit uid -> `5×`, `1,5 kg`."""
    return {line.unit_uid: _badge(line) for line in basket.lines}


def _badge(line: BasketLine) -> str:
    figure = format_quantity(line.quantity, line.factor)
    return f"{figure} {line.unit_name}" if is_weighed(line.unit_name) else f"{figure}×"


def kinds_text(basket: Basket) -> str:
    """`7 jenis barang`"""
    return tr("{n} jenis barang", n=len(basket.lines))


def first_names(lines: Iterable[BasketLine], how_many: int = 3) -> str:
    """`Mi goreng, Kopi susu, Telur ayam, 2 lagi`"""
    names = [line.name for line in lines]
    said = ", ".join(names[:how_many])
    return tr("{first}, {n} lagi", first=said, n=len(names) - how_many) if len(names) > how_many else said


def size_text(hit: GoodsHit) -> str:
    """What a tap sells, in the corner of a tile: `1 kg`, `renteng`; of a single piece its size, `85 g`."""
    if is_weighed(hit.unit_name):
        return f"1 {hit.unit_name}"
    return hit.size if hit.size and hit.factor == 1 else hit.unit_name


def stock_text(hit: GoodsHit) -> str:
    """`sisa 18,5 kg`, `habis di catatan`; below nothing `kurang 3 bungkus`"""
    if hit.on_hand < 0:
        return tr("minus {stock} di catatan", stock=on_hand_text(-hit.on_hand, hit.factor, hit.unit_name))
    if hit.on_hand == 0:
        return tr("habis di catatan")
    # of what is not weighed whole units are said: a third of a renteng is no help
    on_hand = hit.on_hand if is_weighed(hit.unit_name) else hit.on_hand // hit.factor * hit.factor
    return tr("sisa {stock}", stock=on_hand_text(on_hand, hit.factor, hit.unit_name))


def minus_figure(hit: GoodsHit) -> str:
    """How much more was sold than there was, in the unit that sells: `-3`, `-0,5`."""
    return format_quantity(hit.on_hand, hit.factor)


def spoken_hit(hit: GoodsHit) -> str:
    """A tile for the screen reader: name, what a tap sells, price; and that more was sold than there was."""
    said = f"{hit.name}, {size_text(hit)}, {format_rupiah(hit.price)}"
    return f"{said}, {stock_text(hit)}" if hit.on_hand < 0 else said


def receipt_state(context: UiContext, sale_uid: str) -> PrintState | None:
    """How far the newest struk of a sale is; None where none was asked for."""
    jobs = [job for job in context.till.store.read.print_jobs_of(sale_uid) if job.kind is DocumentKind.RECEIPT]
    return max(jobs, key=lambda job: job.copy).state if jobs else None
