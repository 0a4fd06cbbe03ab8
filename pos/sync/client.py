"""The till's end of the protocol: who asks (proof and tokens), what the answer means. Owns no state of the shop.

A 401 never deletes anything: the access token is fetched anew once, and if that does not help the failure is told and nothing else
happens. Tokens are in `Secrets`; the access token lives in memory only, and clients of one pairing may share it.
"""

from __future__ import annotations

import email.utils
import logging
import threading
from typing import Final, TypeVar
from urllib.parse import urlencode

import msgspec

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import Clock, Ids, Secrets
from pos.sync import protocol as wire
from pos.sync.central import SnapshotNeeded
from pos.sync.meter import LineMeter
from pos.sync.proof import make_proof
from pos.sync.transport import Answer, Timeouts, Transport, checked_address

_log = logging.getLogger(__name__)

PROGRAM: Final = "epeken-pos"
DEVICE_KEY: Final = "device_key"
"""Name in `Secrets`: the device's Ed25519 private key, base64url of 32 bytes."""
REFRESH_TOKEN: Final = "refresh_token"
DEVICE: Final = "device_of_key"
"""Name in `Secrets`: the device that the key and the token are of."""
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
    "expired_token": ErrorCode.GRANT_EXPIRED,
    "access_denied": ErrorCode.GRANT_DENIED,
    "qris_not_offered": ErrorCode.QRIS_NOT_SET,
}
_W = TypeVar("_W", bound=wire.Wire)


class Access:
    """The access token of a pairing, shared by its clients. `until` on the clock that only grows, in seconds."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.token = ""
        self.until = 0.0


class CentralClient:
    """Implements `pos.sync.central.Central`, and what else the till asks of e-Peken. For one thread at a time, but for `abort`.

    Raises (any call): ShopError NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED (`reason`, `status`), CENTRAL_UNREADABLE, NO_KEYRING.
    """

    def __init__(
        self,
        url: str,
        secrets: Secrets,
        clock: Clock,
        ids: Ids,
        program: str = PROGRAM,
        timeouts: Timeouts | None = None,
        *,
        device: str = "",
        access: Access | None = None,
        meter: LineMeter | None = None,
    ) -> None:
        """
        Args:
            device: whom the store takes this till for. Keys of another one (an older file was laid here, or a kill came between the keys
                and the store of a pairing) are as good as none: what is told by them would be another till's. Empty asks nothing.
            access: shared with other clients of the same pairing.
            meter: told of every request.
        """
        self._base = checked_address(url)
        self._secrets = secrets
        self._clock = clock
        self._ids = ids
        self._device = device
        self._transport = Transport(clock, program, timeouts or Timeouts())
        self._shared = access or Access()
        self._meter = meter
        self._key = b""
        self._nonce = ""

    def enrol(self, request: wire.EnrolRequest) -> wire.EnrolAnswer:
        """Redeem a one-time code for this device's key.

        Raises:
            ShopError: PAIRING_CODE_WRONG, PAIRING_CODE_USED, PAIRING_CODE_EXPIRED, PAIRING_TOO_MANY_TRIES.
        """
        return _read(self._proven("POST", "/v1/enrol", wire.encode(request), ""), wire.EnrolAnswer)

    def start_grant(self, request: wire.DeviceStart) -> wire.DeviceStarted:
        """Ask for a code that an officer approves (RFC 8628)."""
        return _read(self._proven("POST", "/v1/device/start", wire.encode(request), ""), wire.DeviceStarted)

    def poll_grant(self, request: wire.DevicePoll) -> wire.EnrolAnswer:
        """Whether it was approved.

        Raises:
            ShopError: CENTRAL_REFUSED with `reason` authorization_pending or slow_down; GRANT_EXPIRED, GRANT_DENIED.
        """
        return _read(self._proven("POST", "/v1/device/poll", wire.encode(request), ""), wire.EnrolAnswer)

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        """One round trip. See `pos.sync.central.Central`."""
        return _read(self._authorised("POST", "/v1/sync", wire.encode(request)), wire.SyncAnswer)

    def recover(self, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
        """A page of what was told before. See `pos.sync.central.Central`."""
        return _read(self._authorised("POST", "/v1/recovery", wire.encode(request)), wire.RecoveryAnswer)

    def wait(self, cursor: str, seconds: int) -> wire.WaitAnswer:
        """A long poll: answered when the feed has gone past the cursor, after `seconds` at most. The read timeout must be longer."""
        return _read(self._authorised("GET", f"/v1/wait?{urlencode({'cursor': cursor, 'seconds': seconds})}", b""), wire.WaitAnswer)

    def issue_qris(self, request: wire.IssueQris) -> wire.IssuedQris:
        """A QR for an amount. Raises ShopError QRIS_NOT_SET where the shop has no acquirer's."""
        return _read(self._authorised("POST", "/v1/qris", wire.encode(request)), wire.IssuedQris)

    def abort(self) -> None:
        """Break off what is under way, for good. From any thread."""
        self._transport.abort()

    def close(self) -> None:
        """End the kept-alive connection."""
        self._transport.close()

    def _authorised(self, method: str, path: str, body: bytes) -> Answer:
        """With an access token; with a new one, once, if that is not good any more."""
        access, fetched = self._access("")
        answer = self._proven(method, path, body, access)
        if answer.status == 401 and not fetched:
            answer = self._proven(method, path, body, self._access(access)[0])
        return answer

    def _access(self, spent: str) -> tuple[str, bool]:
        """The token, and whether it was fetched for this very call. `spent`: one that the server does not take any more."""
        with self._shared.lock:
            kept = self._shared
            if kept.token and kept.token != spent and self._clock.monotonic() < kept.until:
                return kept.token, False
            refresh = self._secrets.get(REFRESH_TOKEN)
            if refresh is None:
                raise ShopError(ErrorCode.NOT_PAIRED)
            kept.token, kept.until = "", 0.0
            asked = wire.encode(wire.TokenRequest(refresh_token=refresh))
            told = _read(self._proven("POST", "/v1/token", asked, ""), wire.TokenAnswer)
            kept.token = told.access_token
            kept.until = self._clock.monotonic() + min(max(told.access_expires_in - EARLY_S, EARLY_S), MAX_ACCESS_S)
            return kept.token, True

    def _proven(self, method: str, path: str, body: bytes, access: str) -> Answer:
        """Send with a proof of the device's key; once more if the server asks for its own nonce in it."""
        url = self._base + path
        answer = self._send(method, url, body, access)
        if answer.status == 401 and self._nonce and _problem_code(answer) == "use_dpop_nonce":
            answer = self._send(method, url, body, access)
        return answer

    def _send(self, method: str, url: str, body: bytes, access: str) -> Answer:
        proof = make_proof(self._device_key(), method, url, self._ids.new(), self._clock.now() // 1000, self._nonce, access)
        headers = {"DPoP": proof}
        if access:
            headers["Authorization"] = f"DPoP {access}"
        started = self._clock.monotonic()
        try:
            answer = self._transport.post(url, body, headers) if method == "POST" else self._transport.get(url, headers)
        except ShopError:
            if self._meter is not None:
                self._meter.failed(self._clock.now())
            raise
        if self._meter is not None:
            waits = method == "GET"
            self._meter.answered(self._clock.now(), self._clock.monotonic() - started, answer.sent, answer.received, waited=waits)
        self._nonce = answer.headers.get("DPoP-Nonce", self._nonce)
        return answer

    def _device_key(self) -> bytes:
        if not self._key:
            kept = self._secrets.get(DEVICE_KEY)
            if kept is None or (self._device and self._secrets.get(DEVICE) not in (None, self._device)):
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
