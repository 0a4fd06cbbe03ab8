"""What the packages for shops are made of holds together: scripts that can be read, promises that agree. Nothing is built here."""

from __future__ import annotations

import configparser
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import pos

ROOT = Path(__file__).parents[2]
DEBIAN = ROOT / "installer/debian"
SCRIPTS = (
    "make-tree",
    "check-tree",
    "debian/make-deb",
    "run/install",
    "run/make-run",
    "tests/debian",
    "debian/preinst",
    "debian/prerm",
    "debian/postinst",
    "debian/postrm",
    "windows/make-tree",
)


def locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_of_the_installer_can_be_read_by_a_plain_shell(script: str) -> None:
    file = ROOT / "installer" / script
    assert file.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(file)], check=False).returncode == 0


def test_what_is_packed_is_what_is_tested() -> None:
    run, packed = locked("run"), locked("pack")
    assert {name: version for name, version in packed.items() if name in run} == {name: run[name] for name in packed if name in run}
    assert "pyinstaller" in packed
    assert not {"fastapi", "uvicorn", "psycopg", "pytest"} & set(packed), "a till carries neither the central nor the tests"


def test_the_package_promises_the_glibc_that_the_build_checks() -> None:
    control = (DEBIAN / "control.in").read_text(encoding="utf-8")
    promised = re.search(r"libc6 \(>= ([\d.]+)\)", control)
    checked = re.search(r"MOST:-([\d.]+)", (ROOT / "installer/check-tree").read_text(encoding="utf-8"))
    assert promised is not None
    assert checked is not None
    assert promised[1] == checked[1]


def test_the_desktop_knows_the_till() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(DEBIAN / "epeken-pos.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert (told["Exec"], told["Icon"], told["Terminal"]) == ("epeken-pos", "epeken-pos", "false")
    store = ElementTree.parse(DEBIAN / "id.epeken.pos.metainfo.xml").getroot()
    assert store.findtext("launchable") == "epeken-pos.desktop"
    assert store.findtext("project_license") == "GPL-3.0-or-later"


def test_the_manual_names_commands_that_are_there() -> None:
    page = (DEBIAN / "epeken-pos.1").read_text(encoding="utf-8").replace("\\-", "-")
    named = set(re.findall(r'^\.B[I]? "?([a-z][a-z-]+)', page.partition(".SH COMMANDS")[2].partition(".SH FILES")[0], re.MULTILINE))
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(pos.__file__).parent.glob("*.py"))
    assert named
    assert {name for name in named if f'command("{name}"' not in sources} == set()


def test_removing_the_package_never_touches_what_a_shop_sold() -> None:
    for script in ("preinst", "postinst", "postrm"):
        lines = [line for line in (DEBIAN / script).read_text(encoding="utf-8").splitlines() if re.search(r"\brm\b", line)]
        assert lines == (["  rm -rf /var/lib/epeken-pos"] if script == "postrm" else [])


def test_the_container_and_the_units_start_what_the_central_is_called() -> None:
    units = [file.read_text(encoding="utf-8") for file in (ROOT / "installer/central").glob("*.service")]
    assert len(units) == 2
    assert all("/srv/venv/bin/epeken-central " in unit for unit in units)
    assert "/srv/venv/bin/epeken-central" in (ROOT / "installer/central/Containerfile").read_text(encoding="utf-8")
