"""A Z report as it is kept: JSON of the whole, so that it stays what was said when the drawer was closed. Owns the spelling, both ways."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pos.domain.drawer_report import DrawerLine, DrawerLineKind, DrawerReport, Tally, TenderTotal


def body_of(report: DrawerReport) -> str:
    """The report as JSON; each name is a field's."""
    return json.dumps(asdict(report), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def report_of(body: str) -> DrawerReport:
    """The report of a body. ValueError or KeyError for one that was not made by `body_of`."""
    kept: dict[str, Any] = json.loads(body)
    lines = tuple(DrawerLine(DrawerLineKind(line["kind"]), line["label"], line["count"], line["amount"]) for line in kept.pop("lines"))
    tenders = tuple(TenderTotal(**tender) for tender in kept.pop("tenders"))
    notes = tuple((note, count) for note, count in kept.pop("notes"))
    tallies = {name: Tally(**kept.pop(name)) for name in ("voids", "refunds", "by_hand")}
    return DrawerReport(**{**kept, "cashiers": tuple(kept["cashiers"]), "lines": lines, "tenders": tenders, "notes": notes, **tallies})
