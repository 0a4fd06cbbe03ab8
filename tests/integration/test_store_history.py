"""The nota history: every sale found again, by number, amount or goods, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.printing import PrintState
from pos.local_db.facts import MOST_UNINDEXED
from pos.services import checkout, selling
from pos.services.ports import Till
from tests.helpers.shops import KOPI, MI, SABUN, goods, open_market, open_till, sell

INDOMIE, COFFEE, SOAP = "089686010947", "8991002105485", "8999999036607"


def tidy(till: Till) -> None:
    till.store.tidy()  # type: ignore[attr-defined]


def found(till: Till, text: str, offset: int = 0, limit: int = 50) -> list[str]:
    return [row.number.split("-")[1] for row in till.store.read.sales(text, offset, limit)]


def test_the_list_shows_the_newest_first_with_what_a_row_needs(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.set_shop(cashier="Bu Sari")
            work.commit()
        first = sell(till, INDOMIE, COFFEE, SOAP)
        second = sell(till, COFFEE, received=10_000)
        rows = till.store.read.sales("", 0, 10)
        assert [row.uid for row in rows] == [second.uid, first.uid]
        row = rows[1]
        assert (row.number, row.at, row.total, row.items, row.cashier, row.tender) == (first.number, first.at, 9_000, 3, "Bu Sari", "cash")
        assert row.first_names == f"{MI.name}, {KOPI.name}, {SABUN.name}"
        assert (row.synced, row.printed) == (False, PrintState.QUEUED)
        assert [row.uid for row in till.store.read.sales("", 1, 1)] == [first.uid]
        with till.store.begin() as work:
            work.acknowledge([(first.uid, "applied", "")], 5)
            job = next(job for job in till.store.read.print_jobs_of(first.uid) if job.kind.value == "receipt")
            work.set_print_state(job.id, PrintState.SENT, 6, "", attempted=True)
            work.commit()
        row = till.store.read.sales("", 0, 10)[1]
        assert (row.synced, row.printed) == (True, PrintState.SENT)


def test_a_shop_without_a_printer_has_no_paper_in_its_list(tmp_path: Path) -> None:
    with open_market(tmp_path):
        pass
    with open_till(tmp_path, printer="") as till:
        sell(till, INDOMIE)
        assert till.store.read.sales("", 0, 1)[0].printed is None


@pytest.mark.parametrize("indexed", [False, True], ids=["just sold", "tidied"])
def test_a_sale_is_found_by_its_number_its_amount_and_its_goods(tmp_path: Path, indexed: bool) -> None:
    with open_market(tmp_path) as till:
        sales = [sell(till, *codes) for codes in ((INDOMIE,), (COFFEE, SOAP), (INDOMIE, COFFEE), (SOAP,))]
        if indexed:
            tidy(till)
        assert found(till, "goreng") == ["3", "1"]
        assert found(till, "KOPI SUSU") == ["3", "2"]
        assert found(till, "mi kop") == ["3"]
        assert found(till, sales[1].number) == ["2"]
        assert found(till, "5.500") == found(till, "Rp5.500") == found(till, "rp 5500") == found(till, "5500") == ["2"]
        assert found(till, "a0 4") == ["4"]
        assert found(till, "beras") == []
        assert found(till, " ") == ["4", "3", "2", "1"]
        assert found(till, "?") == []


def test_a_product_is_found_as_it_was_called_when_it_was_sold(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        with till.store.begin() as work:
            work.put_products([goods("Bakmi", 3_000, INDOMIE, uid=MI.uid)])
            work.commit()
        sell(till, INDOMIE)
        assert (found(till, "goreng"), found(till, "bakmi")) == (["1"], ["2"])
        tidy(till)
        assert (found(till, "goreng"), found(till, "bakmi")) == (["1"], ["2"])


def test_pages_go_on_from_the_latest_sales_into_the_older_ones(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for number in range(12):
            sell(till, INDOMIE if number % 3 else COFFEE)
            if number == 6:
                tidy(till)
        expected = [str(number + 1) for number in range(11, -1, -1) if number % 3]
        assert found(till, "mi goreng") == expected
        for offset in range(len(expected) + 1):
            assert found(till, "mi goreng", offset, 3) == expected[offset : offset + 3]


def test_the_history_is_put_in_order_by_the_way_when_nobody_tidies(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        unit = till.store.read.find_unit(INDOMIE)
        assert unit is not None
        basket, _ = selling.add_unit(till, unit, 1)
        sale = checkout.complete_sale(till, basket, 3_500)
        for number in range(MOST_UNINDEXED + 10):
            with till.store.begin() as work:
                from dataclasses import replace

                work.add_sale(replace(sale, uid=f"{number + 10_000:032x}", number=f"A0-{number + 2}-{number:04X}"))
                work.commit()
        waiting = till.store.read._row("SELECT sales - sales_indexed FROM total")[0]  # type: ignore[attr-defined]
        assert 0 < waiting <= MOST_UNINDEXED
        assert len(found(till, "goreng", 0, 10_000)) == MOST_UNINDEXED + 11
        assert found(till, "a0 1") == found(till, "a0 1", 0, 5) + found(till, "a0 1", 5, 45)


def test_what_was_indexed_is_known_after_a_restart(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        tidy(till)
        sell(till, INDOMIE)
    with open_till(tmp_path) as till:
        assert found(till, "mi") == ["2", "1"]
        tidy(till)
        assert found(till, "mi") == ["2", "1"]


def test_there_is_nothing_to_show_before_the_first_sale(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        read = till.store.read
        assert (read.sales("", 0, 10), read.sales("mi", 0, 10), read.last_sale(), read.sale("x"), read.session()) == (
            [],
            [],
            None,
            None,
            None,
        )
        assert read.basket().uid == ""
        tidy(till)
