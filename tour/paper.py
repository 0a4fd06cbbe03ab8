"""Print jobs as files: the bytes as they came out, and the same bytes drawn as paper. Owns file names; the drawing is the product's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from pos.printing.drawing import draw
from pos.printing.profiles import profile_named

_MARGIN = 24
_DESK = 0xE6


def draw_jobs(jobs: Sequence[bytes], folder: Path, profile: str = "generic58") -> None:
    """`001.bin` and `001.png` of each job; a job that puts nothing on paper (the drawer's kick) has no picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(jobs, start=1):
        (folder / f"{number:03d}.bin").write_bytes(data)
        draw_paper(data, folder / f"{number:03d}.png", profile)


def draw_paper(data: bytes, file: Path, profile: str = "generic58") -> None:
    """One job as a PNG, on a desk, at one pixel a dot."""
    width, height, grey = draw(data, profile_named(profile))
    if not height:
        return
    paper = Image.frombytes("L", (width, height), grey)
    desk = Image.new("L", (width + 2 * _MARGIN, height + 2 * _MARGIN), _DESK)
    desk.paste(paper, (_MARGIN, _MARGIN))
    desk.save(file, optimize=True)
