"""A shop of this release opened by a later one: copied first, brought over whole, or left as it was; and never the other way round."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.config.machine import RandomIds
from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import schema
from pos.ui.language import set_language
from pos.ui.messages import error_words
from tests.helpers.shops import MI, open_market, open_till, sell

INDOMIE = "089686010947"
HEAD = schema.HEAD
NEXT = f"{int(schema.HEAD) + 1:04d}"
RELEASES = sorted((Path(__file__).parents[1] / "data").glob("shop_*.db.gz"))
"""A shop's file as each earlier shape left it, with sales in it, a held basket and one on the counter."""

_NEXT = '''
"""A made-up next release: goods get a shelf, and sales a column that is filled from what was there."""
from alembic import op
import sqlalchemy as sa

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product") as product:
        product.add_column(sa.Column("shelf", sa.Text, nullable=False, server_default="A1"))
    op.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY) WITHOUT ROWID")
    op.execute("INSERT INTO shelf SELECT DISTINCT shelf FROM product")
    {more}
'''


class NextRelease:
    """The program as it will be: today's, with one more migration."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch

    def install(self, more: str = "") -> None:
        shutil.copytree(schema.MIGRATIONS, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        script = _NEXT.replace("{more}", more).replace("{next}", NEXT).replace("{head}", HEAD)
        (self.folder / "versions" / f"{NEXT}_shelves.py").write_text(script, encoding="utf-8")
        self._patch.setattr(schema, "MIGRATIONS", self.folder)
        self._patch.setattr(schema, "HEAD", NEXT)

    def take_away(self) -> None:
        self._patch.undo()


@pytest.fixture
def next_release(tmp_path: Path) -> Iterator[NextRelease]:
    with pytest.MonkeyPatch.context() as patch:
        yield NextRelease(tmp_path / "next release", patch)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that has sold, as this release leaves it."""
    folder = tmp_path / "toko"
    folder.mkdir()
    with open_market(folder) as till:
        for _ in range(3):
            sell(till, INDOMIE)
        assert till.store.read.check() == []
    return folder


def ask(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute(question).fetchall()


def test_a_shop_of_this_release_is_copied_and_brought_over_with_all_it_has_sold(shop: Path, next_release: NextRelease) -> None:
    with open_till(shop) as till:
        before = till.store.read.sales("", 0, 10), till.store.read.digest(), till.store.read.position()
    next_release.install()
    with open_till(shop) as till:
        read = till.store.read
        assert (read.sales("", 0, 10), read.digest(), read.position()) == before
        assert read.on_hand(MI.uid) == 197
        assert read.check() == []
        assert sell(till, INDOMIE).number.split("-")[1] == "4", "receipts go on counting"
    assert ask(shop / "shop.db", "SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert ask(shop / "shop.db", "SELECT DISTINCT shelf FROM product") == [("A1",)]
    [copy] = (shop / "copies").iterdir()
    assert ask(copy, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert ask(copy, "SELECT count(*) FROM sale") == [(3,)]
    assert ask(copy, "PRAGMA integrity_check") == [("ok",)]


def test_the_copy_that_was_made_before_opens_in_the_old_program(shop: Path, tmp_path: Path, next_release: NextRelease) -> None:
    next_release.install()
    with open_till(shop) as till:
        sell(till, INDOMIE)
    next_release.take_away()
    [copy] = (shop / "copies").iterdir()
    (tmp_path / "kembali").mkdir()
    shutil.copy(copy, tmp_path / "kembali" / "shop.db")
    with open_till(tmp_path / "kembali") as till:
        assert len(till.store.read.sales("", 0, 10)) == 3
        assert till.store.read.check() == []


def test_a_shop_of_the_next_release_is_refused_here_in_words_and_not_touched(shop: Path, next_release: NextRelease) -> None:
    next_release.install()
    with open_till(shop) as till:
        sell(till, INDOMIE)
    next_release.take_away()
    before = (shop / "shop.db").read_bytes()
    with pytest.raises(ShopError) as refused, open_till(shop):
        pass
    assert refused.value.code is ErrorCode.STORE_NEWER
    set_language("id")
    words = error_words(refused.value)
    assert words.title == "Data ini dari program yang lebih baru"
    assert "Pasang versi terbaru" in words.sentence, "and what to do about it"
    assert (shop / "shop.db").read_bytes() == before


def test_an_upgrade_that_breaks_off_leaves_the_shop_to_the_old_program(shop: Path, next_release: NextRelease) -> None:
    next_release.install("op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(Exception, match="nowhere"), open_till(shop):
        pass
    next_release.take_away()
    assert ask(shop / "shop.db", "SELECT count(*) FROM sqlite_schema WHERE name = 'shelf'") == [(0,)]
    with open_till(shop) as till:
        assert len(till.store.read.sales("", 0, 10)) == 3
        assert till.store.read.check() == []
    assert len(list((shop / "copies").iterdir())) == 1


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.partition(".")[0])
def test_a_shop_of_every_earlier_shape_opens_with_all_it_has_sold_and_goes_on_selling(release: Path, tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_bytes(gzip.decompress(release.read_bytes()))
    sold = ask(tmp_path / "shop.db", "SELECT number, total FROM sale ORDER BY id")
    with open_till(tmp_path, ids=RandomIds()) as till:
        read = till.store.read
        assert [(row.number, row.total) for row in reversed(read.sales("", 0, 50))] == sold
        assert [line.quantity for line in read.basket().lines] == [2], "what was on the counter is there"
        assert [basket.label for basket in read.held_baskets()] == ["Bu Sri"]
        assert read.check() == []
        sell(till, INDOMIE)
        assert read.check() == []
    assert ask(tmp_path / "shop.db", "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_there_is_a_file_of_an_earlier_shape_to_open() -> None:
    assert [path.name for path in RELEASES][:1] == ["shop_0001.db.gz"]
