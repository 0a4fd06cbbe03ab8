"""A furnished shop for pictures: the demo catalogue, paired, the drawer open, some sales behind it. Owns nothing of the story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos.app import open_backstage
from pos.services import checkout, selling
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.preferences import one_printer
from pos.services.shop import set_identity
from tour.parts import Buyer, Central
from tour.sheet import write_sheet

BUYERS = (
    ("Rina Wati", "081234563841", "ASN"),
    ("Bagus Santoso", "081234560771", "ASN"),
    ("Agus Purnomo", "081234569015", "ASN"),
    ("Dinas Sosial", "081234561188", "OPD"),
)
SCANS = ("089686010947", "8991002101630", "8992628022156", "8992907110017", "089686010947", "8999999059309")
"""A basket of five goods of the demo catalogue, one of them twice."""
SALES_BEFORE = 12


def furnish(data: Path, central: Central, printer: str) -> list[Buyer]:
    """Make the shop in `data`, its central and its printer known to it, and give the buyers that may order there."""
    uid = central.command("shop", "Toko Sinar Jaya", "--address", "Jl. Kenanga 12, Surabaya")
    code = central.command("code", uid)
    data.mkdir(parents=True)
    write_sheet(data.parent / "barang.xlsx")
    with open_backstage(data) as shop:
        shop.keep(replace(shop.preferences, secrets_in_file=True, printers=one_printer(printer), central_url=central.url))
        set_identity(shop.till, "Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya", "Bu Sari")
        shop.pair(central.url, code)
        till = shop.till
        put_catalogue(till, load_demo_goods(demo_catalogue(), till.ids))
        open_session(till, 200_000)
        for number in range(SALES_BEFORE):
            for scanned in SCANS[number % 3 : number % 3 + 3]:
                basket, _ = selling.scan(till, scanned)
            checkout.complete_sale(till, basket, basket.total + number % 4 * 500)
    return [Buyer(central.url, central.command("buyer", name, "--phone", phone, "--kind", kind), uid) for name, phone, kind in BUYERS]
