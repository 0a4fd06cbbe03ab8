"""The story of the shop, whole: the real till's windows, a real central process, a real TCP printer, a line that is cut, a SIGKILL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one played day leaves behind."""
    out = tmp_path_factory.mktemp("day") / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "tour", "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out


@pytest.fixture(scope="module")
def summary(day: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((day / "summary.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.xdist_group("day")
def test_every_sale_is_on_the_central_exactly_once(summary: dict[str, Any]) -> None:
    assert summary["sales_till"] == summary["sales_central"] == 22
    assert summary["turnover_till"] == summary["turnover_central"] > 0
    assert summary["duplicates"] == 0
    assert summary["quarantined"] == 0


@pytest.mark.xdist_group("day")
def test_the_central_and_the_till_agree_on_every_shelf(summary: dict[str, Any]) -> None:
    assert summary["goods"] >= 600
    assert summary["stock_differences"] == 0


@pytest.mark.xdist_group("day")
def test_the_online_order_was_handed_over_once(summary: dict[str, Any]) -> None:
    assert summary["orders"] == 1


@pytest.mark.xdist_group("day")
def test_every_paper_came_out_once_and_is_drawn(day: Path, summary: dict[str, Any]) -> None:
    bytes_of_jobs = sorted((day / "paper").glob("*.bin"))
    assert len(bytes_of_jobs) == summary["print_jobs"]
    # a drawer's kick puts nothing on paper
    assert len(list((day / "paper").glob("*.png"))) == summary["print_jobs"] - summary["sales_till"]


@pytest.mark.xdist_group("day")
def test_each_step_left_its_picture(day: Path) -> None:
    steps = {picture.name.split("-")[0] for picture in (day / "pictures").glob("*.png")}
    assert {f"{number:02d}" for number in range(1, 29)} <= steps
