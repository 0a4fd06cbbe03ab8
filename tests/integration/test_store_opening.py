"""Opening the shop's store: made new, found again, or refused with the file as it was."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import schema
from pos.local_db.engine import open_reader, open_writer
from pos.local_db.places import file_system, refuse_far_places
from pos.services.goods import put_catalogue
from tests.helpers.shops import MI, goods, open_market, open_till, sell

ROOT = Path(__file__).parents[2]
NOBODY = 65_534


def code_of(folder: Path) -> ErrorCode:
    """Why the store of a folder does not open."""
    with pytest.raises(ShopError) as refused, open_till(folder):
        pass
    return refused.value.code


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, which holds nothing."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and file.suffix != ".lock"}


def older_store(folder: Path) -> Path:
    """A store that was made before the first revision: ours by its header, with nothing in it but one note."""
    file = folder / "shop.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE note (text TEXT)")
        raw.execute("INSERT INTO note VALUES ('lama')")
        raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        raw.commit()
    return file


def shape_of(file: Path) -> list[tuple[str, str, str]]:
    """Every table, index and trigger of a file, however its SQL is laid out."""
    with closing(sqlite3.connect(file)) as raw:
        rows = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name <> 'note'").fetchall()
    return sorted((kind, name, re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()) for kind, name, sql in rows)


@pytest.fixture
def unprivileged(tmp_path: Path) -> Path:
    """A folder that a person without rights may enter and read."""
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(folder.stat().st_mode | 0o055)
        if folder.name.startswith("pytest-of-"):
            break
    return tmp_path


def test_a_new_store_is_whole_and_opens_again_with_what_was_sold(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sale = sell(till, "089686010947")
        assert till.store.read.check() == []
    with open_till(tmp_path) as till:
        assert till.store.read.sale(sale.uid) == sale
        assert till.store.read.product(MI.uid) == MI
        assert till.store.read.health().schema == schema.HEAD


def test_every_commit_is_synced_and_a_reader_cannot_write(tmp_path: Path) -> None:
    with open_market(tmp_path):
        with closing(open_writer(tmp_path / "shop.db")) as writer:
            raw = writer
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
            assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with closing(open_reader(tmp_path / "shop.db")) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("UPDATE shop SET name = 'x'")


def test_where_a_wal_is_refused_every_commit_is_synced_the_other_way(tmp_path: Path) -> None:
    class NoWal(sqlite3.Connection):
        """A file system that cannot share memory: WAL stays off."""

        def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
            return super().execute(sql.replace("journal_mode = WAL", "journal_mode"), *rest)

    with pytest.MonkeyPatch.context() as patch:
        real = sqlite3.connect
        patch.setattr(sqlite3, "connect", lambda *args, **options: real(*args, **{"factory": NoWal, **options}))
        with open_market(tmp_path) as till:
            sell(till, "089686010947")
            assert till.store.read.health().journal == "delete"
            assert till.store.read.check() == []
        with closing(open_writer(tmp_path / "shop.db")) as writer:
            assert writer.execute("PRAGMA synchronous").fetchone() == (3,)


def test_the_migrations_come_to_the_same_file_as_making_it_new(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    new.mkdir()
    old.mkdir()
    older_store(old)
    with open_till(new), open_till(old) as till:
        assert till.store.read.check() == []
        assert till.store.read.shop().prefix == schema.FIRST_PREFIX
    assert shape_of(old / "shop.db") == shape_of(new / "shop.db")


def test_the_program_works_with_the_newest_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(schema.MIGRATIONS))
    script = ScriptDirectory.from_config(settings)
    assert script.get_current_head() == schema.HEAD
    assert all(revision.revision.isdigit() for revision in script.walk_revisions())


def test_an_older_store_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    file = older_store(tmp_path)
    with open_till(tmp_path) as till:
        assert till.store.read.health().last_copy_at > 0
    [copy] = (tmp_path / "copies").iterdir()
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT text FROM note").fetchall() == [("lama",)]
        assert raw.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT text FROM note").fetchall() == [("lama",)]


def test_a_migration_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    file = older_store(tmp_path)
    with closing(sqlite3.connect(file)) as raw:
        # in the way of a table of the first revision
        raw.execute("CREATE TABLE payment (note TEXT)")
        raw.commit()
    before = shape_of(file)
    with pytest.raises(Exception, match="payment"), open_till(tmp_path):
        pass
    assert shape_of(file) == before
    assert len(list((tmp_path / "copies").iterdir())) == 1


def test_alembic_is_not_imported_for_a_store_that_is_up_to_date(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.helpers.shops import open_till\n"
        f"for _ in range(2):\n  with open_till(Path({str(tmp_path)!r})) as till: till.store.read.shop()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako', 'rapidfuzz')])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("told_by", ["header", "alembic"])
def test_a_store_of_a_newer_program_is_refused_and_not_touched(tmp_path: Path, told_by: str) -> None:
    with open_market(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        raw.execute("PRAGMA user_version = 99" if told_by == "header" else "UPDATE alembic_version SET version_num = '0099'")
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = state_of(tmp_path)
    assert code_of(tmp_path) is ErrorCode.STORE_NEWER
    assert state_of(tmp_path) == before


def test_a_newer_store_whose_program_was_killed_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "found").mkdir()
    with open_market(tmp_path / "live"), closing(sqlite3.connect(tmp_path / "live" / "shop.db")) as raw:
        raw.execute("PRAGMA user_version = 97")
        raw.commit()
        # as a power cut leaves it: what is new stands in the WAL only
        for name in ("shop.db", "shop.db-wal"):
            shutil.copy(tmp_path / "live" / name, tmp_path / "found" / name)
    before = (tmp_path / "found" / "shop.db").read_bytes()
    assert int.from_bytes(before[60:64], "big") == int(schema.HEAD)
    assert code_of(tmp_path / "found") is ErrorCode.STORE_NEWER
    assert (tmp_path / "found" / "shop.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"toko saya\n" * 100, b"SQLite format 3\0" + bytes(200)], ids=["text", "zeros"])
def test_a_file_that_is_no_database_is_called_damaged_and_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "shop.db").write_bytes(content)
    assert code_of(tmp_path) is ErrorCode.STORE_DAMAGED
    assert (tmp_path / "shop.db").read_bytes() == content


def test_a_database_of_somebody_else_is_not_taken_for_a_shop(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        raw.execute("CREATE TABLE recipe (name TEXT)")
        raw.commit()
    before = state_of(tmp_path)
    assert code_of(tmp_path) is ErrorCode.STORE_DAMAGED
    assert state_of(tmp_path) == before


def test_a_store_that_was_cut_short_is_called_damaged(tmp_path: Path) -> None:
    with open_market(tmp_path):
        pass
    file = tmp_path / "shop.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert code_of(tmp_path) is ErrorCode.STORE_DAMAGED


def test_a_till_that_was_killed_while_its_wal_went_into_the_file_opens_with_everything(tmp_path: Path) -> None:
    with open_market(tmp_path / "before") as till:
        put_catalogue(till, [(goods(f"Barang {number}"), 10) for number in range(500)])
        sold = [sell(till, "089686010947").uid for _ in range(20)]
        file, wal = (tmp_path / "before" / name for name in ("shop.db", "shop.db-wal"))
        short, waiting = file.read_bytes(), wal.read_bytes()
        till.store.tidy()  # type: ignore[attr-defined]
        first_page = file.read_bytes()[:4096]
    assert int.from_bytes(first_page[28:32], "big") * 4096 > len(short), "the first page tells of pages that are not there yet"
    torn = tmp_path / "killed"
    torn.mkdir()
    (torn / "shop.db").write_bytes(first_page + short[4096:])
    (torn / "shop.db-wal").write_bytes(waiting)
    with open_till(torn) as till:
        assert {row.uid for row in till.store.read.sales("", 0, 100)} == set(sold)
        assert till.store.read.check() == []
        sell(till, "089686010947")


def test_torn_pages_are_told_as_damage_and_found_by_the_check(tmp_path: Path) -> None:
    with open_market(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        root, size = raw.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'product'"
        ).fetchone()
    with (tmp_path / "shop.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with open_till(tmp_path) as till:
        with pytest.raises(ShopError) as refused:
            till.store.read.product(MI.uid)
        assert refused.value.code is ErrorCode.STORE_DAMAGED
        assert "integrity" in till.store.read.check()


def test_a_store_that_breaks_off_while_it_opens_lets_go_of_everything(tmp_path: Path) -> None:
    with open_market(tmp_path):
        pass
    whole = (tmp_path / "shop.db").read_bytes()
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'audit'").fetchone()[0]
    with (tmp_path / "shop.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert code_of(tmp_path) is ErrorCode.STORE_DAMAGED
    (tmp_path / "shop.db").write_bytes(whole)
    with open_till(tmp_path) as till:
        assert till.store.read.check() == []


def test_an_empty_file_and_one_whose_making_was_broken_off_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "shop.db").touch()
    (tmp_path / "b").mkdir()
    with closing(sqlite3.connect(tmp_path / "b" / "shop.db")) as raw:
        # the first thing that is written: the header
        raw.execute("PRAGMA journal_mode = WAL")
    for name in "ab":
        with open_till(tmp_path / name) as till:
            assert till.store.read.check() == []


def test_a_second_till_on_the_same_data_is_told_that_it_is_in_use(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        assert code_of(tmp_path) is ErrorCode.STORE_IN_USE
        program = (
            "from pathlib import Path; from tests.helpers.shops import open_till; from pos.domain.errors import ShopError\n"
            f"try:\n  open_till(Path({str(tmp_path)!r})).__enter__()\nexcept ShopError as error: print(error.code)"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "store_in_use"
        sell(till, "089686010947")
    with open_till(tmp_path) as till:
        assert len(till.store.read.sales("", 0, 10)) == 1


def test_a_refused_store_lets_go_of_its_lock(tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_bytes(b"bukan toko" * 50)
    assert code_of(tmp_path) is ErrorCode.STORE_DAMAGED
    (tmp_path / "shop.db").unlink()
    with open_till(tmp_path) as till:
        assert till.store.read.check() == []


@pytest.mark.parametrize(
    "name", ["Dropbox", "OneDrive", "OneDrive - Toko Jaya", "Google Drive", "GoogleDrive", "Dropbox (Pribadi)", "Nextcloud"]
)
def test_a_folder_that_a_cloud_service_copies_is_refused(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path / name / "toko") is ErrorCode.STORE_ON_NETWORK
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["Toko Dropbox Jaya", "drive", "onedrivers", "Data Toko"])
def test_a_folder_with_a_name_like_it_is_not_refused(tmp_path: Path, name: str) -> None:
    refuse_far_places(tmp_path / name)


def test_a_network_folder_is_known_by_the_list_of_mounts(tmp_path: Path) -> None:
    mounts = "\n".join(
        [
            "/dev/sda1 / ext4 rw 0 0",
            "server:/toko /mnt/toko nfs4 rw 0 0",
            r"//kantor/data /mnt/Data\040Kantor cifs rw 0 0",
            "/dev/sdb1 /mnt/toko/lokal ext4 rw 0 0",
            "tmpfs /tmp tmpfs rw 0 0",
        ]
    )
    assert file_system(Path("/mnt/toko/data"), mounts) == "nfs4"
    assert file_system(Path("/mnt/toko"), mounts) == "nfs4"
    assert file_system(Path("/mnt/Data Kantor/a"), mounts) == "cifs"
    assert file_system(Path("/mnt/toko/lokal/data"), mounts) == "ext4"
    assert file_system(Path("/mnt/tokolain"), mounts) == "ext4"
    assert file_system(Path("/tmp/x"), mounts) == "tmpfs"
    listed = tmp_path / "mounts"
    listed.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/toko {tmp_path.resolve()} nfs rw 0 0\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pos.local_db.places._MOUNTS", listed)
        assert code_of(tmp_path / "data") is ErrorCode.STORE_ON_NETWORK


@pytest.mark.parametrize("existing", [True, False], ids=["a store in it", "nothing in it"])
def test_a_folder_that_cannot_be_written_is_told_so(unprivileged: Path, existing: bool) -> None:
    folder = unprivileged / "toko"
    folder.mkdir()
    if existing:
        with open_market(folder):
            pass
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    # root may write everywhere, so somebody else tries
    program = (
        "import os, sys; from pathlib import Path; from tests.helpers.shops import open_till; from pos.domain.errors import ShopError\n"
        f"os.getuid() or os.setuid({NOBODY})\n"
        f"try:\n  open_till(Path({str(folder)!r})).__enter__()\nexcept ShopError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.stdout.strip() == "folder_read_only", done.stderr
