"""Reads at one moment what the page of the line says. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import ShopError
from pos.services.line_desk import LineDesk
from pos.services.line_views import AsideRow, EditRow, LineQuality, MirrorState, WaitingKind
from pos.services.ports import Till
from pos.services.views import LineState, OutboxRow, ShopIdentity


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Everything the page is made of.

    Attributes:
        now: UTC ms.
        last_seq, acked_seq: where this till's operations end, and up to where the server has them.
        kinds: what waits, by kind.
        problems: what the server did not take, the newest first.
    """

    now: int
    line: LineState
    error: ShopError | None
    shop: ShopIdentity
    last_seq: int
    acked_seq: int
    kinds: tuple[WaitingKind, ...]
    problems: tuple[OutboxRow, ...]
    aside: tuple[AsideRow, ...]
    edits: tuple[EditRow, ...]
    quality: LineQuality
    mirror: MirrorState


def read_line_facts(till: Till, desk: LineDesk, error: ShopError | None) -> LineFacts:
    """See `LineFacts`. Raises ShopError STORE_DAMAGED, STORE_BUSY."""
    read = till.store.read
    position = read.position()
    return LineFacts(
        now=till.clock.now(),
        line=read.line(),
        error=error,
        shop=read.shop(),
        last_seq=position.last_seq,
        acked_seq=position.acked_seq,
        kinds=tuple(read.waiting_kinds()),
        problems=tuple(row for row in read.outbox_problems() if row.state != "waiting"),
        aside=tuple(read.set_aside()),
        edits=tuple(read.edit_outcomes()),
        quality=desk.quality(),
        mirror=desk.mirror_state(),
    )
