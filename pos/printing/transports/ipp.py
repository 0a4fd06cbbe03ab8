"""The Internet Printing Protocol, as much of it as a till needs to hand a raw job to CUPS and look what becomes of it. Owns the bytes and
one HTTP exchange at a time; decides nothing.

Sources: RFC 8010 (encoding), RFC 8011 (operations), CUPS's own operations and `PeerCred` (cups.org, "CUPS Implementation of IPP"). The `lp`
commands would say the same, but their words change with the system's language and their programs are not on every machine.
"""

from __future__ import annotations

import http.client
import os
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Value: TypeAlias = str | int | bool | bytes | None
Attribute: TypeAlias = tuple[int, str, Sequence[str | int]]
"""(tag, name, values)."""

PRINT_JOB: Final = 0x0002
CANCEL_JOB: Final = 0x0008
GET_JOB: Final = 0x0009
GET_PRINTER: Final = 0x000B
GET_PRINTERS: Final = 0x4002
"""CUPS's own."""
NOT_FOUND: Final = 0x0406

_VERSION: Final = b"\x01\x01"
_OPERATION, _JOB, _END, _PRINTER = 0x01, 0x02, 0x03, 0x04
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NO_VALUE: Final = frozenset({0x10, 0x12, 0x13})
_TEXTS: Final = frozenset(range(0x40, 0x4A)) | {0x35, 0x36}
_FIRST_OK: Final = 0x0100
"""Statuses below it are successes."""


class IppError(OSError):
    """The print service answered that it will not; `status` of RFC 8011, or of HTTP above 0xFFFF."""

    def __init__(self, status: int) -> None:
        super().__init__(None, f"IPP {status:#06x}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Place:
    """Where a print service listens: a socket's path, or host and port."""

    host: str
    port: int = 631

    @property
    def is_local(self) -> bool:
        return self.host.startswith("/")


@dataclass(slots=True)
class Answer:
    """What came back. `groups`: those of jobs or printers, each name with its values."""

    status: int
    groups: list[dict[str, list[Value]]] = field(default_factory=list)


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket of this machine."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def uri(place: Place, path: str) -> str:
    """A printer's or a job's address within its service."""
    return f"ipp://{'localhost' if place.is_local else place.host}:{place.port}{path}"


class Exchange:
    """One question to a print service and its answer. Raises OSError, IppError among them."""

    def __init__(self, place: Place, timeout_s: float) -> None:
        self._place = place
        self._connection = _LocalConnection(place.host, timeout_s) if place.is_local else _tcp(place, timeout_s)

    def connect(self) -> None:
        """Until here not a byte was sent."""
        try:
            self._connection.connect()
        except OSError:
            self._connection.close()
            raise

    def ask(self, operation: int, path: str, attributes: Sequence[Attribute], data: bytes = b"") -> Answer:
        """Ask once and close.

        Args:
            path: of the printer or the service, as in its address.
            attributes: behind charset and language.
        """
        body = encoded(operation, attributes) + data
        headers = {"Content-Type": "application/ipp"}
        if self._place.is_local:
            # the socket itself tells who asks
            headers["Authorization"] = f"PeerCred {_me()}"
        try:
            self._connection.request("POST", path, body, headers)
            response = self._connection.getresponse()
            answer = response.read()
        except http.client.HTTPException as error:
            raise OSError(None, f"no IPP: {error}") from error
        finally:
            self._connection.close()
        if response.status != http.client.OK:
            raise IppError(response.status << 16)
        found = decoded(answer)
        if found.status >= _FIRST_OK:
            raise IppError(found.status)
        return found


def _tcp(place: Place, timeout_s: float) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(place.host, place.port, timeout=timeout_s)


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def user() -> Attribute:
    """Whose job it is."""
    return 0x42, "requesting-user-name", (_me() if os.name == "posix" else "kasir",)


def encoded(operation: int, attributes: Sequence[Attribute]) -> bytes:
    """A request's attributes, up to where its data begins."""
    head = _VERSION + struct.pack(">HIB", operation, 1, _OPERATION)
    first = ((0x47, "attributes-charset", ("utf-8",)), (0x48, "attributes-natural-language", ("en",)))
    return head + b"".join(_attribute(*each) for each in (*first, *attributes)) + bytes([_END])


def _attribute(tag: int, name: str, values: Sequence[str | int]) -> bytes:
    out = b""
    for value in values:
        raw = struct.pack(">i", value) if isinstance(value, int) else value.encode()
        out += struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw
        # further values of one attribute have no name
        name = ""
    return out


def decoded(data: bytes) -> Answer:
    """An answer. Raises OSError for what is none."""
    try:
        return _decoded(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise OSError(None, f"no IPP: {error}") from error


def _decoded(data: bytes) -> Answer:
    answer = Answer(struct.unpack_from(">H", data, 2)[0])
    at, group, name = 8, dict[str, list[Value]](), ""
    while data[at] != _END:
        tag = data[at]
        at += 1
        if tag < 0x10:
            group = {}
            if tag in (_JOB, _PRINTER):
                answer.groups.append(group)
            continue
        (length,) = struct.unpack_from(">H", data, at)
        name = data[at + 2 : at + 2 + length].decode() or name
        at += 2 + length
        (length,) = struct.unpack_from(">H", data, at)
        group.setdefault(name, []).append(_value(tag, data[at + 2 : at + 2 + length]))
        at += 2 + length
    return answer


def _value(tag: int, raw: bytes) -> Value:
    if tag in (_INTEGER, _ENUM):
        return int(struct.unpack(">i", raw)[0])
    if tag == _BOOLEAN:
        return raw != b"\0"
    if tag in _NO_VALUE:
        return None
    return raw.decode() if tag in _TEXTS else raw


def first(group: Mapping[str, list[Value]], name: str) -> Value:
    """The first value of an attribute, or None."""
    values = group.get(name)
    return values[0] if values else None
