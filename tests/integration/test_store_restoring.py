"""A copy put back: whole, or refused in words with the shop here as it was; and what was here is kept."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos.config.machine import RandomIds
from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import sealing
from pos.local_db.copies import copy_elsewhere, daily_name
from pos.local_db.restoring import is_laid_ready, lay_ready
from pos.local_db.sealing import seal, unseal
from pos.local_db.store import SqliteStore
from tests.helpers.shops import SteppingClock, open_market, open_till, sell

INDOMIE = "089686010947"
ROOT = Path(__file__).parents[2]
PASSPHRASE = "empat kata yang mudah"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a shop that had sold three times, made while it was open."""
    (tmp_path / "dulu").mkdir()
    with open_market(tmp_path / "dulu") as till:
        for _ in range(3):
            sell(till, INDOMIE)
        till.store.copy(tmp_path / "salinan.db")  # type: ignore[attr-defined]
    return tmp_path / "salinan.db"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder of a shop that has sold once."""
    folder = tmp_path / "kini"
    folder.mkdir()
    with open_market(folder) as till:
        sell(till, INDOMIE)
    return folder


def sales(folder: Path) -> int:
    with open_till(folder, ids=RandomIds()) as till:
        assert till.store.read.check() == []
        return len(till.store.read.sales("", 0, 100))


def refused(copy: Path, folder: Path, passphrase: str = "") -> ErrorCode:
    """The code of the refusal; and nothing is laid ready, nothing left lying, and the shop is as it was."""
    before = sorted(item.name for item in folder.iterdir())
    with pytest.raises(ShopError) as error:
        lay_ready(copy, folder / "shop.db", passphrase)
    assert sorted(item.name for item in folder.iterdir()) == before
    assert sales(folder) == 1
    return error.value.code


def test_a_copy_takes_the_place_of_the_shop_at_the_next_opening_and_goes_on_selling(copy: Path, here: Path) -> None:
    facts = lay_ready(copy, here / "shop.db")
    assert (facts.sales, facts.products, facts.unsent) == (3, 4, 6), "goods, their stock, the drawer and three sales"
    with open_till(here, ids=RandomIds()) as till:
        assert len(till.store.read.sales("", 0, 10)) == 3
        assert sell(till, INDOMIE).number.split("-")[1] == "4"
    assert sales(here) == 4
    assert not is_laid_ready(here / "shop.db")


def test_what_was_there_is_among_the_copies_and_can_be_put_back_itself(copy: Path, here: Path) -> None:
    lay_ready(copy, here / "shop.db")
    assert sales(here) == 3
    [kept] = (here / "copies").glob("replaced-*.db")
    lay_ready(kept, here / "shop.db")
    assert sales(here) == 1


def test_the_shop_may_be_open_while_a_copy_is_laid_ready(copy: Path, here: Path) -> None:
    with open_till(here, ids=RandomIds()) as till:
        lay_ready(copy, here / "shop.db")
        sell(till, INDOMIE)
        assert len(till.store.read.sales("", 0, 10)) == 2
    assert sales(here) == 3


def test_a_copy_makes_a_shop_on_a_machine_that_has_none(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "baru").mkdir()
    lay_ready(copy, tmp_path / "baru" / "shop.db")
    assert sales(tmp_path / "baru") == 3
    assert not list((tmp_path / "baru").glob("copies/*"))


def test_a_copy_of_the_first_release_is_put_back_and_brought_up_to_date(here: Path, tmp_path: Path) -> None:
    import gzip

    old = Path(__file__).parents[1] / "data" / "shop_0001.db.gz"
    (tmp_path / "lama.db").write_bytes(gzip.decompress(old.read_bytes()))
    assert lay_ready(tmp_path / "lama.db", here / "shop.db").revision == "0001"
    assert sales(here) == 5


@pytest.mark.parametrize("part", [0.2, 0.5, 0.95])
def test_a_copy_that_is_cut_short_is_refused(copy: Path, here: Path, part: float) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * part)])
    assert refused(copy, here) is ErrorCode.COPY_DAMAGED


def test_a_copy_with_a_torn_page_is_refused(copy: Path, here: Path) -> None:
    whole = bytearray(copy.read_bytes())
    for page in range(5, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 2000] = bytes(2000)
    copy.write_bytes(whole)
    assert refused(copy, here) is ErrorCode.COPY_DAMAGED


@pytest.mark.parametrize("what", ["picture", "nothing", "other database", "text"])
def test_what_is_no_copy_of_a_shop_is_refused(tmp_path: Path, here: Path, what: str) -> None:
    file = tmp_path / "berkas.db"
    if what == "other database":
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("CREATE TABLE buku (judul TEXT)")
            raw.commit()
    else:
        file.write_bytes({"picture": b"\x89PNG\r\n" + bytes(5_000), "nothing": b"", "text": b"barang;harga\n" * 400}[what])
    assert refused(file, here) is ErrorCode.COPY_NOT_A_SHOP


def test_a_copy_of_a_newer_program_is_refused(copy: Path, here: Path) -> None:
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA user_version = 99")
    assert refused(copy, here) is ErrorCode.STORE_NEWER


def test_a_sealed_copy_opens_with_its_passphrase_and_with_no_other(copy: Path, here: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "salinan.epk"
    seal(copy, sealed, PASSPHRASE)
    assert b"SQLite format" not in sealed.read_bytes()
    assert b"Mi goreng" not in sealed.read_bytes()
    assert refused(sealed, here) is ErrorCode.COPY_PASSPHRASE_WRONG
    assert refused(sealed, here, PASSPHRASE.upper()) is ErrorCode.COPY_PASSPHRASE_WRONG
    assert lay_ready(sealed, here / "shop.db", PASSPHRASE).sales == 3
    assert sales(here) == 3


def test_a_short_passphrase_is_refused_before_anything_is_written(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(ShopError) as error:
        seal(copy, tmp_path / "salinan.epk", "1234567")
    assert error.value.code is ErrorCode.COPY_PASSPHRASE_SHORT
    assert not (tmp_path / "salinan.epk").exists()


@pytest.mark.parametrize("harm", ["cut", "cut at a piece", "byte", "swapped", "head only"])
def test_a_sealed_copy_that_was_harmed_is_refused(copy: Path, here: Path, tmp_path: Path, harm: str) -> None:
    sealed = tmp_path / "salinan.epk"
    seal(copy, sealed, PASSPHRASE)
    data, head, piece = bytearray(sealed.read_bytes()), 31, 64 * 1024 + 16
    if harm == "cut":
        del data[-100:]
    elif harm == "cut at a piece":
        del data[head + piece :]
    elif harm == "byte":
        data[-50] ^= 1
    elif harm == "swapped":
        data[head + piece : head + 3 * piece] = data[head + 2 * piece : head + 3 * piece] + data[head + piece : head + 2 * piece]
    else:
        del data[20:]
    sealed.write_bytes(data)
    wrong = ErrorCode.COPY_PASSPHRASE_WRONG if harm == "cut at a piece" else ErrorCode.COPY_DAMAGED
    assert refused(sealed, here, PASSPHRASE) is wrong


def test_what_was_sealed_comes_out_as_it_was(tmp_path: Path) -> None:
    for size in (0, 1, sealing._PIECE - 1, sealing._PIECE, sealing._PIECE + 1, 3 * sealing._PIECE):
        (tmp_path / "a").write_bytes(bytes(number % 251 for number in range(size)))
        seal(tmp_path / "a", tmp_path / "b", PASSPHRASE)
        unseal(tmp_path / "b", tmp_path / "c", PASSPHRASE)
        assert (tmp_path / "c").read_bytes() == (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("step", ["before", "old gone", "done"])
def test_a_power_cut_while_a_copy_is_taken_in_leaves_a_shop(copy: Path, here: Path, step: str) -> None:
    lay_ready(copy, here / "shop.db")
    if step == "old gone":
        (here / "copies").mkdir(exist_ok=True)
        (here / "shop.db").rename(here / "copies" / "replaced-x.db")
    elif step == "done":
        (here / "shop.db.incoming").replace(here / "shop.db")
    assert sales(here) == 3


def test_two_copies_put_back_in_one_second_lose_nothing(copy: Path, here: Path) -> None:
    clock = SteppingClock(step_ms=0)
    for _ in range(2):
        lay_ready(copy, here / "shop.db")
        SqliteStore.open(here / "shop.db", clock, RandomIds(), here / "copies").close()
    assert len(list((here / "copies").glob("replaced-*.db"))) == 2


def test_a_days_copy_is_laid_in_the_second_place_too_and_old_days_go_there_as_well(copy: Path, tmp_path: Path) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    for day in range(1, 31):
        named = copy.with_name(daily_name(f"2026-06-{day:02d}"))
        shutil.copy(copy, named)
        copy_elsewhere(named, stick / "toko")
    there = sorted(file.name for file in (stick / "toko").iterdir())
    assert daily_name("2026-06-30") in there
    assert len(there) < 14
    assert (stick / "toko" / daily_name("2026-06-30")).read_bytes() == copy.read_bytes()


def test_a_stick_that_was_pulled_out_is_said_and_nothing_half_done_stays(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(ShopError) as error:
        copy_elsewhere(copy, tmp_path / "flashdisk" / "toko")
    assert error.value.code is ErrorCode.COPY_PLACE_MISSING
    assert not (tmp_path / "flashdisk").exists()


def test_a_stick_that_is_pulled_out_while_it_is_written_leaves_nothing_that_looks_like_a_copy(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    write = shutil.copyfile

    def pulled_out(source: Path, target: Path) -> None:
        write(source, target)
        shutil.rmtree(stick)

    with monkeypatch.context() as moment:
        moment.setattr("pos.local_db.copies.shutil.copyfile", pulled_out)
        with pytest.raises(ShopError) as error:
            copy_elsewhere(copy, stick / "toko")
    assert error.value.code is ErrorCode.COPY_PLACE_MISSING
    stick.mkdir()
    copy_elsewhere(copy, stick / "toko")
    assert [file.name for file in (stick / "toko").iterdir()] == [copy.name], "put in again, it gets its copy"


_ON_A_FULL_STICK = """
import resource, signal, sys
from pathlib import Path
from pos.domain.errors import ShopError
from pos.local_db.copies import copy_elsewhere
copy, place = Path(sys.argv[1]), Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (copy.stat().st_size // 2,) * 2)
try:
    copy_elsewhere(copy, place)
except ShopError as error:
    print(error.code.value)
"""


def test_a_stick_without_room_is_said_and_keeps_the_copies_it_has(copy: Path, tmp_path: Path) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    copy_elsewhere(copy, stick / "toko")
    newer = copy.with_name("baru.db")
    shutil.copy(copy, newer)
    words = [sys.executable, "-c", _ON_A_FULL_STICK, str(newer), str(stick / "toko")]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    assert done.stdout.strip() == "disk_full"
    assert [file.name for file in (stick / "toko").iterdir()] == [copy.name]
    assert (stick / "toko" / copy.name).read_bytes() == copy.read_bytes()
