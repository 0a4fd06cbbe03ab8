"""Writes beside a packaged till what it is made of: licences and exact versions, as the LGPL asks (4), and an SBOM. `licences.py TREE`."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

_PACKER = {
    *("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "hatchling", "pip", "setuptools"),
    *("pathspec", "pluggy", "trove-classifiers"),
}
_BROUGHT = re.compile(r"lib(python3|ssl|crypto|sqlite3|ffi|usb-1\.0)\b")
"""What `epeken-pos.spec` takes of the build machine's own libraries."""
_ROOT = Path(__file__).parents[1]


def parts() -> list[importlib.metadata.Distribution]:
    """What is installed beside this Python, but for what only packs."""
    found = {plain(each.name): each for each in importlib.metadata.distributions()}
    return [found[name] for name in sorted(found) if name not in _PACKER and name != "epeken-pos"]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(part: importlib.metadata.Distribution) -> str:
    """As the package itself says it, in a line."""
    told = part.metadata
    said = told.get("License-Expression") or told.get("License") or ""
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    return (said.strip().splitlines() or [""])[0][:120] or ", ".join(classes) or "see its texts"


def texts_of(part: importlib.metadata.Distribution) -> list[str]:
    """Its licence texts."""
    wanted = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
    files = [each for each in part.files or () if ".dist-info" in str(each) and wanted.search(each.name)]
    return [text for each in files if (text := each.read_text())]


def locked() -> dict[str, list[str]]:
    """SHA-256 of what may be installed of each part, by the lock."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (_ROOT / "requirements/pack.lock").read_text(encoding="utf-8").splitlines():
        name = line.partition("==")[0] if "==" in line else name
        if digest := re.search(r"sha256:([0-9a-f]{64})", line):
            found.setdefault(name, []).append(digest[1])
    return found


def of_the_host(tree: Path) -> list[dict[str, object]]:
    """The libraries that the build machine's Debian gave, by its packages."""
    found: list[dict[str, object]] = []
    for file in sorted((tree / "_internal").glob("lib*.so*")):
        if not _BROUGHT.match(file.name):
            continue
        owner = _dpkg("-S", f"*/{file.name}").partition(":")[0]
        version = _dpkg("-W", "-f", "${Version}\n", owner).partition("\n")[0]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        found.append(
            {
                "type": "library",
                "name": owner,
                "version": version,
                "purl": f"pkg:deb/debian/{owner}@{quote(version, safe='.-~')}",
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
        )
    return found


def _dpkg(*words: str) -> str:
    return subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=True).stdout


def sbom(version: str, tree: Path) -> dict[str, object]:
    """CycloneDX 1.5, without a moment or a serial number: two builds of a commit write the same."""
    digests = locked()
    listed: list[dict[str, object]] = [
        {"type": "library", "name": part.name, "version": part.version, "purl": f"pkg:pypi/{plain(part.name)}@{part.version}"}
        | {"licenses": [{"license": {"name": licence_of(part)}}]}
        | {"properties": [{"name": "epeken:locked:sha256", "value": digest} for digest in digests.get(plain(part.name), [])]}
        for part in parts()
    ]
    listed += of_the_host(tree)
    program = {"type": "application", "name": "epeken-pos", "version": version, "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": program}, "components": listed}


def main(tree: Path) -> None:
    version = re.search(r'__version__ = "([^"]+)"', (_ROOT / "pos/__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    folder = tree / "licences"
    folder.mkdir(exist_ok=True)
    lines = [f"{part.name} {part.version}: {licence_of(part)}" for part in parts()]
    libraries = next(tree.glob("*/PySide6")).relative_to(tree).as_posix()
    head = f"Qt and PySide6 are under the LGPL-3.0: their libraries lie in {libraries} and may be exchanged for others."
    (folder / "VERSIONS.txt").write_text("\n".join([head, "", *lines, ""]), encoding="utf-8")
    for part in parts():
        texts = texts_of(part)
        if texts:
            (folder / f"{plain(part.name)}.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tree / "sbom.cdx.json").write_text(json.dumps(sbom(version[1], tree), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
