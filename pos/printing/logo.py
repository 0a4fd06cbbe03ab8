"""The shop's picture for paper: any image in, one bit a dot out, once for each width of paper; kept as files that need no library to read.

Owns its files. Of what comes in nothing is kept but the dots and a small grey picture for pages. An image is looked at before it is
loaded: one that would not fit into the memory of a small machine is refused in words, as is one that is broken.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.domain.errors import ErrorCode, ShopError
from pos.printing.raster import Bitmap

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS: Final = (384, 512, 576)
"""Dots of paper that a picture is made for; other paper takes the next narrower one."""
MOST_BYTES: Final = 64_000_000
MOST_PIXELS: Final = 40_000_000
"""A 40-megapixel picture takes some 160 MB while it is made smaller; more is refused."""

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_HIGH: Final = 42
"""Percent of the paper's width that a picture may be high."""
_GREY_WIDTH: Final = 1_200
"""Pixels across of the picture for pages."""
_CLEAN: Final = 0.86
"""Share of dots that are nearly black or nearly white from which a picture is a drawing, and is not dithered: its edges stay clean."""
_NEARLY: Final = 40
_PBM: Final = b"P4\n%d %d\n"
_OURS: Final = re.compile(r"logo-[0-9a-f]{12}(?:-\d+\.pbm|\.png)")
_NAME_LENGTH: Final = len("logo-") + 12


@dataclass(frozen=True, slots=True)
class Logos:
    """A picture in every width it was made in. Read once."""

    by_width: tuple[tuple[int, Bitmap], ...]

    def for_paper(self, dots: int) -> Bitmap | None:
        """The widest one that paper of `dots` holds."""
        return next((bitmap for width, bitmap in sorted(self.by_width, reverse=True) if width <= dots), None)


class LogoFolder:
    """Where the shop's picture lies: `NAME-384.pbm` and its like, and `NAME.png` for pages.

    Args:
        write: puts a file there whole or not at all; raises ShopError DISK_FULL, FOLDER_READ_ONLY.
    """

    def __init__(self, folder: Path, write: Callable[[Path, bytes], None]) -> None:
        self._folder = folder
        self._write = write

    def take(self, source: Path, go_on: Callable[[int, int], bool] = lambda _done, _total: True) -> str:
        """Make the shop's picture out of an image file, and return its name. Takes a second or two of a large one: not for the UI thread.

        Args:
            go_on: told (done, total) between the steps; answers False to stop, which leaves everything as it was and returns "".

        Raises:
            ShopError: LOGO_UNREADABLE, LOGO_TOO_LARGE, LOGO_EMPTY; DISK_FULL, FOLDER_READ_ONLY.
        """
        data = _read(source)
        grey = _grey(data)
        steps = len(WIDTHS) + 1
        files: dict[str, bytes] = {}
        name = f"logo-{hashlib.sha256(data).hexdigest()[:12]}"
        for done, width in enumerate(WIDTHS):
            if not go_on(done, steps):
                return ""
            files[f"{name}-{width}.pbm"] = pbm(dots_of(grey, width))
        files[f"{name}.png"] = _png(grey)
        for file, content in files.items():
            self._write(self._folder / file, content)
        go_on(steps, steps)
        return name

    def read(self, name: str) -> Logos | None:
        """The picture of a name; None where its files are gone or are none: paper without it is better than none."""
        found = []
        for width in WIDTHS:
            try:
                bitmap = read_pbm((self._folder / f"{name}-{width}.pbm").read_bytes())
            except (OSError, ValueError):
                continue
            if bitmap.width <= width:
                found.append((width, bitmap))
        return Logos(tuple(found)) if found else None

    def tidy(self, keep: set[str]) -> None:
        """Remove pictures of ours of other names than these. What cannot be removed stays: it harms nothing."""
        for path in self._folder.glob("logo-*"):
            if _OURS.fullmatch(path.name) and path.name[:_NAME_LENGTH] not in keep:
                with suppress(OSError):
                    path.unlink()

    def page_picture(self, name: str) -> Path | None:
        """File of the grey picture for pages."""
        path = self._folder / f"{name}.png"
        return path if name and path.is_file() else None


def dots_of(grey: Image, width: int) -> Bitmap:
    """A grey picture (white 255) as dots, as large as paper of `width` dots should have it."""
    from PIL import Image as images

    high = width * _HIGH // 100
    scale = min(width / grey.width, high / grey.height)
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    small = grey.resize(size, images.Resampling.LANCZOS)
    counts = small.histogram()
    clean = sum(counts[:_NEARLY]) + sum(counts[256 - _NEARLY :]) >= _CLEAN * small.width * small.height
    # of one bit, 1 is white there and black here
    dots = small.point(_THRESHOLD).convert("1", dither=images.Dither.NONE) if clean else small.convert("1")
    row = (small.width + 7) // 8
    spare = (1 << (row * 8 - small.width)) - 1
    data = dots.tobytes()
    rows = (int.from_bytes(data[start : start + row], "big") for start in range(0, len(data), row))
    full = (1 << row * 8) - 1
    return Bitmap(small.width, small.height, b"".join(((bits ^ full) & ~spare).to_bytes(row, "big") for bits in rows))


def pbm(bitmap: Bitmap) -> bytes:
    """As a file (Netpbm P4): its bits are ours."""
    return _PBM % (bitmap.width, bitmap.height) + bitmap.data


def read_pbm(data: bytes) -> Bitmap:
    """Raises ValueError for what is none."""
    head = data.split(b"\n", 2)
    if len(head) != 3 or head[0] != b"P4":
        raise ValueError("no picture of ours")
    width, height = (int(number) for number in head[1].split(b" "))
    bitmap = Bitmap(width, height, head[2])
    if not 0 < width <= WIDTHS[-1] or height <= 0 or len(bitmap.data) != bitmap.row_bytes * height:
        raise ValueError("a picture that is not whole")
    return bitmap


def _read(source: Path) -> bytes:
    try:
        if source.stat().st_size > MOST_BYTES:
            raise ShopError(ErrorCode.LOGO_TOO_LARGE, file=source.name[:60])
        return source.read_bytes()
    except OSError as error:
        raise ShopError(ErrorCode.LOGO_UNREADABLE, file=source.name[:60]) from error


def _grey(data: bytes) -> Image:
    """What is seen of an image on white paper, in grey, without the white around it and no larger than pages need.

    Raises:
        ShopError: LOGO_UNREADABLE, LOGO_TOO_LARGE, LOGO_EMPTY.
    """
    import io
    import warnings

    from PIL import Image as images

    try:
        with warnings.catch_warnings():
            # a size that is too large is refused below; what Pillow thinks of it and of odd metadata does not matter here
            warnings.simplefilter("ignore")
            with images.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise ShopError(ErrorCode.LOGO_TOO_LARGE, file="")
                return _seen(opened)
    except images.DecompressionBombError as error:
        raise ShopError(ErrorCode.LOGO_TOO_LARGE, file="") from error
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, EOFError, struct.error, MemoryError, OverflowError) as error:
        # what Pillow raises for broken files of its five formats
        raise ShopError(ErrorCode.LOGO_UNREADABLE, file="") from error


def _seen(opened: Image) -> Image:
    from PIL import Image as images
    from PIL import ImageChops, ImageOps

    opened.draft("L", (_GREY_WIDTH, _GREY_WIDTH))
    whole = ImageOps.exif_transpose(opened)
    if whole.mode.startswith("I"):
        # 16 bits a dot
        whole = whole.point(lambda value: value / 256).convert("L")
    whole.thumbnail((_GREY_WIDTH * 2, _GREY_WIDTH * 2), images.Resampling.BOX)
    if whole.mode != "L":
        clear = whole.convert("RGBA")
        whole = images.alpha_composite(images.new("RGBA", clear.size, "white"), clear).convert("L")
    box = ImageChops.invert(whole).point(lambda value: 255 if value > 12 else 0).getbbox()
    if box is None:
        raise ShopError(ErrorCode.LOGO_EMPTY)
    seen = ImageOps.autocontrast(whole.crop(box), cutoff=1)
    seen.thumbnail((_GREY_WIDTH, _GREY_WIDTH), images.Resampling.LANCZOS)
    return seen


def _png(grey: Image) -> bytes:
    import io

    out = io.BytesIO()
    grey.save(out, "PNG")
    return out.getvalue()


_THRESHOLD: Final = [0] * 128 + [255] * 128
