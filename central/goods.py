"""A shop's goods as the city keeps them: every version, edits laid over each other field by field, what buyers may see.

An edit names the version it started from. A field that the edit did not touch stays as another till has made it since; where both
touched it the later one wins, and both are kept in `product_version`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, select, text

from central import tables
from central.bulk import among, append, each
from central.shop_work import ShopWork
from pos.sync import protocol as wire

TOBACCO: Final = "tobacco"
"""PP 28/2024 art. 434: never listed online, whatever a till says."""

_p, _v = tables.product.c, tables.product_version.c
_KNOWN: Final = select(_p.uid, _p.version, _p.document, _p.deleted_at).where(_p.shop == bindparam("shop"), among(_p.uid, "uids"))
_VERSION: Final = select(_v.document).where(_v.shop == bindparam("shop"), _v.uid == bindparam("uid"), _v.version == bindparam("version"))
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
_OWN: Final = frozenset({"uid", "version"})
_EDITABLE: Final = tuple(name for name in wire.WireProduct.__struct_fields__ if name not in _OWN)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A product as it stands within this transaction. `stored`: it has a row."""

    product: wire.WireProduct
    deleted_at: int
    feed_seq: int = 0
    stored: bool = True


class Goods:
    """The edits of one transaction. `load` what they touch, `take` each, `finish` writes."""

    def __init__(self, work: ShopWork, device: str) -> None:
        self._work = work
        self._device = device
        self._kept: dict[str, _Kept] = {}
        self._changed: set[str] = set()
        self._versions: list[tuple[Any, ...]] = []

    def load(self, uids: Iterable[str]) -> None:
        """Read the products that will be edited, in one statement."""
        wanted = list(set(uids) - self._kept.keys())
        if not wanted:
            return
        for row in self._work.connection.execute(_KNOWN, {"shop": self._work.shop, "uids": wanted}):
            self._kept[row.uid] = _Kept(wire.decode(row.document.encode(), wire.WireProduct), row.deleted_at)

    def take(self, edit: wire.WireProduct, at: int) -> tuple[str, ...]:
        """Make an edit the product's newest version. Returns flags: `overwrote:<field>`, `base_unknown`, `tobacco_not_listed`."""
        before = self._kept.get(edit.uid)
        merged, flags = (edit, []) if before is None else self._laid_over(edit, before.product)
        if merged.listed_online and merged.regulation == TOBACCO:
            merged, flags = msgspec.structs.replace(merged, listed_online=False), [*flags, "tobacco_not_listed"]
        version = 1 if before is None else before.product.version + 1
        product = msgspec.structs.replace(merged, version=version)
        book, now = self._work.book, self._work.now
        book.products += int(not product.deleted) - int(before is not None and not before.product.deleted)
        book.product_seq = seq = self._work.next_seq()
        self._kept[edit.uid] = _Kept(product, now if product.deleted else 0, seq, before is not None and before.stored)
        self._changed.add(edit.uid)
        self._versions.append((self._work.shop, edit.uid, version, wire.encode(product).decode(), self._device, at))
        return tuple(flags)

    def finish(self) -> None:
        """Write the newest version of each, and every version into the history."""
        columns = [column.name for column in tables.product.columns]
        rows = {uid: self._row(self._kept[uid]) for uid in self._kept if uid in self._changed}
        append(self._work.connection, tables.product, [row for uid, row in rows.items() if not self._kept[uid].stored])
        changed = [dict(zip(columns, row, strict=True)) for uid, row in rows.items() if self._kept[uid].stored]
        each(self._work.connection, _CHANGE, _CHANGE_ALL, changed)
        append(self._work.connection, tables.product_version, self._versions)

    def _row(self, kept: _Kept) -> tuple[Any, ...]:
        product = kept.product
        document = wire.encode(product).decode()
        return (self._work.shop, product.uid, product.version, document, listed(product), kept.deleted_at, kept.feed_seq)

    def _laid_over(self, edit: wire.WireProduct, current: wire.WireProduct) -> tuple[wire.WireProduct, list[str]]:
        """The edit over what has been made of the product since the version that the edit started from."""
        if edit.version in (0, current.version):
            # 0: the same till edits again before it has been told a version
            return edit, []
        base = self._version(edit.uid, edit.version)
        if base is None:
            return edit, ["base_unknown"]
        values: dict[str, Any] = {}
        flags = []
        for name in _EDITABLE:
            was, now, wanted = getattr(base, name), getattr(current, name), getattr(edit, name)
            values[name] = now if wanted == was else wanted
            if wanted != was and now not in (was, wanted):
                flags.append(f"overwrote:{name}")
        return wire.WireProduct(uid=edit.uid, **values), flags

    def _version(self, uid: str, version: int) -> wire.WireProduct | None:
        for shop, found, number, document, *_ in self._versions:
            if (shop, found, number) == (self._work.shop, uid, version):
                return wire.decode(document.encode(), wire.WireProduct)
        document = self._work.connection.scalar(_VERSION, {"shop": self._work.shop, "uid": uid, "version": version})
        return wire.decode(document.encode(), wire.WireProduct) if document is not None else None


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
