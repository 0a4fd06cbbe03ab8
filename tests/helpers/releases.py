"""Releases for tests: an office's key signs a manifest beside a file, and a web server that behaves as badly as a test asks."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.installing.manifest import MANIFEST, Manifest, ManifestFile, Notes, made
from tests.helpers.bad_line import whole_request
from tests.helpers.officers import AT, Office

RUN = "run-x86_64"
NOTES = Notes("Stok lebih cepat dicari.", "Stock is found faster.")


def manifest_of(version: str, files: dict[str, ManifestFile], **other: Any) -> Manifest:
    """A manifest as an office would sign it on the day of the tests."""
    told: dict[str, Any] = {
        "channel": "stable",
        "from_version": "0.0.1",
        "from_schema": 1,
        "released_at": AT,
        "fresh_until": AT + 90 * 86_400_000,
        "notes": NOTES,
    }
    return Manifest(version=version, files=files, **(told | other))


def listed(name: str, data: bytes) -> ManifestFile:
    """A file as a manifest names it."""
    return ManifestFile(name, len(data), hashlib.sha256(data).hexdigest())


def lay(folder: Path, office: Office, version: str, data: bytes, platform: str = RUN, **other: Any) -> Path:
    """A folder as on a stick or a server: the manifest and its file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"epeken-pos_{version}_x86_64.run"
    (folder / name).write_bytes(data)
    (folder / MANIFEST).write_bytes(made(manifest_of(version, {platform: listed(name, data)}, **other), office.key))
    return folder


@dataclass
class Served:
    """One request as it came: its path and what it asked for."""

    path: str
    headers: dict[str, str]


@dataclass
class UpdateServer:
    """Serves files by HTTP/1.1 with ranges; `break_after` bytes of a body it hangs up, so often as `breaks` says.

    Attributes:
        files: by path.
        etag: what it calls them; None for a server that calls them nothing.
        ranges: it knows ranges.
        answer: an answer of the test's own, word for word; None for its usual one.
        between: called before each answer.
    """

    files: dict[str, bytes]
    etag: str | None = '"1"'
    ranges: bool = True
    break_after: int = 0
    breaks: int = 0
    answer: Callable[[Served], bytes] | None = None
    between: Callable[[int], object] = lambda _: None
    asked: list[Served] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name="update server", daemon=True)
        self._thread.start()
        self._end: socket.socket | None = None

    def __enter__(self) -> UpdateServer:
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._listener, self._end):
            if end is not None:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                self._end, _ = self._listener.accept()
            except OSError:
                return
            with self._end as end, suppress(OSError):
                while request := whole_request(end):
                    if not self._serve(end, request):
                        break

    def _serve(self, end: socket.socket, request: bytes) -> bool:
        """False when it hangs up."""
        first, *lines = request.decode().split("\r\n\r\n")[0].split("\r\n")
        asked = Served(first.split(" ")[1], {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)})
        self.asked.append(asked)
        self.between(len(self.asked))
        if self.answer is not None:
            end.sendall(self.answer(asked))
            return False
        head, body = self._usual(asked)
        if self.breaks and self.break_after < len(body):
            self.breaks -= 1
            end.sendall(head + body[: self.break_after])
            return False
        end.sendall(head + body)
        return True

    def _usual(self, asked: Served) -> tuple[bytes, bytes]:
        data = self.files.get(asked.path)
        if data is None:
            return head("404 Not Found", 0), b""
        begin = int(asked.headers.get("range", "bytes=0-")[6:].rstrip("-"))
        same = asked.headers.get("if-range", self.etag) == self.etag
        named = {"ETag": self.etag} if self.etag is not None else {}
        if begin and self.ranges and same:
            body = data[begin:]
            where = {"Content-Range": f"bytes {begin}-{len(data) - 1}/{len(data)}"}
            return head("206 Partial Content", len(body), **named, **where), body
        return head("200 OK", len(data), **named), data


def head(status: str, length: int, **headers: str) -> bytes:
    """The head of an answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
