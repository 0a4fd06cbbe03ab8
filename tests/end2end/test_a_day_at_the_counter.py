"""The story of the shop, whole: the real till's windows, a real central process, a real TCP printer, a line that is cut, a SIGKILL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one played day leaves behind."""
    folder = tmp_path_factory.mktemp("day")
    out, temporary = folder / "tour", folder / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tour", "--out", str(out)],
        cwd=ROOT,
        env=dict(os.environ, TMPDIR=str(temporary)),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out


@pytest.fixture(scope="module")
def summary(day: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((day / "summary.json").read_text(encoding="utf-8"))
    return found


def test_every_sale_is_on_the_central_exactly_once(summary: dict[str, Any]) -> None:
    assert summary["sales_till"] == summary["sales_central"] == 22
    assert summary["turnover_till"] == summary["turnover_central"] > 0
    assert summary["duplicates"] == 0
    assert summary["quarantined"] == 0


def test_the_central_and_the_till_agree_on_every_shelf(summary: dict[str, Any]) -> None:
    assert summary["goods"] >= 600
    assert summary["stock_differences"] == 0


def test_the_online_order_was_handed_over_once(summary: dict[str, Any]) -> None:
    assert summary["orders"] == 1


def test_every_paper_came_out_once_and_is_drawn(day: Path, summary: dict[str, Any]) -> None:
    bytes_of_jobs = sorted((day / "paper").glob("*.bin"))
    assert len(bytes_of_jobs) == summary["print_jobs"]
    # a drawer's kick puts nothing on paper
    assert len(list((day / "paper").glob("*.png"))) == summary["print_jobs"] - summary["sales_till"]


def test_each_step_left_its_picture(day: Path) -> None:
    steps = {picture.name.split("-")[0] for picture in (day / "pictures").glob("*.png")}
    assert {f"{number:02d}" for number in range(1, 29)} <= steps


def test_nowhere_is_a_buyer_known_by_more_than_four_digits(day: Path) -> None:
    """Every byte that the day left behind: both stores with their logs beside them, copies, what the printer got, what was written down."""
    files = [file for file in day.rglob("*") if file.is_file()]
    names = {file.name for file in files}
    assert {"shop.db", "central.db", "till.log", "central.log", "barang.xlsx"} <= names
    kept = {str(file.relative_to(day)): file.read_bytes() for file in files}
    for shown in (b"Rina W.", b"WA ****3841"):
        assert any(shown in data for data in kept.values()), "the order and its note were there at all"
    for whole in ("081234563841", "81234563841", "3456-3841", "Rina Wati"):
        for form in (whole.encode(), whole.encode("utf-16-le"), whole[::-1].encode()):
            assert [name for name, data in kept.items() if form in data] == []


def test_the_temporary_folder_is_left_as_it_was_but_for_the_printers_lock(day: Path) -> None:
    left = [file.name for file in (day.parent / "temporary").rglob("*")]
    assert [name for name in left if not (name.startswith("epeken-pos-printer-") and name.endswith(".lock"))] == []
