"""What a till tells an officer far away: enough to help, and nothing of anybody; planted everywhere, nothing gets out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

import pos
from pos.app import open_backstage
from pos.app.shop import Shop
from pos.cli import main
from pos.config.bare_log import FILE, bare_lines
from pos.config.logging import start_logging
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role
from pos.services import customers, people
from pos.services.diagnosis import CODE, MOST_CODE, Diagnosis, as_code, as_text, read_code
from pos.services.preferences import Preferences, PrinterChoice
from pos.services.shop import set_identity
from pos.ui.health.diagnosing import diagnose
from pos.ui.health.support import SupportPanel
from pos.ui.language import SOURCE, set_language
from tests.helpers.stage import Stage, button_of
from tests.helpers.tills import sell, stock_up

PLANTED = {
    "buyer": "Rahayu Wulandari",
    "phone": "081234563841",
    "nik": "3578012345678901",
    "nip": "198506122010011003",
    "address": "Jl. Kenanga 12",
    "shop": "Warung Sulastri",
    "cashier": "Ningsih",
    "token": "eyJhbGciOiJFZERTQSJ9.eyJodG0iOiJQT1NUIn0.c2ln",
    "pin": "1357",
    "folder": "/media/sulastri",
}
_ROOM = logging.getLogger("pos.planted")


@pytest.fixture(autouse=True)
def _speak_indonesian() -> Iterator[None]:
    set_language(SOURCE)
    yield
    set_language(SOURCE)


@contextmanager
def planted_shop(data: Path) -> Iterator[Shop]:
    """A shop full of people, whose log names all of them in every way that a program logs."""
    log = start_logging(data / "logs")
    try:
        with open_backstage(data, {"secrets_in_file": True}) as shop:
            printers = (PrinterChoice(PLANTED["cashier"], f"cups:{PLANTED['buyer']}"), PrinterChoice("b", "usb:0416:5011"))
            shop.keep(Preferences(secrets_in_file=True, printers=printers, copy_folder=PLANTED["folder"], support="031-5312345"))
            set_identity(shop.till, PLANTED["shop"], PLANTED["address"], PLANTED["cashier"])
            people.add_first_owner(shop.till, PLANTED["cashier"], PLANTED["pin"])
            people.add_user(shop.till, PLANTED["buyer"], Role.CASHIER)
            customers.add_customer(shop.till, PLANTED["buyer"])
            shop.secrets.set("refresh_token", PLANTED["token"])
            for what, value in PLANTED.items():
                _ROOM.warning("%s of somebody is %s", what, value)
                _ROOM.error("refused: %s %s", ErrorCode.STILL_UNSENT, {"who": value})
                logging.getLogger("somebody.else").error("they wrote %s", value)
                logging.getLogger("somebody.else").error(f"as a whole: {value}")
                try:
                    raise ValueError(value)
                except ValueError:
                    _ROOM.exception("a bug in %d", 3)
            yield shop
    finally:
        log.close()


def told_by(shop: Shop, failed: tuple[str, ...] | None = ()) -> Diagnosis:
    return diagnose(
        shop.till, shop.preferences, ShopError(ErrorCode.NO_LINE), shop.printer_state(), shop.line.quality(), shop.log_lines(), failed
    )


def nobody_is_in(text: str) -> bool:
    words = {word.casefold() for value in PLANTED.values() for word in re.split(r"[\s./]+", value) if len(word) > 2}
    found = {word for word in words if re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text.casefold())}
    assert found == set()
    assert "argon2" not in text
    assert not re.search(r"\$[0-9a-z]+\$", text), "no hash of a PIN"
    return True


def test_nothing_of_a_person_gets_out_whatever_the_shop_and_its_log_know(tmp_path: Path) -> None:
    with planted_shop(tmp_path) as shop:
        whole = (tmp_path / "logs" / "till.log").read_text(encoding="utf-8")
        assert PLANTED["buyer"] in whole, "what the engineer's own log knows"
        told = told_by(shop)
        for text in (as_text(told), read_code(as_code(told)), "\n".join(bare_lines(tmp_path / "logs", 1_000))):
            assert nobody_is_in(text)


def test_it_says_what_an_officer_asks_for(tmp_path: Path) -> None:
    with planted_shop(tmp_path) as shop:
        sell(shop.till, stock_up(shop.till)[0])
        text = as_text(told_by(shop, ("books",)))
    for said in (
        f"e-Peken POS {pos.__version__}",
        "checks books",
        "line paired=0 waiting=",
        "error=no_line",
        "quality ms=0",
        "printer cups generic58",
        "printer usb:0416:5011",
        "sales=1",
        "free_mb=",
        "health line=",
        "language=id",
        "planted … of somebody is …",
        "refused: still_unsent …",
        "ValueError test_diagnostics:",
    ):
        assert said in text, said


def test_the_codes_on_the_screen_are_read_by_a_phone_and_fit(tmp_path: Path, qtbot: QtBot) -> None:
    with planted_shop(tmp_path) as shop:
        stage = Stage(shop)
        panel = SupportPanel(stage.context, lambda: None)
        qtbot.addWidget(panel)
        panel.show()
        button_of(panel, "Kirim diagnostik").click()
        dialog = panel.dialog
        assert dialog is not None
        shown = dialog.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        import numpy as np

        grey = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())[:, : shown.width()]
        (seen,) = zxingcpp.read_barcodes(np.ascontiguousarray(grey))
        assert seen.text.startswith(CODE)
        assert len(seen.text) <= MOST_CODE
        text = read_code(seen.text)
        assert "line paired=0" in text
        assert "log:" in text
        assert "031-5312345" in " ".join(label for label in panel._words.text().split())
        dialog.save(str(tmp_path))
        qtbot.waitUntil(lambda: "Disimpan" in dialog.note.sentence, timeout=20_000)
        [file] = tmp_path.glob("diagnostik-*.txt")
        assert file.read_text(encoding="utf-8") == dialog.text.toPlainText()
        dialog.save(str(tmp_path / "stick that was pulled out"))
        qtbot.waitUntil(lambda: "Colokkan lagi" in dialog.note.sentence, timeout=20_000)
        assert not (tmp_path / "stick that was pulled out").exists()
        dialog.close()


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with planted_shop(tmp_path) as shop:
        code = as_code(told_by(shop))
    assert main(["--data", str(tmp_path), "diagnostics"]) == 0
    said = capsys.readouterr().out
    assert "checks well" in said
    assert nobody_is_in(said)
    out = tmp_path / "diagnostik.txt"
    assert main(["--data", str(tmp_path), "diagnostics", "--out", str(out)]) == 0
    assert "store kb=" in out.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["diagnostics", "--read", code]) == 0
    assert "store kb=" in capsys.readouterr().out
    assert main(["diagnostics", "--read", code[:40]]) == 2
    assert "tidak terbaca" in capsys.readouterr().err
    assert main(["--data", str(tmp_path / "nowhere"), "diagnostics"]) == 2


def test_no_message_of_the_program_is_made_with_a_value_in_it() -> None:
    """What the bare log keeps is the program's own text: a value must come as a value."""
    source = Path(pos.__file__).parent
    made = re.compile(r"(?:_log|_logger|logging)\.(?:debug|info|warning|error|exception|critical)\(\s*(?!\"|_[A-Z])")
    wrong = [file.name for file in source.rglob("*.py") if made.search(file.read_text(encoding="utf-8"))]
    assert wrong == []


def test_the_bare_log_stays_small(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    for number in range(3_000):
        _ROOM.warning("line %d of many that are about nothing at all", number)
    log.close()
    assert sum(file.stat().st_size for file in tmp_path.glob(f"{FILE}*")) < 150_000
    assert bare_lines(tmp_path, 1)[0].endswith("line 2999 of many that are about nothing at all")
