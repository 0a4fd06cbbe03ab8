"""QRIS codes: every text gets its verdict, what is taken apart is put together again, and no changed sign is let through."""

from __future__ import annotations

import binascii
import csv
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.qris import Qris, QrisVerdict, build, checksum, judge, parse, to_dynamic
from pos.domain.qris_request import QRIS_CAP, LateMoney, QrisRequest, QrisSource, surer
from pos.domain.sale import TenderState

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "qris_vectors.csv"
"""Public strings beside the repository, where they are there; the tests' own below have the same shapes."""

NATIONAL = "0014ID.CO.QRIS.WWW0215ID10990000000010303UMI"
BANK = "0011ID.UJI.WWW01189360099900000000010211000000000010303UMI"


def made(*fields: tuple[str, str]) -> str:
    return build(fields)


def with_checksum(body: str) -> str:
    return f"{body}6304{checksum(f'{body}6304')}"


STICKER = made(
    ("00", "01"),
    ("01", "11"),
    ("26", BANK),
    ("51", NATIONAL),
    ("52", "5411"),
    ("53", "360"),
    ("58", "ID"),
    ("59", "Toko Uji Sinar"),
    ("60", "SURABAYA"),
    ("61", "60111"),
    ("62", "0703A01"),
)
HEAD = (("00", "01"), ("01", "12"), ("26", BANK))
TAIL = (("58", "ID"), ("59", "UJI"), ("60", "KOTA"))

SHAPES: dict[str, tuple[str, QrisVerdict]] = {
    "a sticker": (STICKER, QrisVerdict.OK),
    "without the national template": (made(*HEAD, ("52", "5411"), ("53", "360"), *TAIL), QrisVerdict.OK),
    "the national template under 26": (made(("00", "01"), ("01", "11"), ("26", NATIONAL), ("53", "360"), *TAIL), QrisVerdict.OK),
    "the older national name": (made(*HEAD, ("51", NATIONAL.replace("14ID.CO.QRIS.WWW", "15ID.OR.GPNQR.WWW")), *TAIL), QrisVerdict.OK),
    "a domain in lower case": (made(("00", "01"), ("01", "12"), ("26", "0006id.uji0103abc"), ("54", "50000"), *TAIL), QrisVerdict.OK),
    "an amount with decimals": (made(*HEAD, ("53", "360"), ("54", "39000.00"), *TAIL), QrisVerdict.OK),
    "an amount before the country, tip fields after it": (made(*HEAD, ("54", "1337"), ("55", "02"), ("56", "666"), *TAIL), QrisVerdict.OK),
    "the amount after the city": (made(*HEAD, *TAIL, ("61", "-"), ("62", "0703A01"), ("53", "360"), ("54", "300000")), QrisVerdict.OK),
    "a name of 44 letters": (made(*HEAD, ("58", "ID"), ("59", "(UJI) " + "N" * 38), ("60", "KOTA")), QrisVerdict.OK),
    "a vendor's own fields at the end": (made(*HEAD, *TAIL, ("62", "0703A01"), ("99", "00020001")), QrisVerdict.OK),
    "no kind at all": (made(("00", "01"), ("26", BANK), *TAIL), QrisVerdict.OK),
    "shortened with dots": ("00020101021126...52045411530336054...5802ID5903UJI6004KOTA6304ABCD", QrisVerdict.TLV_BAD),
    "a field left out of its frame": (STICKER.replace("5802ID", "58ID"), QrisVerdict.TLV_BAD),
    "a name longer than its length": (STICKER.replace("5914Toko", "5911Toko"), QrisVerdict.TLV_BAD),
    "torn off": (STICKER[:-10], QrisVerdict.TLV_BAD),
    "nothing": ("", QrisVerdict.TLV_BAD),
    "only a checksum": ("6304ABCD", QrisVerdict.TLV_BAD),
    "a barcode": ("8991002105485", QrisVerdict.TLV_BAD),
    "an address": ("https://contoh.test/qr", QrisVerdict.TLV_BAD),
    "the format twice": (with_checksum("000201000201010211"), QrisVerdict.TLV_BAD),
    "another format": (with_checksum("000202010211"), QrisVerdict.TLV_BAD),
    "no checksum": (STICKER[:-8], QrisVerdict.TLV_BAD),
    "something after the checksum": (STICKER + "6405HALLO", QrisVerdict.TLV_BAD),
    "digits of another script": (STICKER.replace("5802ID", "58٠2ID"), QrisVerdict.TLV_BAD),
    "one letter of the name changed": (STICKER.replace("Sinar", "Sinor"), QrisVerdict.CRC_BAD),
    "another amount written in": (made(*HEAD, ("54", "10000"), *TAIL).replace("540510000", "540590000"), QrisVerdict.CRC_BAD),
    "the checksum in small letters": (STICKER[:-4] + STICKER[-4:].lower(), QrisVerdict.CRC_BAD),
    "the checksum of another": (STICKER[:-4] + "0000", QrisVerdict.CRC_BAD),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_that_hangs_on_a_counter_gets_its_verdict(shape: str) -> None:
    text, verdict = SHAPES[shape]
    assert judge(text) is verdict
    if verdict is QrisVerdict.OK:
        assert build((*parse(text).fields, ("63", text[-4:]))[:-1]) == text
    else:
        with pytest.raises(ShopError) as refused:
            parse(text)
        assert (refused.value.code, refused.value.fields["verdict"]) == (ErrorCode.QRIS_UNREADABLE, verdict.value)


def test_public_strings_get_the_verdict_that_is_expected_of_them() -> None:
    rows = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines())) if VECTORS.exists() else []
    for row in rows:
        assert judge(row["payload"]) == row["expect"], row["source"]
        if row["expect"] == "ok":
            code = parse(row["payload"])
            assert (code.get("01"), code.get("54")) == (row["tag01"], row["tag54"])
            assert build(code.fields) == row["payload"]
            assert judge(to_dynamic(code, 12_500)) is QrisVerdict.OK
        elif row["expect"] == "crc_bad":
            assert checksum(row["payload"][:-4]) == row["crc_computed"]


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert checksum("123456789") == "29B1"


def test_a_static_code_becomes_one_for_an_amount_and_loses_what_asks_for_more() -> None:
    before = parse(made(*HEAD[:1], ("01", "11"), HEAD[2], ("53", "360"), ("54", "1"), ("55", "02"), ("56", "500"), ("57", "1"), *TAIL))
    after = parse(to_dynamic(before, 12_500))
    assert [tag for tag, _ in after.fields] == ["00", "01", "26", "53", "54", "58", "59", "60"]
    assert (after.get("01"), after.get("54"), after.amount, after.is_static) == ("12", "12500", 12_500, False)
    assert before.is_static
    bare = parse(made(("00", "01"), ("26", BANK), ("59", "UJI"), ("60", "KOTA")))
    assert [tag for tag, _ in parse(to_dynamic(bare, 1)).fields] == ["00", "01", "26", "59", "60", "54"], "also where there is no country"
    for amount, code in ((0, ErrorCode.AMOUNT_OUT_OF_RANGE), (-5, ErrorCode.AMOUNT_OUT_OF_RANGE), (QRIS_CAP + 1, ErrorCode.QRIS_OVER_CAP)):
        with pytest.raises(ShopError) as refused:
            to_dynamic(before, amount)
        assert refused.value.code is code


def test_whose_code_it_is_is_read_from_wherever_it_stands() -> None:
    assert (parse(STICKER).nmid, parse(STICKER).merchant, parse(STICKER).city) == ("ID1099000000001", "Toko Uji Sinar", "SURABAYA")
    assert parse(SHAPES["the national template under 26"][0]).nmid == "ID1099000000001"
    assert parse(SHAPES["the older national name"][0]).nmid == "ID1099000000001"
    assert parse(SHAPES["without the national template"][0]).nmid == ""
    assert Qris((("51", "not a template"),)).nmid == ""


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("12500", 12_500),
        ("39000.00", 39_000),
        ("100003.0", 100_003),
        ("0.50", None),
        ("", None),
        ("1e6", None),
        ("٣", None),
        ("9" * 14, None),
    ],
)
def test_an_amount_is_whole_rupiah_or_none(written: str, rupiah: int | None) -> None:
    assert Qris((("54", written),) if written else ()).amount == rupiah


def test_a_code_from_a_file_has_blanks_around_it_and_is_read_all_the_same() -> None:
    assert parse(f"  {STICKER}\n").nmid == "ID1099000000001"


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
MIDDLE = st.dictionaries(st.integers(1, 62).map("{:02d}".format), VALUES, max_size=7)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(MIDDLE, st.integers(1, QRIS_CAP))
def test_what_is_put_together_comes_apart_again(middle: dict[str, str], amount: int) -> None:
    fields = (("00", "01"), *middle.items(), ("64", "x"))
    text = build(fields)
    if len(text) > 512:
        assert judge(text) is QrisVerdict.TLV_BAD, "no code is so long"
        return
    assert judge(text) is QrisVerdict.OK
    code = parse(text) if text == text.strip() else Qris(fields)
    assert code.fields == fields
    again = to_dynamic(code, amount)
    if len(again) <= 512:
        assert parse(again).amount == amount


MUTATIONS = int(os.environ.get("QRIS_MUTATIONS", "100000"))


def test_of_a_hundred_thousand_changed_codes_none_crashes_and_none_is_let_through() -> None:
    dice = random.Random(20_261_125)
    texts = [text for text, _ in SHAPES.values()]
    signs = "0123456789ABCDEFabcxyz.-: \n٣é😀\x00\ud800"
    verdicts = dict.fromkeys(QrisVerdict, 0)
    for _ in range(MUTATIONS):
        text = dice.choice(texts)
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            place = dice.randrange(len(text) + 1)
            end = min(len(text), place + dice.randrange(4))
            text = text[:place] + "".join(dice.choices(signs, k=dice.randrange(3))) + text[end:]
        verdict = judge(text)
        verdicts[verdict] += 1
        if verdict is QrisVerdict.OK:
            assert f"{binascii.crc_hqx(text[:-4].encode(), 0xFFFF):04X}" == text[-4:]
            assert to_dynamic(parse(text), 1)
    assert verdicts[QrisVerdict.TLV_BAD] > verdicts[QrisVerdict.CRC_BAD] > 0


def test_what_is_known_of_the_money_never_becomes_less_sure() -> None:
    waiting, paid, late, hand, gone = (
        TenderState.WAITING,
        TenderState.PAID,
        TenderState.PAID_LATE,
        TenderState.CONFIRMED_BY_HAND,
        TenderState.EXPIRED,
    )
    assert surer(waiting, paid) is paid
    assert surer(paid, waiting) is paid, "an old word on the line"
    assert surer(paid, gone) is paid
    assert surer(gone, paid) is late, "the server's clock and ours need not agree, but the customer had gone"
    assert surer(hand, late) is late, "then somebody else than a person stands for it"
    assert surer(hand, gone) is hand
    assert surer(late, paid) is paid


def test_money_is_loose_until_a_sale_has_it_or_somebody_gave_it_back() -> None:
    asked = QrisRequest("q" * 32, "b" * 32, 5_000, STICKER, QrisSource.SERVER, "ID1", "Toko", 1, 2, TenderState.PAID_LATE)
    assert asked.is_money
    assert asked.is_loose
    from dataclasses import replace

    assert not replace(asked, sale_uid="s" * 32).is_loose
    assert not replace(asked, late=LateMoney.RETURNED_CASH).is_loose
    assert not replace(asked, state=TenderState.CONFIRMED_BY_HAND).is_loose, "a person's word is no money of its own"
