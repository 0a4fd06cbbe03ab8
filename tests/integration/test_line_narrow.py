"""A line of 64 kbit/s, as a village has it: the first catalogue, and a backlog of sales, each within its time.

Here with a tenth of the goods in a tenth of the time; `EPEKEN_NARROW=5000` plays it whole (5,000 goods and 500 sales, a minute each).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.shops import make_goods
from pos.services.goods import put_catalogue
from tests.helpers.central import ROOT, CentralProcess, run_command
from tests.helpers.narrow_line import SERVER, NarrowLine
from tests.helpers.paired_tills import PairedTill

GOODS = int(os.environ.get("EPEKEN_NARROW", "500"))
SALES = GOODS // 10
A_MINUTE = 90.0 * GOODS / 5_000
"""The goal is a minute; on a busy machine half as much again is let pass, and the figures are printed."""
KBIT_S = 64


@pytest.fixture
def database(tmp_path: Path) -> tuple[str, str]:
    """(url, shop) of a city whose shop has its goods already: another till has brought them, over a wide line."""
    url = f"sqlite:///{tmp_path / 'central.db'}"
    process = CentralProcess(url)
    shop = process.command("shop", "Toko Sinar Jaya")
    till = PairedTill(tmp_path / "first")
    till.pair(process.url, process.command("code", shop))
    put_catalogue(till.till, [(product, 0) for product in make_goods(GOODS)])
    till.settle()
    till.close()
    process.close()
    return url, shop


def test_the_first_catalogue_and_a_backlog_of_sales_come_through_a_narrow_line_in_time(tmp_path: Path, database: tuple[str, str]) -> None:
    url, shop = database
    folder = tmp_path / "till"
    folder.mkdir()
    with NarrowLine(KBIT_S) as line:
        central = CentralProcess(url, "--host", SERVER, within=line.server)
        code = run_command(url, "code", shop).stdout.strip().splitlines()[-1]
        relay = line.relay(int(central.url.rpartition(":")[2]))
        till = [sys.executable, "-m", "tests.helpers.narrow_till", str(folder), relay, code, str(SALES)]
        with subprocess.Popen([*line.till, *till], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            catalogue = process.stdout.readline().split()
            first = line.bytes_over()
            backlog = process.stdout.readline().split()
            second = line.bytes_over() - first
        told = central.summary(shop)
        central.close()
    assert catalogue[0] == "catalogue"
    assert int(catalogue[2]) == GOODS
    assert told["sales"] == SALES
    figures = f"{GOODS} goods: {catalogue[1]} s, {first} bytes; {SALES} sales: {backlog[1]} s, {second} bytes"
    print(figures)
    assert float(catalogue[1]) <= A_MINUTE, figures
    assert float(backlog[1]) <= A_MINUTE, figures
