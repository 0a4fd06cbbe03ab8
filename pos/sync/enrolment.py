"""Pairing this till with its shop by a one-time code. Owns the order of steps, so that a lost answer, a kill or a typing error leaves
nothing half done: the key is kept before the server hears of it, and the same code with the same key may be sent again.
"""

from __future__ import annotations

import logging
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import AuditEntry, Clock, Ids, Secrets, Store
from pos.services.views import ShopIdentity
from pos.sync import protocol as wire
from pos.sync.client import DEVICE_KEY, PROGRAM, REFRESH_TOKEN, CentralClient
from pos.sync.encoding import check_numbers
from pos.sync.taking import TURNED_AWAY
from pos.sync.transport import checked_address

_log = logging.getLogger(__name__)

NEXT_KEY: Final = "device_key_next"
"""Name in `Secrets`: the key of a pairing that has not come to its end. The present one stays untouched until it has."""
MAX_NAME: Final = 60


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


def pair(store: Store, secrets: Secrets, clock: Clock, ids: Ids, url: str, code: str, device_name: str, program: str = PROGRAM) -> str:
    """Redeem a one-time code; returns the shop's name. What was sold before stays and is told under the till's new epoch.

    Args:
        url: the server's address; plain http only on this machine itself.
        code: as printed, in any case, with or without its dash.
        device_name: how the shop's list of tills calls this one; 60 letters of it are sent.

    Raises:
        ShopError: ALREADY_PAIRED (but not when the server has turned this till away), PAIRING_CODE_WRONG, PAIRING_CODE_USED,
            PAIRING_CODE_EXPIRED, PAIRING_TOO_MANY_TRIES, PAIRING_OTHER_SHOP; NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED,
            CENTRAL_UNREADABLE; NO_KEYRING before anything is sent; DISK_FULL, FOLDER_READ_ONLY.
    """
    shop = store.read.shop()
    if shop.device and store.read.setting(TURNED_AWAY) != shop.device:
        raise ShopError(ErrorCode.ALREADY_PAIRED, shop=shop.name)
    address = checked_address(url)
    clean = "".join(code.split()).upper()
    if not clean:
        raise ShopError(ErrorCode.PAIRING_CODE_WRONG)
    request = wire.EnrolRequest(code=clean, public_key=_public_key(secrets), device_name=device_name[:MAX_NAME], program=program)
    answer = _enrol(CentralClient(address, _Candidate(secrets), clock, ids, program), request)
    try:
        check_numbers(answer.epoch, answer.server_time, answer.shop.cap_amount, answer.shop.cap_used)
    except ValueError:
        raise ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="number") from None
    if shop.uid and answer.shop.uid != shop.uid:
        # the key is known there now as another shop's; a right code later needs one that nobody knows
        secrets.delete(NEXT_KEY)
        raise ShopError(ErrorCode.PAIRING_OTHER_SHOP, shop=answer.shop.name)
    _keep_keys(secrets, answer.refresh_token)
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


def _keep_keys(secrets: Secrets, refresh_token: str) -> None:
    """Before the store says that the till is paired: a kill in between leaves it unpaired, and the same code still helps."""
    key = secrets.get(NEXT_KEY)
    if key is None:
        raise ShopError(ErrorCode.NO_KEYRING, detail="the key that was kept is gone")
    secrets.set(REFRESH_TOKEN, refresh_token)
    secrets.set(DEVICE_KEY, key)


def _keep_shop(store: Store, clock: Clock, before: ShopIdentity, address: str, answer: wire.EnrolAnswer) -> None:
    now = clock.now()
    told = answer.shop
    # the feed is the shop's, not the device's: a till paired anew goes on where it was
    same_feed = before.uid == told.uid and before.timeline == answer.timeline and before.central_url == address
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
            **({} if same_feed else {"cursor": ""}),
        )
        work.set_setting(TURNED_AWAY, "")
        work.start_epoch(answer.epoch)
        work.audit([AuditEntry(now, before.cashier, "paired", answer.device)])
        work.commit()
