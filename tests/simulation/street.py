"""Buyers at the public API, over lines that lose requests and answers, too. They ask again with the same id until they are answered."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec
from requests.structures import CaseInsensitiveDict

from pos.sync import protocol as wire
from pos.sync.transport import Answer
from tests.simulation.counter import an_id
from tests.simulation.line import Letter

_W = TypeVar("_W", bound=wire.Wire)
_GOODS: Final = msgspec.json.Decoder(list[wire.ListedGoods])


@dataclass(slots=True)
class Wish:
    """An order that a buyer has in mind. `uid` once the server has answered; `code` once it is accepted."""

    shop: str
    id: str
    item: wire.BasketItem
    uid: str = ""
    code: str = ""
    paid: bool = False
    over: bool = False


@dataclass(slots=True)
class Buyer:
    """`losing`: how often of 1 a request or its answer is lost."""

    name: str
    token: str
    dice: random.Random
    office: Callable[[Letter], Answer]
    losing: float = 0.0
    wishes: list[Wish] = field(default_factory=list)

    def wish(self, shop: str) -> None:
        """Look at a shop's list and want something of it."""
        told = self._ask("GET", f"/v1/buyer/shops/{shop}/goods")
        listed = [] if told is None else [item for item in _GOODS.decode(told.body) if item.sellable > 0]
        if listed:
            found = self.dice.choice(listed)
            item = wire.BasketItem(product=found.product, unit_uid=found.unit_uid, count=self.dice.randint(1, 2))
            self.wishes.append(Wish(shop, an_id(f"{self.name} {len(self.wishes)}"), item))

    def begin(self, shop: str) -> None:
        """Place an order and pay for it."""
        self.wish(shop)
        self.go_on()
        self.go_on()

    def go_on(self) -> None:
        """The next step with one of the wishes: place, pay, look, now and then cancel."""
        open_wishes = [wish for wish in self.wishes if not wish.over]
        if not open_wishes:
            return
        wish = self.dice.choice(open_wishes)
        if not wish.uid:
            self._place(wish)
        elif not wish.paid:
            self._note(wish, self._ask("POST", f"/v1/buyer/orders/{wish.uid}/pay"))
        elif self.dice.random() < 0.15:
            self._note(wish, self._ask("POST", f"/v1/buyer/orders/{wish.uid}/cancel"))
        else:
            self._note(wish, self._ask("GET", f"/v1/buyer/orders/{wish.uid}"))

    def with_code(self, shop: str) -> Wish | None:
        """One whose code can be shown at the counter; the phone is looked at once more on the way."""
        for wish in self.wishes:
            if wish.shop == shop and wish.paid and not wish.code:
                self._note(wish, self._ask("GET", f"/v1/buyer/orders/{wish.uid}"))
        found = [wish for wish in self.wishes if wish.shop == shop and wish.code]
        return self.dice.choice(found) if found else None

    def _place(self, wish: Wish) -> None:
        request = wire.PlaceOrder(id=wish.id, shop=wish.shop, items=(wish.item,))
        self._note(wish, self._ask("POST", "/v1/buyer/orders", request))

    def _note(self, wish: Wish, told: Answer | None) -> None:
        if told is None:
            return
        if told.status != 200:
            # refused: too few left, not allowed any more; or the server was put back and knows nothing of it
            wish.over |= not wish.uid or told.status == 404
            return
        order = wire.decode(told.body, wire.BuyerOrder)
        wish.uid, wish.paid = order.uid, order.paid
        wish.code = order.pickup_code or wish.code

    def _ask(self, method: str, path: str, message: wire.Wire | None = None) -> Answer | None:
        """The answer, or None where it or the request was lost."""
        if self.dice.random() < self.losing:
            return None
        headers = CaseInsensitiveDict({"Authorization": f"Bearer {self.token}"})
        answer = self.office(Letter(method, path, "", headers, wire.encode(message) if message is not None else b""))
        return None if self.dice.random() < self.losing or answer.status >= 500 else answer
