"""QRs for an amount: issued from the shop's own static one, waiting until the acquirer tells of the money, or expired.

A QR proves no payment; its state does, and only the acquirer moves that to paid. The reference server has none: its operator plays it
(`epeken-central qris-pay`). Money that comes after the QR had expired is told as such: somebody must see what it was for.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from central import tables
from central.database import AnyRow
from central.problems import ProblemCode, Refusal
from central.qris_text import QrisText
from central.shop_work import ShopWork
from central.shops import NotFound
from central.sync.reading import is_id
from central.tokens import Device
from central.world import World
from pos.sync.protocol import Change, ChangeKind, IssuedQris, IssueQris, QrisChange, QrisState

MAX_AMOUNT: Final = 10_000_000
"""Rupiah a transaction, by Bank Indonesia's rule (shop.md)."""
MAX_REFERENCE: Final = 64
_BILL: Final = 25

_q = tables.qris.c
_ONE: Final = select(tables.qris).where(_q.shop == bindparam("shop"), _q.uid == bindparam("uid"))
_DUE: Final = select(tables.qris).where(
    _q.shop == bindparam("shop"), _q.state == QrisState.WAITING.value, _q.expires_at <= bindparam("now")
)
_NEXT: Final = select(func.min(_q.expires_at)).where(_q.shop == bindparam("shop"), _q.state == QrisState.WAITING.value)
_SET: Final = (
    update(tables.qris)
    .where(_q.shop == bindparam("of_shop"), _q.uid == bindparam("of_uid"))
    .values(state=bindparam("state"), settled_at=bindparam("settled_at"))
)


def issue(world: World, connection: Connection, device: Device, request: IssueQris) -> IssuedQris:
    """A QR for an amount. The same id with the same amount is the same QR.

    Raises:
        Refusal: FIELD_INVALID, QRIS_NOT_OFFERED, ID_REUSED.
    """
    if not is_id(request.id) or not 0 < request.amount <= MAX_AMOUNT or len(request.reference) > MAX_REFERENCE:
        raise Refusal(ProblemCode.FIELD_INVALID)
    if "\x00" in request.reference:
        raise Refusal(ProblemCode.FIELD_INVALID)
    work = ShopWork.begin(connection, device.shop, world.clock.now())
    sweep(work)
    row = connection.execute(_ONE, {"shop": work.shop, "uid": request.id}).one_or_none()
    if row is None:
        row = _issue(world, work, device, request)
    work.finish()
    if row.amount != request.amount:
        raise Refusal(ProblemCode.ID_REUSED)
    return IssuedQris(uid=row.uid, payload=row.payload, expires_at=row.expires_at, nmid=row.nmid, merchant=row.merchant, state=row.state)


def _issue(world: World, work: ShopWork, device: Device, request: IssueQris) -> AnyRow:
    offered = QrisText.of(work.book.qris_static)
    if offered is None:
        raise Refusal(ProblemCode.QRIS_NOT_OFFERED)
    row: dict[str, Any] = {
        "shop": work.shop,
        "uid": request.id,
        "device": device.uid,
        "amount": request.amount,
        "reference": request.reference,
        "payload": offered.for_amount(request.amount, request.id[:_BILL]),
        "nmid": offered.nmid,
        "merchant": offered.merchant,
        "state": QrisState.WAITING.value,
        "issued_at": work.now,
        "expires_at": work.now + world.settings.qris_ms,
        "settled_at": 0,
    }
    work.connection.execute(insert(tables.qris), row)
    book = work.book
    book.next_qris_at = min(book.next_qris_at or row["expires_at"], row["expires_at"])
    made = work.connection.execute(_ONE, {"shop": work.shop, "uid": request.id}).one()
    _tell(work, made, QrisState.WAITING)
    return made


def sweep(work: ShopWork) -> None:
    """Let QRs expire by the server's clock. Done before anything else is asked of them."""
    if not 0 < work.book.next_qris_at <= work.now:
        return
    for row in work.connection.execute(_DUE, {"shop": work.shop, "now": work.now}).all():
        _settle(work, row, QrisState.EXPIRED)
    work.book.next_qris_at = work.connection.scalar(_NEXT, {"shop": work.shop}) or 0


def pay(world: World, connection: Connection, uid: str) -> str:
    """The money of a QR has come. Returns its state: paid, or paid_late. Coming twice is coming once.

    Raises:
        NotFound: there is no such QR.
    """
    shop = connection.scalar(select(_q.shop).where(_q.uid == uid))
    if shop is None:
        raise NotFound(f"there is no QR {uid}")
    work = ShopWork.begin(connection, shop, world.clock.now())
    sweep(work)
    row = connection.execute(_ONE, {"shop": shop, "uid": uid}).one()
    state = QrisState(row.state)
    if state not in (QrisState.PAID, QrisState.PAID_LATE):
        state = QrisState.PAID if state is QrisState.WAITING else QrisState.PAID_LATE
        _settle(work, row, state)
        work.book.next_qris_at = connection.scalar(_NEXT, {"shop": shop}) or 0
    work.finish()
    return state.value


def _settle(work: ShopWork, row: AnyRow, state: QrisState) -> None:
    work.connection.execute(_SET, {"of_shop": work.shop, "of_uid": row.uid, "state": state.value, "settled_at": work.now})
    _tell(work, row, state)


def _tell(work: ShopWork, row: AnyRow, state: QrisState) -> None:
    told = QrisChange(uid=row.uid, state=state.value, amount=row.amount, at=work.now)
    work.tell(row.uid, Change(seq=0, kind=ChangeKind.QRIS.value, uid=row.uid, qris=told))
