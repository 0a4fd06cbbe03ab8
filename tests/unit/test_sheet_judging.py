"""Each row gets its verdict: taken, renewed, taken to be looked at, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.barcode import match_key
from pos.domain.product import ProductDraft, Regulation
from pos.domain.quantity import BaseUnit
from pos.services.goods import product_from_draft
from pos.services.sheet_import import (
    JudgeRules,
    RawSheet,
    ReasonCode,
    RowStatus,
    RowVerdict,
    Severity,
    SheetKind,
    SheetPage,
    SheetPreview,
    judge_sheet,
)
from tests.helpers.ids import CountingIds
from tests.helpers.sheets import HEADER, Cell, gtin13, row, shop_list, upc


def preview(*rows: tuple[Cell, ...], known: dict[str, str] | None = None, rules: JudgeRules | None = None) -> SheetPreview:
    cells = (HEADER, *(tuple("" if cell is None else str(cell) for cell in line) for line in rows))
    raw = RawSheet("barang.csv", SheetKind.CSV, (SheetPage("", cells),), "utf-8")
    made = judge_sheet(raw, (known or {}).get, rules=rules)
    assert made is not None
    return made


def verdict(*cells: Cell, known: dict[str, str] | None = None, rules: JudgeRules | None = None, **named: Cell) -> RowVerdict:
    return preview(row(*cells, **named), known=known, rules=rules).rows[0]  # type: ignore[arg-type]


def codes(made: RowVerdict) -> list[ReasonCode]:
    return [reason.code for reason in made.reasons]


def draft_of(made: RowVerdict) -> ProductDraft:
    assert made.draft is not None
    return made.draft


def test_a_good_row_is_taken_whole() -> None:
    made = verdict(gtin13(1), "Kopi susu", "3.500", category="KOPI", unit="Bks", cost="2900", wholesale="3300", stock="24")
    assert (made.status, made.reasons, made.number, made.product_uid) == (RowStatus.NEW, (), 2, None)
    assert made.draft == ProductDraft(
        "Kopi susu",
        3500,
        "bungkus",
        "KOPI",
        codes=(gtin13(1),),
        drawing="kopi",
        wholesale=3300,
        wholesale_from=10,
        cost=2900,
        stock=24,
    )


def test_a_product_made_of_a_good_row_needs_no_look_and_of_a_doubtful_one_does() -> None:
    good, doubtful = draft_of(verdict(gtin13(1))), draft_of(verdict("", code="001"))
    assert not product_from_draft(good, CountingIds()).needs_review
    assert product_from_draft(doubtful, CountingIds()).needs_review


def test_goods_by_weight_keep_their_stock_in_grams() -> None:
    draft = draft_of(verdict("", "Gula curah", 17500, unit="Kg", stock="18,5"))
    assert (draft.unit_name, draft.base_unit, draft.factor, draft.stock) == ("kg", BaseUnit.GRAM, 1000, 18500)


def test_tobacco_and_the_green_cylinder_are_known_on_the_way_in() -> None:
    assert draft_of(verdict("", "Surya 12", 27000)).regulation is Regulation.TOBACCO
    assert draft_of(verdict("", "Tembakau iris", 5000, category="Rokok")).regulation is Regulation.TOBACCO
    assert draft_of(verdict("", "Gas elpiji 3 kg", 21000)).regulation is Regulation.LPG_3KG
    assert draft_of(verdict("", "Kopi", 21000)).regulation is Regulation.NONE


# refused


@pytest.mark.parametrize(
    ("price", "reason"),
    [
        ("", ReasonCode.PRICE_MISSING),
        ("-", ReasonCode.PRICE_MISSING),
        ("0", ReasonCode.PRICE_MISSING),
        ("12,500", ReasonCode.PRICE_UNCLEAR),
        ("2500,5", ReasonCode.PRICE_UNCLEAR),
        ("tanya Bu Sari", ReasonCode.PRICE_UNCLEAR),
        ("-2500", ReasonCode.PRICE_NEGATIVE),
        ("100000001", ReasonCode.PRICE_TOO_HIGH),
        ("9" * 30, ReasonCode.PRICE_TOO_HIGH),
    ],
)
def test_a_price_that_harms_is_refused(price: str, reason: ReasonCode) -> None:
    made = verdict(gtin13(1), "Kopi", price)
    assert (made.status, codes(made), made.draft) == (RowStatus.REFUSED, [reason], None)
    assert made.reasons[0].severity is Severity.REFUSE


def test_an_unclear_price_is_shown_as_it_was_typed() -> None:
    assert verdict(gtin13(1), "Kopi", " 12,500 ").reasons[0].fields["typed"] == "12,500"


def test_the_dearest_thing_of_a_kelontong_is_still_taken() -> None:
    assert verdict(gtin13(1), "Emas", "100.000.000").status is RowStatus.NEW


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert codes(verdict("", "", "12,500", stock="banyak")) == [
        ReasonCode.NAME_MISSING,
        ReasonCode.PRICE_UNCLEAR,
        ReasonCode.STOCK_UNCLEAR,
    ]


def test_the_sum_at_the_foot_of_a_list_is_no_product() -> None:
    assert codes(verdict("", "TOTAL :", "45000000")) == [ReasonCode.TOTAL_LINE]
    assert verdict("", "Total Almeera 225 ml", 5000).status is RowStatus.NEW


def test_a_code_that_an_earlier_row_has_taken_is_refused_and_names_that_row() -> None:
    made = preview(row(upc(7), "Mi goreng"), row("0" + upc(7), "Mi goreng lagi"), row(upc(7)[1:], "Mi goreng ketiga"))
    assert [line.status for line in made.rows] == [RowStatus.NEW, RowStatus.REFUSED, RowStatus.REFUSED]
    assert made.rows[1].reasons[0].code is ReasonCode.CODE_REPEATED
    assert made.rows[1].reasons[0].fields == {"code": "0" + upc(7), "first": 2}
    assert made.rows[2].reasons[0].fields["first"] == 2


def test_a_code_that_another_product_of_the_shop_holds_is_named_and_the_row_is_looked_at() -> None:
    known = {match_key(gtin13(1)): "kopi", match_key(gtin13(2)): "gula"}
    made = verdict(gtin13(1), "Kopi susu", 3500, known=known, code=gtin13(2))
    assert (made.product_uid, codes(made)) == ("kopi", [ReasonCode.CODE_OF_ANOTHER])
    assert made.reasons[0].fields == {"code": gtin13(2)}
    assert ReasonCode.CODE_OF_ANOTHER.value in draft_of(made).flags


def test_a_refused_row_takes_no_code_from_a_later_one() -> None:
    made = preview(row(gtin13(1), "Kopi", ""), row(gtin13(1), "Kopi", 2500))
    assert [line.status for line in made.rows] == [RowStatus.REFUSED, RowStatus.NEW]


def test_two_goods_without_a_code_cannot_share_a_name() -> None:
    made = preview(row("", "Kerupuk", 2500), row("", "kerupuk ", 3000), row(gtin13(1), "Kerupuk", 3000))
    assert [line.status for line in made.rows] == [RowStatus.NEW, RowStatus.REFUSED, RowStatus.NEW]
    assert (codes(made.rows[1]), made.rows[1].reasons[0].fields["first"]) == ([ReasonCode.NAME_REPEATED], 2)


def test_a_row_that_slipped_at_a_stray_comma_is_refused() -> None:
    made = preview((*row(gtin13(1), "Mi 1", "5 liter"), "10"), row(gtin13(2)), row(gtin13(3)))
    assert ReasonCode.ROW_SHIFTED in codes(made.rows[0])
    assert [line.status for line in made.rows[1:]] == [RowStatus.NEW, RowStatus.NEW]


def test_columns_that_only_lack_a_name_slip_nothing() -> None:
    made = preview(*((*row(gtin13(number), f"Barang {number}"), "catatan") for number in range(4)))
    assert made.counts.new == 4


# known


def test_a_code_that_the_shop_knows_renews_its_product() -> None:
    made = verdict(upc(7)[1:], "Mi goreng", known={match_key(upc(7)): "a" * 32})
    assert (made.status, made.product_uid, made.reasons) == (RowStatus.UPDATE, "a" * 32, ())


def test_two_rows_never_renew_one_product() -> None:
    known = {match_key(gtin13(1)): "a" * 32, match_key(gtin13(2)): "a" * 32}
    made = preview(row(gtin13(1), "Kopi"), row(gtin13(2), "Kopi dus"), known=known)
    assert [line.status for line in made.rows] == [RowStatus.UPDATE, RowStatus.REFUSED]
    assert codes(made.rows[1]) == [ReasonCode.PRODUCT_REPEATED]


def test_a_known_invented_code_renews_without_a_second_doubt() -> None:
    made = verdict("", code="a12", known={"A12": "b" * 32})
    assert (made.status, made.product_uid) == (RowStatus.UPDATE, "b" * 32)


# taken, to be looked at


@pytest.mark.parametrize(
    ("barcode", "code", "reason"),
    [
        ("", "001", ReasonCode.CODE_INVENTED),
        ("xxxx", "", ReasonCode.CODE_INVENTED),
        ("5fa9431a1deec", "", ReasonCode.CODE_INVENTED),
        ("8998866200326", "", ReasonCode.CODE_CHECK_DIGIT),
        ("89966001350522", "", ReasonCode.CODE_CHECK_DIGIT),
        ("8,99887E+12", "", ReasonCode.CODE_LOST),
    ],
)
def test_a_doubtful_code_is_kept_and_flagged(barcode: str, code: str, reason: ReasonCode) -> None:
    made = verdict(barcode, code=code)
    assert (made.status, codes(made), draft_of(made).flags) == (RowStatus.REVIEW, [reason], (reason.value,))
    assert draft_of(made).codes == (() if reason is ReasonCode.CODE_LOST else (barcode or code,))


def test_lost_codes_do_not_repeat_each_other() -> None:
    made = preview(row("8,99887E+12", "Kopi"), row("8,99887E+12", "Teh"))
    assert made.counts.review == 2


def test_a_shops_own_number_beside_a_good_barcode_is_no_doubt() -> None:
    made = verdict(gtin13(1), code="BRG-001")
    assert (made.status, draft_of(made).codes) == (RowStatus.NEW, (gtin13(1), "BRG-001"))


def test_a_code_of_a_whole_shelf_beside_barcodes_holds_no_row_up() -> None:
    made = preview(
        row(gtin13(1), "Kopi", code="K01"), row(gtin13(2), "Teh", code="K01"), row(gtin13(3), "Susu", code="K02"), known={"K02": "c" * 32}
    )
    assert [line.status for line in made.rows] == [RowStatus.NEW] * 3
    assert [draft.codes for draft, _ in made.takeable()] == [(gtin13(1), "K01"), (gtin13(2),), (gtin13(3),)]


def test_an_in_shop_code_and_a_barcode_in_the_code_column_are_good() -> None:
    assert verdict("2900000000018").status is RowStatus.NEW
    assert draft_of(verdict("", code=gtin13(5))).codes == (gtin13(5),)


def test_a_price_below_the_smallest_coin_is_looked_at() -> None:
    assert codes(verdict(gtin13(1), "Kopi", 12)) == [ReasonCode.PRICE_LOW]


def test_a_name_that_is_a_barcode_is_looked_at() -> None:
    assert codes(verdict(gtin13(1), gtin13(1))) == [ReasonCode.NAME_IS_CODE]


# warnings


@pytest.mark.parametrize(
    ("wholesale", "kept", "reason"),
    [
        ("3300", 3300, []),
        ("", None, []),
        ("0", None, []),
        ("3500", None, [ReasonCode.WHOLESALE_NOT_LOWER]),
        ("4000", None, [ReasonCode.WHOLESALE_NOT_LOWER]),
        ("1", None, [ReasonCode.WHOLESALE_UNLIKELY]),
        ("1749", None, [ReasonCode.WHOLESALE_UNLIKELY]),
        ("1750", 1750, []),
        ("3,300", None, [ReasonCode.WHOLESALE_UNCLEAR]),
    ],
)
def test_a_wholesale_price_counts_only_when_it_is_lower_and_likely(wholesale: str, kept: int | None, reason: list[ReasonCode]) -> None:
    made = verdict(gtin13(1), "Kopi", 3500, wholesale=wholesale)
    assert (made.status, draft_of(made).wholesale, codes(made)) == (RowStatus.NEW, kept, reason)


def test_the_quantity_of_the_wholesale_price_is_handed_in() -> None:
    assert draft_of(verdict(gtin13(1), "Kopi", 3500, wholesale=3300, rules=JudgeRules(wholesale_from=6))).wholesale_from == 6


@pytest.mark.parametrize(
    ("cost", "kept", "reason"),
    [
        ("2900", 2900, []),
        ("4000", 4000, [ReasonCode.COST_ABOVE_PRICE]),
        ("1", None, [ReasonCode.COST_UNLIKELY]),
        ("2,900", None, [ReasonCode.COST_UNCLEAR]),
        ("-5", None, [ReasonCode.COST_UNCLEAR]),
        ("0", None, []),
    ],
)
def test_a_doubtful_cost_is_a_remark_and_no_refusal(cost: str, kept: int | None, reason: list[ReasonCode]) -> None:
    made = verdict(gtin13(1), "Kopi", 3500, cost=cost)
    assert (made.status, draft_of(made).cost, codes(made), draft_of(made).flags) == (RowStatus.NEW, kept, reason, ())


def test_negative_stock_of_another_program_is_left_out() -> None:
    made = verdict(gtin13(1), stock="-4")
    assert (made.status, draft_of(made).stock, codes(made)) == (RowStatus.NEW, None, [ReasonCode.STOCK_NEGATIVE])


def test_a_name_longer_than_a_receipt_bears_is_cut() -> None:
    made = verdict(gtin13(1), "kopi " * 60)
    assert len(draft_of(made).name) <= 120
    assert codes(made) == [ReasonCode.NAME_SHORTENED]


# the list


def test_a_real_shops_list_is_taken_but_for_its_blanks() -> None:
    made = preview(*shop_list(600))
    assert made.counts.total == 601
    assert made.counts.refused == sum(1 for line in made.rows if codes(line) == [ReasonCode.PRICE_MISSING]) == 55
    assert made.counts.review == sum(1 for line in made.rows if line.draft and line.draft.flags) > 20
    assert made.counts.taken == len(made.takeable()) == made.counts.new + made.counts.review
    assert made.counts.update == 0


def test_taking_the_same_list_again_renews_all_of_it() -> None:
    first = preview(*shop_list(120))
    known = {match_key(code): f"{index:032x}" for index, (draft, _) in enumerate(first.takeable()) for code in draft.codes}
    again = preview(*shop_list(120), known=known)
    assert (again.counts.update, again.counts.new, again.counts.review) == (first.counts.taken, 0, 0)
    assert [draft for draft, _ in again.takeable()] == [draft for draft, _ in first.takeable()]


def test_blank_rows_and_repeated_headers_are_passed_over_but_counted() -> None:
    made = preview(row(gtin13(1)), ("", "  ", "", "", "", "", "", "", ""), HEADER, row(gtin13(2), "Teh"))
    assert [line.number for line in made.rows] == [2, 5]


any_cell = st.one_of(
    st.text(max_size=12), st.integers(-10_000, 10**14).map(str), st.sampled_from(["-", "12,500", "Rp 2.000", "=1+1", "xxxx"])
)


@given(st.lists(st.tuples(*[any_cell] * len(HEADER)), min_size=1, max_size=25))
def test_whatever_stands_in_the_cells_a_taken_row_can_be_sold(rows: list[tuple[str, ...]]) -> None:
    cells = (HEADER, row(gtin13(1), "Pasti ada"), *rows)
    made = judge_sheet(RawSheet("x.csv", SheetKind.CSV, (SheetPage("", tuple(tuple(map(str, line)) for line in cells)),)))
    assert made is not None
    taken = made.takeable()
    keys = [match_key(code) for draft, _ in taken for code in draft.codes]
    assert len(set(keys)) == len(keys)
    for draft, _ in taken:
        assert draft.name
        assert 0 < draft.retail <= 100_000_000
        assert draft.wholesale is None or 0 < draft.wholesale < draft.retail
        assert draft.stock is None or draft.stock >= 0
        product_from_draft(draft, CountingIds())
    for line in made.rows:
        assert (line.draft is None) == (line.status is RowStatus.REFUSED) == any(r.severity is Severity.REFUSE for r in line.reasons)
