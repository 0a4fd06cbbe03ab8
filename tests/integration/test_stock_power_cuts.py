"""The power goes while goods are taken in and counted: each scan that was said is there, a delivery is booked whole or not at all."""

from __future__ import annotations

import os
import random
from pathlib import Path

from pos.domain.receiving import PaidFrom, ReceiptHead
from pos.services import receipts, receiving, stock_taking
from pos.services.ports import Till
from tests.helpers.goods_in import MI_AND_DUS, unit_of
from tests.helpers.recorded_disk import Event, Kind, Platter, RecordedDisk, recorded_disk
from tests.helpers.shops import KOPI, open_market, open_till
from tests.helpers.tills import SeededIds

IMAGES = int(os.environ.get("STOCK_POWER_CUTS", "12"))
"""Disks that are laid out; the more, the more moments."""
CODES = ("089686010947", "8991002105485")
SHELF = [(MI_AND_DUS, 100), (KOPI, 100)]


def a_delivery_and_a_count(till: Till, disk: RecordedDisk) -> None:
    draft = receiving.open_draft(till)
    for number in range(6):
        receiving.add_unit(till, draft.uid, unit_of(till, CODES[number % 2]))
        disk.said(f"scan {number + 1}")
    receiving.set_head(till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
    kept = till.store.read.receipt_draft(draft.uid)
    assert kept is not None
    receipts.post(till, draft.uid, kept.total)
    disk.said("booked")
    take = stock_taking.begin(till)
    stock_taking.set_count(till, take.uid, unit_of(till, CODES[0]), 90)
    stock_taking.post(till, take.uid)
    disk.said("counted")


def recorded(folder: Path) -> tuple[dict[str, bytes], list[Event]]:
    with open_market(folder, SHELF):
        pass
    base = {file.name: file.read_bytes() for file in folder.glob("shop.db*") if not file.name.endswith(".lock")}
    with recorded_disk().in_use() as disk, open_till(folder, ids=SeededIds("delivery")) as till:
        a_delivery_and_a_count(till, disk)
        return base, list(disk.events)


def look(folder: Path, said: set[str]) -> None:
    """What the till finds on a disk must be at least what was said, and whole."""
    with open_till(folder, ids=SeededIds("after")) as till:
        read = till.store.read
        assert read.check() == []
        booked, drafts = read.receipts(0, 5), read.receipt_drafts()
        assert len(booked) + len(drafts) <= 1, "a fact or a draft, never both"
        scans = sum(1 for each in said if each.startswith("scan"))
        found = sum(line.quantity for draft in drafts for line in read.receipt_draft_lines(draft.uid))
        assert booked or found >= scans
        assert booked or "booked" not in said
        gain = 6 if booked else 0
        taken = bool(read.stock_takes()) and read.stock_takes()[0].posted_at > 0
        assert taken or "counted" not in said
        expected = 90 + 100 + gain // 2 if taken else 200 + gain
        assert sum(read.on_hand(product.uid) for product, _ in SHELF) == expected


def test_a_power_cut_loses_no_scan_and_books_nothing_by_halves(tmp_path: Path) -> None:
    base, events = recorded(tmp_path / "day")
    dice = random.Random(11)
    places = [place for place, event in enumerate(events, 1) if event.kind is not Kind.SAID]
    platter, done = Platter(dict(base)), 0
    for turn, place in enumerate(sorted(dice.choices(places, k=IMAGES))):
        for event in events[done:place]:
            platter.take(event)
        done = place
        folder = tmp_path / f"cut {turn}"
        folder.mkdir()
        for name, data in (platter.worst() if turn % 4 == 0 else platter.after_a_cut(dice)).items():
            (folder / name).write_bytes(data)
        look(folder, {event.file for event in events[:place] if event.kind is Kind.SAID})
