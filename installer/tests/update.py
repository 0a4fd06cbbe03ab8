"""An installed till is brought up to date by real packages, from a stick and from a central, with its power cut at ten random moments.

`update.py OLD.run NEW.run WORK` with the project's own Python; the packages are two versions' of `make run-installer` (LEVEL=1 packs them
quickly). Says how long things took; anything that is not as it should be ends it.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pos.installing.manifest import MANIFEST, made
from pos.installing.signing import KEYS_VARIABLE
from tests.helpers.central import ROOT
from tests.helpers.officers import Office
from tests.helpers.releases import listed, manifest_of
from tests.helpers.shops import open_market, sell

KILLS = int(os.environ.get("UPDATE_KILLS", "10"))
CODE = "089686010947"
BROKEN = """#!/bin/sh
while [ $# -gt 0 ]; do if [ "$1" = --target ]; then target=$2; fi; shift; done
mkdir -p "$target/program" && printf '#!/bin/sh\\necho no such processor >&2; exit 3\\n' >"$target/program/epeken-pos"
chmod 755 "$target/program/epeken-pos"
"""


class Home:
    """A user of their own, with a blank and a letter that is not ASCII in the folder's name."""

    def __init__(self, folder: Path, keys: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder / "Bu Siti é"
        self.folder.mkdir(parents=True)
        self.data = self.folder / ".local/share/epeken-pos"
        self.place = self.folder / ".local/share/epeken-pos-program"
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        self.environment[KEYS_VARIABLE] = str(keys)

    def install(self, package: Path) -> None:
        subprocess.run(["sh", str(package), "--quiet", "--nox11"], env=self.environment, check=True, capture_output=True)
        with open_market(self.data) as till:
            sell(till, CODE)

    def start(self, *words: str) -> subprocess.Popen[str]:
        command, pipe = [str(self.folder / ".local/bin/epeken-pos"), *words], subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def till(self, *words: str) -> tuple[int, str]:
        process = self.start(*words)
        out, error = process.communicate(timeout=600)
        return process.returncode, out + error

    @property
    def version(self) -> str:
        return (self.place / "current").resolve().name

    @property
    def stage(self) -> str:
        file = self.data / "updates/state.json"
        return str(json.loads(file.read_bytes())["stage"]) if file.exists() else "none"

    def is_well(self) -> None:
        """The program that starts opens the shop, which has sold once, and its window."""
        code, told = self.till("doctor", "--offline", "--json")
        seen = json.loads(told)
        assert (code in (0, 1), seen["version"], seen["failed_checks"]) == (True, self.version, []), told
        code, told = self.till("run", "--until-ready")
        assert code == 0, told


def release(folder: Path, office: Office, package: Path, version: str) -> Path:
    """A folder as on a stick or a server."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = listed(package.name, package.read_bytes())
    os.link(package, folder / package.name)
    (folder / MANIFEST).write_bytes(made(manifest_of(version, {f"run-{os.uname().machine}": file}), office.key))
    return folder


def from_a_stick(home: Home, stick: Path, new: str) -> None:
    began = time.monotonic()
    code, said = home.till("update", "--from", str(stick))
    assert (code, home.version, home.stage) == (0, new, "applied"), said
    home.is_well()
    print(f"from a stick: {time.monotonic() - began:.1f} s with a look at it afterwards", flush=True)


def from_a_central(home: Home, shelf: Path, new: str, work: Path) -> None:
    words = ["-m", "central", "serve", "--database", f"sqlite:///{work / 'city.db'}", "--port", "0", "--updates", str(shelf)]
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as central:
        assert central.stdout is not None
        url = central.stdout.readline().split()[-1]
        settings = home.folder / ".config/epeken-pos/settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f'central_url = "{url}"\n', encoding="utf-8")
        began = time.monotonic()
        code, said = home.till("update")
        central.terminate()
    assert (code, home.version, home.stage) == (0, new, "applied"), said
    home.is_well()
    print(f"from a central: {time.monotonic() - began:.1f} s", flush=True)


def broken(home: Home, stick: Path, old: str) -> None:
    code, said = home.till("update", "--from", str(stick))
    assert (code, home.version, home.stage) == (2, old, "rolled_back"), said
    home.is_well()
    print(f"one that does not run: {said.strip()}", flush=True)


def killed(home: Home, stick: Path, dice: random.Random, most: float) -> None:
    process = home.start("update", "--from", str(stick))
    with suppress(subprocess.TimeoutExpired):
        process.wait(dice.uniform(0.2, most))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    at = home.stage, home.version
    home.is_well()
    print(f"killed at {at[0]} with {at[1]} in place: it opens as {home.version}", flush=True)


def main(old_package: Path, new_package: Path, work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    office, dice = Office(), random.Random(os.environ.get("UPDATE_SEED", "1"))
    keys = office.trusted_by(work / "keys.json")
    old, new = (re.findall(r"_([\d.]+)_", package.name)[0] for package in (old_package, new_package))
    stick = release(work / "stick", office, new_package, new)
    (work / f"epeken-pos_{new}_broken.run").write_text(BROKEN)
    wrong = release(work / "wrong", office, work / f"epeken-pos_{new}_broken.run", new)
    began = time.monotonic()
    for number, play in enumerate((lambda h: from_a_stick(h, stick, new), lambda h: from_a_central(h, stick, new, work))):
        home = Home(work / f"home {number}", keys)
        home.install(old_package)
        home.is_well()
        play(home)
    home = Home(work / "home broken", keys)
    home.install(old_package)
    broken(home, wrong, old)
    most = (time.monotonic() - began) / 4
    for _ in range(KILLS):
        home = Home(work / "home killed", keys)
        home.install(old_package)
        killed(home, stick, dice, most)
        if home.stage in ("none", "ready", "applying"):
            from_a_stick(home, stick, new)
    print(f"{KILLS} power cuts: one program started each time", flush=True)


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:4]))
