"""What the board says of an order: its column, its ring, its words. Pure: reads values, draws nothing, asks no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.money import Rupiah, format_rupiah
from pos.domain.order import Order, OrderLine, OrderStatus, OrderStep
from pos.domain.quantity import format_quantity
from pos.services.views import LineState
from pos.ui.language import tr
from pos.ui.moments import clock_text

_MINUTE: Final = 60_000
SOON_MINUTES: Final = 15
LATE_MINUTES: Final = 10
CAP_MARK: Final = 0.9
"""Where the meter's red mark stands: from there on each order is worth a look."""


class Column(StrEnum):
    """Where an order stands on the board."""

    NEW = "new"
    PACKING = "packing"
    READY = "ready"


class Urgency(StrEnum):
    """How much time is left, as the ring's colour; the minutes say it too."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Countdown:
    """A ring. `share` of the whole time that is left, 0..1; `figure` and `unit` stand inside it (`8`, `mnt`)."""

    figure: str
    unit: str
    share: float
    urgency: Urgency
    spoken: str


def column_of(order: Order) -> Column:
    """An unknown status stands among the new ones: someone is to look at it."""
    if order.status is OrderStatus.READY or (order.status is OrderStatus.ACCEPTED and order.pending is OrderStep.READY):
        return Column.READY
    return Column.PACKING if order.status is OrderStatus.ACCEPTED else Column.NEW


def due_at(order: Order) -> int:
    """UTC ms until when the next step is due: accept by the server's deadline, pack by the start of the pickup slot. 0: no hurry."""
    if order.handed_over_at is not None or order.status not in (OrderStatus.PLACED, OrderStatus.ACCEPTED):
        return 0
    return order.deadline_at if order.status is OrderStatus.PLACED else order.slot_from


def arrange(orders: Iterable[Order]) -> dict[Column, list[Order]]:
    """The board's columns: what is due first stands first, what was handed over stands last."""
    board: dict[Column, list[Order]] = {column: [] for column in Column}
    for order in orders:
        board[column_of(order)].append(order)
    for part in board.values():
        part.sort(key=_place)
    return board


def _place(order: Order) -> tuple[bool, int, int]:
    when = due_at(order) or order.slot_from
    return order.handed_over_at is not None, when or 1 << 62, order.placed_at


def countdown(order: Order, now: int) -> Countdown | None:
    """The ring of an order at UTC ms `now`; None where nothing is due."""
    due = due_at(order)
    if not due:
        return None
    left = max(0, due - now)
    whole = max(due - order.placed_at, _MINUTE)
    minutes = -(-left // _MINUTE)
    urgency = Urgency.LATE if minutes <= LATE_MINUTES else Urgency.SOON if minutes <= SOON_MINUTES else Urgency.CALM
    figure, unit = _span(minutes)
    spoken = tr("sisa {n} {unit}", n=figure, unit=unit) if minutes else tr("lewat waktunya")
    return Countdown(figure, unit, min(1.0, left / whole), urgency, spoken)


def _span(minutes: int) -> tuple[str, str]:
    if minutes < 100:
        return str(minutes), tr("mnt")
    hours = -(-minutes // 60)
    return (str(hours), tr("jam")) if hours < 48 else (str(hours // 24), tr("hari"))


def paid_text(order: Order) -> str:
    """`Rp74.500 lunas`"""
    amount = format_rupiah(order.total)
    return tr("{amount} lunas", amount=amount) if order.paid else tr("{amount} belum lunas", amount=amount)


def buyer_text(order: Order) -> str:
    """The second line of a new card: `ASN · Rp74.500 lunas`"""
    return " · ".join(part for part in (order.buyer_kind, paid_text(order)) if part)


def second_lines(order: Order) -> tuple[str, ...]:
    """The second line of a card's head, the fullest wording first: whoever shows it takes the first that fits."""
    amount = format_rupiah(order.total)
    column = column_of(order)
    if column is Column.NEW:
        return buyer_text(order), paid_text(order), amount
    if column is Column.PACKING and order.slot_from:
        return slot_text(order), clock_text(order.slot_from)
    return goods_text(order), amount


def slot_text(order: Order) -> str:
    """`ambil 16.00–17.00`; empty when no time was chosen."""
    if not order.slot_from:
        return ""
    until = f"–{clock_text(order.slot_to)}" if order.slot_to else ""
    return tr("ambil {slot}", slot=f"{clock_text(order.slot_from)}{until}")


def goods_text(order: Order) -> str:
    """`4 barang · Rp86.500`"""
    count = len(order.lines)
    return f"{tr('1 barang') if count == 1 else tr('{n} barang', n=count)} · {format_rupiah(order.total)}"


def count_text(line: OrderLine) -> str:
    """`2×`, `1,5×`"""
    return f"{format_quantity(line.quantity, line.factor)}×"


def line_text(line: OrderLine) -> str:
    """A line's goods: the name, with the unit where it is more than a piece (`Kopi susu, renteng`)."""
    unit = line.unit_name.strip()
    plain = unit.lower() in ("", "pcs") or unit.lower() in line.name.lower()
    return line.name if plain else f"{line.name}, {unit}"


def summary_text(order: Order) -> str:
    """What a closed card says of its goods: `3× Telur ayam 1 kg, 2 lagi`"""
    first = f"{count_text(order.lines[0])} {line_text(order.lines[0])}" if order.lines else ""
    return tr("{first}, {n} lagi", first=first, n=len(order.lines) - 1) if len(order.lines) > 1 else first


def waiting_text(order: Order) -> str:
    """What is told to the server and not answered yet, with what that means at the counter; empty when nothing waits."""
    if order.handed_over_at is not None:
        return tr("Sudah diserahkan {at}, menunggu server", at=clock_text(order.handed_over_at))
    return (
        {
            OrderStep.ACCEPT: tr("Menunggu server. Jangan dikemas dulu."),
            OrderStep.REJECT: tr("Ditolak, menunggu server"),
            OrderStep.READY: tr("Siap diambil, menunggu server"),
            OrderStep.NO_SHOW: tr("Tidak diambil, menunggu server"),
            OrderStep.CANCEL_ALLOW: tr("Pembatalan disetujui, menunggu server"),
            OrderStep.CANCEL_DENY: tr("Pembatalan tidak disetujui, menunggu server"),
        }.get(order.pending, "")
        if order.pending
        else ""
    )


def lost_text(lost: str) -> str:
    """What became of a step that the server did not take (`Order.lost`), and what counts instead; empty without one."""
    if not lost:
        return ""
    step, _, code = lost.partition(":")
    words = {
        OrderStep.ACCEPT.value: tr("Terima tidak jadi: "),
        OrderStep.REJECT.value: tr("Tolak tidak jadi: "),
        OrderStep.READY.value: tr("Siap diambil tidak jadi: "),
        OrderStep.NO_SHOW.value: tr("Tidak diambil tidak jadi: "),
    }
    why = {
        "version_conflict": tr("pesanan sudah berubah lebih dulu. Lihat keadaannya sekarang."),
    }
    return words.get(step, tr("Langkah terakhir tidak jadi: ")) + why.get(code, tr("server tidak mengizinkannya lagi."))


def is_late(order: Order, now: int) -> bool:
    """Whether its buyer's time to come is over at UTC ms `now` by the server's clock: a shop may say that nobody came."""
    return order.status is OrderStatus.READY and 0 < order.slot_to < now and order.handed_over_at is None


def crosses_cap(order: Order, line: LineState) -> bool:
    """Whether accepting this order takes the shop over its e-Peken cap; never when the server has told no cap."""
    return order.status is OrderStatus.PLACED and 0 < line.cap_amount < line.cap_used + order.total


def cap_share(used: Rupiah, cap: Rupiah) -> float:
    """How full the meter is, 0..1."""
    return min(1.0, max(0.0, used / cap)) if cap > 0 else 0.0
