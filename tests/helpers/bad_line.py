"""A TCP way to a server that breaks as a test orders: no line, answers lost after the server's commit, a login page in the way."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum, auto

LOGIN_PAGE = b"<!doctype html><html><body><h1>Selamat datang di WiFi Kopi</h1><form>Masuk</form></body></html>"
_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + str(len(LOGIN_PAGE)).encode() + b"\r\nConnection: close\r\n\r\n"
) + LOGIN_PAGE


class Weather(Enum):
    FAIR = auto()
    NO_LINE = auto()
    ANSWERS_LOST = auto()
    """A 200 to a `POST` of the lossy path never arrives; the connection ends in its place."""
    LOGIN_PAGE = auto()


class BadLine:
    """Listens on loopback and carries to `target` (http://host:port). `lost` counts answers that were dropped."""

    def __init__(self, target: str) -> None:
        self._target = _place(target)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.weather = Weather.FAIR
        self.lossy = b"/v1/sync"
        self.lost = 0
        self._ends: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._start(self._accept)

    def set(self, weather: Weather) -> None:
        """From now on; open connections break."""
        self.weather = weather
        self._break_all()

    def carry_to(self, target: str) -> None:
        """The server has moved; open connections break."""
        self._target = _place(target)
        self._break_all()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._break_all()
        for thread in self._threads:
            thread.join(10)

    def _break_all(self) -> None:
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, near)

    def _serve(self, near: socket.socket) -> None:
        with near:
            if self.weather is Weather.NO_LINE:
                return
            if self.weather is Weather.LOGIN_PAGE:
                with suppress(OSError):
                    whole_request(near)
                    near.sendall(_PAGE)
                return
            with suppress(OSError), socket.create_connection(self._target, timeout=5) as far:
                far.settimeout(None)
                with self._lock:
                    self._ends |= {near, far}
                try:
                    self._carry(near, far)
                finally:
                    with self._lock:
                        self._ends -= {near, far}

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Request by request, so that an answer can be told by what it answers."""
        back = threading.Thread(target=self._answers, args=(far, near), daemon=True)
        self._threads.append(back)
        back.start()
        with suppress(OSError):
            while data := near.recv(65536):
                if data.startswith(b"POST "):
                    self._last_path = data.split(b" ", 2)[1]
                far.sendall(data)
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)
        back.join(10)

    _last_path = b""

    def _answers(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                fine = data.startswith(b"HTTP/1.1 200")
                if self.weather is Weather.ANSWERS_LOST and fine and self._last_path == self.lossy:
                    self.lost += 1
                    break
                near.sendall(data)
        with suppress(OSError):
            near.shutdown(socket.SHUT_RDWR)


def _place(url: str) -> tuple[str, int]:
    host, port = url.removeprefix("http://").split(":")
    return host, int(port)


def whole_request(end: socket.socket) -> bytes:
    """Headers and body of one request; nothing when the other side has gone. Read whole, so that closing does not reset an answer."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        piece = end.recv(65536)
        if not piece:
            return b""
        data += piece
    head = bytes(data).partition(b"\r\n\r\n")[0]
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(data) < len(head) + 4 + length:
        piece = end.recv(65536)
        if not piece:
            return b""
        data += piece
    return bytes(data)
