"""What an action changed, so that screens reload only what concerns them."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Changed:
    """One flag a kind of thing. Join two with `|`."""

    basket: bool = False
    sales: bool = False
    goods: bool = False
    stock: bool = False
    orders: bool = False
    session: bool = False
    outbox: bool = False
    print_jobs: bool = False
    shop: bool = False
    customers: bool = False
    suppliers: bool = False

    def __or__(self, other: Changed) -> Changed:
        return Changed(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))


NOTHING = Changed()
