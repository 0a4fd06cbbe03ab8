"""Tills, a server and everything that goes wrong between them: nothing is lost, nothing counts twice, and planted faults are found.

On real store files, in one thread. A failing seed plays the same again: `SimCity(folder, blank, FakeCentral(), seed).play(STEPS)`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.sync import protocol as wire
from tests.helpers.fake_central import FakeCentral, Fault
from tests.helpers.lines import TillOnLine
from tests.helpers.simulation import SimCity, quick_folder
from tests.helpers.tills import close_till, open_till, stock_up

SEEDS = 150
STEPS = 40


@pytest.fixture
def quick_place(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store's file, made once."""
    place = tmp_path_factory.mktemp("blank")
    close_till(open_till(place))
    return place / "shop.db"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_breaks_each_sale_is_there_once_and_all_stock_agrees(quick_place: Path, blank: Path, seed: int) -> None:
    with closing(SimCity(quick_place, blank, FakeCentral(), seed)) as city:
        city.play(STEPS)


class NoDedup(FakeCentral):
    """Planted: takes what it has taken before once more."""

    def _result(self, device: str, epoch: int, operation: wire.Operation) -> wire.OperationResult:
        self.books.results.pop(operation.id, None)
        return super()._result(device, epoch, operation)


class SkippingCursor(FakeCentral):
    """Planted: a full page's cursor is the feed's end, as a sequence's `nextval` may make it."""

    def sync(self, device: str, request: wire.SyncRequest) -> wire.SyncAnswer:
        answer = super().sync(device, request)
        if not answer.more:
            return answer
        end = f"{answer.cursor.rpartition('.')[0]}.{self.books.seq}"
        return wire.SyncAnswer(**{name: getattr(answer, name) for name in answer.__struct_fields__} | {"cursor": end, "more": False})


class BlindToClones(FakeCentral):
    """Planted: nobody is ever fenced."""

    def _fence(self, device: str, request: wire.SyncRequest, chain: object) -> int:
        return 0


@pytest.mark.parametrize("planted", [NoDedup, SkippingCursor, BlindToClones])
def test_a_planted_fault_is_found_within_thirty_seeds(quick_place: Path, blank: Path, planted: type[FakeCentral]) -> None:
    assert any(fails(quick_place / str(seed), blank, planted(), seed) for seed in range(30))


def fails(folder: Path, blank: Path, server: FakeCentral, seed: int) -> bool:
    folder.mkdir()
    with closing(SimCity(folder, blank, server, seed)) as city:
        try:
            city.play(STEPS)
        except AssertionError:
            return True
    return False


def test_a_sale_that_counts_twice_at_the_server_is_found_out(tmp_path: Path, blank: Path) -> None:
    shutil.copy(blank, tmp_path / "shop.db")
    till = TillOnLine(tmp_path, NoDedup())
    stock_up(till.till, 1)
    till.faults(Fault.ANSWER_LOST)
    with pytest.raises(AssertionError, match="booked once"):
        till.settle()
    till.close()
