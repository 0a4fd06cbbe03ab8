"""A shop's logo out of any picture: as large as paper lets it be, one bit a dot, seen on white; what is none is refused in words."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pos.domain.document import Cut, Logo, Text
from pos.domain.errors import ErrorCode, ShopError
from pos.printing.encoder import encode
from pos.printing.layout import Layout
from pos.printing.logo import WIDTHS, LogoFolder, dots_of, pbm, read_pbm
from pos.printing.profiles import PROFILES, Profile
from pos.printing.raster import Bitmap, centred
from tests.helpers.escpos_reader import Reading
from tests.helpers.papers import reader_of


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def folder(tmp_path: Path) -> LogoFolder:
    return LogoFolder(tmp_path / "logo", write)


def black(bitmap: Bitmap) -> npt.NDArray[np.bool_]:
    """The dots of a bitmap."""
    rows = np.frombuffer(bitmap.data, np.uint8).reshape(bitmap.height, bitmap.row_bytes)
    return np.unpackbits(rows, axis=1)[:, : bitmap.width].astype(bool)


def badge(mode: str = "RGB", size: tuple[int, int] = (600, 300)) -> Image.Image:
    """A dark disc on the left of a white picture that is wider than it is high."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, size[0] - 10, size[1] - 10), outline="black", width=8)
    draw.ellipse((30, 30, size[1] - 30, size[1] - 30), fill=(10, 60, 40))
    return picture.convert(mode)


def saved(tmp_path: Path, picture: Image.Image, name: str, **options: object) -> Path:
    path = tmp_path / name
    picture.save(path, **options)
    return path


def on_paper(bitmap: Bitmap, profile: Profile) -> Reading:
    layout = Layout(profile.columns, profile.dots, logo=bitmap)
    return reader_of(profile).read(encode(layout.lines((Logo(), Text("a"), Cut())), profile))


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.png", "RGB"), ("a.png", "RGBA"), ("a.png", "L"), ("a.png", "LA"), ("a.png", "1"), ("a.png", "P"), ("a.png", "I;16"),
     ("a.jpg", "RGB"), ("a.jpg", "L"), ("a.jpg", "CMYK"), ("a.webp", "RGB"), ("a.webp", "RGBA"), ("a.gif", "P"), ("a.bmp", "RGB"),
     ("a.bmp", "1"), ("a.gif", "L"), ("a.dat", "RGB")],
)  # fmt: skip
def test_any_usual_picture_is_taken_whatever_its_file_is_called(folder: LogoFolder, tmp_path: Path, name: str, mode: str) -> None:
    picture = badge("L").convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else badge(mode)
    path = saved(tmp_path, picture, name, **({"format": "PNG"} if name.endswith("dat") else {}))
    logos = folder.read(folder.take(path, _go_on))
    assert logos is not None
    for width in WIDTHS:
        bitmap = logos.for_paper(width)
        assert bitmap is not None
        dots = black(bitmap)
        assert bitmap.width <= width
        assert bitmap.height <= width * 42 // 100
        assert max(bitmap.width / width, bitmap.height / (width * 42 // 100)) > 0.98, "as large as it may be"
        left, right = dots[:, : bitmap.width // 2].mean(), dots[:, bitmap.width // 2 :].mean()
        assert left > 0.4, "the disc is dark"
        assert right < 0.25, "the rest is white"


def test_what_is_transparent_is_paper_and_what_is_around_is_cut_off(folder: LogoFolder, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (1_000, 1_000), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((400, 450, 599, 549), fill=(0, 0, 0, 255))
    logos = folder.read(folder.take(saved(tmp_path, picture, "a.png"), _go_on))
    bitmap = logos.for_paper(384) if logos else None
    assert bitmap is not None
    assert black(bitmap).mean() > 0.95
    assert bitmap.width == pytest.approx(2 * bitmap.height, abs=4)


def test_a_twelve_megapixel_transparent_picture_is_taken_and_comes_out_whole(folder: LogoFolder, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (4_000, 3_000), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((500, 300, 3_500, 2_700), fill=(20, 20, 20, 200))
    name = folder.take(saved(tmp_path, picture, "a.png"), _go_on)
    logos = folder.read(name)
    assert logos is not None
    for profile in PROFILES.values():
        bitmap = logos.for_paper(profile.dots)
        assert bitmap is not None
        (image,) = on_paper(bitmap, profile).images
        shown = image == 0
        assert shown.sum() == black(bitmap).sum(), "every dot is on the paper"
        columns = np.flatnonzero(shown.any(axis=0))
        assert abs(columns[0] + columns[-1] - profile.dots) <= 8, "in the middle"
    sizes = sorted(path.stat().st_size for path in (tmp_path / "logo").iterdir())
    assert sizes[-1] < 300_000, "what is kept is small"


def test_a_phone_that_was_held_upright_gives_an_upright_logo(folder: LogoFolder, tmp_path: Path) -> None:
    lying = badge().rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    path = saved(tmp_path, lying, "a.jpg", exif=exif)
    logos = folder.read(folder.take(path, _go_on))
    bitmap = logos.for_paper(576) if logos else None
    assert bitmap is not None
    assert bitmap.width > bitmap.height


def test_a_photo_is_dithered_and_a_drawing_keeps_its_clean_edges() -> None:
    shades = dots_of(Image.linear_gradient("L").resize((400, 160)), 384)
    rows = black(shades).mean(axis=1)
    assert np.corrcoef(rows, np.linspace(1, 0, len(rows)))[0, 1] > 0.97, "darker grey is more dots"
    drawing = Image.new("L", (400, 160), 255)
    ImageDraw.Draw(drawing).rectangle((100, 40, 299, 119), fill=0)
    dots = black(dots_of(drawing, 384))
    inside = dots[dots.any(axis=1)][:, dots.any(axis=0)]
    assert inside.all(), "no speck in black, none around it"


def test_the_picture_of_a_width_is_kept_as_a_file_that_needs_no_library(folder: LogoFolder, tmp_path: Path) -> None:
    name = folder.take(saved(tmp_path, badge(), "a.png"), _go_on)
    assert sorted(path.name for path in (tmp_path / "logo").iterdir()) == sorted(
        [f"{name}.png", *(f"{name}-{width}.pbm" for width in WIDTHS)]
    )
    bitmap = read_pbm((tmp_path / "logo" / f"{name}-384.pbm").read_bytes())
    with Image.open(tmp_path / "logo" / f"{name}-384.pbm") as picture:
        assert np.array_equal(np.array(picture) == 0, black(bitmap))
    assert folder.page_picture(name) == tmp_path / "logo" / f"{name}.png"
    assert folder.page_picture("") is None


def test_the_same_picture_is_the_same_logo(folder: LogoFolder, tmp_path: Path) -> None:
    path = saved(tmp_path, badge(), "a.png")
    assert folder.take(path, _go_on) == folder.take(path, _go_on)


def test_old_logos_do_not_pile_up_and_nothing_else_is_touched(folder: LogoFolder, tmp_path: Path) -> None:
    names = [folder.take(saved(tmp_path, badge(size=(600, 200 + 50 * number)), "a.png"), _go_on) for number in range(3)]
    other = tmp_path / "logo" / "logo-toko.png"
    other.write_bytes(b"somebody's own")
    folder.tidy({names[1], names[2], ""})
    assert folder.read(names[0]) is None
    assert folder.read(names[1]) is not None
    assert folder.page_picture(names[2]) is not None
    assert other.exists()


def test_paper_between_two_widths_takes_the_narrower_picture(folder: LogoFolder, tmp_path: Path) -> None:
    logos = folder.read(folder.take(saved(tmp_path, badge(), "a.png"), _go_on))
    assert logos is not None
    assert logos.for_paper(640) == logos.for_paper(576)
    assert logos.for_paper(420) == logos.for_paper(384)
    assert logos.for_paper(360) is None, "it would be cut"


# --- what is refused ------------------------------------------------------------------------------------------------


def broken_files() -> dict[str, bytes]:
    good = {}
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        out = io.BytesIO()
        badge().save(out, kind)
        good[kind] = out.getvalue()
    broken = {f"half {kind}": data[: len(data) // 2] for kind, data in good.items() if kind != "BMP"}
    broken |= {f"head {kind}": data[:20] for kind, data in good.items()}
    broken |= {
        "empty": b"",
        "text": b"Toko Sinar Jaya",
        "zeros": bytes(4_000),
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "no png": good["PNG"][:8] + bytes(500),
    }
    return broken


@pytest.mark.parametrize("what", list(broken_files()))
def test_a_broken_file_is_refused_in_words(folder: LogoFolder, tmp_path: Path, what: str) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(broken_files()[what])
    with pytest.raises(ShopError) as refused:
        folder.take(path, _go_on)
    assert refused.value.code is ErrorCode.LOGO_UNREADABLE
    assert not (tmp_path / "logo").exists(), "nothing of it is kept"


def test_a_file_that_is_not_there_or_is_a_folder_is_refused_in_words(folder: LogoFolder, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.png", tmp_path):
        with pytest.raises(ShopError) as refused:
            folder.take(path, _go_on)
        assert refused.value.code is ErrorCode.LOGO_UNREADABLE


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_loaded(folder: LogoFolder, tmp_path: Path) -> None:
    for size in ((7_000, 7_000), (12_000, 9_000), (16_000, 16_000)):
        path = saved(tmp_path, Image.new("1", size, 1), "huge.png")
        assert path.stat().st_size < 200_000, "small as a file"
        with pytest.raises(ShopError) as refused:
            folder.take(path, _go_on)
        assert refused.value.code is ErrorCode.LOGO_TOO_LARGE


@pytest.mark.parametrize("picture", [Image.new("RGB", (300, 300), "white"), Image.new("RGBA", (300, 300), (0, 0, 0, 0))])
def test_a_picture_that_cannot_be_seen_on_paper_is_refused(folder: LogoFolder, tmp_path: Path, picture: Image.Image) -> None:
    with pytest.raises(ShopError) as refused:
        folder.take(saved(tmp_path, picture, "a.png"), _go_on)
    assert refused.value.code is ErrorCode.LOGO_EMPTY


@settings(derandomize=True, deadline=None, max_examples=300)
@given(data=st.data())
def test_a_file_with_some_bytes_changed_is_a_logo_or_is_refused_and_nothing_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP"]))
    out = io.BytesIO()
    badge(size=(120, 60)).save(out, kind)
    raw = bytearray(out.getvalue())
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), min_size=1, max_size=12)):
        raw[place] = value
    folder = tmp_path_factory.mktemp("logo")
    path = folder / "a"
    path.write_bytes(bytes(raw))
    outcome = what_becomes_of(path, LogoFolder(folder / "made", write))
    assert outcome in (ErrorCode.LOGO_UNREADABLE, ErrorCode.LOGO_TOO_LARGE, ErrorCode.LOGO_EMPTY) or outcome.startswith("logo-")


def what_becomes_of(path: Path, folder: LogoFolder) -> str:
    """The logo's name, or the code of its refusal."""
    try:
        return folder.take(path, _go_on)
    except ShopError as error:
        return error.code


def test_who_stops_it_keeps_what_was_there(folder: LogoFolder, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        steps.append((done, total))
        return done < 1

    assert folder.take(saved(tmp_path, badge(), "a.png"), stop) == ""
    assert steps == [(0, 4), (1, 4)]
    assert not (tmp_path / "logo").exists()


def test_a_full_disk_is_said_and_leaves_no_half_a_logo(tmp_path: Path) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise ShopError(ErrorCode.DISK_FULL)

    folder = LogoFolder(tmp_path / "logo", full)
    with pytest.raises(ShopError) as refused:
        folder.take(saved(tmp_path, badge(), "a.png"), _go_on)
    assert refused.value.code is ErrorCode.DISK_FULL


def test_a_logo_whose_files_are_gone_or_torn_leaves_the_paper_without_one(folder: LogoFolder, tmp_path: Path) -> None:
    assert folder.read("logo-000000000000") is None
    name = folder.take(saved(tmp_path, badge(), "a.png"), _go_on)
    for width in WIDTHS:
        path = tmp_path / "logo" / f"{name}-{width}.pbm"
        path.write_bytes(path.read_bytes()[:-5])
    assert folder.read(name) is None


@pytest.mark.parametrize("data", [b"", b"P4", b"P4\n8 1\n", b"P4\n-8 1\n\x00", b"P4\n8 1\n\x00\x00", b"P5\n8 1\n\x00", b"P4\nx y\n\x00"])
def test_a_file_that_is_no_picture_of_ours_is_not_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"picture|invalid literal|values"):
        read_pbm(data)


# --- on paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("height", [1, 239, 240, 241, 960, 961, 3_000])
def test_a_picture_higher_than_a_printer_takes_at_once_comes_out_whole(height: int) -> None:
    profile = PROFILES["generic58"]
    rng = np.random.default_rng(height)
    rows = rng.integers(0, 256, (height, 48), np.uint8)
    rows[rows == 0x10] = 0x11
    bitmap = Bitmap(384, height, rows.tobytes())
    (image,) = on_paper(bitmap, profile).images
    assert np.array_equal(image == 0, black(bitmap))


def test_a_picture_that_holds_what_a_printer_obeys_at_once_loses_no_more_than_a_dot_each() -> None:
    profile = PROFILES["generic80"]
    rows = np.tile(np.array([0x10, 0x14, 0x01, 0x00, 0x05, 0x10, 0x04, 0x01, 0x10, 0x05, 0x02, 0x80], np.uint8), (300, 6))
    bitmap = Bitmap(576, 300, rows.tobytes())
    (image,) = on_paper(bitmap, profile).images
    wrong = int((black(bitmap) != (image == 0)).sum())
    assert 0 < wrong <= 300 * 18
    assert not (black(bitmap) & (image != 0)).any(), "no dot is lost, some are wider"


def test_a_picture_is_moved_to_the_middle_by_whole_bytes() -> None:
    narrow = Bitmap(100, 2, bytes([0xFF] * 12 + [0xF0]) * 2)
    moved = centred(narrow, 384)
    assert (moved.width, moved.height) == (17 * 8 + 100, 2)
    assert black(moved)[:, 17 * 8 :].all()
    assert not black(moved)[:, : 17 * 8].any()
    assert centred(Bitmap(384, 1, b"\xff" * 48), 384).width == 384


def test_a_dots_file_is_read_as_it_was_written() -> None:
    bitmap = Bitmap(13, 3, b"\xff\xf8" * 3)
    assert read_pbm(pbm(bitmap)) == bitmap


def _go_on(_done: int, _total: int) -> bool:
    return True
