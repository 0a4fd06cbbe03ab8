"""Lists of goods that were taken in, as protocols. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from pos.services.imports.model import GoodsImport, ImportedRow, KeptRow


class ImportWork(Protocol):
    """What is written of such lists."""

    def add_import(self, told: GoodsImport) -> None: ...

    def add_import_parts(self, uid: str, first: int, parts: Sequence[Sequence[ImportedRow]]) -> None:
        """Portions of a list, numbered from `first` on."""
        ...

    def step_import(self, told: GoodsImport) -> None:
        """How far a list is now: its state, how much is done, and the undoing's counts."""
        ...

    def add_kept_rows(self, uid: str, rows: Sequence[KeptRow]) -> None: ...

    def forget_import(self, uid: str) -> None:
        """One that was only written down."""
        ...


class ImportQueries(Protocol):
    """What is known of such lists."""

    def imports(self, limit: int = 50) -> list[GoodsImport]:
        """Those that were taken, the newest first."""
        ...

    def unfinished_imports(self) -> list[GoodsImport]:
        """Those that something stopped in the middle."""
        ...

    def goods_import(self, uid: str) -> GoodsImport | None: ...

    def import_part(self, uid: str, part: int) -> list[ImportedRow]: ...

    def kept_rows(self, uid: str) -> list[KeptRow]:
        """What could not be taken back, by row."""
        ...

    def units_sold(self, unit_uids: Sequence[str], since: int) -> set[str]:
        """Those of some units that sales since UTC ms `since` name."""
        ...

    def movements_of(self, product_uids: Sequence[str]) -> dict[str, tuple[int, bool]]:
        """product uid -> (movements of its stock, whether any of them is a sale); none for goods that never moved."""
        ...
