"""A shop's goods as the city keeps them: every version, edits laid over each other field by field, what buyers may see.

An edit names the version it started from. A field that the edit did not touch stays as another till has made it since; where both
touched it the later commit wins, both are kept in `product_version`, and the feed tells of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, select, text

from central import tables
from central.bulk import among, append, each
from central.edits import NoSuchUnit, Overwritten, fields_of, laid_over, with_edit
from central.orders.commands import Verdict
from central.shop_work import ShopWork
from central.statements import Statement, run
from central.sync.reading import usable
from pos.sync import protocol as wire
from pos.sync.protocol import ResultStatus

TOBACCO: Final = "tobacco"
"""PP 28/2024 art. 434: never listed online, whatever a till says."""

_p, _v = tables.product.c, tables.product_version.c
_KNOWN: Final = select(_p.uid, _p.version, _p.document, _p.deleted_at).where(_p.shop == bindparam("shop"), among(_p.uid, "uids"))
_VERSION: Final = select(_v.document, _v.device).where(
    _v.shop == bindparam("shop"), _v.uid == bindparam("uid"), _v.version == bindparam("version")
)
_FORGOTTEN: Final = Statement("SELECT uid, max(version) FROM product_version WHERE shop = :shop AND uid AMONG :uids GROUP BY uid")
_SET: Final = (
    "UPDATE product SET version = {0}version, document = {0}document, listed = {0}listed,"
    " deleted_at = {0}deleted_at, feed_seq = {0}feed_seq"
)
_CHANGE: Final = text(_SET.format(":") + " WHERE shop = :shop AND uid = :uid")
_CHANGE_ALL: Final = text(
    _SET.format("t.") + " FROM unnest(CAST(:shop AS bigint[]), CAST(:uid AS text[]), CAST(:version AS bigint[]), CAST(:document AS text[]),"
    " CAST(:listed AS boolean[]), CAST(:deleted_at AS bigint[]), CAST(:feed_seq AS bigint[]))"
    " AS t(shop, uid, version, document, listed, deleted_at, feed_seq) WHERE product.shop = t.shop AND product.uid = t.uid"
)
_TOLD: Final = "INSERT INTO stock (shop, product, on_hand, reserved, known) SELECT :shop, {}, 0, 0, true FROM {} WHERE true"
_IS_KNOWN: Final = " ON CONFLICT (shop, product) DO UPDATE SET known = true"
_STOCKED: Final = Statement(
    _TOLD.format("value", "json_each(:rows)") + _IS_KNOWN,
    postgres=_TOLD.format("t.*", "unnest(string_to_array(:product, ' ')) AS t") + _IS_KNOWN,
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A product as it stands within this transaction. `stored`: it has a row."""

    product: wire.WireProduct
    deleted_at: int
    feed_seq: int = 0
    stored: bool = True


class Goods:
    """The edits of one transaction. `load` what they touch, `take` or `edit` each, `finish` writes."""

    def __init__(self, work: ShopWork, device: str) -> None:
        self._work = work
        self._device = device
        self._kept: dict[str, _Kept] = {}
        self._changed: set[str] = set()
        self._forgotten: dict[str, int] = {}
        self._versions: list[tuple[Any, ...]] = []

    def load(self, uids: Iterable[str]) -> None:
        """Read the products that will be edited, in one statement."""
        wanted = list(set(uids) - self._kept.keys())
        if not wanted:
            return
        for row in self._work.connection.execute(_KNOWN, {"shop": self._work.shop, "uids": wanted}):
            self._kept[row.uid] = _Kept(wire.decode(row.document.encode(), wire.WireProduct), row.deleted_at)
        # one whose tombstone is gone may come again: its versions are kept, and go on
        gone = [uid for uid in wanted if uid not in self._kept]
        if gone:
            self._forgotten.update(run(self._work.connection, _FORGOTTEN, {"shop": self._work.shop, "uids": gone}).rows)

    def take(self, operation: str, told: wire.WireProduct, at: int) -> tuple[str, ...]:
        """Make a product, as it was told whole, its newest version. Flags: `overwrote:<field>`, `base_unknown`, `tobacco_not_listed`."""
        before = self._kept.get(told.uid)
        if before is None or told.version in (0, before.product.version):
            # 0: the same till edits again before it has been told a version
            return self._keep(told, at)
        base = self._version(told.uid, told.version)
        if base is None:
            return (*self._keep(told, at), "base_unknown")
        merged, lost = laid_over(told, base, before.product)
        return (*self._keep(merged, at), *self._tell_of(operation, before.product, lost, at))

    def edit(self, operation: str, edit: wire.ProductEditPayload, at: int) -> Verdict:
        """Lay single fields over the newest version.

        Quarantined with product_unknown, product_unusable; flags as for `take`.
        """
        before = self._kept.get(edit.product)
        if before is None:
            return Verdict(ResultStatus.QUARANTINED, "product_unknown")
        current = before.product
        try:
            edited = with_edit(current, edit)
            base = current if edit.base_version in (0, current.version) else self._version(edit.product, edit.base_version)
            lost = fields_of(edit, base, current, edited) if base is not None else []
        except NoSuchUnit:
            return Verdict(ResultStatus.QUARANTINED, "product_unusable")
        if not usable(edited):
            return Verdict(ResultStatus.QUARANTINED, "product_unusable")
        flags = (*self._keep(edited, at), *self._tell_of(operation, current, lost, at))
        return Verdict(flags=flags if base is not None else (*flags, "base_unknown"))

    def _keep(self, product: wire.WireProduct, at: int) -> tuple[str, ...]:
        """Make it the newest version. Returns flags."""
        before = self._kept.get(product.uid)
        flags: tuple[str, ...] = ()
        if product.listed_online and product.regulation == TOBACCO:
            product, flags = msgspec.structs.replace(product, listed_online=False), ("tobacco_not_listed",)
        version = self._forgotten.get(product.uid, 0) + 1 if before is None else before.product.version + 1
        product = msgspec.structs.replace(product, version=version)
        work, book = self._work, self._work.book
        book.products += int(not product.deleted) - int(before is not None and not before.product.deleted)
        work.price(wire.product_marks(product) - (wire.product_marks(before.product) if before is not None else 0))
        book.product_seq = seq = work.next_seq()
        self._kept[product.uid] = _Kept(product, work.now if product.deleted else 0, seq, before is not None and before.stored)
        self._changed.add(product.uid)
        self._versions.append((work.shop, product.uid, version, wire.encode(product).decode(), self._device, at))
        return flags

    def _tell_of(self, operation: str, before: wire.WireProduct, lost: Iterable[Overwritten], at: int) -> list[str]:
        """A row in the feed for each field whose other value was overwritten. Returns flags."""
        flags = []
        for found in lost:
            outcome = wire.EditOutcome(
                operation=operation,
                product=before.uid,
                field=found.field,
                kept=found.kept,
                lost=found.lost,
                at=at,
                lost_device=self._author(before),
            )
            self._work.tell(
                f"{before.uid} {found.field}", wire.Change(seq=0, kind=wire.ChangeKind.EDIT.value, uid=before.uid, edit=outcome)
            )
            flags.append(f"overwrote:{found.field.partition(':')[0]}")
        return list(dict.fromkeys(flags))

    def finish(self) -> None:
        """Write the newest version of each, and every version into the history."""
        columns = [column.name for column in tables.product.columns]
        rows = {uid: self._row(self._kept[uid]) for uid in self._kept if uid in self._changed}
        new = {uid: row for uid, row in rows.items() if not self._kept[uid].stored}
        changed = [dict(zip(columns, row, strict=True)) for uid, row in rows.items() if uid not in new]
        append(self._work.connection, tables.product, list(new.values()))
        each(self._work.connection, _CHANGE, _CHANGE_ALL, changed)
        append(self._work.connection, tables.product_version, self._versions)
        if new:
            told = {"rows": msgspec.json.encode(list(new)).decode(), "product": " ".join(new)}
            self._work.then(_STOCKED, {"shop": self._work.shop, **told})

    def _row(self, kept: _Kept) -> tuple[Any, ...]:
        product = kept.product
        document = wire.encode(product).decode()
        return (self._work.shop, product.uid, product.version, document, listed(product), kept.deleted_at, kept.feed_seq)

    def _author(self, product: wire.WireProduct) -> str:
        """The device that made this version."""
        for _, uid, version, _, device, _ in self._versions:
            if (uid, version) == (product.uid, product.version):
                return str(device)
        row = self._work.connection.execute(_VERSION, {"shop": self._work.shop, "uid": product.uid, "version": product.version}).first()
        return str(row.device) if row is not None else ""

    def _version(self, uid: str, version: int) -> wire.WireProduct | None:
        for _, found, number, document, *_ in self._versions:
            if (found, number) == (uid, version):
                return wire.decode(document.encode(), wire.WireProduct)
        row = self._work.connection.execute(_VERSION, {"shop": self._work.shop, "uid": uid, "version": version}).first()
        return wire.decode(row.document.encode(), wire.WireProduct) if row is not None else None


def listed(product: wire.WireProduct) -> bool:
    """Whether buyers may see it at all."""
    return product.listed_online and not product.deleted and product.regulation != TOBACCO


def forget_tombstones(connection: Connection, before: int) -> int:
    """Drop products that were deleted before a moment, and raise each shop's floor over them: an older cursor begins anew.

    Returns how many went.
    """
    old = (_p.deleted_at > 0) & (_p.deleted_at < before)
    floors = connection.execute(
        select(_p.shop, func.max(_p.feed_seq).label("floor"), func.count().label("gone")).where(old).group_by(_p.shop)
    ).all()
    for row in floors:
        work = ShopWork.begin(connection, row.shop, before)
        work.book.feed_floor = max(work.book.feed_floor, row.floor)
        work.finish()
    connection.execute(delete(tables.product).where(old))
    return sum(row.gone for row in floors)
