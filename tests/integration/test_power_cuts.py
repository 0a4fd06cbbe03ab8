"""The power goes at any moment: whatever the disk was still holding back is lost, torn or there out of turn. No sale that was said is lost.

Every write, cut, sync and removal of the real store is recorded; from the record, disks are laid out as a power cut may leave them, and the
till is started on each. `EPEKEN_POWER_CUTS=20000` for as many as one likes.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pos.domain.errors import ShopError
from pos.domain.product import Price
from pos.local_db import engine, store
from pos.services import selling
from pos.services.checkout import complete_sale
from pos.services.goods import put_goods
from pos.services.ports import Till
from tests.helpers.recorded_disk import Event, Kind, Platter, RecordedDisk, recorded_disk
from tests.helpers.shops import SHELF, open_market, open_till
from tests.helpers.tills import SeededIds
from tests.simulation.laying import laid_over

IMAGES = int(os.environ.get("EPEKEN_POWER_CUTS", "500"))
"""Disks that are laid out for each way of writing."""
SALES = 30
CODES = ("089686010947", "8991002105485", "8999999036607")
SMALL_WAL = 40
"""Pages at which a commit checkpoints by itself: so that a short day has many."""


@dataclass
class Story:
    """A day's record. `base`: the files as the day began; `said`: (place in the story, sale's uid)."""

    base: dict[str, bytes]
    events: list[Event] = field(default_factory=list)

    def said_before(self, place: int) -> set[str]:
        return {event.file for event in self.events[:place] if event.kind is Kind.SAID}


def sell_all_day(till: Till, disk: RecordedDisk) -> None:
    """Scans, sales, a price now and then, and upkeep, each sale said once it is on disk."""
    dice = random.Random(7)
    for number in range(SALES):
        for _ in range(dice.randint(1, 3)):
            basket, _ = selling.scan(till, dice.choice(CODES), dice.randint(1, 3))
        sale = complete_sale(till, basket, basket.total)
        disk.said(sale.uid)
        if number % 5 == 0:
            change_a_price(till, dice)
        if number % 7 == 0:
            store_of(till).tidy()


def change_a_price(till: Till, dice: random.Random) -> None:
    known = till.store.read.product(SHELF[0][0].uid)
    assert known is not None
    price = Price(known.units[0].prices[0].kind, dice.randrange(1_000, 9_000, 500))
    with till.store.begin() as work:
        put_goods(till, work, [replace(known, units=(replace(known.units[0], prices=(price,)),))], [], "price")
        work.commit()


def store_of(till: Till) -> store.SqliteStore:
    assert isinstance(till.store, store.SqliteStore)
    return till.store


def a_day(folder: Path, writer: Callable[[Path], sqlite3.Connection]) -> Story:
    """Record a day on a store that is written by `writer`."""
    with laid_over((store, "open_writer", writer), (engine, "CHECKPOINT_PAGES", SMALL_WAL)):
        with open_market(folder, [(product, 1_000_000) for product, _ in SHELF]):
            pass
        story = Story({file.name: file.read_bytes() for file in folder.glob("shop.db*") if not file.name.endswith(".lock")})
        with recorded_disk().in_use() as disk, open_till(folder, ids=SeededIds("day")) as till:
            sell_all_day(till, disk)
            # what comes after is the till's end, which a power cut does not wait for
            story.events = list(disk.events)
    return story


def disks_after_a_cut(story: Story, images: int, seed: int) -> Iterator[tuple[int, dict[str, bytes]]]:
    """(place in the story, files) for moments all over it; always also the disk that has nothing but what was made sure of."""
    dice = random.Random(seed)
    places = [place for place, event in enumerate(story.events, 1) if event.kind is not Kind.SAID]
    wanted = sorted(dice.choices(places, k=images))
    platter, done = Platter(dict(story.base)), 0
    for turn, place in enumerate(wanted):
        for event in story.events[done:place]:
            platter.take(event)
        done = place
        yield place, platter.worst() if turn % 4 == 0 else platter.after_a_cut(dice)


def what_is_wrong(folder: Path, story: Story, place: int, files: dict[str, bytes]) -> str:
    """Start the till on a disk; empty when nothing is lost and everything adds up."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        with open_till(folder) as till:
            there = {row.uid for row in till.store.read.sales("", 0, 10_000)}
            lost = story.said_before(place) - there
            return f"lost {sorted(lost)}" if lost else " ".join(till.store.read.check())
    except ShopError as error:
        return error.code.value


def wal_full(path: Path) -> sqlite3.Connection:
    """As the till writes."""
    raw = engine.open_writer(path)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
    return raw


def delete_extra(path: Path) -> sqlite3.Connection:
    """As the till writes where WAL is refused."""
    raw = engine.open_writer(path)
    raw.execute("PRAGMA journal_mode = DELETE").fetchone()
    raw.execute("PRAGMA synchronous = EXTRA")
    return raw


def wal_normal(path: Path) -> sqlite3.Connection:
    """As others write: quicker."""
    raw = engine.open_writer(path)
    raw.execute("PRAGMA synchronous = NORMAL")
    return raw


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """Disks are laid out in memory where the system has it."""
    memory = Path("/dev/shm")
    folder = memory / f"epeken-cuts-{os.getpid()}" if os.access(memory, os.W_OK) else tmp_path / "cuts"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("writer", [wal_full, delete_extra])
def test_no_power_cut_loses_a_sale_that_was_said(tmp_path: Path, quick: Path, writer: Callable[[Path], sqlite3.Connection]) -> None:
    story = a_day(tmp_path / "shop", writer)
    found = [
        (place, wrong)
        for place, files in disks_after_a_cut(story, IMAGES, seed=2026)
        if (wrong := what_is_wrong(quick / "disk", story, place, files))
    ]
    assert not found, f"{len(found)} of {IMAGES} disks: {found[:5]}"


def test_the_same_cuts_lose_sales_where_a_commit_does_not_wait_for_the_disk(tmp_path: Path, quick: Path) -> None:
    story = a_day(tmp_path / "shop", wal_normal)
    found = [what_is_wrong(quick / "disk", story, place, files) for place, files in disks_after_a_cut(story, 120, seed=2026)]
    assert sum(wrong.startswith("lost") for wrong in found) > 20


def test_a_power_cut_while_the_store_is_made_leaves_one_that_can_be_made(tmp_path: Path, quick: Path) -> None:
    with recorded_disk().in_use() as disk, open_till(tmp_path / "shop"):
        story = Story({}, list(disk.events))
    wrong = [what_is_wrong(quick / "disk", story, place, files) for place, files in disks_after_a_cut(story, IMAGES // 5, seed=7)]
    assert not any(wrong), [each for each in wrong if each][:5]
