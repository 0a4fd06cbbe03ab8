"""What the till's client makes of what it meets on the line: a busy server, portals, redirects, broken packing, silence."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.sync import protocol as wire
from pos.sync.central import SnapshotNeeded
from pos.sync.client import DEVICE_KEY, REFRESH_TOKEN, CentralClient
from pos.sync.clock import EARLIEST
from pos.sync.transport import Timeouts, checked_address
from tests.helpers.scripted_server import ScriptedServer, http
from tests.helpers.tills import HandClock, MemorySecrets, SeededIds

KEY = wire.b64(bytes(range(32)))
TOKEN = http("200 OK", wire.encode(wire.TokenAnswer(access_token="access-1", access_expires_in=3600, server_time=1)))
REQUEST = wire.SyncRequest(protocol=1, cursor="")
ANSWER = wire.SyncAnswer(
    results=(),
    acked_seq=0,
    chain_hash=wire.GENESIS,
    head_signature="",
    changes=(),
    cursor="t.0-0.0",
    more=False,
    timeline="t",
    server_time=1,
    next_sync_in=60_000,
)
Opens = Callable[..., tuple[CentralClient, ScriptedServer]]


def problem(status: str, code: str, **headers: str) -> bytes:
    return http(status, wire.encode(wire.Problem(code=code, title="", status=int(status.split()[0]))), **headers)


@pytest.fixture
def opened() -> Iterator[Opens]:
    """Opens a client on a scripted server; the first answer of the script is to its question for an access token."""
    made: list[tuple[CentralClient, ScriptedServer]] = []

    def begin(*answers: bytes, clock: HandClock | None = None, timeouts: Timeouts | None = None) -> tuple[CentralClient, ScriptedServer]:
        secrets = MemorySecrets()
        secrets.set(DEVICE_KEY, KEY)
        secrets.set(REFRESH_TOKEN, "refresh-1")
        server = ScriptedServer(*answers)
        client = CentralClient(server.url, secrets, clock or HandClock(), SeededIds("client"), "epeken-pos test", timeouts)
        made.append((client, server))
        return made[-1]

    yield begin
    for client, server in made:
        client.close()
        server.close()


def refused(client: CentralClient) -> ShopError:
    with pytest.raises(ShopError) as told:
        client.sync(REQUEST)
    return told.value


def test_an_answer_is_read_and_the_request_was_proven(opened: Opens) -> None:
    client, server = opened(TOKEN, http("200 OK", wire.encode(ANSWER)))
    assert client.sync(REQUEST) == ANSWER
    head = server.requests[1].decode(errors="replace").lower()
    assert "authorization: dpop access-1" in head
    assert "\r\ndpop: ey" in head


def test_a_packed_answer_is_unpacked(opened: Opens) -> None:
    client, _ = opened(TOKEN, http("200 OK", gzip.compress(wire.encode(ANSWER)), Content_Encoding="gzip"))
    assert client.sync(REQUEST) == ANSWER


def test_the_servers_nonce_is_put_into_the_proof_and_the_request_goes_again(opened: Opens) -> None:
    client, server = opened(TOKEN, problem("401 Unauthorized", "use_dpop_nonce", DPoP_Nonce="n1"), http("200 OK", wire.encode(ANSWER)))
    assert client.sync(REQUEST) == ANSWER
    assert len(server.requests) == 3


def test_an_access_token_that_was_ended_early_is_fetched_anew_once(opened: Opens) -> None:
    client, server = opened(
        TOKEN, http("200 OK", wire.encode(ANSWER)), problem("401 Unauthorized", "token_expired"), TOKEN, http("200 OK", wire.encode(ANSWER))
    )
    client.sync(REQUEST)
    assert client.sync(REQUEST) == ANSWER
    assert len(server.requests) == 5


@pytest.mark.parametrize("status", ["503 Service Unavailable", "429 Too Many Requests"])
def test_a_busy_server_names_its_time(opened: Opens, status: str) -> None:
    client, server = opened(TOKEN, problem(status, "busy", Retry_After="120"))
    told = refused(client)
    assert told.fields["retry_after"] == 120
    assert told.code in (ErrorCode.CENTRAL_UNREADABLE, ErrorCode.CENTRAL_REFUSED)
    assert len(server.requests) == 2


def test_a_date_to_come_back_at_is_measured_by_the_servers_own_clock(opened: Opens) -> None:
    times = {"Date": "Wed, 25 Nov 2026 08:00:00 GMT", "Retry_After": "Wed, 25 Nov 2026 08:01:30 GMT"}
    client, _ = opened(TOKEN, problem("503 Service Unavailable", "busy", **times))
    assert refused(client).fields["retry_after"] == 90


def test_a_time_that_cannot_be_read_is_none(opened: Opens) -> None:
    client, _ = opened(TOKEN, problem("503 Service Unavailable", "busy", Retry_After="soon"))
    assert "retry_after" not in refused(client).fields


def test_a_login_page_that_says_200_is_no_answer(opened: Opens) -> None:
    client, _ = opened(TOKEN, http("200 OK", b"<html>Masuk dulu</html>", Content_Type="text/html"))
    assert refused(client).code is ErrorCode.CENTRAL_UNREADABLE


def test_a_login_page_in_the_way_of_the_token_is_none_either(opened: Opens) -> None:
    client, _ = opened(http("200 OK", b"<html>Masuk dulu</html>"))
    assert refused(client).code is ErrorCode.CENTRAL_UNREADABLE


def test_a_redirect_is_not_followed(opened: Opens) -> None:
    client, server = opened(TOKEN, http("302 Found", Location="http://login.invalid/"))
    told = refused(client)
    assert (told.code, told.fields["status"]) == (ErrorCode.CENTRAL_UNREADABLE, 302)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("answer", "code", "reason"),
    [
        (http("200 OK", b"no gzip at all", Content_Encoding="gzip"), ErrorCode.CENTRAL_UNREADABLE, "packing"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", ErrorCode.CENTRAL_UNREADABLE, "no_http"),
        (http("200 OK", wire.encode(ANSWER)[:40]), ErrorCode.CENTRAL_UNREADABLE, "no_message"),
        (http("500 Internal Server Error", b"oops"), ErrorCode.CENTRAL_UNREADABLE, ""),
        (problem("500 Internal Server Error", "internal"), ErrorCode.CENTRAL_UNREADABLE, "internal"),
        (problem("400 Bad Request", "batch_broken"), ErrorCode.CENTRAL_REFUSED, "batch_broken"),
        (problem("403 Forbidden", "device_revoked"), ErrorCode.DEVICE_REVOKED, "device_revoked"),
        (problem("426 Upgrade Required", "program_too_old"), ErrorCode.PROGRAM_TOO_OLD, "program_too_old"),
    ],
)
def test_each_answer_that_is_none_has_its_word(opened: Opens, answer: bytes, code: ErrorCode, reason: str) -> None:
    client, _ = opened(TOKEN, answer)
    told = refused(client)
    assert (told.code, told.fields["reason"]) == (code, reason)


def test_a_cursor_that_is_too_old_is_no_failure(opened: Opens) -> None:
    client, _ = opened(TOKEN, problem("410 Gone", "cursor_too_old"))
    with pytest.raises(SnapshotNeeded):
        client.sync(REQUEST)


def test_a_410_of_somebody_else_is_not_the_servers_word(opened: Opens) -> None:
    client, _ = opened(TOKEN, http("410 Gone", b"nothing here"))
    assert refused(client).code is ErrorCode.CENTRAL_UNREADABLE


def test_a_line_that_ends_in_the_middle_of_an_answer_is_no_line(opened: Opens) -> None:
    client, server = opened(TOKEN, http("200 OK", wire.encode(ANSWER))[:-9])
    assert refused(client).code is ErrorCode.NO_LINE
    assert not server.script


def test_a_server_that_says_nothing_is_waited_for_only_so_long(opened: Opens) -> None:
    client, _ = opened(TOKEN, b"", b"", timeouts=Timeouts(connect=0.5, read=0.1, whole=1.0))
    assert refused(client).code is ErrorCode.NO_LINE


def test_an_answer_without_end_is_cut_off(opened: Opens) -> None:
    bomb = gzip.compress(b" " * 17 * 1024 * 1024)
    client, _ = opened(TOKEN, http("200 OK", bomb, Content_Encoding="gzip"))
    told = refused(client)
    assert (told.code, told.fields["reason"]) == (ErrorCode.CENTRAL_UNREADABLE, "too_long")


def test_a_till_without_keys_is_not_paired(opened: Opens) -> None:
    client, server = opened(TOKEN)
    client._secrets.delete(REFRESH_TOKEN)
    assert refused(client).code is ErrorCode.NOT_PAIRED
    assert server.requests == []


@pytest.mark.parametrize("url", ["", "epeken", "ftp://x.test", "https://", "https://u@x.test", "https://x.test/?a=1", "http://[x"])
def test_what_is_no_web_address_is_said_before_anything_is_sent(url: str) -> None:
    with pytest.raises(ShopError) as told:
        checked_address(url)
    assert told.value.code is ErrorCode.CENTRAL_UNREADABLE


def test_addresses_may_end_in_a_slash_and_only_this_machine_may_be_spoken_to_in_the_open() -> None:
    assert checked_address(" https://epeken.surabaya.go.id/ ") == "https://epeken.surabaya.go.id"
    assert checked_address("http://127.0.0.1:8080") == "http://127.0.0.1:8080"
    with pytest.raises(ShopError) as told:
        checked_address("http://192.168.1.5:8080")
    assert told.value.code is ErrorCode.TLS_FAILED


@pytest.mark.parametrize(("now", "code"), [(EARLIEST + 1, ErrorCode.TLS_FAILED), (86_400_000, ErrorCode.CLOCK_WRONG)])
def test_a_broken_tls_with_an_absurd_clock_is_the_clocks_fault(now: int, code: ErrorCode) -> None:
    server = ScriptedServer(greets=b"this is no TLS")
    secrets = MemorySecrets()
    secrets.set(DEVICE_KEY, KEY)
    secrets.set(REFRESH_TOKEN, "refresh-1")
    client = CentralClient(server.url.replace("http://", "https://"), secrets, HandClock(now), SeededIds("c"))
    with pytest.raises(ShopError) as told:
        client.sync(REQUEST)
    assert told.value.code is code
    client.close()
    server.close()
