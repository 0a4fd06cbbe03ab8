"""Tills and buyers at the central's door: they speak the wire by hand, so that a test can also speak it wrongly."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.sync import protocol as wire
from pos.sync.proof import make_proof
from tests.helpers.central import MORNING, City

_W = TypeVar("_W", bound=wire.Wire)


def an_id(words: str) -> str:
    """An id that a test can name twice."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: bytes
    headers: Any

    @property
    def code(self) -> str:
        """The problem's code."""
        return wire.decode(self.body, wire.Problem).code

    def read(self, kind: type[_W]) -> _W:
        assert self.status == 200, self.body
        return wire.decode(self.body, kind)


@dataclass
class CounterTill:
    """A till by hand: its key, its tokens, its chain. `push` and `pull` behave; `post` sends what it is given."""

    city: City
    key: bytes = b""
    access: str = ""
    refresh: str = ""
    nonce: str = ""
    epoch: int = 1
    seq: int = 0
    head: str = wire.GENESIS
    cursor: str = ""
    enrolled: wire.EnrolAnswer | None = None
    web: requests.Session = field(default_factory=requests.Session)
    _requests: int = 0

    @property
    def public_key(self) -> str:
        return wire.b64(Ed25519PrivateKey.from_private_bytes(self.key).public_key().public_bytes_raw())

    @property
    def device(self) -> str:
        assert self.enrolled is not None
        return self.enrolled.device

    # --- sending ---------------------------------------------------------------------------------------------------

    def proof(self, path: str, access: str = "", **other: Any) -> str:
        """A proof for a POST to a path; `other` replaces what is in it (key, method, url, jti, nonce, token)."""
        self._requests += 1
        jti = f"{self.public_key}-{self._requests}"
        told: dict[str, Any] = {
            "key": self.key,
            "method": "POST",
            "url": self.city.url + path,
            "jti": jti,
            "nonce": self.nonce,
            "token": access,
        } | other
        return make_proof(told["key"], told["method"], told["url"], told["jti"], 1_000, told["nonce"], told["token"])

    def post(self, path: str, body: bytes, access: str = "", proof: str | None = None, **headers: str) -> Reply:
        """Send bytes; remembers the nonce that comes back."""
        sent = {"Content-Type": "application/json", "DPoP": self.proof(path, access) if proof is None else proof}
        if access:
            sent["Authorization"] = f"DPoP {access}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        told = self.web.post(self.city.url + path, data=body, headers=sent, timeout=30)
        self.nonce = told.headers.get("DPoP-Nonce", self.nonce)
        return Reply(told.status_code, told.content, told.headers)

    def ask(self, path: str, message: wire.Wire, access: str = "") -> Reply:
        """Send a message; once more when the server asks for its nonce."""
        reply = self.post(path, wire.encode(message), access)
        if reply.status == 401 and reply.code == "use_dpop_nonce":
            reply = self.post(path, wire.encode(message), access)
        return reply

    # --- pairing ---------------------------------------------------------------------------------------------------

    def try_code(self, code: str) -> Reply:
        request = wire.EnrolRequest(code=code, public_key=self.public_key, device_name="Kasir depan", program="epeken-pos test")
        return self.ask("/v1/enrol", request)

    def enrol(self, code: str) -> wire.EnrolAnswer:
        answer = self.try_code(code).read(wire.EnrolAnswer)
        self.enrolled, self.access, self.refresh, self.epoch = answer, answer.access_token, answer.refresh_token, answer.epoch
        return answer

    def fetch_access(self) -> Reply:
        reply = self.ask("/v1/token", wire.TokenRequest(refresh_token=self.refresh))
        if reply.status == 200:
            self.access = reply.read(wire.TokenAnswer).access_token
        return reply

    # --- the round trip ----------------------------------------------------------------------------------------------

    def sync(self, **fields: Any) -> Reply:
        told: dict[str, Any] = {"protocol": wire.PROTOCOL_VERSION, "cursor": self.cursor} | fields
        request = wire.SyncRequest(**told)
        return self.ask("/v1/sync", request, self.access)

    def batch(self, *operations: wire.Operation, prev_hash: str | None = None) -> wire.Batch:
        return wire.Batch(epoch=self.epoch, prev_hash=self.head if prev_hash is None else prev_hash, operations=operations)

    def operation(self, payload: wire.Wire | bytes, kind: str = "", id: str = "", at: int = MORNING, ahead: int = 1) -> wire.Operation:
        """The next operation, or one further ahead. Its id follows from its content unless it is given."""
        raw = payload if isinstance(payload, bytes) else wire.encode(payload)
        seq = self.seq + ahead
        found = kind or KINDS[type(payload)]
        return wire.Operation(id=id or an_id(f"{self.public_key} {self.epoch} {seq}"), seq=seq, kind=found, at=at, payload=msgspec.Raw(raw))

    def push(self, *payloads: wire.Wire | bytes | wire.Operation, **fields: Any) -> wire.SyncAnswer:
        """Tell payloads as the next operations; the chain goes on as the server says."""
        operations = [
            item if isinstance(item, wire.Operation) else self.operation(item, ahead=place) for place, item in enumerate(payloads, 1)
        ]
        answer = self.sync(batch=self.batch(*operations), page=0, **fields).read(wire.SyncAnswer)
        self.follow(answer)
        return answer

    def follow(self, answer: wire.SyncAnswer) -> None:
        """Go on from where the server says that both stand."""
        self.seq, self.head = answer.acked_seq, answer.chain_hash
        self.epoch = answer.fenced_epoch or self.epoch

    def pull(self, page: int = wire.MAX_PAGE, **fields: Any) -> wire.SyncAnswer:
        """One page of the feed."""
        answer = self.sync(page=page, **fields).read(wire.SyncAnswer)
        self.cursor = answer.cursor
        return answer

    def pull_all(self, page: int = wire.MAX_PAGE) -> list[wire.Change]:
        """The feed to its end, from the till's cursor."""
        found: list[wire.Change] = []
        answer = self.pull(page)
        while True:
            found += answer.changes
            if not answer.more:
                return found
            answer = self.pull(page)

    def orders(self) -> dict[str, wire.WireOrder]:
        """Order uid -> the order, of all that the feed has not told before."""
        return {change.uid: change.order for change in self.pull_all() if change.order is not None}

    def close(self) -> None:
        self.web.close()


KINDS: dict[type[Any], str] = {
    wire.SalePayload: "sale@1",
    wire.StockPayload: "stock@1",
    wire.ProductPayload: "product@1",
    wire.SessionOpenedPayload: "session_opened@1",
    wire.SessionClosedPayload: "session_closed@1",
    wire.OrderCommandPayload: "order_command@1",
    wire.OrderPickedUpPayload: "order_picked_up@1",
    wire.CashMovementPayload: "cash_movement@1",
    wire.TenderSettledPayload: "tender_settled@1",
    wire.CreditPayload: "credit@1",
    wire.DepositPayload: "deposit@1",
    wire.StockTakePayload: "stock_take@1",
    wire.ProductEditPayload: "product_edit@1",
    wire.SetAsidePayload: "set_aside@1",
}


@dataclass
class OnlineBuyer:
    """A buyer at the public API."""

    city: City
    token: str
    web: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, message: wire.Wire | None = None) -> Reply:
        body = wire.encode(message) if message is not None else None
        told = self.web.request(method, self.city.url + path, data=body, headers={"Authorization": f"Bearer {self.token}"}, timeout=30)
        return Reply(told.status_code, told.content, told.headers)

    def goods(self, shop: str) -> list[wire.ListedGoods]:
        reply = self.ask("GET", f"/v1/buyer/shops/{shop}/goods")
        assert reply.status == 200, reply.body
        return msgspec.json.decode(reply.body, type=list[wire.ListedGoods])

    def try_place(self, shop: str, items: dict[str, int], id: str = "", **fields: Any) -> Reply:
        """`items`: product -> count of its selling unit, whose uid is `unit_of(product)`."""
        basket = tuple(wire.BasketItem(product=uid, unit_uid=unit_of(uid), count=count) for uid, count in items.items())
        return self.ask("POST", "/v1/buyer/orders", wire.PlaceOrder(id=id or an_id(f"{shop}{items}"), shop=shop, items=basket, **fields))

    def place(self, shop: str, items: dict[str, int], id: str = "", **fields: Any) -> wire.BuyerOrder:
        return self.try_place(shop, items, id, **fields).read(wire.BuyerOrder)

    def buy(self, shop: str, items: dict[str, int], id: str = "", **fields: Any) -> wire.BuyerOrder:
        """Place and pay."""
        return self.pay(self.place(shop, items, id, **fields).uid)

    def pay(self, order: str) -> wire.BuyerOrder:
        return self.ask("POST", f"/v1/buyer/orders/{order}/pay").read(wire.BuyerOrder)

    def cancel(self, order: str) -> Reply:
        return self.ask("POST", f"/v1/buyer/orders/{order}/cancel")

    def see(self, order: str) -> wire.BuyerOrder:
        return self.ask("GET", f"/v1/buyer/orders/{order}").read(wire.BuyerOrder)

    def close(self) -> None:
        self.web.close()


def packed(message: wire.Wire) -> bytes:
    """A message as a gzipped body."""
    return gzip.compress(wire.encode(message))


def unit_of(product: str) -> str:
    """Uid of the one unit of `goods`."""
    return an_id(f"unit of {product}")


def goods(name: str, price: int = 3_500, **fields: Any) -> wire.WireProduct:
    """A product with one unit of one piece, listed online unless said otherwise."""
    uid = an_id(name)
    unit = wire.WireUnit(uid=unit_of(uid), name="pcs", factor=1, prices=(wire.WirePrice(kind="retail", amount=price),))
    told: dict[str, Any] = {"uid": uid, "name": name, "category": "Mi instan", "base_unit": "pcs", "units": (unit,), "listed_online": True}
    return wire.WireProduct(**told | fields)


def stock(quantities: dict[str, int], reason: str = "opening") -> wire.StockPayload:
    return wire.StockPayload(reason=reason, lines=tuple(wire.StockLine(product=uid, quantity=count) for uid, count in quantities.items()))


def sale(quantities: dict[str, int], price: int = 3_500, receipt: str = "", session: str = "") -> wire.SalePayload:
    """A cash sale of pieces."""
    lines = tuple(
        wire.SaleLine(product=uid, unit=unit_of(uid), factor=1, quantity=count, unit_price=price, amount=count * price)
        for uid, count in quantities.items()
    )
    total = sum(line.amount for line in lines)
    return wire.SalePayload(
        receipt=receipt or f"A1-{an_id(f'{quantities}{price}')[:6]}",
        session=session,
        total=total,
        lines=lines,
        payments=(wire.Payment(tender="cash", amount=total, received=total + 1_000, change=1_000),),
    )
