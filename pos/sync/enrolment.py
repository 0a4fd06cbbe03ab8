"""Pairing this till with its shop, by a one-time code or by a code that an officer approves (device grant, RFC 8628), and leaving it.

Owns the order of steps, so that a lost answer, a kill or a typing error leaves nothing half done: the key is kept before the server hears
of it, and the same code with the same key may be sent again.
"""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from pos.domain.errors import ErrorCode, ShopError
from pos.services.line_views import ServerKeyRow
from pos.services.ports import AuditEntry, Clock, Ids, Secrets, Store
from pos.services.views import ShopIdentity
from pos.sync import protocol as wire
from pos.sync import snapshot
from pos.sync.client import DEVICE, DEVICE_KEY, PROGRAM, REFRESH_TOKEN, CentralClient
from pos.sync.encoding import check_numbers
from pos.sync.taking import TURNED_AWAY
from pos.sync.transport import checked_address

_log = logging.getLogger(__name__)

NEXT_KEY: Final = "device_key_next"
"""Name in `Secrets`: the key of a pairing that has not come to its end. The present one stays untouched until it has."""
MAX_NAME: Final = 60
SLOWER_S: Final = 5.0
"""Seconds more between two polls when the server says `slow_down` (RFC 8628, 3.5)."""
MOST_INTERVAL_S: Final = 60.0
MOST_EXPIRY_S: Final = 3_600.0


class _Candidate:
    """`Secrets` for the client while it enrols: the next key in the place of the device's."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def get(self, name: str) -> str | None:
        return self._secrets.get(NEXT_KEY if name == DEVICE_KEY else name)

    def set(self, name: str, value: str) -> None:
        self._secrets.set(name, value)

    def delete(self, name: str) -> None:
        self._secrets.delete(name)


def pair(
    store: Store,
    secrets: Secrets,
    clock: Clock,
    ids: Ids,
    url: str,
    code: str,
    device_name: str,
    program: str = PROGRAM,
    *,
    expected: str = "",
) -> str:
    """Redeem a one-time code; returns the shop's name. What was sold before stays and is told under the till's new epoch.

    Args:
        url: the server's address; plain http only on this machine itself.
        code: as printed, in any case, with or without its dash.
        device_name: how the shop's list of tills calls this one; 60 letters of it are sent.
        expected: uid of the shop that it has to be; empty for whichever the code is of.

    Raises:
        ShopError: ALREADY_PAIRED (but not when the server has turned this till away), PAIRING_CODE_WRONG, PAIRING_CODE_USED,
            PAIRING_CODE_EXPIRED, PAIRING_TOO_MANY_TRIES, PAIRING_OTHER_SHOP; NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED,
            CENTRAL_UNREADABLE; NO_KEYRING before anything is sent; DISK_FULL, FOLDER_READ_ONLY.
    """
    shop = may_pair(store)
    address = checked_address(url)
    clean = "".join(code.split()).upper()
    if not clean:
        raise ShopError(ErrorCode.PAIRING_CODE_WRONG)
    request = wire.EnrolRequest(code=clean, public_key=_public_key(secrets), device_name=device_name[:MAX_NAME], program=program)
    try:
        answer = _enrol(CentralClient(address, _Candidate(secrets), clock, ids, program), request)
    except ShopError as error:
        if error.code is not ErrorCode.DEVICE_REVOKED:
            raise
        # that key was enrolled before, its answer was lost, and it was turned away since: no code helps it, only another key
        secrets.delete(NEXT_KEY)
        request = msgspec.structs.replace(request, public_key=_public_key(secrets))
        answer = _enrol(CentralClient(address, _Candidate(secrets), clock, ids, program), request)
    return _keep(store, secrets, clock, shop, address, answer, expected)


def may_pair(store: Store) -> ShopIdentity:
    """The shop as it is before. Raises ShopError ALREADY_PAIRED, but not when the server has turned this till away."""
    shop = store.read.shop()
    if shop.device and store.read.setting(TURNED_AWAY) != shop.device:
        raise ShopError(ErrorCode.ALREADY_PAIRED, shop=shop.name)
    return shop


class DeviceGrant:
    """A code on the till's screen until an officer has approved it. For one thread; sleeps never: the caller waits `interval` seconds.

    Attributes:
        shown: the code and where to type it; None before `start`.
        interval: seconds between two polls; the server may ask for more.
    """

    def __init__(self, store: Store, secrets: Secrets, clock: Clock, ids: Ids, url: str, device_name: str, program: str = PROGRAM) -> None:
        """Raises ShopError CENTRAL_UNREADABLE, TLS_FAILED for an address that is none."""
        self._store, self._secrets, self._clock = store, secrets, clock
        self._address = checked_address(url)
        self._name, self._program = device_name[:MAX_NAME], program
        self._client = CentralClient(self._address, _Candidate(secrets), clock, ids, program)
        self.shown: wire.DeviceStarted | None = None
        self.interval = 5.0
        self._until = 0.0

    @property
    def seconds_left(self) -> float:
        """Until the code is over."""
        return max(0.0, self._until - self._clock.monotonic())

    def start(self) -> wire.DeviceStarted:
        """Get a code.

        Raises:
            ShopError: ALREADY_PAIRED; NO_KEYRING before anything is sent; NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED,
                CENTRAL_UNREADABLE.
        """
        may_pair(self._store)
        request = wire.DeviceStart(public_key=_public_key(self._secrets), device_name=self._name, program=self._program)
        self.shown = self._client.start_grant(request)
        self.interval = float(min(max(self.shown.interval, 1), MOST_INTERVAL_S))
        self._until = self._clock.monotonic() + min(max(self.shown.expires_in, 0), MOST_EXPIRY_S)
        return self.shown

    def poll(self) -> str:
        """The shop's name once it was approved and this till is paired; empty while nobody has decided, or the line fails for a while.

        Raises:
            ShopError: GRANT_EXPIRED, GRANT_DENIED, PAIRING_OTHER_SHOP, ALREADY_PAIRED; CENTRAL_REFUSED, CENTRAL_UNREADABLE; DISK_FULL ...
        """
        shop = may_pair(self._store)
        if self.shown is None or not self.seconds_left:
            raise ShopError(ErrorCode.GRANT_EXPIRED)
        try:
            answer = self._client.poll_grant(wire.DevicePoll(device_code=self.shown.device_code))
        except ShopError as error:
            if error.code is ErrorCode.DEVICE_REVOKED:
                # as in `pair`; this code was asked for with the old key, the next one is not
                self._secrets.delete(NEXT_KEY)
            if error.fields.get("reason") == "slow_down":
                self.interval = min(self.interval + SLOWER_S, MOST_INTERVAL_S)
            elif error.code is not ErrorCode.NO_LINE and error.fields.get("reason") != "authorization_pending":
                raise
            return ""
        return _keep(self._store, self._secrets, self._clock, shop, self._address, answer)

    def close(self) -> None:
        """Nobody waits for it any more."""
        self._client.close()


def leave(store: Store, secrets: Secrets, clock: Clock, *, on_stick: bool = False) -> None:
    """This till is nobody's device any more; the shop, its goods and its facts stay, and it may be paired with the same shop again.

    Args:
        on_stick: its owner has what is unsent on a stick. It stays here as well, and is told should this till be paired again.

    Raises:
        ShopError: STILL_UNSENT (`count`) while something was not told to the server; NOT_PAIRED; NO_KEYRING, DISK_FULL ...
    """
    shop, waiting = store.read.shop(), store.read.line().waiting
    if not shop.device:
        raise ShopError(ErrorCode.NOT_PAIRED)
    if waiting and not on_stick:
        raise ShopError(ErrorCode.STILL_UNSENT, count=waiting)
    now = clock.now()
    with store.begin() as work:
        work.forget_pairing()
        work.audit([AuditEntry(now, shop.cashier, "left", shop.device)])
        work.commit()
    # after the store says so: a kill in between leaves keys that nothing asks for
    for name in (REFRESH_TOKEN, DEVICE_KEY, DEVICE, NEXT_KEY):
        secrets.delete(name)
    _log.info("this till has left its shop")


def _keep(
    store: Store, secrets: Secrets, clock: Clock, shop: ShopIdentity, address: str, answer: wire.EnrolAnswer, expected: str = ""
) -> str:
    try:
        check_numbers(answer.epoch, answer.server_time, answer.shop.cap_amount, answer.shop.cap_used)
    except ValueError:
        raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="number") from None
    if answer.shop.uid != (shop.uid or expected or answer.shop.uid):
        # the key is known there now as another shop's; a right code later needs one that nobody knows
        secrets.delete(NEXT_KEY)
        raise ShopError(ErrorCode.PAIRING_OTHER_SHOP, shop=answer.shop.name)
    _keep_keys(secrets, answer)
    _keep_shop(store, clock, shop, address, answer)
    secrets.delete(NEXT_KEY)
    _log.info("paired as %s of its shop, epoch %d", answer.prefix, answer.epoch)
    return answer.shop.name


def _enrol(client: CentralClient, request: wire.EnrolRequest) -> wire.EnrolAnswer:
    try:
        return client.enrol(request)
    finally:
        client.close()


def _public_key(secrets: Secrets) -> str:
    """The public half of the next key (base64url), which is kept before anybody hears of it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    kept = secrets.get(NEXT_KEY)
    if kept is None:
        kept = wire.b64(Ed25519PrivateKey.generate().private_bytes_raw())
        secrets.set(NEXT_KEY, kept)
    return wire.b64(Ed25519PrivateKey.from_private_bytes(wire.unb64(kept)).public_key().public_bytes_raw())


def _keep_keys(secrets: Secrets, answer: wire.EnrolAnswer) -> None:
    """Before the store says that the till is paired: a kill in between leaves it unpaired, or with keys that are known to be another
    device's, and the same code still helps."""
    key = secrets.get(NEXT_KEY)
    if key is None:
        raise ShopError(ErrorCode.NO_KEYRING, detail="the key that was kept is gone")
    secrets.set(DEVICE, answer.device)
    secrets.set(REFRESH_TOKEN, answer.refresh_token)
    secrets.set(DEVICE_KEY, key)


def _keep_shop(store: Store, clock: Clock, before: ShopIdentity, address: str, answer: wire.EnrolAnswer) -> None:
    now = clock.now()
    told = answer.shop
    with store.begin() as work:
        work.set_shop(
            uid=told.uid,
            name=told.name,
            address=told.address,
            device=answer.device,
            prefix=answer.prefix,
            timeline=answer.timeline,
            server_key=answer.server_key,
            central_url=address,
            paired_at=now,
            cap_amount=told.cap_amount,
            cap_used=told.cap_used,
            clock_offset=answer.server_time - now,
            digest_ok=1,
            **({} if before.uid else {"cursor": ""}),
        )
        if before.uid:
            # the server may be another, or put back while this till was away: what it has is read again, beside what the shop sells from
            snapshot.want(work, now)
        work.set_setting(TURNED_AWAY, "")
        work.put_server_keys(_server_keys(answer))
        # what an earlier device of this file has told is told again: the server may have been put back since, and knows it by its ids
        work.start_epoch(answer.epoch, again=True)
        work.audit([AuditEntry(now, before.cashier, "paired", answer.device)])
        work.commit()


def _server_keys(answer: wire.EnrolAnswer) -> list[ServerKeyRow]:
    """All that the server ever signed with; an older server names one, and that has no name."""
    keys = [ServerKeyRow(key.id, key.public_key, key.retired) for key in answer.server_keys]
    if all(key.id != answer.key_id for key in keys):
        keys.append(ServerKeyRow(answer.key_id, answer.server_key))
    return keys
