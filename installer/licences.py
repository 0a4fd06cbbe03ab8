"""Writes beside a packaged till what it is made of: licences and exact versions, as the LGPL asks (4), and an SBOM. `licences.py TREE`."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from pathlib import Path

_PACKER = {
    *("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "hatchling", "pip", "setuptools"),
    *("pathspec", "pluggy", "trove-classifiers"),
}
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


def sbom(version: str) -> dict[str, object]:
    """CycloneDX 1.5, without a moment or a serial number: two builds of a commit write the same."""
    listed = [
        {"type": "library", "name": part.name, "version": part.version, "purl": f"pkg:pypi/{plain(part.name)}@{part.version}"}
        | {"licenses": [{"license": {"name": licence_of(part)}}]}
        for part in parts()
    ]
    program = {"type": "application", "name": "epeken-pos", "version": version, "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": program}, "components": listed}


def main(tree: Path) -> None:
    version = re.search(r'__version__ = "([^"]+)"', (_ROOT / "pos/__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    folder = tree / "licences"
    folder.mkdir(exist_ok=True)
    lines = [f"{part.name} {part.version}: {licence_of(part)}" for part in parts()]
    head = "Qt and PySide6 are under the LGPL-3.0: their libraries lie in _internal/PySide6 and may be exchanged for others."
    (folder / "VERSIONS.txt").write_text("\n".join([head, "", *lines, ""]), encoding="utf-8")
    for part in parts():
        texts = texts_of(part)
        if texts:
            (folder / f"{plain(part.name)}.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tree / "sbom.cdx.json").write_text(json.dumps(sbom(version[1]), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
