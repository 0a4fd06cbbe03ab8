"""Print jobs as files: the bytes as they came out, and the same bytes drawn as paper. Owns file names; the drawing is the product's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from pos.domain.printing import DocumentKind
from pos.printing.device import Device
from pos.printing.drawing import draw
from pos.printing.paper import PaperLook, PrinterPaper
from pos.printing.profiles import profile_named
from pos.printing.samples import SHOP, sample

_MARGIN = 24
_DESK = 0xE6


def draw_jobs(jobs: Sequence[bytes], folder: Path, profile: str = "generic58") -> None:
    """`001.bin` and `001.png` of each job; a job that puts nothing on paper (the drawer's kick) has no picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(jobs, start=1):
        (folder / f"{number:03d}.bin").write_bytes(data)
        draw_paper(data, folder / f"{number:03d}.png", profile)


def draw_examples(folder: Path) -> None:
    """One example of every paper at 58 and 80 mm, plain and thrifty, in both languages: `struk-58-id.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    for profile in ("generic58", "generic80"):
        setting = profile_named(profile)
        for language, compact in (("id", False), ("en", False), ("id", True)):
            look = PaperLook(language, "Buka 06.00-21.00", "Terima kasih", compact)
            device = Device("kasir", setting, "tcp://192.168.1.50:9100", "Kasir", profile)
            paper = PrinterPaper(setting, look=look, device=device)
            for kind in DocumentKind:
                name = f"{kind.value}-{setting.paper_mm}-{language}{'-compact' if compact else ''}.png"
                draw_paper(sample(kind, paper, SHOP), folder / name, profile)


def draw_paper(data: bytes, file: Path, profile: str = "generic58") -> None:
    """One job as a PNG, on a desk, at one pixel a dot."""
    width, height, grey = draw(data, profile_named(profile))
    if not height:
        return
    paper = Image.frombytes("L", (width, height), grey)
    desk = Image.new("L", (width + 2 * _MARGIN, height + 2 * _MARGIN), _DESK)
    desk.paste(paper, (_MARGIN, _MARGIN))
    desk.save(file, optimize=True)
