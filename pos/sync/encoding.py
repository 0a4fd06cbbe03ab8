"""Facts as operations of the wire, and what the wire brings as the shop's own things. Owns the mapping both ways; does no I/O.

A field that the wire does not carry stays the till's own: moving-average cost, `needs_review`, the consignor, the merchant's ticks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from pos.domain.barcode import judge, match_key
from pos.domain.cash_movement import CashMovement
from pos.domain.cash_session import CashSession
from pos.domain.credit import CreditEntry
from pos.domain.deposit import DepositMovement
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT
from pos.domain.order import Order, OrderLine, OrderStatus, OrderStep
from pos.domain.privacy import without_numbers
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.sale import Sale, TenderState
from pos.domain.stock import MovementReason, StockMovement
from pos.sync import protocol as wire
from pos.sync.edits import edit_to_wire

_E = TypeVar("_E", BaseUnit, MovementReason, Regulation)

_SALE: Final = wire.OperationKind.SALE.value
_MOST: Final = 2**53
_LATEST: Final = 253_370_764_800_000
"""UTC ms of 1 January 9999: what comes after it has no date, on the screen as on paper."""
_MOST_UNITS: Final = 1_000
_PRICE_KINDS: Final = {kind.value: kind for kind in PriceKind}


class WireEncoder:
    """`services.ports.Wire`: each method gives (kind, payload bytes) in the canonical form that is hashed."""

    def sale(self, sale: Sale) -> tuple[str, bytes]:
        return _SALE, wire.encode(
            wire.SalePayload(
                receipt=sale.number,
                session=sale.session_uid,
                total=sale.total,
                lines=tuple(
                    wire.SaleLine(
                        product=line.product_uid,
                        unit=line.unit_uid,
                        factor=line.factor,
                        quantity=line.quantity,
                        unit_price=line.unit_price,
                        amount=line.amount,
                        discount=line.discount,
                    )
                    for line in sale.lines
                ),
                payments=tuple(
                    wire.Payment(
                        tender=paid.tender.value,
                        amount=paid.amount,
                        received=paid.received,
                        change=paid.change,
                        state=paid.state.value,
                        reference=paid.reference,
                    )
                    for paid in sale.payments
                ),
                rounding=sale.rounding,
                kind=sale.kind.value,
                corrects=sale.corrects,
                cashier=sale.cashier,
                customer=sale.customer_uid,
            )
        )

    def credit(self, entry: CreditEntry) -> tuple[str, bytes]:
        payload = wire.CreditPayload(
            customer=entry.customer_uid,
            amount=entry.amount,
            reason=entry.kind.value,
            tender=entry.tender,
            session=entry.session_uid,
            sale=entry.sale_uid,
        )
        return wire.OperationKind.CREDIT.value, wire.encode(payload)

    def tender_settled(self, sale_uid: str, position: int, state: TenderState, reference: str) -> tuple[str, bytes]:
        payload = wire.TenderSettledPayload(sale=sale_uid, position=position, state=state.value, reference=reference)
        return wire.OperationKind.TENDER_SETTLED.value, wire.encode(payload)

    def stock(self, reason: str, movements: Sequence[StockMovement]) -> tuple[str, bytes]:
        lines = tuple(wire.StockLine(product=item.product_uid, quantity=item.quantity) for item in movements)
        return wire.OperationKind.STOCK.value, wire.encode(wire.StockPayload(reason=reason, lines=lines))

    def stock_take(self, lines: Sequence[tuple[str, int, int]]) -> tuple[str, bytes]:
        counted = tuple(wire.CountedLine(product=product, counted=counted, seen=seen) for product, counted, seen in lines)
        return wire.OperationKind.STOCK_TAKE.value, wire.encode(wire.StockTakePayload(lines=counted))

    def products(self, products: Sequence[Product]) -> tuple[str, bytes]:
        payload = wire.ProductPayload(products=tuple(product_to_wire(product) for product in products))
        return wire.OperationKind.PRODUCT.value, wire.encode(payload)

    def product_with(self, product: Product, field: str, value: str) -> Product:
        """See `pos.sync.field_edits`. Raises ShopError EDIT_GONE."""
        from pos.sync.field_edits import with_field

        try:
            return with_field(product, field, value)
        except ValueError:
            raise ShopError(ErrorCode.EDIT_GONE, name=product.name) from None

    def product_edit(self, before: Product, after: Product) -> tuple[str, bytes]:
        return wire.OperationKind.PRODUCT_EDIT.value, wire.encode(edit_to_wire(before, after))

    def deposit(self, movement: DepositMovement) -> tuple[str, bytes]:
        payload = wire.DepositPayload(
            customer=movement.customer_uid,
            product=movement.product_uid,
            quantity=movement.quantity,
            amount=movement.amount,
            session=movement.session_uid,
        )
        return wire.OperationKind.DEPOSIT.value, wire.encode(payload)

    def session_opened(self, session: CashSession) -> tuple[str, bytes]:
        payload = wire.SessionOpenedPayload(session=session.uid, float_amount=session.float_amount, cashier=session.cashier)
        return wire.OperationKind.SESSION_OPENED.value, wire.encode(payload)

    def session_closed(
        self, session_uid: str, expected: int, counted: int, z_number: int = 0, notes: Sequence[tuple[int, int]] = ()
    ) -> tuple[str, bytes]:
        payload = wire.SessionClosedPayload(
            session=session_uid, expected=expected, counted=counted, z_number=z_number, notes=tuple((note, count) for note, count in notes)
        )
        return wire.OperationKind.SESSION_CLOSED.value, wire.encode(payload)

    def cash_movement(self, movement: CashMovement) -> tuple[str, bytes]:
        payload = wire.CashMovementPayload(session=movement.session_uid, amount=movement.amount, reason=movement.reason.value)
        return wire.OperationKind.CASH_MOVEMENT.value, wire.encode(payload)

    def order_command(self, order: Order, step: OrderStep, reason: str) -> tuple[str, bytes]:
        command = wire.OrderCommand(step.value).value
        payload = wire.OrderCommandPayload(order=order.uid, command=command, expected_version=order.version, reason=reason)
        return wire.OperationKind.ORDER_COMMAND.value, wire.encode(payload)

    def order_picked_up(self, order: Order, code: str) -> tuple[str, bytes]:
        lines = tuple(wire.StockLine(product=line.product_uid, quantity=line.quantity) for line in order.lines)
        return wire.OperationKind.ORDER_PICKED_UP.value, wire.encode(wire.OrderPickedUpPayload(order=order.uid, code=code, lines=lines))

    def verify_pickup(self, code: str, server_keys: Mapping[str, str]) -> tuple[str, str]:
        """(order uid, short code) of a scanned code; no line is needed.

        Args:
            server_keys: public keys by their ids; a retired one still verifies what it has signed.

        Raises:
            ShopError: PICKUP_CODE_UNREADABLE, PICKUP_CODE_FORGED (also while the till does not know the key that the code names).
        """
        try:
            told = wire.read_pickup_code(code)
        except ValueError:
            raise ShopError(ErrorCode.PICKUP_CODE_UNREADABLE) from None
        if not signed_by(server_keys.get(told.key_id, ""), told.signature, wire.pickup_claim(told.order, told.short_code)):
            raise ShopError(ErrorCode.PICKUP_CODE_FORGED)
        return told.order, told.short_code


def signed_by(public_key: str, signature: bytes, text: bytes) -> bool:
    """Whether `signature` (raw Ed25519) over `text` is by this key (base64url). An unreadable key signs nothing."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(wire.unb64(public_key)).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def product_to_wire(product: Product) -> wire.WireProduct:
    """A product whole, without what is the shop's own business (cost)."""
    return wire.WireProduct(
        uid=product.uid,
        name=product.name,
        category=product.category,
        base_unit=product.base_unit.value,
        units=tuple(
            wire.WireUnit(
                uid=unit.uid,
                name=unit.name,
                factor=unit.factor,
                prices=tuple(
                    wire.WirePrice(
                        kind=price.kind.value,
                        amount=price.amount,
                        min_quantity=price.min_quantity,
                        group=price.group,
                        starts_at=price.starts_at,
                    )
                    for price in unit.prices
                ),
                barcodes=tuple(barcode.code for barcode in unit.barcodes),
            )
            for unit in product.units
        ),
        sell_unit=product.sell_unit,
        brand=product.brand,
        size=product.size,
        drawing=product.drawing,
        min_stock=product.min_stock,
        online_buffer=product.online_buffer,
        listed_online=product.listed_online,
        regulation=product.regulation.value,
        deleted=product.deleted,
        version=product.version,
    )


LocalParts: TypeAlias = tuple[int, int, bool, str]
"""What of a product no wire carries: total and quantity of its cost, whether somebody is to look at it, and whose goods they are."""


def product_from_wire(told: wire.WireProduct, known: LocalParts | None = None) -> Product:
    """The product as the server has it; what no wire carries is taken from what the till knows of it.

    Raises:
        ValueError: what cannot be sold from: no unit or too many, a factor below 1, `sell_unit` outside the ladder, an impossible price or
            number.
    """
    check_numbers(told.min_stock, told.online_buffer, told.version)
    cost_total, cost_quantity, needs_review, consignor_uid = known or (0, 0, False, "")
    units = tuple(_unit(unit) for unit in told.units)
    whole = 0 <= told.sell_unit < len(units) <= _MOST_UNITS and len({unit.uid for unit in units}) == len(units)
    if not whole or any(unit.factor < 1 or any(not 0 <= price.amount <= MAX_AMOUNT for price in unit.prices) for unit in units):
        raise ValueError(f"product {told.uid} cannot be sold from")
    return Product(
        told.uid,
        told.name,
        told.category,
        _member(BaseUnit, told.base_unit, BaseUnit.PCS),
        units,
        sell_unit=told.sell_unit,
        brand=told.brand,
        size=told.size,
        drawing=told.drawing,
        cost_total=cost_total,
        cost_quantity=cost_quantity,
        min_stock=told.min_stock,
        online_buffer=told.online_buffer,
        listed_online=told.listed_online,
        regulation=_member(Regulation, told.regulation, Regulation.NONE),
        needs_review=needs_review,
        deleted=told.deleted,
        version=told.version,
        consignor_uid=consignor_uid,
    )


def _unit(told: wire.WireUnit) -> Unit:
    check_numbers(told.factor, *(number for price in told.prices for number in (price.min_quantity, price.starts_at)))
    # of one rule the last told counts, and a kind of price that this till does not know is nobody's: it must not become everyone's
    prices = {
        (price.kind, price.min_quantity, price.group, price.starts_at): Price(
            _PRICE_KINDS[price.kind], price.amount, price.min_quantity, price.group, price.starts_at
        )
        for price in told.prices
        if price.kind in _PRICE_KINDS
    }
    codes = tuple(Barcode(code, match_key(code), judge(code)) for code in told.barcodes)
    return Unit(told.uid, told.name, told.factor, tuple(prices.values()), codes)


def movement_from_wire(told: wire.StockChange) -> StockMovement:
    """A movement of the feed; a reason that this till does not know is kept as OTHER. Raises ValueError for an impossible number."""
    check_numbers(told.quantity, told.position, told.at)
    reason = _member(MovementReason, told.reason, MovementReason.OTHER)
    return StockMovement(told.product, told.quantity, reason, told.cause, told.position, told.at)


def order_from_wire(told: wire.WireOrder) -> Order:
    """The server's part of an order; a status that this till does not know is kept as written.

    Raises:
        ValueError: an impossible number or unit.
    """
    check_numbers(told.version, told.total, told.placed_at, told.deadline_at, told.slot_from, told.slot_to)
    if any(line.factor < 1 for line in told.lines):
        raise ValueError("an impossible unit")
    check_numbers(*(number for line in told.lines for number in (line.factor, line.quantity, line.unit_price, line.amount)))
    return Order(
        told.uid,
        _one_line(told.number),
        OrderStatus.read(told.status),
        told.status,
        told.version,
        without_numbers(_one_line(told.buyer)),
        told.buyer_phone4[-4:],
        told.buyer_kind,
        tuple(
            OrderLine(line.product, line.name, line.unit, line.factor, line.quantity, line.unit_price, line.amount) for line in told.lines
        ),
        told.total,
        told.paid,
        _moment(told.placed_at),
        _moment(told.deadline_at),
        _moment(told.slot_from),
        _moment(told.slot_to),
        without_numbers(_one_line(told.note)),
        _one_line(told.reason),
        told.pickup_code,
        _short_code(told.pickup_code),
        flags=told.flags,
    )


def _short_code(pickup_code: str) -> str:
    if not pickup_code:
        return ""
    try:
        return wire.read_pickup_text(pickup_code)[1]
    except ValueError:
        # the QR will say so when it is scanned; the order itself is well
        return ""


def _moment(at: int) -> int:
    """A moment as it can be shown. An order that someone has paid for is not passed over for an absurd slot."""
    return min(max(at, 0), _LATEST)


def _one_line(text: str) -> str:
    """What a buyer wrote, without breaks and unseen signs that would turn or stretch what stands around it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def check_numbers(*numbers: int) -> None:
    """JSON knows numbers that no shop has and no store can hold. Raises ValueError for them."""
    if not all(-_MOST <= number <= _MOST for number in numbers):
        raise ValueError("an impossible number")


def _member(kind: type[_E], text: str, otherwise: _E) -> _E:
    try:
        return kind(text)
    except ValueError:
        return otherwise
