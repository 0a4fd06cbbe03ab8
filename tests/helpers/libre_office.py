"""LibreOffice without a window, as a shop's accountant has it: opens files and says what it found in them."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from pathlib import Path

_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
"""Commas, quotes, UTF-8, every cell as its value and not as it is shown, each sheet a file of its own."""


def convert(files: Sequence[Path], to: str, folder: Path) -> list[str]:
    """Let it open all files in one start and save each as another kind. Returns what it complained of."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    said = (done.stdout + done.stderr).splitlines()
    return [line for line in said if line.casefold().startswith("error")] + ([] if done.returncode == 0 else [f"exit {done.returncode}"])


def sheets_of(files: Sequence[Path], folder: Path) -> dict[str, dict[str, list[list[str]]]]:
    """File's name without ending -> sheet -> rows of cells, as LibreOffice reads them. Raises AssertionError where it complained."""
    assert convert(files, _ALL_SHEETS, folder) == []
    found: dict[str, dict[str, list[list[str]]]] = {file.stem: {} for file in files}
    for part in sorted(folder.glob("*.csv")):
        book, _, sheet = part.stem.partition("-")
        if book in found:
            with part.open(encoding="utf-8", newline="") as file:
                found[book][sheet] = list(csv.reader(file))
    return found
