"""Twins: goods that stand in the list twice. Found by their codes and their names, put together with everything that was ever booked of
them, or remembered as being none.

Nothing is deleted: the one that goes is retired, its facts stay its own and are summed under the one that stays (`product_alias`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.costing import NOTHING, StockValue
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.merging import merged
from pos.domain.people import Act, Approval
from pos.domain.product import Product
from pos.domain.product_rules import checked
from pos.domain.stock import MovementReason, StockMovement
from pos.services.goods_editing import put_edit
from pos.services.goods_views import Author, GoodsName
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Queries, Till, UnitOfWork

MOST_TWINS: Final = 200
_LIKE: Final = 82
"""Of a hundred: below it two names are not even looked at word by word."""
_REST_LIKE: Final = 75
_MOST_TOGETHER: Final = 600
"""A beginning of a word that more names share than this tells nothing; their other words bring them together."""
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_SAME: Final = {"gr": "g", "gram": "g", "grm": "g", "ltr": "l", "liter": "l", "lt": "l", "kilo": "kg", "kilogram": "kg"}
Progress = Callable[[int, int], bool]


class TwinReason(StrEnum):
    """Why two products may be one."""

    CODE = "code"
    """Both were told with the same barcode (GTIN-14)."""
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Twins:
    """Two products that may be one. `likeness` of a hundred; `code`: the barcode of both, for TwinReason.CODE."""

    one_uid: str
    other_uid: str
    reason: TwinReason
    likeness: int = 100
    code: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """As it is remembered: the smaller uid first."""
        return (min(self.one_uid, self.other_uid), max(self.one_uid, self.other_uid))


def find_twins(read: Queries, progress: Progress = lambda done, total: True) -> list[Twins]:
    """Those that look like one, the surest first, without those that somebody said are not. A second or two: for a worker."""
    dismissed = read.no_twins()
    found: dict[tuple[str, str], Twins] = {}
    for code, holder, other in read.code_claims():
        twins = Twins(holder, other, TwinReason.CODE, 100, code)
        found.setdefault(twins.pair, twins)
    for twins in like_names(read.goods_names(), progress):
        found.setdefault(twins.pair, twins)
    kept = [twins for pair, twins in found.items() if pair not in dismissed]
    return sorted(kept, key=lambda twins: (twins.reason is TwinReason.NAME, -twins.likeness))[:MOST_TWINS]


def like_names(names: Sequence[GoodsName], progress: Progress = lambda done, total: True) -> Iterable[Twins]:
    """Names that differ by a slip of the finger, an order of words or a blank. Figures must be the same: 85 g is not 90 g."""
    from rapidfuzz import fuzz

    groups: defaultdict[tuple[object, ...], list[tuple[GoodsName, tuple[str, ...]]]] = defaultdict(list)
    for name in names:
        words = words_of(f"{name.name} {_missing(name.brand, name.name)} {_missing(name.size, name.name)}")
        figures = tuple(sorted(word for word in words if word.isdigit()))
        letters = tuple(word for word in words if not word.isdigit())
        for start in {word[:4] for word in letters} | {"".join(letters)[:4]}:
            groups[name.base_unit, figures, start].append((name, letters))
    seen: set[tuple[str, str]] = set()
    for done, group in enumerate(groups.values()):
        if done % 500 == 0 and not progress(done, len(groups)):
            return
        if len(group) > _MOST_TOGETHER:
            continue
        for at, (one, left) in enumerate(group):
            for other, right in group[at + 1 :]:
                pair = (min(one.uid, other.uid), max(one.uid, other.uid))
                if pair in seen or one.uid == other.uid:
                    continue
                # in whatever order the words stand, and wherever a blank was left out
                likeness = max(fuzz.ratio("".join(sorted(left)), "".join(sorted(right))), fuzz.ratio("".join(left), "".join(right)))
                if likeness >= _LIKE and (sure := _rest_likeness(left, right, likeness)):
                    seen.add(pair)
                    yield Twins(one.uid, other.uid, TwinReason.NAME, sure)


def words_of(text: str) -> list[str]:
    """Lower-case words and figures, without marks over letters; units of measure in one spelling."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return [_SAME.get(word, word) for word in _WORD.findall(plain)]


def _missing(part: str, name: str) -> str:
    """A brand or size that the name does not say already."""
    said = set(words_of(name))
    return "" if all(word in said for word in words_of(part)) else part


def _rest_likeness(left: Sequence[str], right: Sequence[str], likeness: float) -> int:
    """How like two names are by the words that they do not share; 0 where those are other words (ayam, soto) or one has more of them."""
    from rapidfuzz import fuzz

    one, other = Counter(left), Counter(right)
    rest, others = "".join((one - other).elements()), "".join((other - one).elements())
    if not rest and not others:
        return 100
    if min(len(rest), len(others)) < 2 or fuzz.ratio(rest, others) < _REST_LIKE:
        return 0
    return min(99, round(likeness))


def dismiss(till: Till, one_uid: str, other_uid: str) -> None:
    """*Bukan kembar*: they are not asked about again."""
    author = Author(till.store.read.signed().name, till.clock.now())
    with till.store.begin() as work:
        work.dismiss_twins([(one_uid, other_uid)], author)
        work.audit([AuditEntry(author.at, author.name, "not_twins", one_uid, json.dumps({"other": other_uid}))])
        work.commit()


def merge(till: Till, kept_uid: str, gone_uid: str, approval: Approval | None = None) -> Product:
    """Make two products one, in one transaction: units and codes move, stock goes over with what it cost, facts are summed together.

    Raises:
        ShopError: NEEDS_ROLE (Act.PRICE_CHANGE: what sells at which price changes); PRODUCT_NOT_FOUND; TWINS_UNLIKE and TWIN_IN_USE with
            `name`.
    """
    actor = may(till, Act.PRICE_CHANGE, approval)
    read = till.store.read
    kept, gone = read.product(kept_uid), read.product(gone_uid)
    if kept is None or gone is None or kept.deleted or gone.deleted:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    if read.in_use(gone_uid):
        raise ShopError(ErrorCode.TWIN_IN_USE, name=gone.name[:40])
    made = merged(kept, gone, till.ids.new)
    whole = checked(made.kept)
    author = Author(actor, till.clock.now())
    care, own = read.care(kept_uid), read.care(gone_uid)
    with till.store.begin() as work:
        # first what goes: its codes are free for what stays
        put_edit(till, work, gone, made.gone, author, "products_merged")
        put_edit(till, work, kept, whole, author, "products_merged")
        _move_stock(till, work, kept_uid, gone_uid, author)
        work.add_merge(gone_uid, kept_uid, author)
        work.move_pack_sources(made.units, gone_uid)
        photo = read.picture(own.picture) if own.picture and not care.picture else None
        if photo:
            work.set_picture(kept_uid, photo)
        work.commit()
    return read.product(kept_uid) or whole


def settle(till: Till) -> int:
    """What another till sold of a merged product before it heard of it goes over too. Returns how many products that were."""
    left = till.store.read.left_behind()
    if left:
        author = Author(till.store.read.signed().name, till.clock.now())
        with till.store.begin() as work:
            for gone_uid, kept_uid in left:
                _move_stock(till, work, kept_uid, gone_uid, author)
            work.commit()
    return len(left)


def _move_stock(till: Till, work: UnitOfWork, kept_uid: str, gone_uid: str, author: Author) -> None:
    """What is on the shelf of the one is on that of the other; nothing where there is nothing."""
    value = work.stock_values([gone_uid]).get(gone_uid, NOTHING)
    if not value.quantity:
        return
    operation = till.ids.new()
    out, come = _costs(value)
    moves = [
        StockMovement(gone_uid, -value.quantity, MovementReason.REPACK, operation, 0, author.at, out),
        StockMovement(kept_uid, value.quantity, MovementReason.REPACK, operation, 1, author.at, come),
    ]
    work.add_movements(moves)
    kind, payload = till.wire.stock(MovementReason.REPACK.value, moves)
    work.tell([NewOperation(operation, kind, author.at, payload)])


def _costs(value: StockValue) -> tuple[int | None, int | None]:
    """What the two movements cost: the whole worth of what goes, so that nothing of it stays behind."""
    if not value.is_known:
        return None, None
    return (None, value.cost) if value.quantity > 0 else (-value.cost, None)
