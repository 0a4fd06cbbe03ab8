"""What a place of the API is: who may ask, how that is shown, what is sent and answered. Holds no places (see `routes`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, TypeAlias

from central.problems import ProblemCode, Refusal
from central.proofs import Asked
from central.waiting import Waiter
from central.world import World
from pos.sync import protocol as wire

P = ProblemCode


class Who(Enum):
    """Who may ask, and how that is shown."""

    DEVICE_KEY = "a proof of the device's key (DPoP)"
    DEVICE = "an access token and a proof of its device's key (DPoP)"
    BUYER = "a buyer's token"
    OFFICER = "an officer's token, or the city's"
    CITY = "the city's token"

    @property
    def is_till(self) -> bool:
        return self in (Who.DEVICE_KEY, Who.DEVICE)

    @property
    def scheme(self) -> str:
        """Of the Authorization header."""
        return "DPoP" if self.is_till else "Bearer"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as its handler sees it. `message`: of the route's request type, None where it has none. `place`: the server's own
    address, as the other side knows it.
    """

    asked: Asked
    message: Any
    path: Mapping[str, str]
    query: Mapping[str, str]
    place: str


Answer: TypeAlias = wire.Wire | list[Any] | Refusal | Waiter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in the path or in the query. `schema`: as OpenAPI writes it."""

    name: str
    where: str
    schema: Mapping[str, Any]
    example: Any
    required: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """One place. `problems`: beyond those that any place may answer with."""

    method: str
    path: str
    name: str
    summary: str
    who: Who
    request: type[wire.Wire] | None
    answer: Any
    work: Callable[[World, Call], Answer]
    example: object
    request_example: wire.Wire | None = None
    problems: tuple[ProblemCode, ...] = field(default=())
    query: tuple[Parameter, ...] = field(default=())


AN_ID: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
PATH: Final[Mapping[str, Mapping[str, Any]]] = {
    "user_code": {"type": "string", "pattern": "^[A-Za-z]{4}-?[A-Za-z]{4}$"},
    "entry": {"type": "string", "pattern": "^[0-9a-f]{32}\\.[0-9]{1,15}\\.[0-9]{1,15}$"},
}
"""What stands in a path; what is not here is an id."""

PROOF: Final = (
    P.USE_DPOP_NONCE,
    P.PROOF_MISSING,
    P.PROOF_UNREADABLE,
    P.PROOF_FORGED,
    P.PROOF_OF_ANOTHER_REQUEST,
    P.PROOF_OF_ANOTHER_TOKEN,
    P.PROOF_OF_ANOTHER_KEY,
    P.PROOF_REPLAYED,
)
BODY: Final = (P.UNREADABLE, P.BODY_TOO_LARGE, P.ENCODING_UNKNOWN)
DEVICE: Final = (*PROOF, P.TOKEN_MISSING, P.TOKEN_WRONG, P.TOKEN_EXPIRED, P.DEVICE_REVOKED)
BEARER: Final = (P.TOKEN_MISSING, P.TOKEN_WRONG)
ANYWHERE: Final = (P.TOO_MANY_REQUESTS, P.BUSY, P.INTERNAL)
