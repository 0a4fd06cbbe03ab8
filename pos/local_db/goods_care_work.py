"""What is written of goods besides their row: photos, what only this till knows of them, twins that are one or are none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from pos.local_db.work_base import WorkBase
from pos.services.goods_views import Author, ProductCare

_CARE: Final = """
INSERT INTO product_care (product_uid, tracks_expiry) VALUES (?, ?)
ON CONFLICT (product_uid) DO UPDATE SET tracks_expiry = excluded.tracks_expiry
"""
_UNUSED: Final = "DELETE FROM picture WHERE name = ? AND NOT EXISTS (SELECT 1 FROM product WHERE picture = ?)"
_NAME_LENGTH: Final = 24


class GoodsCareWork(WorkBase):
    """That part of a unit of work."""

    def set_picture(self, product_uid: str, data: bytes) -> str:
        before = self._one("SELECT picture FROM product WHERE uid = ?", (product_uid,))[0]
        name = hashlib.sha256(data).hexdigest()[:_NAME_LENGTH] if data else ""
        if name:
            self._run("INSERT INTO picture (name, data, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (name, data, self._clock.now()))
        self._run("UPDATE product SET picture = ? WHERE uid = ?", (name, product_uid))
        if before not in ("", name):
            self._run(_UNUSED, (before, before))
        self._counters.goods_version += 1
        return name

    def set_care(self, product_uid: str, care: ProductCare) -> None:
        self._run(_CARE, (product_uid, int(care.tracks_expiry)))

    def add_merge(self, gone_uid: str, kept_uid: str, author: Author) -> None:
        row = (gone_uid, kept_uid, author.at, author.name)
        self._run("INSERT INTO product_merge (gone_uid, kept_uid, at, actor) VALUES (?, ?, ?, ?)", row)
        self._run("UPDATE product_alias SET kept_uid = ? WHERE kept_uid = ?", (kept_uid, gone_uid))
        self._run("INSERT INTO product_alias (product_uid, kept_uid) VALUES (?, ?)", (gone_uid, kept_uid))

    def dismiss_twins(self, pairs: Sequence[tuple[str, str]], author: Author) -> None:
        self._run_many(
            "INSERT INTO not_twin (one_uid, other_uid, at, actor) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(*sorted(pair), author.at, author.name) for pair in pairs],
        )

    def move_pack_sources(self, gone_units: dict[str, str], gone_uid: str) -> None:
        self._run("DELETE FROM pack_source WHERE product_uid = ?", (gone_uid,))
        self._run_many("UPDATE pack_source SET unit_uid = ? WHERE unit_uid = ?", [(new, old) for old, new in gone_units.items()])
