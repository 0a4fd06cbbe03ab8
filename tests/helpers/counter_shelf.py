"""Goods with what selling is about: ladders, groups, weights, rokok, gas; and the two people of a shop. Owns no test."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.barcode import judge, match_key
from pos.domain.people import Act, Approval, Role
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.services.people import add_first_owner, add_user, sign_in
from pos.services.permission import approve
from pos.services.ports import Till

OWNER_PIN = "4719"
CASHIER_PIN = "2580"


def code(digits: str) -> Barcode:
    return Barcode(digits, match_key(digits), judge(digits))


def product(name: str, base: BaseUnit, *units: Unit, sell_unit: int = 0, category: str = "Lain-lain", drawing: str = "") -> Product:
    uid = f"{abs(hash_of(name)):032x}"[:32]
    return Product(uid, name, category, base, units, sell_unit=sell_unit, drawing=drawing, cost_total=1_000, cost_quantity=1)


def hash_of(text: str) -> int:
    import hashlib

    return int(hashlib.sha256(text.encode()).hexdigest()[:30], 16)


def unit(name: str, of: str, factor: int, price: int, *codes: str, more: tuple[Price, ...] = ()) -> Unit:
    uid = f"{hash_of(f'{of} {name}'):032x}"[:32]
    return Unit(uid, name, factor, (Price(PriceKind.RETAIL, price), *more), tuple(code(digits) for digits in codes))


MIE_CODE, MIE_DUS_CODE = "089686010947", "18999999000014"
MIE = product(
    "Indomie goreng",
    BaseUnit.PCS,
    unit(
        "bungkus",
        "Indomie",
        1,
        3_500,
        MIE_CODE,
        more=(
            Price(PriceKind.WHOLESALE, 3_300, 10),
            Price(PriceKind.GROUP, 3_200, group="langganan"),
            Price(PriceKind.RETAIL, 3_700, starts_at=1_800_000_000_000),
        ),
    ),
    unit("dus", "Indomie", 40, 124_000, MIE_DUS_CODE),
    category="Mi instan",
    drawing="mi",
)
GULA_LABEL_ITEM = "00123"
GULA = product(
    "Gula pasir",
    BaseUnit.GRAM,
    unit("ons", "Gula", 100, 1_900),
    unit("kg", "Gula", 1_000, 18_000, GULA_LABEL_ITEM, more=(Price(PriceKind.WHOLESALE, 17_500, 10),)),
    sell_unit=1,
    category="Sembako",
    drawing="gula",
)
KOPI_CODE, KOPI_DUS_CODE = "8991002105485", "18991002105482"
KOPI = product("Kopi sachet", BaseUnit.PCS, unit("sachet", "Kopi sachet", 1, 2_000, KOPI_CODE), category="Kopi & teh", drawing="kopi")
KOPI_DUS = replace(
    product("Kopi satu dus", BaseUnit.PCS, unit("dus", "Kopi dus", 1, 190_000, KOPI_DUS_CODE), category="Kopi & teh", drawing="kopi"),
    cost_total=168_000,
    cost_quantity=1,
)
ROKOK_CODE, BATANG_CODE = "8999909096004", "8999909096011"
ROKOK = replace(
    product(
        "Rokok kretek 12",
        BaseUnit.PCS,
        unit("batang", "Rokok", 1, 2_500, BATANG_CODE),
        unit("bungkus", "Rokok", 12, 27_000, ROKOK_CODE),
        sell_unit=1,
        category="Rokok",
        drawing="rokok",
    ),
    regulation=Regulation.TOBACCO,
)
GAS_CODE = "2900000000018"
GAS = replace(
    product("Gas LPG 3 kg", BaseUnit.PCS, unit("tabung", "Gas", 1, 21_000, GAS_CODE), category="Pulsa & gas", drawing="gas"),
    regulation=Regulation.LPG_3KG,
)
GALON_CODE = "2900000000025"
GALON = product("Air galon", BaseUnit.PCS, unit("galon", "Galon", 1, 6_000, GALON_CODE), category="Pulsa & gas", drawing="galon")

SHELF = ((MIE, 212), (GULA, 63_500), (KOPI, 5), (KOPI_DUS, 3), (ROKOK, 240), (GAS, 14), (GALON, 22))
"""Every kind of goods that selling has a rule for, and what is on the shelf in base units."""


def staff(till: Till) -> None:
    """An owner and a cashier, who is at the counter."""
    add_first_owner(till, "Bu Sari", OWNER_PIN)
    cashier = add_user(till, "Dewi", Role.CASHIER, CASHIER_PIN)
    sign_in(till, cashier.uid, CASHIER_PIN)


def allowed(till: Till, act: Act) -> Approval:
    """The owner stands for an act."""
    return approve(till, act, OWNER_PIN)
