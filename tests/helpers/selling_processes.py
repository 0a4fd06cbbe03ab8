"""Tills that sell as processes of their own (`till_process`), and what they have said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.helpers.central import ROOT


def start_selling(folder: Path, *words: str, within: Sequence[str] = ()) -> subprocess.Popen[str]:
    """`words`: as `till_process` takes them; `within`: a command that starts the till's (another time, another disk)."""
    command = [*within, sys.executable, "-m", "tests.helpers.till_process", str(folder), *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def hear_until(process: subprocess.Popen[str], word: str, heard: list[list[str]]) -> None:
    """Go on hearing until a line begins with the word."""
    assert process.stdout is not None
    for line in process.stdout:
        heard.append(line.split())
        if heard[-1][0] == word:
            return
    raise AssertionError(f"the till ended without {word}: {heard[-5:]}")


def sales_said(process: subprocess.Popen[str], heard: list[list[str]] | None = None) -> dict[str, int]:
    """Everything that a till sold until it came to rest: uid -> total. Its own checks went well, or this fails."""
    words = heard if heard is not None else []
    with process:
        hear_until(process, "rest", words)
    assert process.returncode == 0
    assert ["checks", "well"] in words
    return {rest[0]: int(rest[1]) for what, *rest in words if what == "sale"}
