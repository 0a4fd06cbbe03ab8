"""What the office does with built packages: a signed release that tills take, and two builds held against each other."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import pos
from pos.domain.errors import ShopError
from pos.domain.release import Here, Verdict, judge, parse_version
from pos.installing.manifest import MANIFEST, read_manifest
from pos.installing.signing import new_key, read_keys
from tests.helpers.officers import Office

TOOLS = Path(__file__).parents[2] / "installer/release"
VERSION = pos.__version__
RUN = f"epeken-pos_{VERSION}_x86_64.run"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


make_release, compare_builds = tool("make_release"), tool("compare_builds")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as `make deb run-installer` leaves it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / RUN).write_bytes(b"a program")
    (folder / f"epeken-pos_{VERSION}_amd64.deb").write_bytes(b"a package")
    (tmp_path / "sbom.cdx.json").write_text('{"bomFormat": "CycloneDX"}')
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Office:
    data = new_key("")
    (tmp_path / "kantor.pem").write_bytes(data)
    made = Office(make_release.load_key(data, ""))
    made.trusted_by(tmp_path / "keys.json")
    return made


def release(folder: Path, *more: str) -> int:
    place = folder.parent
    asked = ["--key", place / "kantor.pem", "--trusted", place / "keys.json", "--sbom", place / "sbom.cdx.json"]
    code: int = make_release.main([str(folder), *map(str, asked), *more])
    return code


# --- a release --------------------------------------------------------------------------------------------------


def test_what_was_built_becomes_a_release_that_a_till_takes(built: Path, office: Office) -> None:
    assert release(built, "--from-version", "0.0.1") == 0
    told = read_manifest((built / MANIFEST).read_bytes(), read_keys(built.parent / "keys.json"))
    assert judge(told, Here(parse_version("0.0.9"), 13, "run-x86_64")) is Verdict.TAKE
    assert judge(told, Here(parse_version("0.0.9"), 13, "deb-amd64")) is Verdict.TAKE
    assert told.files["run-x86_64"].size == len(b"a program")
    assert told.notes["id"]
    assert (built / "sbom.cdx.json").exists()


def test_its_sums_are_checked_by_the_commands_that_everybody_has(built: Path, office: Office) -> None:
    assert release(built) == 0
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=built, check=False).returncode == 0
    words = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "release.pem",
        "-rawin",
        "-in",
        "SHA256SUMS",
        "-sigfile",
        "SHA256SUMS.sig",
    ]
    assert subprocess.run(words, cwd=built, capture_output=True, check=False).returncode == 0
    (built / RUN).write_bytes(b"another program")
    assert subprocess.run(["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=built, check=False).returncode != 0


def test_a_key_that_the_packaged_tills_do_not_trust_signs_nothing(built: Path, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    Office().trusted_by(built.parent / "keys.json")
    assert release(built) == 1
    assert "none of these keys" in capsys.readouterr().err
    assert not (built / MANIFEST).exists()


def test_a_package_of_another_version_or_none_at_all_is_said(built: Path, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    (built / "epeken-pos_9.9.9_amd64.deb").write_bytes(b"of tomorrow")
    assert release(built) == 1
    assert "epeken-pos_9.9.9_amd64.deb is of another version" in capsys.readouterr().err
    for file in built.iterdir():
        file.unlink()
    assert release(built) == 1
    assert "no packages" in capsys.readouterr().err


def test_a_manifest_that_was_changed_afterwards_is_no_release(built: Path, office: Office) -> None:
    assert release(built) == 0
    told = json.loads((built / MANIFEST).read_bytes())
    told["body"]["files"]["run-x86_64"]["sha256"] = "0" * 64
    with pytest.raises(ShopError):
        read_manifest(json.dumps(told).encode(), read_keys(built.parent / "keys.json"))


# --- two builds -------------------------------------------------------------------------------------------------


def differences(one: Path, other: Path) -> dict[str, str]:
    return {each.name: each.why for each in compare_builds.compare(one, other)}


def test_two_builds_that_are_the_same_are_said_to_be(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(built, tmp_path / "again")
    assert compare_builds.main([str(built), str(tmp_path / "again")]) == 0
    assert "the same, byte for byte" in capsys.readouterr().out


def test_each_difference_has_its_reason_and_what_has_none_says_so(built: Path, tmp_path: Path) -> None:
    one, other = built, tmp_path / "other"
    for name, left, right in (
        ("a.pyc", b"h" * 8 + b"1111ssss" + b"code", b"h" * 8 + b"2222ssss" + b"code"),
        ("b.gz", gzip.compress(b"notes", mtime=1), gzip.compress(b"notes", mtime=2)),
        ("c.txt", b"one\ntwo\n", b"two\none\n"),
        ("d.so", b"\x7fELF changed", b"\x7fELF changes"),
        ("e", b"x", b"x"),
    ):
        (one / name).write_bytes(left)
        if not other.exists():
            shutil.copytree(one, other)
        (other / name).write_bytes(right)
    for folder in (one, other):
        for file in folder.iterdir():
            os.utime(file, (1, 1))
    os.utime(other / "e", (2, 2))
    (one / "only").symlink_to("e")
    assert differences(one, other) == {
        "a.pyc": "time of its source in a .pyc's head",
        "b.gz": "time in a .gz's head",
        "c.txt": "the same lines in another order",
        "d.so": "UNEXPLAINED: 12 and 12 bytes, the first that differs at 11",
        "e": "its time: 1 and 2 (SOURCE_DATE_EPOCH was not the same)",
        "only": "only in the first build",
    }


def deb(folder: Path, name: str, content: bytes, epoch: int) -> Path:
    root = folder / name
    (root / "DEBIAN").mkdir(parents=True)
    (root / "DEBIAN/control").write_text("Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x.example>\nDescription: x\n")
    (root / "file").write_bytes(content)
    for file in (root / "DEBIAN/control", root / "DEBIAN", root / "file", root):
        os.utime(file, (1, 1))
    built = folder / f"{name}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    words = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(root), str(built)]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    return built


def test_packages_are_compared_by_what_is_in_them(tmp_path: Path) -> None:
    first, again = deb(tmp_path, "a", b"one", 5), deb(tmp_path, "b", b"one", 5)
    assert compare_builds.compare(first, again) == []
    later, other = deb(tmp_path, "c", b"one", 9), deb(tmp_path, "d", b"two", 5)
    assert differences(first, later) == {"a.deb": "time in the .deb's own head (SOURCE_DATE_EPOCH was not the same)"}
    assert list(differences(first, other)) == ["file"]
