"""A request's bytes and an answer's: sizes, gzip, JSON. The one place where a body is decoded."""

from __future__ import annotations

import gzip
import zlib
from typing import Any, Final

import anyio
import msgspec
from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from central.problems import ProblemCode, Refusal
from pos.sync.protocol import Wire, decode

MAX_PACKED: Final = 256 * 1024
"""Bytes of a body as it is sent."""
BODY_S: Final = 120.0
"""Seconds that a body may take: at 64 kbit/s the largest takes half a minute. Who sends a byte now and then holds nothing for ever."""
MAX_BODY: Final = 1024 * 1024
"""Bytes of a body unpacked: a batch has 64 KB, but a single operation may have more."""
GZIP_FROM: Final = 400
"""Bytes of an answer above which packing pays."""
_GZIP_WINDOW: Final = 31


async def read_body(request: Request, within_s: float = BODY_S) -> bytes:
    """The bytes as they came, never more than MAX_PACKED of them.

    Raises:
        Refusal: BODY_TOO_LARGE; UNREADABLE when the line broke, or they did not come within `within_s` seconds.
    """
    body = bytearray()
    try:
        with anyio.fail_after(within_s):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_PACKED:
                    raise Refusal(ProblemCode.BODY_TOO_LARGE)
    except (ClientDisconnect, TimeoutError) as error:
        raise Refusal(ProblemCode.UNREADABLE) from error
    return bytes(body)


def unpack(body: bytes, encoding: str) -> bytes:
    """The body without its packing, never more than MAX_BODY of it, however small it was packed.

    Raises:
        Refusal: ENCODING_UNKNOWN, BODY_TOO_LARGE, UNREADABLE.
    """
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise Refusal(ProblemCode.ENCODING_UNKNOWN)
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = unpacker.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise Refusal(ProblemCode.UNREADABLE, "gzip") from error
    if len(plain) > MAX_BODY:
        raise Refusal(ProblemCode.BODY_TOO_LARGE)
    if not unpacker.eof or unpacker.unused_data:
        raise Refusal(ProblemCode.UNREADABLE, "gzip")
    return plain


def read_message(body: bytes, kind: type[Wire]) -> Wire:
    """The message in a body.

    Raises:
        Refusal: UNREADABLE; its detail says where, and repeats nothing of what was sent.
    """
    try:
        return decode(body, kind)
    except msgspec.ValidationError as error:
        raise Refusal(ProblemCode.UNREADABLE, str(error)[:200]) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refusal(ProblemCode.UNREADABLE, "no JSON") from error


def answer(message: Any, packs: bool) -> Response:
    """A message (or a list of them) as 200, gzipped where the other side takes it and it pays."""
    body = msgspec.json.encode(message)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if packs and len(body) >= GZIP_FROM:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, 5, mtime=0)
    return Response(body, media_type="application/json", headers=headers)


def refusal(refused: Refusal, scheme: str = "Bearer") -> Response:
    """A refusal as its problem (RFC 9457). `scheme`: how this place is asked, for the challenge of a 401."""
    headers = {"Cache-Control": "no-store"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.status == 401:
        # RFC 9449, 8: the challenge that a DPoP client looks for
        error = "use_dpop_nonce" if refused.code is ProblemCode.USE_DPOP_NONCE else "invalid_token"
        headers["WWW-Authenticate"] = f'{scheme} error="{error}"' + (', algs="EdDSA"' if scheme == "DPoP" else "")
    body = msgspec.json.encode(refused.problem())
    return Response(body, status_code=refused.status, media_type="application/problem+json", headers=headers)
