"""The till's end of the protocol: who asks (proof and tokens), what the answer means. Owns no state of the shop.

A 401 never deletes anything: the access token is fetched anew once, and if that does not help the failure is told and nothing else
happens. Tokens are in `Secrets`; the access token lives in memory only.
"""

from __future__ import annotations

import email.utils
import logging
from typing import Final, TypeVar

import msgspec

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import Clock, Ids, Secrets
from pos.sync import protocol as wire
from pos.sync.central import SnapshotNeeded
from pos.sync.proof import make_proof
from pos.sync.transport import Answer, Timeouts, Transport, checked_address

_log = logging.getLogger(__name__)

PROGRAM: Final = "epeken-pos"
DEVICE_KEY: Final = "device_key"
"""Name in `Secrets`: the device's Ed25519 private key, base64url of 32 bytes."""
REFRESH_TOKEN: Final = "refresh_token"
EARLY_S: Final = 60
"""Seconds before its end at which an access token is fetched anew without waiting for a 401."""
MAX_ACCESS_S: Final = 86_400
"""Seconds after which an access token is fetched anew, however long the server says that it is good."""
MAX_RETRY_AFTER_S: Final = 3_600

_PROBLEMS: Final = {
    "code_wrong": ErrorCode.PAIRING_CODE_WRONG,
    "code_used": ErrorCode.PAIRING_CODE_USED,
    "code_expired": ErrorCode.PAIRING_CODE_EXPIRED,
    "too_many_tries": ErrorCode.PAIRING_TOO_MANY_TRIES,
    "device_revoked": ErrorCode.DEVICE_REVOKED,
    # the same to the shop: only a new code helps, and nothing is lost
    "token_expired": ErrorCode.DEVICE_REVOKED,
    "token_wrong": ErrorCode.DEVICE_REVOKED,
    "proof_of_another_key": ErrorCode.DEVICE_REVOKED,
    "program_too_old": ErrorCode.PROGRAM_TOO_OLD,
}
_W = TypeVar("_W", bound=wire.Wire)


class CentralClient:
    """Implements `pos.sync.central.Central`, and enrolment. For one thread at a time.

    Raises (any call): ShopError NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED (`reason`, `status`), CENTRAL_UNREADABLE, NO_KEYRING.
    """

    def __init__(
        self, url: str, secrets: Secrets, clock: Clock, ids: Ids, program: str = PROGRAM, timeouts: Timeouts | None = None
    ) -> None:
        self._base = checked_address(url)
        self._secrets = secrets
        self._clock = clock
        self._ids = ids
        self._transport = Transport(clock, program, timeouts or Timeouts())
        self._key = b""
        self._nonce = ""
        self._access = ""
        self._access_until = 0.0

    def enrol(self, request: wire.EnrolRequest) -> wire.EnrolAnswer:
        """Redeem a one-time code for this device's key.

        Raises:
            ShopError: PAIRING_CODE_WRONG, PAIRING_CODE_USED, PAIRING_CODE_EXPIRED, PAIRING_TOO_MANY_TRIES.
        """
        return _read(self._proven("/v1/enrol", wire.encode(request), ""), wire.EnrolAnswer)

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        """One round trip. See `pos.sync.central.Central`."""
        body = wire.encode(request)
        fetched = self._clock.monotonic() >= self._access_until
        if fetched:
            self._fetch_access()
        answer = self._proven("/v1/sync", body, self._access)
        if answer.status == 401 and not fetched:
            self._fetch_access()
            answer = self._proven("/v1/sync", body, self._access)
        return _read(answer, wire.SyncAnswer)

    def close(self) -> None:
        """End the kept-alive connection."""
        self._transport.close()

    def _fetch_access(self) -> None:
        refresh = self._secrets.get(REFRESH_TOKEN)
        if refresh is None:
            raise ShopError(ErrorCode.NOT_PAIRED)
        self._access_until = 0.0
        token = _read(self._proven("/v1/token", wire.encode(wire.TokenRequest(refresh_token=refresh)), ""), wire.TokenAnswer)
        self._access = token.access_token
        self._access_until = self._clock.monotonic() + min(max(token.access_expires_in - EARLY_S, EARLY_S), MAX_ACCESS_S)

    def _proven(self, path: str, body: bytes, access: str) -> Answer:
        """Send with a proof of the device's key; once more if the server asks for its own nonce in it."""
        url = self._base + path
        answer = self._send(url, body, access)
        if answer.status == 401 and self._nonce and _problem_code(answer) == "use_dpop_nonce":
            answer = self._send(url, body, access)
        return answer

    def _send(self, url: str, body: bytes, access: str) -> Answer:
        proof = make_proof(self._device_key(), "POST", url, self._ids.new(), self._clock.now() // 1000, self._nonce, access)
        headers = {"DPoP": proof}
        if access:
            headers["Authorization"] = f"DPoP {access}"
        answer = self._transport.post(url, body, headers)
        self._nonce = answer.headers.get("DPoP-Nonce", self._nonce)
        return answer

    def _device_key(self) -> bytes:
        if not self._key:
            kept = self._secrets.get(DEVICE_KEY)
            if kept is None:
                raise ShopError(ErrorCode.NOT_PAIRED)
            self._key = wire.unb64(kept)
        return self._key


def _read(answer: Answer, kind: type[_W]) -> _W:
    """The message of a good answer; every other one as the failure that it means."""
    if answer.status != 200:
        raise _refusal(answer)
    try:
        return wire.decode(answer.body, kind)
    except msgspec.MsgspecError as error:
        # a login page of a hotel's Wi-Fi says 200 too; the body is not logged, it may hold anything
        _log.warning("an answer of %d bytes is no %s: %s", len(answer.body), kind.__name__, type(error).__name__)
        raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="no_message") from error


def _refusal(answer: Answer) -> Exception:
    reason = _problem_code(answer)
    if answer.status == 410 and reason == "cursor_too_old":
        return SnapshotNeeded()
    fields: dict[str, object] = {"status": answer.status, "reason": reason}
    if (wait := _retry_after(answer)) is not None:
        fields["retry_after"] = wait
    if answer.status == 426:
        return ShopError(ErrorCode.PROGRAM_TOO_OLD, **fields)
    if reason in _PROBLEMS:
        return ShopError(_PROBLEMS[reason], **fields)
    # without a problem that we can read it is not e-Peken that spoke, or it is not well
    unreadable = not reason or answer.status >= 500
    return ShopError(ErrorCode.CENTRAL_UNREADABLE if unreadable else ErrorCode.CENTRAL_REFUSED, **fields)


def _problem_code(answer: Answer) -> str:
    """The stable code of a refusal, or an empty text when it is none of ours."""
    try:
        return wire.decode(answer.body, wire.Problem).code
    except msgspec.MsgspecError:
        return ""


def _retry_after(answer: Answer) -> float | None:
    """Seconds that the server asks to wait. A date is taken against the server's own Date, for the till's clock may be wrong."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_RETRY_AFTER_S)
    try:
        until = email.utils.parsedate_to_datetime(text)
        since = email.utils.parsedate_to_datetime(answer.headers.get("Date", ""))
        return min(max((until - since).total_seconds(), 0.0), MAX_RETRY_AFTER_S)
    except (ValueError, TypeError):
        return None
