"""What a batch speaks of, gathered before the shop is locked, so that all of it is asked in one round trip. Pure but for its statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from central.statements import Call, Statement
from central.sync import reading
from central.sync.chains import Sent
from central.sync.reading import Payload, Unfit
from pos.sync import protocol as wire

_EACH: Final = "SELECT o.* FROM unnest(string_to_array(:{1}, ' ')) AS w(key) CROSS JOIN LATERAL ({0} = w.key LIMIT 1) AS o"
_KNOWN: Final = "SELECT id, payload_hash, status, code, flags FROM operation WHERE shop = :shop AND id"
_SESSIONS: Final = "SELECT uid, CASE WHEN counted IS NULL THEN 0 ELSE 1 END FROM cash_session WHERE shop = :shop AND uid"
KNOWN: Final = Statement(f"{_KNOWN} AMONG :ids", postgres=_EACH.format(_KNOWN, "ids"))
SESSIONS: Final = Statement(f"{_SESSIONS} AMONG :sessions", postgres=_EACH.format(_SESSIONS, "sessions"))
SALES: Final = Statement(
    "SELECT uid, 'sale', (SELECT count(*) FROM sale_payment p WHERE p.shop = s.shop AND p.sale = s.uid)"
    " FROM sale s WHERE shop = :shop AND uid AMONG :sales"
    " UNION ALL SELECT corrects, 'corrected', 0 FROM sale WHERE shop = :shop AND corrects <> '' AND corrects AMONG :sales"
)
NO_SALES: Final = Statement("SELECT '', '', 0 WHERE 1 = 0")

Read: TypeAlias = Payload | Unfit


@dataclass(slots=True)
class SpokenOf:
    """`moves`: product -> base units that come or go if every operation counts."""

    ids: list[str] = field(default_factory=list)
    moves: dict[str, int] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    sales: set[str] = field(default_factory=set)
    goods: set[str] = field(default_factory=set)

    def calls(self, shop: int) -> list[Call]:
        """KNOWN, SESSIONS and SALES, in this order."""
        return [
            (KNOWN, {"shop": shop, "ids": self.ids}),
            (SESSIONS, {"shop": shop, "sessions": list(filter(reading.is_id, self.sessions))}),
            # most batches speak of no earlier sale
            (SALES, {"shop": shop, "sales": self.sales}) if self.sales else (NO_SALES, {}),
        ]

    def _move(self, product: str, quantity: int) -> None:
        self.moves[product] = self.moves.get(product, 0) + quantity

    def note(self, payload: Read) -> None:
        """What one payload speaks of."""
        if isinstance(payload, wire.SalePayload):
            # by far the most
            for line in payload.lines:
                self._move(line.product, -line.quantity)
            self.sessions.add(payload.session)
            if payload.corrects:
                self.sales.add(payload.corrects)
        else:
            self._note_moves(payload)
            self._note_others(payload)

    def _note_moves(self, payload: Read) -> None:
        if isinstance(payload, wire.StockPayload):
            for moved in payload.lines:
                self._move(moved.product, moved.quantity)
        elif isinstance(payload, wire.StockTakePayload):
            for counted in payload.lines:
                self._move(counted.product, counted.counted - counted.seen)

    def _note_others(self, payload: Read) -> None:
        match payload:
            case wire.ProductPayload():
                self.goods.update(product.uid for product in payload.products)
            case wire.ProductEditPayload():
                self.goods.add(payload.product)
            case wire.TenderSettledPayload():
                self.sales.add(payload.sale)
            case wire.SessionOpenedPayload() | wire.SessionClosedPayload() | wire.CashMovementPayload():
                self.sessions.add(payload.session)


def read_all(operations: Sequence[Sent]) -> tuple[list[Read], SpokenOf]:
    """Each operation's payload, or why it cannot be taken; and what they speak of."""
    read: list[Read] = []
    spoken = SpokenOf()
    for item in operations:
        payload = read_one(item.operation.kind, item.payload)
        read.append(payload)
        spoken.note(payload)
        if reading.is_id(item.operation.id):
            spoken.ids.append(item.operation.id)
    return read, spoken


def read_one(kind: str, payload: bytes) -> Read:
    """A payload, or why it cannot be taken."""
    try:
        return reading.read(kind, payload)
    except Unfit as unfit:
        return unfit
