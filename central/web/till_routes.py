"""The places of tills: pairing, tokens, the round trip, waiting, recovery, QRIS."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from central import enrolment, grants, qris, tokens
from central.problems import ProblemCode as P
from central.problems import Refusal
from central.shop_work import read_book
from central.sync.cursor import read_cursor
from central.sync.recovery import recover
from central.sync.round_trip import is_due, round_trip
from central.waiting import Waiter
from central.web import examples
from central.web.route import BODY, DEVICE, PROOF, Answer, Call, Parameter, Route, Who
from central.world import World
from pos.sync import protocol as wire

DEFAULT_WAIT_S: Final = 25


def _enrol(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return enrolment.enrol(world, connection, call.asked, call.message)


def _start(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return grants.start(world, connection, call.asked, call.message, call.place)


def _poll(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return grants.poll(world, connection, call.asked, call.message)


def _token(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return tokens.refresh(world, connection, call.asked, call.message)


def _sync(world: World, call: Call) -> Answer:
    request: wire.SyncRequest = call.message
    if request.batch is not None or request.handshake is not None:
        with world.database.write() as connection:
            return round_trip(world, connection, True, tokens.known_device(world, connection, call.asked), request)
    seen: list[tokens.Device] = []

    def look(connection: Connection, writes: bool) -> wire.SyncAnswer | Refusal:
        seen.append(tokens.known_device(world, connection, call.asked))
        return round_trip(world, connection, writes, seen[-1], request)

    told = world.database.look(look)
    tokens.note_visit(world, seen[-1])
    return told


def _wait(world: World, call: Call) -> Answer:
    """Who has nothing new yet is to wait; the door does that, without a thread."""
    most = world.settings.wait_s
    told = call.query.get("seconds", str(DEFAULT_WAIT_S))
    if not (told.isascii() and told.isdecimal() and 1 <= int(told[:6]) <= max(most, 1) and len(told) <= 6):
        raise Refusal(P.FIELD_INVALID, "seconds")
    beat = world.hub.beat
    with world.database.read() as connection:
        device = tokens.known_device(world, connection, call.asked)
        book = read_book(connection, device.shop)
    tokens.note_visit(world, device)
    cursor = read_cursor(call.query.get("cursor", ""), book)
    if cursor.too_old(book) or cursor.from_the_future(book) or cursor.seq != book.feed_seq or is_due(book, world.clock.now()):
        return wire.WaitAnswer(changed=True)
    return Waiter(device.shop, device.uid, cursor.seq, int(told), beat)


def _recover(world: World, call: Call) -> Answer:
    with world.database.read() as connection:
        return recover(world, connection, tokens.known_device(world, connection, call.asked), call.message)


def _qris(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return qris.issue(world, connection, tokens.known_device(world, connection, call.asked), call.message)


TILL_ROUTES: Final = (
    Route(
        "POST",
        "/v1/enrol",
        "enrol",
        "Make a key a device of a shop, by a one-time code",
        Who.DEVICE_KEY,
        wire.EnrolRequest,
        wire.EnrolAnswer,
        _enrol,
        examples.enrol_answer,
        examples.enrol_request,
        (*BODY, *PROOF, P.CODE_WRONG, P.CODE_USED, P.CODE_EXPIRED, P.TOO_MANY_TRIES, P.DEVICE_REVOKED),
    ),
    Route(
        "POST",
        "/v1/device/start",
        "device_start",
        "Ask for a code that an officer can approve (RFC 8628)",
        Who.DEVICE_KEY,
        wire.DeviceStart,
        wire.DeviceStarted,
        _start,
        examples.device_started,
        examples.device_start,
        (*BODY, *PROOF),
    ),
    Route(
        "POST",
        "/v1/device/poll",
        "device_poll",
        "Whether the officer has approved it (RFC 8628)",
        Who.DEVICE_KEY,
        wire.DevicePoll,
        wire.EnrolAnswer,
        _poll,
        examples.enrol_answer,
        examples.device_poll,
        (*BODY, *PROOF, P.AUTHORIZATION_PENDING, P.SLOW_DOWN, P.EXPIRED_TOKEN, P.ACCESS_DENIED, P.DEVICE_REVOKED),
    ),
    Route(
        "POST",
        "/v1/token",
        "token",
        "A new access token; the refresh token stays",
        Who.DEVICE_KEY,
        wire.TokenRequest,
        wire.TokenAnswer,
        _token,
        examples.token_answer,
        examples.token_request,
        (*BODY, *PROOF, P.TOKEN_WRONG, P.TOKEN_EXPIRED, P.DEVICE_REVOKED),
    ),
    Route(
        "POST",
        "/v1/sync",
        "sync",
        "Tell operations, be told changes",
        Who.DEVICE,
        wire.SyncRequest,
        wire.SyncAnswer,
        _sync,
        examples.sync_answer,
        examples.sync_request,
        (*BODY, *DEVICE, P.BATCH_BROKEN, P.CURSOR_TOO_OLD, P.PROGRAM_TOO_OLD),
    ),
    Route(
        "GET",
        "/v1/wait",
        "wait",
        "Wait until the shop's feed goes past a cursor",
        Who.DEVICE,
        None,
        wire.WaitAnswer,
        _wait,
        examples.wait_answer,
        problems=(*DEVICE, P.FIELD_INVALID),
        query=(
            Parameter("cursor", "query", {"type": "string"}, examples.sync_answer.cursor, required=False),
            Parameter("seconds", "query", {"type": "integer", "minimum": 1, "maximum": 60, "default": DEFAULT_WAIT_S}, 25, required=False),
        ),
    ),
    Route(
        "POST",
        "/v1/recovery",
        "recovery",
        "What this device, or this shop, has told before",
        Who.DEVICE,
        wire.RecoveryRequest,
        wire.RecoveryAnswer,
        _recover,
        examples.recovery_answer,
        examples.recovery_request,
        (*BODY, *DEVICE, P.FIELD_INVALID),
    ),
    Route(
        "POST",
        "/v1/qris",
        "qris",
        "Issue a QR for an amount; its state comes down the feed",
        Who.DEVICE,
        wire.IssueQris,
        wire.IssuedQris,
        _qris,
        examples.issued_qris,
        examples.issue_qris,
        (*BODY, *DEVICE, P.FIELD_INVALID, P.QRIS_NOT_OFFERED, P.ID_REUSED),
    ),
)
