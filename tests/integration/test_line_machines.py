"""A till's machine as it comes: a disk that is full, a clock that died in 1970 or is ahead by a lifetime. Real processes, on real mounts.

Mounting needs root, or a kernel that gives everybody a namespace of their own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.central import CentralProcess
from tests.helpers.selling_processes import hear_until, sales_said, start_selling

OWN_MOUNTS = ("unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), "--mount", "--propagation", "unchanged")
PRIVATE = "{ mount --make-rprivate / 2>/dev/null || { mount --bind %(folder)s %(folder)s && mount --make-private %(folder)s; }; }"
"""Nobody else sees the small disk; in a bare root that is no mount of its own, the folder is made one first."""
SMALL_DISK = "1800k"
"""Holds a new store, and not much more."""


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    made = CentralProcess(f"sqlite:///{tmp_path / 'central.db'}")
    yield made
    made.close()


def test_a_full_disk_stops_selling_with_a_word_and_loses_nothing_that_was_said(tmp_path: Path, central: CentralProcess) -> None:
    shop = central.command("shop", "Toko Sinar Jaya")
    folder = tmp_path / "till"
    folder.mkdir()
    mount = f'{PRIVATE % {"folder": folder}} && mount -t tmpfs -o size={SMALL_DISK} tmpfs {folder} && exec "$@"'
    pair = ("--pair", central.url, central.command("code", shop))
    till = start_selling(folder, "--sales", "600", *pair, within=(*OWN_MOUNTS, "sh", "-c", mount, "sh"))
    heard: list[list[str]] = []
    for _ in range(3):
        hear_until(till, "full", heard)
    more = ("nsenter", "--target", str(till.pid), "--mount", "--root", "mount", "-o", "remount,size=64m", str(folder))
    subprocess.run(more if os.geteuid() == 0 else ("nsenter", "--user", "--preserve-credentials", *more[1:]), check=True)
    said = sales_said(till, heard)
    assert len(said) == 600
    told = central.summary(shop)
    assert (told["sales"], told["turnover"]) == (600, sum(said.values()))
    assert (told["duplicates"], told["quarantined"]) == (0, 0)


@pytest.mark.parametrize("moment", ["1970-01-01 00:10:00", "2099-12-31 23:00:00"])
def test_a_till_whose_clock_is_wrong_by_decades_sells_and_is_heard(tmp_path: Path, central: CentralProcess, moment: str) -> None:
    shop = central.command("shop", "Toko Sinar Jaya")
    folder = tmp_path / "till"
    folder.mkdir()
    pair = ("--pair", central.url, central.command("code", shop))
    till = start_selling(folder, "--sales", "5", *pair, within=("faketime", "--exclude-monotonic", "-f", f"@{moment}"))
    said = sales_said(till)
    told = central.summary(shop)
    assert (told["sales"], told["turnover"], told["quarantined"]) == (5, sum(said.values()), 0)
