"""Icons, drawings and glyphs: everything that the screens ask for is there, can be told apart, and stands on a machine without fonts."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter, QPixmap, QRawFont
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

import pos.ui
from pos.domain.category import DRAWING_COLOURS
from pos.domain.goods_guess import guess_drawing
from pos.domain.money import NOTES
from pos.resources import resource_path
from pos.ui.theme import pictures
from pos.ui.theme.look import look
from pos.ui.theme.pictures import UnknownPicture, awning, drawing, goods_ground, has_drawing, icon, icons, monogram, note, paint_goods
from pos.ui.theme.tokens import TYPES, Role, Token

UI = Path(pos.ui.__file__).parent
NOT_ICONS = re.compile(r"(utf|pw|epeken|daftar)-.*")
"""Words of an icon's shape that are none: encodings, a player, the program's own name, a file's."""
EMPTY_STATES = ("kosong_keranjang", "kosong_papan", "kosong_nota", "kosong_barang", "kosong_luring", "pemindai", "laci", "printer", "toko")
FIRST = frozenset({"icon", "picture", "tinted", "set_icon", "IconButton", "StepButton", "Pill", "StateBadge", "Notice"})
SECOND = frozenset({"ActionButton", "StripButton", "Chip", "PillState", "HealthRow"})
THIRD = frozenset({"ChoiceCard", "add_button"})


@pytest.fixture(autouse=True)
def _light(qapp: object) -> Iterator[None]:
    look().use("light")
    yield
    look().use("light")


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            yield name, node


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _icons_asked_for(tree: ast.AST) -> Iterator[str]:
    for name, call in _calls(tree):
        place = 0 if name in FIRST else 1 if name in SECOND else 2 if name in THIRD else None
        if place is not None and len(call.args) > place:
            yield _text(call.args[place])
        yield from (_text(word.value) for word in call.keywords if word.arg == "icon")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", str(node.value)):
            yield str(node.value)


def _sources() -> list[Path]:
    return sorted(UI.rglob("*.py"))


def _grey(pixmap: QPixmap) -> bytes:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return bytes(image.constBits())


@pytest.mark.parametrize("file", _sources(), ids=lambda file: str(file.relative_to(UI)))
def test_every_icon_that_a_screen_asks_for_is_bundled(file: Path) -> None:
    asked = set(_icons_asked_for(ast.parse(file.read_text(encoding="utf-8")))) - {""}
    missing = {name for name in asked - set(icons()) if not NOT_ICONS.fullmatch(name)}
    assert missing == set(), "add it to resources/icons/lucide.json, or to NOT_ICONS where it is no icon"


def test_an_unknown_icon_is_said_by_its_name() -> None:
    with pytest.raises(UnknownPicture, match="no-such-icon"):
        icon("no-such-icon", Token.TINTA, 24)
    with pytest.raises(UnknownPicture, match="tidak_ada"):
        drawing("tidak_ada", 64)


def test_every_icon_can_be_drawn_and_is_drawn_in_its_colour() -> None:
    for name in icons():
        image = icon(name, Token.BATA, 24).toImage()
        colours = {image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255}
        assert look().colour(Token.BATA).name() in colours, name


def test_every_kind_of_goods_has_its_drawing() -> None:
    assert {name for name in DRAWING_COLOURS if not has_drawing(name)} == set()


def test_what_a_products_name_leads_to_has_a_drawing() -> None:
    rows = csv.DictReader(io.StringIO(resource_path("catalogue", "demo.csv").read_text(encoding="utf-8")))
    asked = {row["drawing"] for row in rows} | {guess_drawing("Indomie Goreng"), guess_drawing("Gas LPG 3 kg"), guess_drawing("Pampers")}
    assert {name for name in asked - {""} if not has_drawing(name)} == set()


def test_every_drawing_that_a_screen_asks_for_is_bundled() -> None:
    asked = set(EMPTY_STATES)
    for file in _sources():
        for name, call in _calls(ast.parse(file.read_text(encoding="utf-8"))):
            if name in ("EmptyState", "DrawingLabel", "drawing", "set_drawing") and call.args:
                asked.add(_text(call.args[0]))
    assert {name for name in asked - {""} if not has_drawing(name)} == set()


def test_every_drawing_is_drawn_and_no_two_look_the_same() -> None:
    seen: dict[bytes, str] = {}
    files = sorted(resource_path("drawings").glob("*.svg"))
    assert len(files) >= 24
    for file in files:
        bits = _grey(drawing(file.stem, 40))
        filled = sum(1 for alpha in bits[3::4] if alpha)
        assert filled > 40 * 40 * 0.15, f"{file.stem} is nearly empty at 40 px"
        assert seen.setdefault(bits, file.stem) == file.stem


def test_a_drawing_is_plain_svg_in_a_square_of_96() -> None:
    for file in sorted(resource_path("drawings").glob("*.svg")):
        source = file.read_text(encoding="utf-8")
        renderer = QSvgRenderer(source.encode())
        assert renderer.isValid(), file.stem
        assert renderer.viewBoxF() == QRectF(0, 0, 96, 96), file.stem
        assert not re.search(r"<(text|image|use|filter|linearGradient|radialGradient|style)|href", source), file.stem
        assert 'fill-opacity=".1"' in source, f"{file.stem} stands on no ground"


def test_pictures_are_drawn_once() -> None:
    pictures.forget()
    first = drawing("mi", 64)
    assert drawing("mi", 64).cacheKey() == first.cacheKey()
    assert icon("store", Token.TINTA, 24).cacheKey() == icon("store", Token.TINTA, 24).cacheKey()
    assert awning(300, 40).cacheKey() == awning(300, 40).cacheKey()


def test_old_pictures_make_room_for_new_ones() -> None:
    pictures.forget()
    for px in range(8, 8 + pictures.MOST_KEPT + 20):
        icon("minus", Token.TINTA, px % 60 + 8)
        pictures.tinted("minus", QColor(px % 256, px // 256, 0), 8)
    assert pictures.kept() <= pictures.MOST_KEPT


@pytest.mark.parametrize("amount", NOTES)
def test_every_banknote_shows_its_figure_in_white(amount: int) -> None:
    image = note(amount, 100, 62).toImage()
    white = sum(image.pixelColor(x, y).name() == "#ffffff" for x in range(100) for y in range(62))
    assert white > 60


def test_there_is_no_picture_of_a_note_that_does_not_exist() -> None:
    with pytest.raises(UnknownPicture):
        note(75_000, 100, 62)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Kerupuk soto ikan", "Ks"),
        ("Beras", "Br"),
        ("Bawang goreng Bu Tin", "Bg"),
        ("  (promo)  mi", "Pm"),
        ("3 Roda", "3r"),
        ("Aa", "Aa"),
        ("Q", "Q"),
        ("...", "?"),
        ("", "?"),
    ],
)
def test_goods_without_a_drawing_get_two_letters(name: str, letters: str) -> None:
    assert monogram(name) == letters


def test_goods_stand_on_the_ground_of_their_kind(qtbot: QtBot) -> None:
    image = QImage(96, 96, QImage.Format.Format_RGB32)
    for theme in ("light", "dark"):
        look().use(theme)
        for name, category, drawing_name in (("Mi goreng", "", "mi"), ("Kerupuk soto", "Camilan", ""), ("Apa saja", "", "bukan_gambar")):
            painter = QPainter(image)
            paint_goods(painter, QRectF(0, 0, 96, 96), name, category, drawing_name, 0)
            painter.end()
            ground, text = goods_ground(category, drawing_name)
            assert image.pixelColor(2, 2) == ground
            assert ground != text


# --- type ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [100, 125])
def test_the_bundled_typeface_is_the_one_that_is_used(scale: int) -> None:
    look().use("light", scale)
    for role in Role:
        family = QFontInfo(look().font(role)).family()
        assert family == ("Inter Display" if look().text_px(TYPES[role].px) >= 28 else "Inter")


def test_every_weight_is_a_cut_of_its_own() -> None:
    widths = [QFontMetricsF(look().font(Role.BACA, weight)).horizontalAdvance("Minyak goreng") for weight in (400, 500, 600, 700, 800)]
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("weight", [None, 400, 600, 800])
def test_figures_stand_below_each_other_in_every_size(role: Role, weight: int | None) -> None:
    metrics = QFontMetricsF(look().font(role, weight))
    widths = {round(metrics.horizontalAdvance(digit * 8), 2) for digit in "0123456789"}
    assert len(widths) == 1


def _spoken() -> set[str]:
    signs: set[str] = set()
    for file in resource_path("translations").rglob("*.json"):
        for source, said in json.loads(file.read_text(encoding="utf-8")).items():
            signs |= set(source) | set(said)
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                signs |= set(node.value)
    signs |= set(resource_path("catalogue", "demo.csv").read_text(encoding="utf-8"))
    return {sign for sign in signs if sign.isprintable() and sign != " "}


@pytest.mark.parametrize("file", sorted(path.name for path in resource_path("fonts").glob("*.ttf")))
def test_every_sign_of_the_screen_has_a_glyph(file: str) -> None:
    font = QRawFont(str(resource_path("fonts", file)), 20)
    assert font.isValid()
    signs = _spoken() | set("Rp−×·–…“”‘’•●◆→←↑↓°½éèêëçñüöäàãåøÉÑÜĞşŁžŽđĐ€¥£")
    assert {sign for sign in signs if not font.supportsCharacter(ord(sign))} == set()


def test_licences_lie_beside_what_they_license() -> None:
    assert "SIL OPEN FONT LICENSE" in resource_path("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "ISC" in resource_path("icons", "LICENSE.txt").read_text(encoding="utf-8")


_WITHOUT_FONTS = """
import sys
from PySide6.QtGui import QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pos.services.preferences import Preferences
from pos.ui.theme.look import start
from pos.ui.theme.tokens import Role
app = QApplication(["till"])
look = start(app, Preferences())
image = QImage(500, 120, QImage.Format.Format_Grayscale8)
image.fill(255)
painter = QPainter(image)
for place, role in enumerate((Role.UANG_BESAR, Role.BACA)):
    painter.setFont(look.font(role))
    painter.drawText(4, 70 + 40 * place, "Rp162.500 ×…")
painter.end()
print(QFontInfo(look.font(Role.BACA)).family(), QFontInfo(app.font()).family())
sys.stdout.flush()
sys.stdout.buffer.write(bytes(image.constBits()))
"""


def _drawn(**environment: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_FONTS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        cwd=UI.parent.parent,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_a_machine_without_fonts_shows_the_same_letters(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    without = _drawn(FONTCONFIG_FILE=str(bare))
    assert without.startswith(b"Inter Inter\n")
    assert without == _drawn()
