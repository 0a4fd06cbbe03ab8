"""What happens beside a sale, as protocols: packages that are opened, deposits, and the scale. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from pos.domain.basket import Basket
    from pos.domain.deposit import DepositBalance, DepositMovement
    from pos.domain.pack import PackSource
    from pos.domain.weighing import ScaleReading


class CounterQueries(Protocol):
    """Packages and deposits."""

    def pack_source(self, product_uid: str) -> PackSource | None:
        """What is opened when these loose goods run out, if that was ever said."""
        ...

    def deposits(self, customer_uid: str) -> list[DepositBalance]:
        """What a customer holds, by goods; what came back whole is left out."""
        ...

    def deposit(self, customer_uid: str, product_uid: str) -> DepositBalance: ...

    def deposit_price(self, product_uid: str) -> int:
        """Rupiah a piece that were taken the last time these goods were lent; 0 when never."""
        ...


class CounterWork(Protocol):
    """Packages and deposits: what verbs write."""

    def set_pack_source(self, source: PackSource) -> None:
        """Remember what is opened when loose goods run out, instead of what was remembered before."""
        ...

    def refresh_shelf(self, basket: Basket) -> Basket:
        """What the lines of the open basket say of the shelf, anew. No step of undo."""
        ...

    def add_deposit(self, movement: DepositMovement) -> None: ...


class Scale(Protocol):
    """A scale at a port. Nothing of it waits: it is listened to in a thread of its own."""

    def start(self) -> None:
        """Begin to listen; once more is nothing."""
        ...

    def reading(self) -> ScaleReading | None:
        """The last weight that was told, however old; `weighing.weight_of` says whether it may be sold."""
        ...

    def stop(self) -> None:
        """Let go of the port, soon; does not wait."""
        ...
