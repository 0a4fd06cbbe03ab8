"""What the central has of one shop, read from its own tables in one moment. Read by the invariants; decides nothing."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any, Final

from pos.sync import protocol as wire
from tests.simulation.office import Office

_SHOP: Final = ("id", "timeline", "feed_seq", "products", "movements", "on_hand", "open_orders")


class Books:
    """One shop's. Each part is read when it is asked for, once."""

    def __init__(self, office: Office, uid: str) -> None:
        self.uid = uid
        self._office = office
        row = office.rows(f"SELECT {', '.join(_SHOP)} FROM shop WHERE uid = ?", uid)[0]
        self.shop: dict[str, Any] = dict(zip(_SHOP, row, strict=True))

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._office.rows(query, self.shop["id"])

    @property
    def digest(self) -> tuple[int, ...]:
        return tuple(self.shop[name] for name in ("products", "movements", "on_hand", "open_orders"))

    @cached_property
    def sales(self) -> dict[str, tuple[str, int]]:
        """uid -> (receipt, total)."""
        return {uid: (receipt, total) for uid, receipt, total in self._rows("SELECT uid, receipt, total FROM sale WHERE shop = ?")}

    @cached_property
    def lines_of_sale(self) -> Counter[str]:
        return Counter(row[0] for row in self._rows("SELECT sale FROM sale_line WHERE shop = ?"))

    @cached_property
    def unequal_sales(self) -> list[str]:
        """Sales whose lines or payments do not come to their total."""
        found = self._rows(
            "SELECT s.uid FROM sale s WHERE s.shop = ? AND (s.total <> s.rounding + (SELECT coalesce(sum(amount), 0) FROM sale_line l"
            " WHERE l.shop = s.shop AND l.sale = s.uid) OR s.total <> (SELECT coalesce(sum(amount), 0) FROM sale_payment p"
            " WHERE p.shop = s.shop AND p.sale = s.uid))"
        )
        return [row[0] for row in found]

    @cached_property
    def movements(self) -> list[tuple[str, int]]:
        """(product, quantity)."""
        return [(product, quantity) for product, quantity in self._rows("SELECT product, quantity FROM movement WHERE shop = ?")]

    @cached_property
    def causes(self) -> list[tuple[str, int]]:
        return [(cause, position) for cause, position in self._rows("SELECT cause, position FROM movement WHERE shop = ?")]

    @cached_property
    def movements_of(self) -> Counter[str]:
        """Cause -> how many movements."""
        return Counter(cause for cause, _ in self.causes)

    @cached_property
    def stock(self) -> dict[str, tuple[int, int]]:
        """Product -> (on hand, reserved)."""
        return {
            product: (on_hand, held) for product, on_hand, held in self._rows("SELECT product, on_hand, reserved FROM stock WHERE shop = ?")
        }

    @cached_property
    def products(self) -> dict[str, wire.WireProduct]:
        """Those that are not deleted, at their newest version."""
        rows = self._rows("SELECT uid, document FROM product WHERE shop = ? AND deleted_at = 0")
        return {uid: wire.decode(document.encode(), wire.WireProduct) for uid, document in rows}

    @cached_property
    def places(self) -> list[tuple[str, int, int, str]]:
        """(device, epoch, seq, id) of every operation and incident."""
        rows = self._rows("SELECT device, epoch, seq, id FROM operation WHERE shop = ?")
        return [(device, epoch, seq, key) for device, epoch, seq, key in rows]

    @cached_property
    def results(self) -> dict[str, tuple[str, str, str]]:
        """Operation -> (kind, status, code)."""
        rows = self._rows("SELECT id, kind, status, code FROM operation WHERE shop = ?")
        return {key: (kind, status, code) for key, kind, status, code in rows}

    @cached_property
    def emptied(self) -> set[str]:
        """Operations that came without their payload: the till had kept it for its time, and was asked for it after that."""
        return {row[0] for row in self._rows("SELECT id FROM operation WHERE shop = ? AND payload = CAST('null' AS BLOB)")}

    @cached_property
    def handed_over(self) -> list[str]:
        """Orders that tills have told to be gone over the counter."""
        rows = self._rows("SELECT payload FROM operation WHERE shop = ? AND kind = 'order_picked_up@1' AND payload <> CAST('null' AS BLOB)")
        return [wire.decode(row[0], wire.OrderPickedUpPayload).order for row in rows]

    @cached_property
    def told_aside(self) -> set[str]:
        """Operations that a till has told that it cannot tell."""
        rows = self._rows("SELECT payload FROM operation WHERE shop = ? AND kind = 'set_aside@1' AND status = 'applied'")
        return {wire.decode(row[0], wire.SetAsidePayload).operation for row in rows}

    @cached_property
    def moments(self) -> list[int]:
        """Moments that only the server's clock may have made."""
        received = self._rows("SELECT received_at FROM operation WHERE shop = ?")
        events = self._rows("SELECT at FROM order_event WHERE shop = ?")
        return [row[0] for row in (*received, *events)]

    @cached_property
    def chains(self) -> dict[tuple[str, int], tuple[int, str]]:
        """(device, epoch) -> (seq, head)."""
        rows = self._rows("SELECT device, epoch, seq, head FROM chain WHERE shop = ?")
        return {(device, epoch): (seq, head) for device, epoch, seq, head in rows}

    @cached_property
    def fenced(self) -> set[tuple[str, int]]:
        return {(device, epoch) for device, epoch in self._rows("SELECT device, epoch FROM chain WHERE shop = ? AND fenced")}

    @cached_property
    def orders(self) -> dict[str, tuple[str, int, bool]]:
        """Order -> (status, version, paid)."""
        rows = self._rows("SELECT uid, status, version, paid FROM online_order WHERE shop = ?")
        return {uid: (status, version, bool(paid)) for uid, status, version, paid in rows}

    @cached_property
    def order_lines(self) -> list[tuple[str, str, int]]:
        """(order, product, quantity)."""
        rows = self._rows("SELECT order_uid, product, quantity FROM order_line WHERE shop = ?")
        return [(order, product, quantity) for order, product, quantity in rows]

    @cached_property
    def events(self) -> dict[str, list[tuple[int, str]]]:
        """Order -> its versions and statuses in order."""
        found: dict[str, list[tuple[int, str]]] = {}
        for order, version, status in self._rows(
            "SELECT order_uid, version, status FROM order_event WHERE shop = ? ORDER BY order_uid, version"
        ):
            found.setdefault(order, []).append((version, status))
        return found


def feed_place(cursor: str) -> str:
    """The number that a cursor stands at, as the server writes it; empty before the first reading."""
    return cursor.split(".")[2] if cursor else ""
