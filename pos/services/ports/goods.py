"""Editing goods and finding twins, as protocols: what verbs read and write besides the product itself. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from pos.services.goods_views import Author, CodeHolder, GoodsName, PriceChange, ProductCare
    from pos.services.views import GoodsFilter, GoodsRow


class GoodsCareQueries(Protocol):
    """What is known of goods besides their row."""

    def price_history(self, product_uid: str) -> list[PriceChange]:
        """Every price that was ever told of a product and of those merged into it, the newest first."""
        ...

    def care(self, product_uid: str) -> ProductCare: ...

    def picture(self, name: str) -> bytes | None:
        """A photo's bytes as they were stored."""
        ...

    def holder_of_code(self, key: str) -> CodeHolder | None: ...

    def has_moved(self, product_uid: str) -> bool:
        """Whether anything of it was ever booked in or out."""
        ...

    def merged_into(self, product_uid: str) -> tuple[str, ...]:
        """uids of the products whose facts are summed under this one, itself not among them."""
        ...

    def left_behind(self) -> list[tuple[str, str]]:
        """(uid of a merged product on whose shelf something is all the same, uid of the one it is summed under)."""
        ...

    def kept_for(self, product_uid: str) -> str:
        """Under which product its facts are summed: itself, unless it was merged."""
        ...

    def goods_names(self) -> list[GoodsName]:
        """Every product that is not retired. Long: for a worker."""
        ...

    def goods_uids(self, which: GoodsFilter, text: str) -> list[str]:
        """Every product that a filter and a search of the goods list show, in its order."""
        ...

    def goods_rows(self, product_uids: Sequence[str]) -> list[GoodsRow]:
        """Rows of some products as the list shows them, in the order given; what is retired is left out."""
        ...

    def code_claims(self) -> list[tuple[str, str, str]]:
        """(code, its holder's uid, uid of another product that was told with it too)."""
        ...

    def no_twins(self) -> set[tuple[str, str]]:
        """Pairs that somebody has said are not the same, the smaller uid first."""
        ...

    def in_use(self, product_uid: str) -> bool:
        """Whether it lies in a basket, open or put aside, or in an online order on the board."""
        ...


class GoodsCareWork(Protocol):
    """What is written of goods besides their row."""

    def set_picture(self, product_uid: str, data: bytes) -> str:
        """Another photo of a product, none for empty bytes. Returns its name."""
        ...

    def set_care(self, product_uid: str, care: ProductCare) -> None:
        """Whether dates are kept; the picture has its own verb."""
        ...

    def add_merge(self, gone_uid: str, kept_uid: str, author: Author) -> None:
        """From now on the facts of one are summed under the other."""
        ...

    def dismiss_twins(self, pairs: Sequence[tuple[str, str]], author: Author) -> None:
        """Not the same product, whatever they are called. Said twice is nothing."""
        ...

    def move_pack_sources(self, gone_units: dict[str, str], gone_uid: str) -> None:
        """What is opened for other goods is from now on the unit that stays (old unit uid -> new); the product that goes opens nothing."""
        ...
