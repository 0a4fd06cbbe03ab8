"""What is sent of the outbox, and what an answer says of it."""

from __future__ import annotations

import msgspec
import pytest

from pos.services.line_views import LostStep
from pos.services.views import OutboxOperation, SyncPosition
from pos.sync import protocol as wire
from pos.sync.batch import fitting, read_results, to_wire

SALE = wire.OperationKind.SALE.value
COMMAND = wire.OperationKind.ORDER_COMMAND.value
POSITION = SyncPosition(1, 9, 0, "", "", "", "t1")


def operation(seq: int, kind: str = SALE, payload: bytes = b"{}", epoch: int = 1) -> OutboxOperation:
    return OutboxOperation(epoch, seq, f"{seq:032x}", kind, 1_800_000_000_000, payload, f"head {seq}")


def result(item: OutboxOperation, status: str, code: str = "") -> wire.OperationResult:
    return wire.OperationResult(id=item.id, status=status, code=code)


def test_a_batch_has_at_most_fifty_operations() -> None:
    assert [item.seq for item in fitting([operation(seq) for seq in range(1, 70)], 1)] == list(range(1, 51))


def test_a_batch_with_its_frame_fits_into_64_kilobytes() -> None:
    waiting = [operation(seq, payload=b'"' + b"x" * 8_000 + b'"') for seq in range(1, 20)]
    taken = fitting(waiting, 1)
    request = wire.SyncRequest(protocol=1, cursor="t1.feed.1", batch=to_wire(taken, POSITION))
    assert len(taken) == 7
    assert len(wire.encode(request)) <= wire.MAX_BATCH_BYTES


def test_one_operation_that_is_too_large_goes_alone_and_blocks_nothing() -> None:
    waiting = [operation(1, payload=b'"' + b"x" * 70_000 + b'"'), operation(2)]
    assert [item.seq for item in fitting(waiting, 1)] == [1]


def test_a_batch_ends_before_a_gap_and_before_another_epoch() -> None:
    assert [item.seq for item in fitting([operation(4), operation(5), operation(7)], 1)] == [4, 5]
    assert [item.seq for item in fitting([operation(4), operation(5, epoch=2)], 1)] == [4]


def test_nothing_that_waits_is_no_batch() -> None:
    assert to_wire((), POSITION) is None


def test_an_emptied_payload_is_still_readable_as_a_message() -> None:
    request = wire.SyncRequest(protocol=1, cursor="", batch=to_wire([operation(1, payload=b"")], POSITION))
    assert wire.decode(wire.encode(request), wire.SyncRequest).batch is not None


def test_applied_and_known_already_are_both_done() -> None:
    sent = [operation(1), operation(2)]
    told = read_results(sent, POSITION, [result(sent[0], "duplicate"), result(sent[1], "applied")])
    assert [item[1] for item in told.done] == ["applied", "applied"]
    assert (told.acked_seq, told.acked_hash, told.stuck) == (2, "head 2", False)


def test_quarantined_is_final_and_blocks_nothing_behind_it() -> None:
    sent = [operation(1), operation(2)]
    told = read_results(sent, POSITION, [result(sent[0], "quarantined", "unreadable"), result(sent[1], "applied")])
    assert told.done == ((sent[0].id, "quarantined", "unreadable"), (sent[1].id, "applied", ""))
    assert told.acked_seq == 2


def test_a_refused_step_frees_its_order() -> None:
    payload = wire.encode(wire.OrderCommandPayload(order="0" * 32, command="accept", expected_version=1))
    sent = [operation(1, COMMAND, payload)]
    told = read_results(sent, POSITION, [result(sent[0], "refused", "version")])
    assert told.done == ((sent[0].id, "refused", "version"),)
    assert told.lost_steps == (LostStep("0" * 32, "accept", "version"),)


@pytest.mark.parametrize(("kind", "state"), [(COMMAND, "refused"), (SALE, "quarantined")])
def test_a_refusal_whose_answer_was_lost_is_not_taken_for_applied(kind: str, state: str) -> None:
    payload = wire.encode(wire.OrderCommandPayload(order="0" * 32, command="accept", expected_version=1))
    sent = [operation(1, kind, payload)]
    assert read_results(sent, POSITION, [result(sent[0], "duplicate", "version")]).done == ((sent[0].id, state, "version"),)


@pytest.mark.parametrize("status", ["retry", "a word of next year"])
def test_what_has_no_final_result_waits_and_so_does_what_is_behind_it(status: str) -> None:
    sent = [operation(1), operation(2), operation(3)]
    told = read_results(sent, POSITION, [result(sent[0], "applied"), result(sent[1], status), result(sent[2], "applied")])
    assert [item[0] for item in told.done] == [sent[0].id]
    assert (told.acked_seq, told.acked_hash, told.stuck) == (1, "head 1", False)


def test_an_answer_without_results_moves_nothing() -> None:
    told = read_results([operation(1)], POSITION, [])
    assert (told.done, told.acked_seq, told.stuck) == ((), 0, True)


def test_results_of_strangers_are_passed_over_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    sent = [operation(1)]
    told = read_results(sent, POSITION, [result(operation(8), "applied"), result(sent[0], "applied")])
    assert [item[0] for item in told.done] == [sent[0].id]
    assert "not sent" in caplog.text


def test_an_unreadable_command_of_our_own_is_settled_all_the_same() -> None:
    sent = [operation(1, COMMAND, b"[1]")]
    told = read_results(sent, POSITION, [result(sent[0], "quarantined", "unreadable")])
    assert told.lost_steps == ()
    assert len(told.done) == 1


def test_the_batch_carries_the_payload_byte_for_byte() -> None:
    payload = b'{"total":3500,  "spaces":"stay"}'
    batch = to_wire([operation(1, payload=payload)], POSITION)
    assert batch is not None
    back = wire.decode(wire.encode(batch), wire.Batch)
    assert bytes(back.operations[0].payload) == payload
    assert back.prev_hash == wire.GENESIS
    assert isinstance(back.operations[0].payload, msgspec.Raw)
