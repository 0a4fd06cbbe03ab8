"""A till's keys in the keyring of a real desktop: paired by the command, kept there and in no file; without a keyring it is said."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.app import open_shop
from tests.helpers.central import CentralProcess
from tests.helpers.real_keyring import RealKeyring

_WINDOWS_BYTES = 2_560
"""What Windows' credential store holds: CRED_MAX_CREDENTIAL_BLOB_SIZE (wincred.h), 1,280 characters of two bytes."""

_LOOK = """
import json, sys
from pathlib import Path
import keyring
from pos.config.secrets import SERVICE
service = SERVICE + "/" + next(Path(sys.argv[1]).rglob("instance*")).read_text().strip()
kept = {name: keyring.get_password(service, name) for name in ("device_key", "refresh_token", "device_key_next")}
print(json.dumps({"backend": type(keyring.get_keyring()).__module__, "kept": {n: v for n, v in kept.items() if v}}))
"""
_SYNC = """
import sys
from pathlib import Path
from pos.app import open_backstage
with open_backstage(Path(sys.argv[1])) as shop:
    print(shop.sync_once().error)
"""
_KEEP_AND_FORGET = """
from pos.config.secrets import KeyringSecrets as K
k = K("till"); k.set("device_key", "a"); k.set("device_key", "abc"); k.delete("nothing")
assert K("till").get("device_key") == "abc" and K("other").get("device_key") is None
k.delete("device_key"); assert K("till").get("device_key") is None; print("kept and gone")
"""


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}")
    yield process
    process.close()


@pytest.fixture
def code(central: CentralProcess) -> str:
    return central.command("code", central.command("shop", "Toko Sinar Jaya"))


@pytest.fixture
def ring(tmp_path: Path) -> RealKeyring:
    return RealKeyring(tmp_path / "bu-sari")


def holds(folder: Path, secret: str) -> list[str]:
    """Files of a folder that hold a secret as it is written."""
    return [file.name for file in folder.rglob("*") if file.is_file() and secret.encode() in file.read_bytes()]


def test_a_real_keyring_of_a_desktop_keeps_a_key(ring: RealKeyring) -> None:
    done = ring.run("-c", _KEEP_AND_FORGET)
    assert done.stdout.strip() == "kept and gone", done.stderr


def test_a_till_paired_by_the_command_has_its_key_in_the_keyring_and_in_no_file(
    central: CentralProcess, code: str, ring: RealKeyring, tmp_path: Path
) -> None:
    shop = tmp_path / "toko"
    paired = ring.run("-m", "pos", "--data", shop, "pair", code, "--url", central.url)
    assert paired.returncode == 0, paired.stderr
    assert "Tersambung ke e-Peken sebagai Toko Sinar Jaya." in paired.stdout
    looked = ring.run("-c", _LOOK, shop)
    assert looked.returncode == 0, looked.stderr
    told = json.loads(looked.stdout)
    assert told["backend"] == "keyring.backends.SecretService"
    assert set(told["kept"]) == {"device_key", "refresh_token"}
    for name, secret in told["kept"].items():
        assert len(secret) >= 32, name
        assert len(secret.encode("utf-16-le")) <= _WINDOWS_BYTES, f"{name} does not fit on Windows"
        assert holds(tmp_path, secret) == [], f"{name} is readable in a file"
    synced = ring.run("-c", _SYNC, shop)
    assert synced.stdout.strip() == "None", synced.stderr + synced.stdout


def test_without_a_keyring_the_command_says_so_and_uses_no_code_up(
    central: CentralProcess, code: str, ring: RealKeyring, tmp_path: Path
) -> None:
    shop = tmp_path / "toko"
    words = ("-m", "pos", "--data", shop, "pair", code, "--url", central.url)
    refused = ring.run_without(*words)
    assert refused.returncode == 2
    assert refused.stderr.startswith("Belum ada tempat aman untuk kunci."), refused.stderr
    assert "--keys-in-file" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    agreed = ring.run_without(*words, "--keys-in-file")
    assert agreed.returncode == 0, agreed.stderr
    [file] = [file for file in shop.rglob("*") if file.is_file() and b"refresh_token" in file.read_bytes() and file.suffix != ".db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_wrong_and_a_used_code_are_a_sentence_each_and_the_shop_sells_on(
    central: CentralProcess, code: str, ring: RealKeyring, tmp_path: Path
) -> None:
    def pair(shop: str, typed: str) -> tuple[int, str]:
        done = ring.run_without("-m", "pos", "--data", tmp_path / shop, "pair", typed, "--url", central.url, "--keys-in-file")
        return done.returncode, done.stderr.strip()

    assert pair("satu", "AAAA-AAAA")[1].startswith("Kode belum cocok.")
    assert pair("satu", code) == (0, "")
    refused = pair("dua", code)
    assert refused[0] == 2
    assert refused[1].startswith("Kode sudah dipakai.")
    assert len(refused[1].splitlines()) == 1
    with open_shop(tmp_path / "dua") as till:
        assert not till.store.read.line().paired
        assert till.store.read.check() == []
