"""A server that answers what a test has written, word for word: what a till meets that is not e-Peken, or not well."""

from __future__ import annotations

import socket
import threading
from collections import deque
from contextlib import suppress

from tests.helpers.bad_line import whole_request


def http(status: str, body: bytes = b"", **headers: str) -> bytes:
    """An answer as bytes; the connection is kept."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class ScriptedServer:
    """Answers each request with the next of its script; at the script's end the line is dead. `requests` keeps what was asked."""

    def __init__(self, *answers: bytes, greets: bytes = b"") -> None:
        """`greets`: said to whoever connects, unasked, and that is all (a server of another kind)."""
        self.greets = greets
        self.script = deque(answers)
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._ends: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, name="scripted server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        for end in [self._listener, *self._ends]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                end, _ = self._listener.accept()
            except OSError:
                return
            self._ends.append(end)
            with end, suppress(OSError):
                if self.greets:
                    end.recv(65536)
                    end.sendall(self.greets)
                else:
                    self._serve(end)

    def _serve(self, end: socket.socket) -> None:
        while self.script:
            request = whole_request(end)
            if not request:
                return
            self.requests.append(request)
            end.sendall(self.script.popleft())
