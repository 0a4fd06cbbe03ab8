"""HTTP to e-Peken: one kept-alive session, time limits on everything, and the one table from foreign errors to the shop's.

Knows no tokens and no protocol. No error of requests or urllib3 leaves this module. Another thread may break off a request that waits.
"""

from __future__ import annotations

import gzip
import http.client
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3.exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.retry import Retry

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import Clock
from pos.sync.clock import is_absurd

GZIP_FROM: Final = 400
"""Bytes of a body above which packing pays."""
MAX_ANSWER: Final = 16 * 1024 * 1024
"""Bytes of an unpacked answer: a full page of changes has well under one megabyte."""

PIECE: Final = 32 * 1024
"""Bytes of a piece of a long answer."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, between two pieces of an answer, and for a whole answer (a line that only trickles)."""

    connect: float = 5.0
    read: float = 20.0
    whole: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `sent` and `received`: bytes that went over the line for it, without TLS and what lies below."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that is read piece by piece, each at most PIECE bytes."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


class _Signed(requests.auth.AuthBase):
    """Puts the request's own headers on. As `auth`, so that no .netrc of this machine overwrites them."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self._headers)
        return request


class _Lines:
    """The connections that are open now; once `ended`, none lives any longer."""

    def __init__(self) -> None:
        self._open: set[HTTPConnection] = set()
        self.ended = False

    def add(self, connection: HTTPConnection) -> None:
        self._open.add(connection)
        if self.ended:
            self.end()

    def discard(self, connection: HTTPConnection) -> None:
        self._open.discard(connection)

    def end(self) -> None:
        """Whoever reads from one of them hears that it is over."""
        self.ended = True
        for connection in list(self._open):
            if (line := connection.sock) is not None:
                with suppress(OSError):
                    # not the secret line's own farewell: that would wait for the other end
                    socket.socket.shutdown(line, socket.SHUT_RDWR)


class _Adapter(requests.adapters.HTTPAdapter):
    """One connection, which is known for as long as it lives: whoever closes the till need not wait for an answer."""

    def __init__(self, again: Retry) -> None:
        self.lines = _Lines()
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=again)

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        """With connections of our own beneath it."""
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        lines = self.lines

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                lines.add(self)

            def close(self) -> None:
                lines.discard(self)
                super().close()

        class Secret(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                lines.add(self)

            def close(self) -> None:
                lines.discard(self)
                super().close()

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecretPool(HTTPSConnectionPool):
            ConnectionCls = Secret

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecretPool}


class Transport:
    """Requests to one server. For one thread at a time, but for `abort`."""

    def __init__(self, clock: Clock, program: str, timeouts: Timeouts) -> None:
        self._clock = clock
        self._timeouts = timeouts
        self._session = requests.Session()
        # each header goes out with every poll of every day: none that says nothing
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": program, "Accept-Encoding": "gzip"})
        # only connecting is tried again here: whether a request that was sent shall be sent again is the engine's to say
        # Retry-After is the engine's to obey: urllib3 would take a 429 or 503 that has one for a line that failed
        again = Retry(
            total=1,
            connect=1,
            read=0,
            redirect=0,
            status=0,
            other=0,
            allowed_methods=None,
            backoff_factor=0.1,
            respect_retry_after_header=False,
        )
        self._adapter = _Adapter(again)
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send JSON and read the whole answer, whatever its status.

        Raises:
            ShopError: NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_UNREADABLE.
        """
        sent = {"Content-Type": "application/json", **headers}
        if len(body) >= GZIP_FROM:
            sent["Content-Encoding"] = "gzip"
            body = gzip.compress(body, 9, mtime=0)
        return self._ask("POST", url, body, sent)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask, and read the whole answer, whatever its status. Raises as `post` does."""
        return self._ask("GET", url, None, headers)

    @contextmanager
    def stream(self, url: str, headers: Mapping[str, str]) -> Iterator[Stream]:
        """Ask for what is too long for memory, as it lies on the server (never packed). Reading from it raises as `get` does.

        Raises:
            ShopError: NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_UNREADABLE.
        """
        if self._adapter.lines.ended:
            raise ShopError(ErrorCode.NO_LINE, reason="ended")
        limits = (self._timeouts.connect, self._timeouts.read)
        signed = _Signed({"Accept-Encoding": "identity", **headers})
        with (
            self._translated(),
            closing(self._session.request("GET", url, auth=signed, timeout=limits, allow_redirects=False, stream=True)) as response,
        ):
            yield Stream(response.status_code, response.headers, response.iter_content(PIECE))

    def abort(self) -> None:
        """Break off what is under way, for good: whoever waits for an answer hears that there is no line. From any thread."""
        self._adapter.lines.end()

    def _ask(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        if self._adapter.lines.ended:
            raise ShopError(ErrorCode.NO_LINE, reason="ended")
        limits = (self._timeouts.connect, self._timeouts.read)
        signed = _Signed(headers)
        with (
            self._translated(),
            closing(
                self._session.request(method, url, data=body, auth=signed, timeout=limits, allow_redirects=False, stream=True)
            ) as response,
        ):
            whole = self._whole(response)
            return Answer(response.status_code, response.headers, whole, _size_of(response.request), _received(response))

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def _whole(self, response: requests.Response) -> bytes:
        until = self._clock.monotonic() + self._timeouts.whole
        body = bytearray()
        for piece in response.iter_content(65536):
            body += piece
            if len(body) > MAX_ANSWER:
                raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="too_long")
            if self._clock.monotonic() > until:
                raise ShopError(ErrorCode.NO_LINE, reason="too_slow")
        return bytes(body)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except requests.exceptions.SSLError as error:
            raise ShopError(self._tls_trouble(), reason=type(error).__name__) from error
        except requests.exceptions.ContentDecodingError as error:
            raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="packing") from error
        except requests.exceptions.RequestException as error:
            if _speaks_no_http(error):
                raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="no_http") from error
            raise ShopError(ErrorCode.NO_LINE, reason=type(error).__name__) from error

    def _tls_trouble(self) -> ErrorCode:
        return ErrorCode.CLOCK_WRONG if is_absurd(self._clock.now()) else ErrorCode.TLS_FAILED


def _size_of(request: requests.PreparedRequest) -> int:
    """Bytes of a request as HTTP/1.1 writes it."""
    body = request.body if isinstance(request.body, bytes) else b""
    return len(request.method or "") + len(request.path_url) + 13 + _head_size(request.headers) + len(body)


def _received(response: requests.Response) -> int:
    """Bytes of an answer as HTTP/1.1 writes it, packed as it came."""
    return 15 + len(response.reason or "") + _head_size(response.headers) + int(response.raw.tell())


def _head_size(headers: Mapping[str, str]) -> int:
    return 2 + sum(len(name) + len(str(value)) + 4 for name, value in headers.items())


def _speaks_no_http(error: requests.exceptions.RequestException) -> bool:
    """Whether the other end answered something that is not HTTP (a line that ended before any answer is not that)."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, urllib3.exceptions.MaxRetryError):
        cause = cause.reason
    told = cause.args[-1] if isinstance(cause, urllib3.exceptions.ProtocolError) and cause.args else None
    return isinstance(told, http.client.HTTPException) and not isinstance(told, http.client.RemoteDisconnected | http.client.IncompleteRead)


def checked_address(url: str) -> str:
    """The server's address without a slash at its end. Plain http only on this machine itself.

    Raises:
        ShopError: CENTRAL_UNREADABLE for what is no web address, TLS_FAILED for plain http to another machine.
    """
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="address") from None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="address")
    if parts.scheme == "http" and host not in ("localhost", "127.0.0.1", "::1"):
        raise ShopError(ErrorCode.TLS_FAILED, reason="plain_http")
    return text
