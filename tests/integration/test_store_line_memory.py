"""What the line writes down: keys, countersignatures, what was set aside, edits that met, a fresh reading's shadow, what is told back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.cash_session import CashSession
from pos.domain.chain import countersigned_text
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.marks import MARKS
from pos.domain.product import Price, PriceKind
from pos.domain.sale import Payment, Sale, SaleLine, Tender
from pos.domain.stock import MovementReason, StockMovement
from pos.local_db.store import SqliteStore
from pos.services import line as line_verbs
from pos.services.line_views import GONE, OTHER, SAME, Countersigned, ServerKeyRow, ShadowRow
from pos.services.ports import AuditEntry, NewOperation, Till
from pos.sync import protocol as wire
from pos.sync.encoding import product_to_wire
from tests.helpers.shops import KOPI, MI, MORNING, SABUN, SHELF, TELUR, goods, open_market, open_till, sell
from tests.integration.test_store_orders import order, put

INDOMIE = "089686010947"


def tell(till: Till, *names: str) -> None:
    with till.store.begin() as work:
        work.tell([NewOperation(name * 32, "weather@1", MORNING, f'{{"{name}":1}}'.encode()) for name in names])
        work.commit()


def waiting(till: Till) -> list[str]:
    return [item.id[0] for item in till.store.read.waiting_operations(99) if item.kind.startswith("weather")]


def server_marks(till: Till) -> int:
    """As the server sums them up."""
    whole = till.store.read.known_products([item.uid for item, _ in SHELF])
    return sum(wire.product_marks(product_to_wire(item)) for item in whole.values()) % wire.PRICE_MARKS


def test_the_sum_of_price_marks_is_the_servers_and_follows_each_change(tmp_path: Path) -> None:
    assert MARKS == wire.PRICE_MARKS
    with open_market(tmp_path) as till:
        before = till.store.read.price_marks()
        assert before == server_marks(till) > 0
        unit = replace(MI.units[0], prices=(*MI.units[0].prices, Price(PriceKind.GROUP, 3_000, group="agen")))
        for changed in (replace(MI, units=(unit,)), replace(MI, deleted=True), MI):
            with till.store.begin() as work:
                work.put_products([changed])
                work.commit()
            assert till.store.read.price_marks() == server_marks(till)
        assert till.store.read.price_marks() == before
        assert till.store.read.check() == []


def test_whole_products_come_by_the_dozen_as_they_come_one_by_one(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        many = [goods(f"Barang {number}", 1_000 + number, f"{number:08d}") for number in range(120)]
        with till.store.begin() as work:
            work.put_products(many)
            work.commit()
        uids = [item.uid for item in many] + [TELUR.uid, "no such"]
        found = till.store.read.known_products(uids)
        assert list(found.values()) == [till.store.read.product(uid) for uid in found]
        assert set(found) == set(uids) - {"no such"}
        assert till.store.read.local_parts([MI.uid, "x"]) == {MI.uid: (MI.cost_total, MI.cost_quantity, False, "")}


def test_the_newest_signature_of_an_epoch_is_kept_and_the_check_knows_a_chain_that_is_another(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        tell(till, "a", "b")
        row = till.store.read.waiting_operations(99)[-1]
        device, key = "d" * 32, Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        good = key.sign(wire.head_text(device, row.epoch, row.seq, row.chain_hash))
        assert wire.head_text(device, row.epoch, row.seq, row.chain_hash) == countersigned_text(device, row.epoch, row.seq, row.chain_hash)

        def kept(head: str, signature: bytes) -> list[str]:
            with till.store.begin() as work:
                work.put_server_keys([ServerKeyRow("K2B7", wire.b64(key.public_key().public_bytes_raw()))])
                work.countersign(Countersigned(row.epoch, device, row.seq, head, wire.b64(signature), "K2B7", 2))
                work.commit()
            return till.store.read.check()

        assert kept(row.chain_hash, good) == []
        assert [(item.seq, item.key_id, item.at) for item in till.store.read.countersigned()] == [(row.seq, "K2B7", 2)]
        assert kept(row.chain_hash, good[::-1]) == ["countersigned"]
        assert kept("f" * 64, key.sign(wire.head_text(device, row.epoch, row.seq, "f" * 64))) == ["countersigned"]


def test_keys_of_the_server_are_known_by_their_names(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        assert till.store.read.server_keys() == {}
        with till.store.begin() as work:
            work.set_shop(server_key="first")
            work.put_server_keys([ServerKeyRow("K2B7", "second")])
            work.commit()
        assert till.store.read.server_keys() == {"": "first", "K2B7": "second"}


def test_an_operation_that_is_set_aside_leaves_a_chain_that_is_whole_and_comes_back_with_its_id(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        tell(till, "a", "b", "c")
        with till.store.begin() as work:
            work.set_operation_aside("b" * 32, "unreadable", 7, NewOperation("e" * 32, "set_aside@1", 7, b"{}"))
            work.commit()
        assert waiting(till) == ["a", "c"]
        assert [item.id[0] for item in till.store.read.waiting_operations(99)][-3:] == ["a", "e", "c"]
        (aside,) = till.store.read.set_aside()
        assert (aside.id, aside.kind, aside.code, aside.aside_at, aside.size) == ("b" * 32, "weather@1", "unreadable", 7, 7)
        assert till.store.read.line().aside == 1
        assert till.store.read.check() == []
        tell(till, "d")
        line_verbs.send_aside_again(till, "b" * 32)
        assert waiting(till) == ["a", "c", "d", "b"]
        assert till.store.read.set_aside() == []
        assert till.store.read.check() == []
        with pytest.raises(ShopError) as told:
            line_verbs.send_aside_again(till, "b" * 32)
        assert told.value.code is ErrorCode.ASIDE_GONE


def test_what_was_set_aside_can_be_taken_away_whole(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        tell(till, "a")
        with till.store.begin() as work:
            work.set_operation_aside("a" * 32, "unreadable", 7, NewOperation("e" * 32, "set_aside@1", 7, b"{}"))
            work.commit()
        told = line_verbs.aside_file(till, "a" * 32)
        assert b'"epeken-set-aside@1"' in told
        assert b'{\\"a\\":1}' in told
        with pytest.raises(ShopError):
            line_verbs.aside_file(till, "f" * 32)


def test_what_the_server_has_not_heard_keeps_a_till_from_being_let_go(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        line_verbs.refuse_while_unsent(till)
        tell(till, "a", "b")
        # nobody is there to tell it to: a shop that was never paired keeps its copies its own way
        line_verbs.refuse_while_unsent(till)
        with till.store.begin() as work:
            work.set_operation_aside("a" * 32, "unreadable", 7, NewOperation("e" * 32, "set_aside@1", 7, b"{}"))
            work.set_shop(device="d" * 32)
            work.commit()
        with pytest.raises(ShopError) as told:
            line_verbs.refuse_while_unsent(till)
        assert (told.value.code, told.value.fields["count"]) == (ErrorCode.STILL_UNSENT, 3)
        assert [(row.kind, row.count) for row in till.store.read.waiting_kinds()] == [("set_aside@1", 1), ("weather@1", 1)]


def test_what_an_owner_has_let_go_of_holds_nobody_until_the_next_sale(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        with till.store.begin() as work:
            work.set_shop(device="d" * 32)
            work.commit()
        tell(till, "a")
        line_verbs.let_go(till)
        line_verbs.refuse_while_unsent(till)
        found = line_verbs.unsent(till.store.read)
        assert (found.waiting, found.on_stick, found.holds) == (1, True, False)
        tell(till, "b")
        with pytest.raises(ShopError):
            line_verbs.refuse_while_unsent(till)


def test_a_trouble_that_was_seen_is_none_any_more_and_stays_in_the_list(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        tell(till, "a", "b")
        with till.store.begin() as work:
            work.acknowledge([("a" * 32, "quarantined", "unreadable"), ("b" * 32, "refused", "version_conflict")], 5)
            work.commit()
        for sign in "ab":
            line_verbs.see_problem(till, sign * 32)
        line = till.store.read.line()
        assert (line.refused, line.quarantined) == (0, 0)
        assert [row.state for row in till.store.read.outbox_problems()] == ["quarantined_seen"]
        with till.store.begin() as work:
            work.settle_quarantined("a" * 32, "booked")
            work.commit()
        assert till.store.read.outbox_problems() == []


def test_of_two_edits_that_met_the_shops_own_can_be_taken_and_is_told_again(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        unit = MI.units[0].uid
        field = f"price:{unit}:retail::1:0"
        with till.store.begin() as work:
            work.set_shop(device="d" * 32)
            work.put_edit_outcome(MI.uid, field, "a" * 32, "3500", "3400", 5, "d" * 32)
            work.put_edit_outcome(KOPI.uid, "name", "b" * 32, '"Kopi"', '"Kopi susu"', 6, "e" * 32)
            work.commit()
        waiting = till.store.read.line().waiting
        kopi, mi = till.store.read.edit_outcomes()
        line_verbs.settle_edit(till, kopi, shops=True)
        assert till.store.read.line().waiting == waiting, "what counts already is only seen"
        line_verbs.settle_edit(till, mi, shops=True)
        product = till.store.read.product(MI.uid)
        assert product is not None
        assert [price.amount for price in product.units[0].prices if price.min_quantity == 1] == [3400]
        assert till.store.read.line().waiting == waiting + 1
        assert till.store.read.edit_outcomes() == []


@pytest.mark.parametrize("field", ["price:gone:retail::1:0", "price:short", "uid", "colour", "barcodes:gone"])
def test_an_edit_of_what_is_no_more_is_said(tmp_path: Path, field: str) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.put_edit_outcome(MI.uid, field, "a" * 32, "1", "2", 5, "f" * 32)
            work.commit()
        with pytest.raises(ShopError) as told:
            line_verbs.settle_edit(till, till.store.read.edit_outcomes()[0], shops=False)
        assert told.value.code is ErrorCode.EDIT_GONE


def test_edits_that_met_are_shown_with_both_values_until_someone_has_seen_them(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.set_shop(device="d" * 32)
            work.put_edit_outcome(MI.uid, "name", "a" * 32, '"Mi goreng"', '"Mi gorenk"', 5, "d" * 32)
            work.put_edit_outcome(KOPI.uid, "min_stock", "b" * 32, "5", "9", 6, "e" * 32)
            work.commit()
        first, second = till.store.read.edit_outcomes()
        assert (first.name, first.field, first.kept, first.lost, first.ours_lost) == ("Kopi susu sachet", "min_stock", "5", "9", False)
        assert (second.field, second.ours_lost) == ("name", True)
        assert till.store.read.line().edits == 2
        line_verbs.see_edit(till, KOPI.uid, "min_stock")
        assert till.store.read.line().edits == 1
        # the same outcome told again is seen already, another one is not
        for operation, left in (("b" * 32, 1), ("c" * 32, 2)):
            with till.store.begin() as work:
                work.put_edit_outcome(KOPI.uid, "min_stock", operation, "6", "5", 7, "")
                work.commit()
            assert till.store.read.line().edits == left


def test_the_shadow_knows_what_is_other_what_is_gone_and_what_was_not_mentioned(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.shadow([ShadowRow(MI.uid, SAME, b""), ShadowRow(KOPI.uid, OTHER, b"{}"), ShadowRow(SABUN.uid, GONE, b"")], [])
            work.commit()
        read = till.store.read
        assert read.shadow_count() == 2
        assert {(row.uid, row.state) for row in read.shadow_products("", 9)} == {(KOPI.uid, OTHER), (SABUN.uid, GONE)}
        assert read.not_in_shadow("", 9) == [TELUR.uid]
        with till.store.begin() as work:
            assert work.drop_shadow(2) == 2
            assert work.drop_shadow(2) == 1
            assert work.drop_shadow(2) == 0
            work.commit()


def test_an_order_that_a_server_put_back_does_not_know_leaves_the_board_and_may_come_again(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, "accepted", 5), order(2, "accepted", 5))
        assert sorted(till.store.read.orders_not_in_shadow()) == sorted([order(1).uid, order(2).uid])
        with till.store.begin() as work:
            work.force_order(order(1, "placed", 2))
            work.forget_order(order(2).uid)
            work.commit()
        first, second = till.store.read.order(order(1).uid), till.store.read.order(order(2).uid)
        assert first is not None
        assert second is not None
        assert (first.status_text, first.version) == ("placed", 2)
        assert (second.status_text, second.flags) == ("cancelled", ("large", "forgotten"))
        put(till, order(2, "placed", 1))
        assert [item.uid for item in till.store.read.orders()] == [order(1).uid, order(2).uid]


def sale_told(number: int, session: str = "5" * 32) -> Sale:
    line = SaleLine(MI.uid, MI.units[0].uid, MI.name, "bungkus", 1, 2, 3_500, 0, 7_000)
    return Sale(f"{number:032x}", f"B1-{number}-AAAA", session, "Bu Sari", MORNING, (line,), (Payment(Tender.CASH, 7_000, 7_000),), 7_000)


def test_a_sale_that_is_told_back_is_a_fact_again_once_and_is_told_to_nobody(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        outbox = till.store.read.line().waiting
        with till.store.begin() as work:
            # its movement came down the feed before it
            work.add_movements([StockMovement(MI.uid, -2, MovementReason.SALE, f"{9:032x}", 0, MORNING)])
            assert work.add_known_sale(sale_told(9), -77, 9)
            assert not work.add_known_sale(sale_told(9), -77, 9)
            work.audit([AuditEntry(MORNING, "", "sale", f"{9:032x}", '{"total": 7000}')])
            work.commit()
        read = till.store.read
        assert read.on_hand(MI.uid) == 197
        assert read.line().waiting == outbox
        assert (read.sales("", 0, 9)[0].number, read.sales("", 0, 9)[0].synced) == ("B1-9-AAAA", True)
        assert read.missing_sales([f"{9:032x}", "x" * 32]) == ["x" * 32]
        assert read.check() == []
        assert sell(till, INDOMIE).number.startswith("A0-2-")


def test_drawers_that_are_told_back_count_what_they_had_and_at_most_one_is_open(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        with till.store.begin() as work:
            assert work.add_known_session(CashSession("5" * 32, "Bu Sari", MORNING, 100_000, 100_000))
            work.add_known_sale(sale_told(9), -77, 9)
            work.audit([AuditEntry(MORNING, "", "sale", f"{9:032x}", '{"total": 7000}')])
            assert work.open_drawer() == "5" * 32
            assert work.close_known_session("5" * 32, MORNING + 9, 106_000)
            assert not work.close_known_session("5" * 32, MORNING + 9, 106_000)
            assert work.open_drawer() == ""
            work.commit()
        assert till.store.read.check() == []
        assert isinstance(till.store, SqliteStore)


def test_a_till_that_has_left_knows_its_shop_and_sells_on(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.set_shop(uid="5" * 32, device="d" * 32, cursor="t.1.5", timeline="t")
            work.forget_pairing()
            work.commit()
        shop = till.store.read.shop()
        assert (shop.uid, shop.device, shop.timeline, till.store.read.position().cursor) == ("5" * 32, "", "", "")
        assert not till.store.read.line().paired
        sell(till, INDOMIE)
