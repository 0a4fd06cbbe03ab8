"""One long file fetched over a weak line: gone on with where it broke off, at a bounded pace, and never taken before it is the right one.

Owns the part that lies on the disk. What the file is, and how long it may be, was signed; the server is believed in nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.sync.transport import Stream, Transport

PACE: Final = 256 * 1024
"""Bytes a second at most: a shop's line is for its sales and orders first."""
_SETTLE: Final = 1 << 20
"""Bytes after which the disk is made to write: a sale's own writing must never wait for more than that."""
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as its manifest names it, and where it lies. `size` in bytes."""

    url: str
    name: str
    size: int
    sha256: str


class _OtherFile(Exception):
    """What lies at the address is not what was begun: the part is of no use."""


class Download:
    """One file on its way into a folder, as `NAME.part` until it is whole and right."""

    def __init__(
        self,
        line: Transport,
        wanted: Wanted,
        folder: Path,
        pause: Callable[[float], bool],
        validator: str = "",
        remember: Callable[[str], object] = lambda _: None,
        progress: Callable[[int], object] = lambda _: None,
        pace: int = PACE,
    ) -> None:
        """
        Args:
            pause: waits for some seconds; True when everything has to stop.
            validator: what `remember` was told when the part that lies there was begun; empty for nothing.
            remember: told what the server calls the file (ETag, else its date), before a byte of it is kept.
            progress: told how many bytes are here.
            pace: bytes a second at most.
        """
        self._line, self._wanted, self._folder = line, wanted, folder
        self._pause, self._remember, self._progress, self._pace = pause, remember, progress, pace
        self._validator = validator

    @property
    def part(self) -> Path:
        return self._folder / f"{self._wanted.name}.part"

    @property
    def here(self) -> int:
        """Bytes that need not be fetched any more."""
        return self.part.stat().st_size if self.part.exists() else 0

    def run(self) -> bool:
        """Fetch what is missing, once. True when the file lies whole and right under its name; False when it was to stop.

        Raises:
            ShopError: NO_LINE and what else `Transport.stream` raises: the part stays, and the next run goes on. CENTRAL_REFUSED with
                `status`. UPDATE_DAMAGED: it was another file; the part is gone. OSError comes through: the disk is the caller's.
        """
        if self.here > self._wanted.size:
            self._drop()
        try:
            if self.here < self._wanted.size and not self._fetch():
                return False
            return self._accept()
        except _OtherFile as error:
            self._drop()
            raise ShopError(ErrorCode.UPDATE_DAMAGED, file=self._wanted.name) from error

    def _fetch(self) -> bool:
        begun = self.here
        headers = {"Range": f"bytes={begun}-"} if begun else {}
        if begun and self._validator:
            headers["If-Range"] = self._validator
        with self._line.stream(self._wanted.url, headers) as answer:
            begun = self._begin(answer, begun)
            return self._read(answer, begun)

    def _begin(self, answer: Stream, begun: int) -> int:
        """Where in the file the answer begins; what does not fit the file that was signed for ends it."""
        if answer.status == 206:
            found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            if found is None or int(found[1]) != begun or found[3] not in ("*", str(self._wanted.size)):
                raise _OtherFile
            return begun
        if answer.status == 416:
            raise _OtherFile
        if answer.status != 200:
            raise ShopError(ErrorCode.CENTRAL_REFUSED, status=answer.status, reason="update")
        length = answer.headers.get("Content-Length", str(self._wanted.size))
        if length != str(self._wanted.size) or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise _OtherFile
        # a whole answer: the server knows no ranges, or the file is another one than was begun
        self._drop()
        self._validator = _validator(answer.headers)
        self._remember(self._validator)
        return 0

    def _read(self, answer: Stream, begun: int) -> bool:
        here, settled = begun, begun
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.part.open("ab") as file:
            for piece in answer.pieces:
                here += len(piece)
                if here > self._wanted.size:
                    raise _OtherFile
                file.write(piece)
                if here - settled >= _SETTLE:
                    file.flush()
                    _settle(file.fileno())
                    settled = here
                self._progress(here)
                if self._pause(len(piece) / self._pace):
                    return False
            file.flush()
            os.fsync(file.fileno())
        if here < self._wanted.size:
            # the connection ended as if that were all
            raise ShopError(ErrorCode.NO_LINE, reason="short")
        return True

    def _accept(self) -> bool:
        if not is_whole(self.part, self._wanted.size, self._wanted.sha256):
            raise _OtherFile
        self.part.replace(self._folder / self._wanted.name)
        return True

    def _drop(self) -> None:
        self.part.unlink(missing_ok=True)
        self._validator = ""


def is_whole(file: Path, size: int, sha256: str) -> bool:
    """Whether a file is there and is the one that was signed for."""
    try:
        if file.stat().st_size != size:
            return False
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _validator(headers: Mapping[str, str]) -> str:
    """By what the server would know whether it still is the same file: a strong ETag, else its date."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _settle(handle: int) -> None:
    getattr(os, "fdatasync", os.fsync)(handle)
