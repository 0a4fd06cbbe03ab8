"""Goods edited by a person: a new product whole, single fields of a known one, its photo and what only this till keeps of it.

Each verb is one transaction with its entry in the outbox. An edit holds only what its person touched (`domain.product_edit`): what came
meanwhile from another till stays. Owns no rule of what a product must be (`domain.product_rules`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import same_ladder
from pos.domain.people import Act, Approval
from pos.domain.product import Product, Regulation
from pos.domain.product_edit import code_edits, laid_over, plain_edits, price_edits
from pos.domain.product_rules import checked
from pos.services.goods_views import NO_CARE, Author, ProductCare
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Queries, Till, UnitOfWork

MOST_PICTURE: Final = 64 * 1024
"""Bytes of a stored photo: a thousand of them stay below what a shop's copy on a stick may weigh."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the product as it stands now, and whether anything differed from before."""

    product: Product
    changed: bool


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that was chosen: JPEG or PNG bytes as they are to be stored; empty takes the one that is there away."""

    data: bytes


def add_product(
    till: Till, product: Product, care: ProductCare = NO_CARE, photo: Photo | None = None, approval: Approval | None = None
) -> Product:
    """A product that is new to the shop.

    Raises:
        ShopError: NEEDS_ROLE (Act.PRICE_CHANGE); what `product_rules.checked` raises; CODE_TAKEN with `name`; PICTURE_TOO_LARGE.
    """
    actor = may(till, Act.PRICE_CHANGE, approval)
    product = checked(product)
    check_codes(till.store.read, product)
    _check_photo(photo)
    now = till.clock.now()
    kind, payload = till.wire.products([product])
    with till.store.begin() as work:
        work.put_products([product], Author(actor, now))
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        _keep_own(work, product.uid, ProductCare(), care, photo)
        work.audit([AuditEntry(now, actor, "product_added", product.uid)])
        work.commit()
    return product


def edit_product(
    till: Till,
    before: Product,
    after: Product,
    care: ProductCare | None = None,
    photo: Photo | None = None,
    approval: Approval | None = None,
) -> Kept:
    """The change from `before` (as the person saw it) to `after`, on the product as it stands now. Prices need Act.PRICE_CHANGE.

    Args:
        care: what only this till keeps; None leaves it. Its `picture` is not looked at.
        photo: another photo, or none from now on; None leaves it.

    Raises:
        ShopError: NEEDS_ROLE; PRODUCT_NOT_FOUND when it was retired meanwhile; BASE_UNIT_FIXED; what `product_rules.checked` raises;
            CODE_TAKEN with `name`; PICTURE_TOO_LARGE.
    """
    read = till.store.read
    after = checked(after)
    touched = price_edits(before, after)
    actor = may(till, Act.PRICE_CHANGE, approval) if touched else read.signed().name
    current = read.product(before.uid)
    if current is None or current.deleted:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    if before.base_unit is not after.base_unit and read.has_moved(before.uid):
        raise ShopError(ErrorCode.BASE_UNIT_FIXED)
    edited = checked(laid_over(current, before, after))
    check_codes(read, edited)
    _check_photo(photo)
    # somebody has looked at it now
    edited = replace(edited, needs_review=False)
    own = read.care(before.uid)
    with till.store.begin() as work:
        changed = put_edit(till, work, current, edited, Author(actor, till.clock.now()))
        changed = _keep_own(work, edited.uid, own, care or own, photo) or changed
        changed = changed or current.needs_review
        if changed:
            work.commit()
    return Kept(edited, changed)


def put_edit(till: Till, work: UnitOfWork, current: Product, edited: Product, author: Author, action: str = "product_changed") -> bool:
    """One edit into the store, the outbox and the audit log, within the caller's transaction. Whether anything is told differently.

    A change of the ladder is told whole: an edit by fields has no words for it (docs/protocol.md, Edits).
    """
    if edited == current:
        return False
    work.put_products([edited], author)
    whole = not same_ladder(current, edited)
    fields = changed_fields(current, edited)
    if fields:
        kind, payload = till.wire.products([edited]) if whole else till.wire.product_edit(current, edited)
        work.tell([NewOperation(till.ids.new(), kind, author.at, payload)])
        work.audit([AuditEntry(author.at, author.name, action, edited.uid, json.dumps({"fields": ", ".join(fields)}))])
    return True


def changed_fields(before: Product, after: Product) -> list[str]:
    """Names of what differs and is told to others, as in the protocol: `name`, `prices`, `barcodes`, `units` ..."""
    names = list(plain_edits(before, after))
    named = {"prices": price_edits(before, after), "barcodes": code_edits(before, after), "units": not same_ladder(before, after)}
    return names + [name for name, differs in named.items() if differs]


def check_codes(read: Queries, product: Product) -> None:
    """None of its codes may be another product's. Raises ShopError CODE_TAKEN with the `name` of the other."""
    for code in (code for unit in product.units for code in unit.barcodes):
        check_code(read, code.key, product.uid)


def check_code(read: Queries, key: str, product_uid: str) -> None:
    """Raises ShopError CODE_TAKEN with `name`."""
    holder = read.holder_of_code(key)
    if holder is not None and holder.product_uid != product_uid:
        raise ShopError(ErrorCode.CODE_TAKEN, name=holder.name[:40])


def can_be_listed(product: Product) -> bool:
    """Whether e-Peken may ever show it (PP 28/2024 art. 434: no tobacco on web or apps)."""
    return product.regulation is not Regulation.TOBACCO


def price_steps(till: Till, product_uid: str, unit_uid: str) -> Sequence[tuple[int, int]]:
    """(UTC ms, rupiah) at which the retail price of a unit became another, the oldest first: the steps of its chart."""
    steps: list[tuple[int, int]] = []
    for change in reversed(till.store.read.price_history(product_uid)):
        if change.unit_uid == unit_uid and change.kind.value == "retail" and change.min_quantity == 1 and change.amount is not None:
            steps.append((max(change.at, change.starts_at), change.amount))
    return sorted(steps, key=lambda step: step[0])


def _check_photo(photo: Photo | None) -> None:
    if photo is not None and len(photo.data) > MOST_PICTURE:
        raise ShopError(ErrorCode.PICTURE_TOO_LARGE)


def _keep_own(work: UnitOfWork, uid: str, before: ProductCare, care: ProductCare, photo: Photo | None) -> bool:
    """What no wire carries. Whether anything of it differed."""
    changed = False
    if care.tracks_expiry != before.tracks_expiry:
        work.set_care(uid, care)
        changed = True
    if photo is not None and (photo.data or before.picture):
        work.set_picture(uid, photo.data)
        changed = True
    return changed
