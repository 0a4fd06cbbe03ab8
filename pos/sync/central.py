"""What the engine needs of e-Peken: one call, and its end. The client implements it; a bridge to another server would be another one."""

from __future__ import annotations

from typing import Protocol

from pos.sync.protocol import SyncAnswer, SyncRequest


class SnapshotNeeded(Exception):
    """The cursor is older than the server's tombstones (410): begin again from the start of the feed. No failure; the outbox is not
    concerned."""


class Central(Protocol):
    """The other end."""

    def sync(self, request: SyncRequest) -> SyncAnswer:
        """One round trip.

        Raises:
            ShopError: NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED, CENTRAL_UNREADABLE, DEVICE_REVOKED, PROGRAM_TOO_OLD, NOT_PAIRED,
                NO_KEYRING. Whether the server took the request is not known after any of them but NOT_PAIRED.
                Field `retry_after` (seconds) when the server named a time.
            SnapshotNeeded: the cursor is too old.
        """
        ...

    def close(self) -> None:
        """Give the connection back. A later `sync` may open it anew."""
        ...
