"""What the engine needs of e-Peken: a round trip, what the shop has told before, and the end. The client implements it; a bridge to
another server would be another one."""

from __future__ import annotations

from typing import Protocol

from pos.sync.protocol import RecoveryAnswer, RecoveryRequest, SyncAnswer, SyncRequest


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
                Field `retry_after` (seconds) when the server named a time; `status` and `reason` where it answered.
            SnapshotNeeded: the cursor is too old.
        """
        ...

    def recover(self, request: RecoveryRequest) -> RecoveryAnswer:
        """A page of what the shop, or this till itself, has told before. Raises ShopError as `sync` does."""
        ...

    def close(self) -> None:
        """Give the connection back. A later `sync` may open it anew."""
        ...
