"""Every refusal as a stable code with its HTTP status and title. Owns that table; docs/protocol.md says what a client does about each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pos.sync.proof import ProofCode
from pos.sync.protocol import Problem


class ProblemCode(StrEnum):
    """Why a request was refused. The names are part of the protocol."""

    # the message itself
    UNREADABLE = "unreadable"
    BODY_TOO_LARGE = "body_too_large"
    ENCODING_UNKNOWN = "encoding_unknown"
    BATCH_BROKEN = "batch_broken"
    FIELD_INVALID = "field_invalid"
    NO_SUCH_PLACE = "no_such_place"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    # who asks
    USE_DPOP_NONCE = "use_dpop_nonce"
    PROOF_MISSING = "proof_missing"
    PROOF_UNREADABLE = "proof_unreadable"
    PROOF_FORGED = "proof_forged"
    PROOF_OF_ANOTHER_REQUEST = "proof_of_another_request"
    PROOF_OF_ANOTHER_TOKEN = "proof_of_another_token"
    PROOF_OF_ANOTHER_KEY = "proof_of_another_key"
    PROOF_REPLAYED = "proof_replayed"
    TOKEN_MISSING = "token_missing"
    TOKEN_WRONG = "token_wrong"
    TOKEN_EXPIRED = "token_expired"
    DEVICE_REVOKED = "device_revoked"
    # pairing
    CODE_WRONG = "code_wrong"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    TOO_MANY_TRIES = "too_many_tries"
    AUTHORIZATION_PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    EXPIRED_TOKEN = "expired_token"
    ACCESS_DENIED = "access_denied"
    # the round trip
    CURSOR_TOO_OLD = "cursor_too_old"
    PROGRAM_TOO_OLD = "program_too_old"
    QRIS_NOT_OFFERED = "qris_not_offered"
    BUSY = "busy"
    TOO_MANY_REQUESTS = "too_many_requests"
    INTERNAL = "internal"
    # officers
    ROLE_MAY_NOT = "role_may_not"
    DEVICE_UNKNOWN = "device_unknown"
    ENTRY_UNKNOWN = "entry_unknown"
    # buyers
    SHOP_UNKNOWN = "shop_unknown"
    ORDER_UNKNOWN = "order_unknown"
    GOODS_NOT_LISTED = "goods_not_listed"
    TOO_FEW_LEFT = "too_few_left"
    CAP_REACHED = "cap_reached"
    TOO_MANY_UNPAID = "too_many_unpaid"
    ID_REUSED = "id_reused"
    NOT_ALLOWED = "not_allowed"


PROBLEMS: Final[Mapping[ProblemCode, tuple[int, str]]] = {
    ProblemCode.UNREADABLE: (400, "The message has another shape"),
    ProblemCode.BODY_TOO_LARGE: (413, "The message is too large"),
    ProblemCode.ENCODING_UNKNOWN: (415, "The message's encoding is not known here"),
    ProblemCode.BATCH_BROKEN: (400, "The batch is empty, too long or has a gap"),
    ProblemCode.FIELD_INVALID: (400, "A field holds what it cannot hold"),
    ProblemCode.NO_SUCH_PLACE: (404, "There is nothing here"),
    ProblemCode.METHOD_NOT_ALLOWED: (405, "Not by this method"),
    ProblemCode.USE_DPOP_NONCE: (401, "Prove it again with the server's nonce"),
    ProblemCode.PROOF_MISSING: (401, "A proof of the device's key is missing"),
    ProblemCode.PROOF_UNREADABLE: (401, "The proof cannot be read"),
    ProblemCode.PROOF_FORGED: (401, "The proof is not by the key that it names"),
    ProblemCode.PROOF_OF_ANOTHER_REQUEST: (401, "The proof is for another request"),
    ProblemCode.PROOF_OF_ANOTHER_TOKEN: (401, "The proof is for another token"),
    ProblemCode.PROOF_OF_ANOTHER_KEY: (401, "The proof is by another key"),
    ProblemCode.PROOF_REPLAYED: (401, "The proof was used before"),
    ProblemCode.TOKEN_MISSING: (401, "An access token is missing"),
    ProblemCode.TOKEN_WRONG: (401, "The token is not known"),
    ProblemCode.TOKEN_EXPIRED: (401, "The token has expired"),
    ProblemCode.DEVICE_REVOKED: (403, "This device was revoked"),
    ProblemCode.CODE_WRONG: (403, "The code is not known"),
    ProblemCode.CODE_USED: (409, "The code was used by another device"),
    ProblemCode.CODE_EXPIRED: (403, "The code has expired"),
    ProblemCode.TOO_MANY_TRIES: (429, "Too many wrong codes"),
    ProblemCode.AUTHORIZATION_PENDING: (400, "The officer has not decided yet"),
    ProblemCode.SLOW_DOWN: (400, "Polled too soon"),
    ProblemCode.EXPIRED_TOKEN: (400, "The grant is over"),
    ProblemCode.ACCESS_DENIED: (400, "The officer said no"),
    ProblemCode.CURSOR_TOO_OLD: (410, "Begin the feed anew"),
    ProblemCode.PROGRAM_TOO_OLD: (426, "The program is too old to pull"),
    ProblemCode.QRIS_NOT_OFFERED: (409, "The shop has no QRIS of an acquirer"),
    ProblemCode.BUSY: (503, "Come again later"),
    ProblemCode.TOO_MANY_REQUESTS: (429, "Too many requests in a short time"),
    ProblemCode.INTERNAL: (500, "The server has a fault"),
    ProblemCode.ROLE_MAY_NOT: (403, "This is for another role"),
    ProblemCode.DEVICE_UNKNOWN: (404, "There is no such till"),
    ProblemCode.ENTRY_UNKNOWN: (404, "There is no such entry"),
    ProblemCode.SHOP_UNKNOWN: (404, "There is no such shop"),
    ProblemCode.ORDER_UNKNOWN: (404, "There is no such order"),
    ProblemCode.GOODS_NOT_LISTED: (409, "The shop does not sell this online"),
    ProblemCode.TOO_FEW_LEFT: (409, "The shop has too few of it"),
    ProblemCode.CAP_REACHED: (409, "The shop has reached its turnover cap"),
    ProblemCode.TOO_MANY_UNPAID: (409, "Pay or cancel the other orders first"),
    ProblemCode.ID_REUSED: (409, "This id stands for something else"),
    ProblemCode.NOT_ALLOWED: (409, "The order's status does not allow it"),
}


class Refusal(Exception):
    """A request that is refused. Raised, it rolls the transaction back; returned, what was written stays.

    Attributes:
        detail: for engineers; holds no personal data. retry_after: seconds, None leaves the header out.
    """

    def __init__(self, code: ProblemCode, detail: str = "", retry_after: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return PROBLEMS[self.code][0]

    def problem(self) -> Problem:
        """As it is told."""
        status, title = PROBLEMS[self.code]
        return Problem(code=self.code.value, title=title, status=status, detail=self.detail)


def of_proof(code: ProofCode) -> ProblemCode:
    """The problem that a wrong proof is: they have the same names."""
    return ProblemCode(code.value)
