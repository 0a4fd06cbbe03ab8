"""A cashier who does not see the screen sells: everything is found by its name, pressed, and what is to be said is heard."""

from __future__ import annotations

from pathlib import Path

from pos.app import open_shop
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.shop import set_identity
from tests.helpers.screen_reader import till_with_screen_reader
from tests.helpers.shops import SHELF


def test_a_sale_is_made_and_the_change_is_heard_without_a_look_at_the_screen(tmp_path: Path) -> None:
    data = tmp_path / "toko"
    with open_shop(data) as till:
        put_catalogue(till, SHELF)
        set_identity(till, "Toko Sinar Jaya", "", "Bu Sari")
        open_session(till, 100_000)
    with till_with_screen_reader(data, tmp_path) as reader:
        reader.press("Mi goreng")
        reader.hear("Mi goreng, 1 bungkus")
        reader.press("Mi goreng")
        reader.hear("Mi goreng, 2 bungkus")
        reader.press("Kopi susu sachet")
        reader.hear("Rp8.500")
        reader.press("Bayar")
        reader.hear("Uang diterima")
        reader.press("Rp10.000")
        reader.hear("KEMBALI")
        reader.hear("Rp1.500")
        reader.press("SELESAI")
        reader.until(lambda: "SELESAI" not in reader.names(), "the sale is done")
        reader.hear("Rp1.500")
    with open_shop(data) as till:
        [row] = till.store.read.sales("", 0, 10)
        sale = till.store.read.sale(row.uid)
    assert sale is not None
    assert (sale.total, sale.received, sale.change) == (8_500, 10_000, 1_500)
