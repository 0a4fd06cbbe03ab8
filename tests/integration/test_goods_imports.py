"""A list of goods taken in, taken back, and stopped in the middle: through the real store, in the shop's words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from pos.app import open_backstage
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Price, PriceKind, Product, ProductDraft
from pos.local_db.store import SqliteStore
from pos.local_db.upkeep import DAY_MS, IMPORT_DAYS, IMPORTS_KEPT
from pos.services.goods import put_goods
from pos.services.imports.columns import remembered_columns
from pos.services.imports.model import GoodsImport, ImportedCount, ImportState, KeptReason, UndoneCount
from pos.services.imports.planning import Change, plan_import
from pos.services.imports.taking import PORTION, Source, finish_imports, import_drafts, source_of
from pos.services.imports.undoing import undo_import
from pos.services.ports import Till, UnitOfWork
from pos.services.selling import scan
from pos.services.sheet_import import judge_sheet, read_sheet
from pos.services.sheets.model import SheetField
from pos.services.views import GoodsFilter
from tests.helpers.ids import CountingIds
from tests.helpers.sheets import gtin13, write_csv
from tests.helpers.shops import KOPI, MI, SABUN, TELUR, SteppingClock, open_market, open_till, sell

KOPI_CODE, MI_CODE = KOPI.units[0].barcodes[0].code, MI.units[0].barcodes[0].code


def drafts(count: int, *, first: int = 1, price: int = 5_000, stock: int | None = 12) -> list[tuple[ProductDraft, str | None]]:
    """New goods with codes of their own."""
    return [(ProductDraft(f"Barang {n}", price, codes=(gtin13(n),), stock=stock), None) for n in range(first, first + count)]


def dearer(product: Product, price: int, **said: object) -> tuple[ProductDraft, str | None]:
    """A known product as a list has it."""
    draft = ProductDraft(product.name, price, product.units[0].name, product.category, size=product.size)
    return replace(draft, **said), product.uid  # type: ignore[arg-type]


def known(till: Till, product: Product) -> Product:
    found = till.store.read.product(product.uid)
    assert found is not None
    return found


def retail(till: Till, product: Product) -> int:
    return next(price.amount for price in known(till, product).units[-1].prices if price.kind is PriceKind.RETAIL)


def count(till: Till) -> int:
    return till.store.read.goods_counts()[GoodsFilter.ALL]


def tidy(till: Till) -> None:
    assert isinstance(till.store, SqliteStore)
    till.store.tidy()


def only(till: Till) -> GoodsImport:
    (told,) = till.store.read.imports()
    return told


def test_a_list_is_taken_in_and_told_of_with_its_file_and_who(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        made = import_drafts(till, [*drafts(3), dearer(KOPI, 1_700), dearer(MI, 3_500)], source=Source("harga baru.xlsx", refused=2))
        assert made == ImportedCount(created=3, updated=1, flagged=0, same=1)
        told = only(till)
        assert (told.file, told.created, told.updated, told.same, told.refused) == ("harga baru.xlsx", 3, 1, 1, 2)
        assert (told.state, told.actor, told.uid) == (ImportState.TAKEN, till.store.read.shop().cashier, made.uid)
        assert retail(till, KOPI) == 1_700
        assert till.store.read.check() == []


def test_what_says_nothing_new_is_not_told_again(tmp_path: Path) -> None:
    """The same list every week must not fill the disk and the line."""
    with open_market(tmp_path) as till:
        before = len(till.store.read.waiting_operations(100))
        assert import_drafts(till, [dearer(MI, 3_500), dearer(KOPI, 1_500)]).same == 2
        assert len(till.store.read.waiting_operations(100)) == before


def test_trying_first_says_what_would_happen_and_stores_nothing(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        before = (count(till), len(till.store.read.waiting_operations(100)))
        plan = plan_import(till, [*drafts(2), dearer(KOPI, 1_700), dearer(MI, 3_000, name="Mi goreng jumbo"), dearer(SABUN, 4_000)])
        assert plan is not None
        assert (plan.created, plan.updated, plan.same, plan.stock) == (2, 2, 1, 2)
        assert plan.changes == {Change.DEARER: 1, Change.CHEAPER: 1, Change.NAME: 1}
        assert (count(till), len(till.store.read.waiting_operations(100))) == before
        assert till.store.read.imports() == []


def test_a_whole_list_is_taken_back_as_if_it_had_never_been(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        goods = [known(till, product) for product in (KOPI, MI, TELUR)]
        rows = [
            *drafts(PORTION + 5),
            dearer(KOPI, 1_700, name="Kopi susu gula aren", codes=(gtin13(900),)),
            dearer(MI, 3_900, wholesale=3_700, wholesale_from=20, cost=3_100, category="Mi"),
            dearer(TELUR, 30_000, unit_name="kg"),
        ]
        made = import_drafts(till, rows)
        assert (count(till), till.store.read.product_of_code(gtin13(900).zfill(14))) == (PORTION + 9, KOPI.uid)
        assert undo_import(till, made.uid) == UndoneCount(put_back=3, retired=PORTION + 5, kept=0)
        assert count(till) == 4
        assert [known(till, product) for product in (KOPI, MI, TELUR)] == goods
        assert till.store.read.find_unit(gtin13(1)) is None
        assert till.store.read.product_of_code(gtin13(900).zfill(14)) is None
        assert (only(till).state, only(till).kept, till.store.read.check()) == (ImportState.UNDONE, 0, [])
        with pytest.raises(ShopError) as twice:
            undo_import(till, made.uid)
        assert twice.value.code is ErrorCode.IMPORT_NOT_THERE


def test_what_was_sold_counted_or_changed_since_stays_and_is_told_row_by_row(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        rows = [*drafts(4), dearer(KOPI, 1_700, name="Kopi baru"), dearer(MI, 3_900)]
        made = import_drafts(till, rows, source=Source("daftar.csv", numbers=(2, 3, 4, 5, 6, 7)))
        sell(till, gtin13(1))
        scan(till, gtin13(2))
        mine = known(till, KOPI)
        with till.store.begin() as work:
            price = Price(PriceKind.RETAIL, 1_800)
            put_goods(till, work, [replace(mine, units=(replace(mine.units[0], prices=(price,)),))], [], "price")
            work.commit()
        assert undo_import(till, made.uid) == UndoneCount(put_back=2, retired=2, kept=3)
        assert [(row.number, row.reason, row.detail) for row in till.store.read.kept_rows(made.uid)] == [
            (2, KeptReason.SOLD, ""),
            (3, KeptReason.IN_USE, ""),
            (6, KeptReason.EDITED, "price"),
        ]
        assert (known(till, KOPI).name, retail(till, KOPI), retail(till, MI)) == ("Kopi susu sachet", 1_800, 3_500)
        assert till.store.read.find_unit(gtin13(1)) is not None
        assert till.store.read.check() == []


def test_a_list_keeps_the_prices_of_groups_and_of_days_to_come(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        mine = known(till, KOPI)
        extra = (Price(PriceKind.GROUP, 1_300, group="langganan"), Price(PriceKind.RETAIL, 1_600, starts_at=till.clock.now() + 86_400_000))
        with till.store.begin() as work:
            put_goods(till, work, [replace(mine, units=(replace(mine.units[0], prices=(*mine.units[0].prices, *extra)),))], [], "price")
            work.commit()
        import_drafts(till, [dearer(KOPI, 1_700)])
        assert set(known(till, KOPI).units[0].prices) == {Price(PriceKind.RETAIL, 1_700), *extra}


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4])
def test_a_list_that_is_stopped_leaves_the_shop_as_it_was(tmp_path: Path, steps: int) -> None:
    with open_market(tmp_path) as till:
        goods = known(till, KOPI)
        looks = iter(range(100))
        rows = [dearer(KOPI, 1_700), *drafts(2 * PORTION)]
        assert import_drafts(till, rows, lambda done, total: next(looks) < steps) == ImportedCount(0, 0, 0)
        assert (count(till), known(till, KOPI)) == (4, goods)
        assert till.store.read.find_unit(gtin13(1)) is None
        assert till.store.read.unfinished_imports() == []
        assert till.store.read.check() == []


class PowerCut(Exception):
    """The plug was pulled."""


class CutStore:
    """The real store; the power goes before its n-th commit from now."""

    def __init__(self, till: Till, commits: int) -> None:
        self._store, self.left = till.store, commits
        self.read = till.store.read

    def begin(self):  # type: ignore[no-untyped-def]
        store = self

        class Block:
            def __enter__(self) -> UnitOfWork:
                self.scope = store._store.begin()
                work = self.scope.__enter__()
                real = work.commit

                def commit() -> None:
                    store.left -= 1
                    if store.left < 0:
                        raise PowerCut
                    real()

                work.commit = commit  # type: ignore[method-assign]
                return work

            def __exit__(self, *what):  # type: ignore[no-untyped-def]
                return self.scope.__exit__(*what)

        return Block()


@pytest.mark.parametrize("commits", range(8))
def test_a_power_cut_leaves_a_list_whole_or_not_at_all_after_the_next_start(tmp_path: Path, commits: int) -> None:
    """Written down (header, two lots), taken, then its portions: wherever the plug is pulled, the next start ends it."""
    rows = [dearer(KOPI, 1_700), *drafts(2 * PORTION)]
    with open_market(tmp_path) as till, suppress(PowerCut):
        import_drafts(replace(till, store=CutStore(till, commits)), rows)  # type: ignore[arg-type]
    with open_till(tmp_path, ids=CountingIds(9_000)) as till:
        finish_imports(till)
        assert till.store.read.unfinished_imports() == []
        whole = (count(till), retail(till, KOPI)) == (4 + 2 * PORTION, 1_700)
        nothing = (count(till), retail(till, KOPI)) == (4, 1_500)
        assert (whole, nothing) == (commits >= 3, commits < 3)
        assert till.store.read.check() == []


def test_a_power_cut_while_a_list_is_taken_back_is_carried_through_too(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        made = import_drafts(till, [dearer(KOPI, 1_700), *drafts(2 * PORTION)])
        with pytest.raises(PowerCut):
            undo_import(replace(till, store=CutStore(till, 2)), made.uid)  # type: ignore[arg-type]
    with open_till(tmp_path, ids=CountingIds(9_000)) as till:
        assert finish_imports(till) == 1
        assert (count(till), retail(till, KOPI), only(till).state) == (4, 1_500, ImportState.UNDONE)
        assert (only(till).put_back, only(till).retired, only(till).kept) == (1, 2 * PORTION, 0)
        assert till.store.read.check() == []


def test_no_sale_waits_for_more_than_one_portion(tmp_path: Path) -> None:
    """Between any two portions a sale goes first: so many transactions, none with more than a portion of goods."""
    with open_market(tmp_path) as till:
        sold: list[str] = []

        def counter(done: int, total: int) -> bool:
            sold.append(sell(till, MI_CODE).number)
            return True

        import_drafts(till, drafts(3 * PORTION), counter)
        assert len(sold) >= 5
        assert till.store.read.check() == []


def test_columns_that_a_person_set_are_remembered_for_the_next_file_like_it(tmp_path: Path) -> None:
    rows = [("8991002105485", "Kopi susu", "1600", "1400")]
    header = ("Kode", "Uraian Isi", "Kolom A", "Kolom B")
    chosen = {SheetField.NAME: 1, SheetField.BARCODE: 0, SheetField.PRICE: 2, SheetField.COST: 3}
    with open_market(tmp_path / "toko") as till:
        first = judge_sheet(read_sheet(write_csv(tmp_path / "satu.csv", rows, header=header)), mapping=chosen)
        assert first is not None
        import_drafts(till, first.takeable(), source=source_of(first))
        again = read_sheet(write_csv(tmp_path / "dua.csv", rows, header=tuple(text.upper() for text in header)))
        second = judge_sheet(again, remembered=remembered_columns(till.store.read))
        assert second is not None
        assert (second.mapping, second.remembered, first.remembered) == (chosen, True, False)
        with pytest.raises(ShopError):
            judge_sheet(again)


def test_a_list_that_cannot_be_carried_through_yet_stops_neither_the_line_nor_the_next_try(tmp_path: Path) -> None:
    """The disk is full when the till starts again; once there is room, the sync worker's next piece ends the list."""
    with open_market(tmp_path) as till, suppress(PowerCut):
        import_drafts(replace(till, store=CutStore(till, 5)), [dearer(KOPI, 1_700), *drafts(2 * PORTION)])  # type: ignore[arg-type]
    with open_backstage(tmp_path, {"secrets_in_file": True}) as shop:
        assert len(shop.till.store.read.unfinished_imports()) == 1
        writer = shop.till.store._writer  # type: ignore[attr-defined]
        used = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {used}").fetchone()
        assert shop.sync_once().error is None
        assert len(shop.till.store.read.unfinished_imports()) == 1
        writer.execute(f"PRAGMA max_page_count = {2**31}").fetchone()
        assert shop.sync_once().error is None
        assert shop.till.store.read.unfinished_imports() == []
        assert count(shop.till) == 4 + 2 * PORTION


def test_lists_of_long_ago_are_not_kept_for_taking_back_and_their_goods_stay(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        old = import_drafts(till, drafts(3))
        assert isinstance(till.clock, SteppingClock)
        till.clock.pass_ms((IMPORT_DAYS + 1) * DAY_MS)
        new = import_drafts(till, drafts(3, first=10))
        tidy(till)
        assert only(till).uid == new.uid
        assert (count(till), till.store.read.check(), till.store.read.import_part(old.uid, 0)) == (10, [], [])
        with pytest.raises(ShopError) as gone:
            undo_import(till, old.uid)
        assert gone.value.code is ErrorCode.IMPORT_NOT_THERE


def test_of_many_lists_only_the_last_twenty_can_be_taken_back(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        made = [import_drafts(till, drafts(1, first=n)).uid for n in range(1, IMPORTS_KEPT + 3)]
        for _ in range(3):
            tidy(till)
        assert [told.uid for told in till.store.read.imports()] == made[:1:-1]
        assert undo_import(till, made[2]).retired == 1
