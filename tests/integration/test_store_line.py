"""What waits for the line and for paper: kept in order, answered once, renumbered under a new epoch, and dropped when it has served."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.chain import GENESIS, operation_head, payload_hash
from pos.domain.printing import DocumentKind, NewPrintJob, PrintState
from pos.local_db.upkeep import DAY_MS, PAPER_DAYS, PAYLOAD_DAYS
from pos.services import paper
from pos.services.ports import AuditEntry, NewOperation, Till
from tests.helpers.shops import open_market, open_till, sell

INDOMIE = "089686010947"


def acknowledge(till: Till, *results: tuple[str, str, str], at: int = 5) -> None:
    with till.store.begin() as work:
        work.acknowledge(results, at)
        work.commit()


def test_operations_wait_in_order_and_their_chain_is_the_wires(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sales = [sell(till, INDOMIE) for _ in range(3)]
        read = till.store.read
        waiting = read.waiting_operations(100)
        assert [item.seq for item in waiting] == list(range(1, len(waiting) + 1))
        assert [item.id for item in waiting[-3:]] == [sale.uid for sale in sales]
        head = GENESIS
        for item in waiting:
            head = operation_head(head, item.id, item.seq, item.kind, item.at, payload_hash(item.payload))
            assert item.chain_hash == head
        position = read.position()
        assert (position.epoch, position.last_seq, position.last_hash) == (0, len(waiting), head)
        assert (position.acked_seq, position.acked_hash, position.cursor, position.timeline) == (0, GENESIS, "", "")
        assert read.waiting_operations(2) == waiting[:2]


def test_an_answer_counts_once_and_what_was_not_taken_is_seen(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        read = till.store.read
        first, second, third, *rest = read.waiting_operations(100)
        acknowledge(till, (first.id, "applied", ""), (second.id, "quarantined", "unreadable"), (third.id, "refused", "version"))
        acknowledge(till, (first.id, "refused", "late"), ("unknown", "applied", ""))
        assert [(row.id, row.state, row.code) for row in read.outbox_problems()][:2] == [
            (second.id, "quarantined", "unreadable"),
            (third.id, "refused", "version"),
        ]
        assert [row.id for row in read.outbox_problems()][2:] == [item.id for item in rest]
        assert len(read.outbox_problems(1)) == 1
        line = read.line()
        assert (line.waiting, line.refused, line.quarantined, line.oldest_waiting_at) == (len(rest), 1, 1, rest[0].at)
        assert read.check() == []


def test_pairing_renumbers_what_waits_and_changes_no_id(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        before = till.store.read.waiting_operations(100)
        acknowledge(till, (before[0].id, "applied", ""))
        with till.store.begin() as work:
            work.set_shop(uid="s" * 32, name="Toko Sinar", device="d" * 32, prefix="B", timeline="t1", paired_at=7)
            work.start_epoch(3)
            work.commit()
        read = till.store.read
        after = read.waiting_operations(100)
        assert [(item.id, item.payload) for item in after] == [(item.id, item.payload) for item in before[1:]]
        assert [(item.epoch, item.seq) for item in after] == [(3, seq) for seq in range(1, len(before))]
        assert (read.shop().prefix, read.shop().epoch, read.line().paired) == ("B", 3, True)
        assert sell(till, INDOMIE).number.startswith("B3-1-")
        assert read.position().last_seq == len(before)
        assert read.check() == []
    with open_till(tmp_path) as till:
        assert sell(till, INDOMIE).number.startswith("B3-2-")
        assert till.store.read.check() == []


def test_a_till_that_is_paired_anew_counts_its_epochs_from_the_start_and_keeps_what_it_told_before(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for epoch in (1, 2):
            with till.store.begin() as work:
                work.start_epoch(epoch)
                work.tell([NewOperation(f"{epoch:x}" * 32, "sale@1", 1, b"{}")])
                work.commit()
            acknowledge(till, *((item.id, "applied", "") for item in till.store.read.waiting_operations(100)))
        with till.store.begin() as work:
            work.tell([NewOperation("e" * 32, "sale@1", 1, b"{}")])
            work.start_epoch(1)
            work.commit()
        assert [(item.epoch, item.seq, item.id) for item in till.store.read.waiting_operations(9)] == [(1, 1, "e" * 32)]
        assert till.store.read.position().last_seq == 1
        assert till.store.read.check() == []


def test_a_renumbered_operation_leaves_a_gap_only_where_it_was(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for _ in range(4):
            sell(till, INDOMIE)
        read = till.store.read
        told = read.waiting_operations(100)
        acknowledge(till, *((item.id, "applied", "") for item in told if item is not told[3]))
        with till.store.begin() as work:
            work.start_epoch(1)
            work.commit()
        assert [item.id for item in read.waiting_operations(9)] == [told[3].id]
        assert read.check() == []


def test_the_shop_remembers_only_what_it_has_words_for(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.set_shop(name="Toko Sinar Jaya", cashier="Bu Sari", cap_amount=30_000_000, cap_used=9, digest_ok=0, last_success_at=3)
            work.set_setting("set_up", "1")
            work.set_setting("set_up", "2")
            work.commit()
        read = till.store.read
        assert (read.shop().name, read.shop().cashier) == ("Toko Sinar Jaya", "Bu Sari")
        line = read.line()
        assert (line.cap_amount, line.cap_used, line.digest_ok, line.last_success_at) == (30_000_000, 9, False, 3)
        assert (read.setting("set_up"), read.setting("no such")) == ("2", None)
        for wrong in ({}, {"id": 2}, {"nama": "x"}):
            with pytest.raises(ValueError, match="shop"), till.store.begin() as work:
                work.set_shop(**wrong)


def test_a_double_click_on_print_is_one_job(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sale = sell(till, INDOMIE)
        job = NewPrintJob(DocumentKind.RECEIPT, sale.uid, 0, "kasir", b"lain")
        with till.store.begin() as work:
            work.queue_print([job, job, replace(job, copy=1)])
            work.commit()
        jobs = [item for item in till.store.read.print_jobs_of(sale.uid) if item.kind is DocumentKind.RECEIPT]
        assert [(item.copy, item.data) for item in jobs] == [(0, f"struk {sale.number} 3500 copy 0".encode()), (1, b"lain")]
        assert paper.reprint(till, sale.uid) == 2


def test_jobs_are_open_until_somebody_knows_how_they_ended(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for _ in range(4):
            sell(till, INDOMIE)
        read = till.store.read
        opened = read.open_print_jobs()
        assert [job.id for job in opened] == sorted(job.id for job in opened)
        ends = [PrintState.SENDING, PrintState.SENT, PrintState.FAILED, PrintState.UNKNOWN, PrintState.CONFIRMED, PrintState.EXPIRED]
        with till.store.begin() as work:
            for job, state in zip(opened, ends, strict=False):
                work.set_print_state(job.id, state, 77, "x" * 900, attempted=True)
            work.commit()
        left = {job.id: job for job in read.open_print_jobs()}
        assert [left[job.id].state for job in opened if job.id in left] == [
            PrintState.SENDING,
            PrintState.FAILED,
            PrintState.UNKNOWN,
            PrintState.QUEUED,
            PrintState.QUEUED,
        ]
        all_jobs = {job.id: job for job in read.print_jobs()}
        sent = all_jobs[opened[1].id]
        assert (sent.sent_at, sent.attempts, len(sent.evidence)) == (77, 1, 500)
        assert all_jobs[opened[2].id].sent_at is None
        assert [job.id for job in read.print_jobs(2)] == [opened[-1].id, opened[-2].id]


def test_bytes_that_have_served_are_dropped_and_everything_still_adds_up(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        old = sell(till, INDOMIE)
        unsent = sell(till, INDOMIE)
        doubtful = sell(till, INDOMIE)
        with till.store.begin() as work:
            for job in till.store.read.open_print_jobs():
                work.set_print_state(job.id, PrintState.UNKNOWN if job.document == doubtful.uid else PrintState.SENT, 1, "")
            work.acknowledge([(item.id, "applied", "") for item in till.store.read.waiting_operations(99) if item.id != unsent.uid], 1)
            work.commit()
        till.clock.pass_ms((max(PAPER_DAYS, PAYLOAD_DAYS) + 1) * DAY_MS)  # type: ignore[attr-defined]
        new = sell(till, INDOMIE)
        till.store.tidy()  # type: ignore[attr-defined]
        read = till.store.read
        assert {job.data for job in read.print_jobs_of(old.uid)} == {b""}
        assert b"" not in {job.data for job in (*read.print_jobs_of(doubtful.uid), *read.print_jobs_of(new.uid))}
        assert [(item.id, bool(item.payload)) for item in read.waiting_operations(9)] == [(unsent.uid, True), (new.uid, True)]
        payloads = dict(read._rows("SELECT id, payload FROM outbox"))  # type: ignore[attr-defined]
        assert payloads[old.uid] == b""
        assert payloads[doubtful.uid]  # behind one that still waits
        assert read.sales("", 0, 9)[-1].synced
        assert read.check() == []


def test_the_audit_log_goes_on_after_a_restart(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
    with open_till(tmp_path) as till:
        with till.store.begin() as work:
            work.audit([AuditEntry(1, "Bu Sari", "x", "y"), AuditEntry(2, "", "z", "", "{}")])
            work.commit()
        assert till.store.read.check() == []
