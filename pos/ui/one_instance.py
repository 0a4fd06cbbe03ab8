"""One till a data folder: a second start raises the first window and ends. Owns the lock file and the local socket.

The store has a lock of its own; this one is for the person who clicks the icon twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal

_CONNECT_MS: Final = 1_000
_HELLO: Final = b"raise\n"


class OneInstance(QObject):
    """The right to be the one till of a folder.

    Signals:
        raise_asked(): someone started the program again; show the window.
    """

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / "window.lock"))
        # a lock is stale only when its process is gone, however long the till has been open
        self._lock.setStaleLockTime(0)
        self._folder = folder
        self._server: QObject | None = None

    def claim(self) -> bool:
        """True if this is the first; False if another till has the folder: it was asked to come to the front."""
        if self._lock.tryLock(0):
            return True
        if self._lock.error() == QLockFile.LockError.LockFailedError:
            self._ask_to_raise()
            return False
        # the folder cannot hold a lock (read-only): the store will say so in words
        return True

    def listen(self) -> None:
        """Wait for a second start; called when the till can sell, because the network module is not free. Again does nothing."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(self._name()):
            # left behind by a till that was killed; the lock says that nobody else is alive
            QLocalServer.removeServer(self._name())
            server.listen(self._name())
        server.newConnection.connect(self._asked)
        self._server = server

    def release(self) -> None:
        """Give the folder free."""
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _name(self) -> str:
        """Of the socket. Made when it is needed: the first paint does not wait for hashlib."""
        import hashlib

        return "epeken-pos-" + hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:16]

    def _ask_to_raise(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        if socket.waitForConnected(_CONNECT_MS):
            socket.write(_HELLO)
            socket.waitForBytesWritten(_CONNECT_MS)
            socket.disconnectFromServer()

    def _asked(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        server = self._server
        if not isinstance(server, QLocalServer):
            return
        while (socket := server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raise_asked.emit()
