"""What goes wrong where a till is installed, in a bare Debian root that `installer/tests/debian` has made: a full disk, dpkg killed at ten
random moments, no fonts, a wrong clock, a long provision with bad rows, a stick that is pulled out, a removal with something unsent. And
the installer for a user alone.

`hardships.py ROOT OLD.deb NEW.deb OLD.run` with the project's own Python, as root; two versions' packages (LEVEL=0 packs them quickly).
Says what came of each; anything that is not as it should be ends it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pos.installing import PROVISION_FILE
from tests.helpers.officers import Office
from tests.helpers.sheets import gtin13, row, write_csv
from tests.helpers.shops import open_market, sell

KILLS = int(os.environ.get("INSTALL_KILLS", "10"))
GOODS = int(os.environ.get("INSTALL_GOODS", "10000"))
CODE = "089686010947"
NOWHERE = "http://127.0.0.1:9"
HOME = "srv/Bu Siti é"
PROGRAM = "usr/lib/epeken-pos"
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


class Root:
    """A bare Debian with a normal user, `siti`, whose home has a blank and a letter that is not ASCII in its name."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / HOME
        self.data = self.home / ".local/share/epeken-pos"
        self.run("id", "siti")

    def start(self, *words: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        inside = ["chroot", str(self.folder), *words]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(inside, env=CLEAN, stdin=nothing, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def run(self, *words: str) -> tuple[int, str]:
        process = self.start(*words)
        out, error = process.communicate(timeout=900)
        return process.returncode, out + error

    def till(self, words: str, before: str = "") -> tuple[int, str]:
        """A command of siti's; `before`: what goes before the program's name."""
        return self.run("su", "siti", "-c", f"cd ~ && {before} QT_QPA_PLATFORM=offscreen EPEKEN_POS_KEYS=/stick/keys.json {words}")

    def install(self, package: str) -> tuple[int, str]:
        return self.run("dpkg", "-i", f"/var/tmp/{package}")

    def forget(self) -> None:
        """Nothing installed, and no shop."""
        self.run("dpkg", "--purge", "--force-all", "epeken-pos")
        shutil.rmtree(self.folder / PROGRAM, ignore_errors=True)
        for name in (".local", ".config", ".cache"):
            shutil.rmtree(self.home / name, ignore_errors=True)

    def open_shop(self, paired: bool = False) -> None:
        """A shop that has sold once; `paired` with a server that is not there."""
        with open_market(self.data) as till:
            sell(till, CODE)
            if paired:
                with till.store.begin() as work:
                    work.set_shop(uid="a" * 32, device="d" * 32, central_url=NOWHERE)
                    work.commit()
        self.run("chown", "-R", "siti:siti", f"/{HOME}")

    def sales(self) -> int:
        with closing(sqlite3.connect(self.data / "shop.db")) as raw:
            return int(raw.execute("SELECT count(*) FROM sale").fetchone()[0])

    def version(self) -> str:
        """Of the till that starts, looks through the shop and opens its window; empty where none does."""
        code, told = self.till("epeken-pos doctor --offline --json")
        found = re.search(r"\{.*\}", told, re.DOTALL)
        if code not in (0, 1) or found is None:
            return ""
        seen = json.loads(found[0])
        if seen["failed_checks"] or self.till("epeken-pos run --until-ready")[0] != 0 or self.sales() != 1:
            return ""
        return str(seen["version"])


@contextmanager
def machine_in(root: Path) -> Iterator[None]:
    """What a process of the root finds of the machine."""
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(root / "dev")], check=True)
    try:
        yield
    finally:
        for name in ("dev", "proc"):
            subprocess.run(["umount", "-l", str(root / name)], check=False)


@contextmanager
def small_disk(at: Path, megabytes: int) -> Iterator[None]:
    at.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(at)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def full_disk(root: Root, size: int) -> None:
    root.forget()
    with small_disk(root.folder / PROGRAM, size // 2):
        code, said = root.install("old.deb")
        assert code != 0, "there was room"
        assert "No space left" in said, said
    root.forget()
    with small_disk(root.folder / PROGRAM, size * 3 // 2):
        assert root.install("old.deb")[0] == 0
        root.open_shop()
        before = root.version()
        code, said = root.install("new.deb")
        assert code != 0, "there was room"
        after = root.version()
        assert after == before != "", f"the old till does not start any more: {after!r} {said}"
    print(f"disk full: a first install is refused, an update leaves {after} as it was", flush=True)


def killed(root: Root, dice: random.Random) -> None:
    root.forget()
    assert root.install("old.deb")[0] == 0
    root.open_shop()
    began = time.monotonic()
    assert root.install("new.deb")[0] == 0
    takes = time.monotonic() - began
    [kept] = (root.data / "copies").glob("before-update-*.db")
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT count(*) FROM sale").fetchone() == (1,), "the copy before the update has the sale"
    print(f"an update takes {takes:.1f} s; before it the shop was copied to {kept.name}", flush=True)
    for _ in range(KILLS):
        root.forget()
        assert root.install("old.deb")[0] == 0
        root.open_shop()
        moment = dice.uniform(0.05, takes)
        process = root.start("dpkg", "-i", "/var/tmp/new.deb")
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        ways, found = [], root.version()
        for name, words in (("--configure -a", ("dpkg", "--configure", "-a")), ("-i again", ("dpkg", "-i", "/var/tmp/new.deb"))):
            if found:
                break
            root.run(*words)
            ways.append(f"dpkg {name}")
            found = root.version()
        assert found, f"no till starts after a kill at {moment:.2f} s"
        print(f"killed at {moment:.2f} of {takes:.1f} s: {found} starts{' after ' + ', '.join(ways) if ways else ''}", flush=True)
        code, said = root.install("new.deb")
        assert code == 0, said
        assert root.version(), "and the update still goes in"


def without_fonts(root: Root) -> None:
    fonts, away = root.folder / "usr/share/fonts", root.folder / "usr/share/fonts.away"
    if fonts.exists():
        fonts.rename(away)
    try:
        code, said = root.till("epeken-pos run --until-ready")
        assert code == 0, said
        assert "Cannot find font" not in said, said
    finally:
        if away.exists():
            away.rename(fonts)
    print("without any font of the system: the window opens in its own letters", flush=True)


def wrong_clock(root: Root) -> None:
    root.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "faketime")
    library = next((root.folder / "usr/lib").rglob("libfaketime.so.1")).relative_to(root.folder)
    for moment in ("2011-02-03 04:05:06", "2047-11-12 13:14:15"):
        before = f"LD_PRELOAD=/{library} FAKETIME='@{moment}' FAKETIME_DONT_FAKE_MONOTONIC=1"
        code, said = root.till("epeken-pos run --until-ready", before)
        assert code == 0, said
        code, told = root.till("epeken-pos doctor --offline --json", before)
        assert code in (0, 1), told
        assert root.sales() == 1
    print("a clock in 2011 and one in 2047: the window opens, the shop is whole", flush=True)


def stick(root: Root, office: Office, folder: Path, goods: int, bad: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rows = [row(gtin13(number), f"Barang {number}", 3_500, stock=50) for number in range(1, goods + 1)]
    wrong = [row(gtin13(900_001), "", 3_500), row(gtin13(900_002), "Rusak", "abc"), row(gtin13(900_003), "", "")]
    rows[5:5] = wrong[:bad]
    file = write_csv(folder / "catalog.csv", rows)
    listed = {"file": "catalog.csv", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    office.stick(folder, "a" * 32, NOWHERE, "ABCD-EFGH", goods=listed, printer={"address": "screen:", "profile": "generic58"})
    office.trusted_by(folder / "keys.json")
    folder.chmod(0o777)


def products(root: Root) -> int:
    with closing(sqlite3.connect(root.data / "shop.db")) as raw:
        return int(raw.execute("SELECT count(*) FROM product WHERE deleted = 0").fetchone()[0])


def many_goods(root: Root, office: Office) -> None:
    root.forget()
    assert root.install("old.deb")[0] == 0
    stick(root, office, root.folder / "stick", GOODS, 3)
    began = time.monotonic()
    _, said = root.till("epeken-pos provision use /stick")
    took = time.monotonic() - began
    assert products(root) == GOODS, said
    assert "3 baris ditolak" in said, said
    print(f"{GOODS} goods and three bad ones from a stick: {took:.1f} s. {said.strip().splitlines()[0]}", flush=True)


def pulled_out(root: Root, office: Office, dice: random.Random) -> None:
    made = root.folder / "var/tmp/made"
    stick(root, office, made, 500, 0)
    for what in ("provision cut short", "goods cut short", *("pulled out" for _ in range(5))):
        for name in (".local", ".config"):
            shutil.rmtree(root.home / name, ignore_errors=True)
        place = root.folder / "stick"
        shutil.rmtree(place, ignore_errors=True)
        with small_disk(place, 20):
            shutil.copytree(made, place, dirs_exist_ok=True)
            place.chmod(0o777)
            shutil.copy(made / "keys.json", root.folder / "var/tmp/keys.json")
            short = {"provision cut short": PROVISION_FILE, "goods cut short": "catalog.csv"}.get(what)
            if short:
                (place / short).write_bytes((place / short).read_bytes()[:-200])
            process = root.start("su", "siti", "-c", "cd ~ && EPEKEN_POS_KEYS=/var/tmp/keys.json epeken-pos provision use /stick")
            if what == "pulled out":
                time.sleep(dice.uniform(0.05, 1.5))
                subprocess.run(["umount", "-l", str(place)], check=False)
            out, error = process.communicate(timeout=120)
            assert "Traceback" not in error, error
            if what == "pulled out":
                subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=True)
        code, said = root.till("epeken-pos run --until-ready")
        assert code == 0, said
        words = (out + error).strip().splitlines() or ["not a word"]
        print(f"stick: {what}: {words[0]} The till opens.", flush=True)


def held(root: Root) -> None:
    root.forget()
    assert root.install("old.deb")[0] == 0
    root.open_shop(paired=True)
    for word in ("--remove", "--purge"):
        code, said = root.run("dpkg", word, "epeken-pos")
        assert code != 0, "it went, with a sale that nobody has heard of"
        assert "belum terkirim" in said, said
    root.run("install", "-D", "/dev/null", "/etc/epeken-pos/remove-anyway")
    code, said = root.run("dpkg", "--purge", "epeken-pos")
    shutil.rmtree(root.folder / "etc/epeken-pos")
    assert code == 0, said
    assert root.sales() == 1
    print(
        "removing and purging are refused while a sale is unsent; with the officer's word the program goes and the sale stays", flush=True
    )


def for_a_user_alone(root: Root) -> None:
    root.forget()
    # a desktop has it, a bare root has not
    root.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "xz-utils")
    began = time.monotonic()
    code, said = root.till("sh /var/tmp/till.run --quiet --nox11")
    assert code == 0, said
    took = time.monotonic() - began
    code, said = root.till('"$HOME/.local/bin/epeken-pos" run --until-ready')
    assert code == 0, said
    print(f"the installer for a user without root: {took:.1f} s, and its window opens", flush=True)


def main(folder: Path, old: Path, new: Path, alone: Path) -> None:
    root, office, dice = Root(folder), Office(), random.Random(os.environ.get("INSTALL_SEED", "1"))
    for name, package in (("old.deb", old), ("new.deb", new), ("till.run", alone)):
        shutil.copy(package, folder / "var/tmp" / name)
        (folder / "var/tmp" / name).chmod(0o644)
    size = int(subprocess.run(["dpkg-deb", "-f", str(old), "Installed-Size"], capture_output=True, text=True, check=True).stdout) // 1024
    with machine_in(folder):
        killed(root, dice)
        without_fonts(root)
        wrong_clock(root)
        full_disk(root, size)
        many_goods(root, office)
        pulled_out(root, office, dice)
        held(root)
        for_a_user_alone(root)
        root.forget()


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:5]))
