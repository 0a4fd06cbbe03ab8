"""What the central takes for a request's body, and how long it waits for one."""

from __future__ import annotations

import anyio
import pytest
from fastapi import Request
from starlette.types import Message

from central.problems import ProblemCode, Refusal
from central.web.bodies import MAX_PACKED, read_body


def request(*pieces: bytes, ends: bool = True) -> Request:
    """A request whose body comes in pieces, and then is whole or never ends."""
    left = list(pieces)

    async def receive() -> Message:
        if not left and not ends:
            await anyio.sleep_forever()
        return {"type": "http.request", "body": left.pop(0) if left else b"", "more_body": bool(left) or not ends}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


def test_a_body_in_pieces_is_read_whole() -> None:
    assert anyio.run(read_body, request(b"{", b"}")) == b"{}"


@pytest.mark.parametrize("pieces", [(), (b"{",)])
def test_who_never_ends_a_request_is_not_waited_for(pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        anyio.run(read_body, request(*pieces, ends=False), 0.05)
    assert refused.value.code is ProblemCode.UNREADABLE


def test_a_body_without_end_is_cut_off() -> None:
    with pytest.raises(Refusal) as refused:
        anyio.run(read_body, request(*[b"x" * MAX_PACKED] * 2))
    assert refused.value.code is ProblemCode.BODY_TOO_LARGE
