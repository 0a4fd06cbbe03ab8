"""The officer's commands as they are typed, and the window that opens with a stick's file: real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pos
from pos.installing import PROVISION_FILE
from pos.installing.signing import KEYS_VARIABLE
from tests.helpers.officers import Office

ROOT = Path(pos.__file__).parent.parent
NOWHERE = "http://127.0.0.1:9"
WINDOW = """
import json, sys
from pathlib import Path
from pos.app import open_application
from pos.ui.widgets.toast import ToastStack

application = open_application(Path(sys.argv[1]), size=(1024, 768))
told = {}


def ready():
    told["screen"] = application.screen_key()
    told["support"] = application.context.preferences.support
    told["shop"] = application.till.store.read.shop().name
    application.close()


application.when_ready(ready)
code = application.run()
print(json.dumps(told))
sys.exit(code)
"""


def run(*words: str | Path, keys: Path | None = None, told: str = "", code: str = "") -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, **({KEYS_VARIABLE: str(keys)} if keys else {}))
    program = ["-c", code] if code else ["-m", "pos"]
    command = [sys.executable, *program, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=told, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_an_office_makes_its_key_its_files_and_a_shop_uses_one(tmp_path: Path) -> None:
    key, keys, out = tmp_path / "kantor.pem", tmp_path / "keys.json", tmp_path / "stick"
    public = run("provision", "key", key, told="rahasia kantor\n").stdout.strip().splitlines()[-1]
    keys.write_text(json.dumps({"provision": json.loads(public[public.index("{") :])}))
    assert run("provision", "key", key, told="\n").returncode == 2, "a key that is there is not written over"
    sheet = tmp_path / "toko.csv"
    sheet.write_text(f"uid toko;nama toko;kode;kunci di berkas\n{'1' * 32};Toko Sinar Jaya;ABCD-2345;ya\n{'2' * 32};Toko Rusak;;\n")
    made = run("provision", "make", sheet, "--key", key, "--out", out, "--central", NOWHERE, told="rahasia kantor\n")
    assert made.returncode == 0, made.stderr
    assert "1 berkas toko jadi, 1 baris dilewati." in made.stdout
    assert "Baris 3 dilewati: kolom code kosong." in made.stderr
    (file,) = out.rglob(PROVISION_FILE)
    checked = run("provision", "check", file.parent, keys=keys)
    assert checked.returncode == 0
    assert "Toko Sinar Jaya" in checked.stdout
    assert run("provision", "check", file).returncode == 2, "the program as it comes trusts nobody"
    used = run("provision", "use", file.parent, "--data", tmp_path / "toko", keys=keys)
    assert used.returncode == 0, used.stderr
    assert "Siap jualan." in used.stdout
    assert not file.exists()
    assert (tmp_path / "toko" / PROVISION_FILE).exists(), "until there is a line"


def test_a_stick_that_was_pulled_out_is_a_sentence(tmp_path: Path) -> None:
    gone = run("provision", "use", tmp_path / "stick", "--data", tmp_path / "toko")
    assert gone.returncode == 2
    assert "Berkas toko tidak ketemu." in gone.stderr
    assert not (tmp_path / "toko" / "shop.db").exists()


def test_the_window_opens_at_the_counter_of_a_shop_that_the_stick_knew(tmp_path: Path) -> None:
    office = Office()
    keys = office.trusted_by(tmp_path / "keys.json")
    office.stick(tmp_path / "toko", "1" * 32, NOWHERE, "ABCD2345")
    done = run(tmp_path / "toko", keys=keys, code=WINDOW)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"screen": "sale", "support": "031-5312144", "shop": "Toko Sinar Jaya"}
