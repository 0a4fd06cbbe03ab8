"""The places of officers, each for the shops that they look after, and of the city, which sees all shops and changes none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from central import enrolment, figures, grants, officers, quarantine, shops
from central.officers import Officer, OfficerRole
from central.problems import ProblemCode as P
from central.problems import Refusal
from central.quarantine import Entry
from central.web import examples
from central.web.route import BEARER, BODY, Answer, Call, Route, Who
from central.world import World
from pos.sync import protocol as wire

_SHOP: Final = (*BEARER, P.SHOP_UNKNOWN)
_CHANGE: Final = (*_SHOP, P.ROLE_MAY_NOT)


def _seen(call: Call, connection: Connection) -> int:
    """The shop of the path, for whoever may see it."""
    officer = officers.officer_of(connection, call.asked.access_token)
    return officers.shop_of(connection, officer, call.path["shop"], changes=False)


def _changed(call: Call, connection: Connection) -> tuple[Officer, int]:
    """Who changes the shop of the path, and its number."""
    officer = officers.officer_of(connection, call.asked.access_token)
    return officer, officers.shop_of(connection, officer, call.path["shop"], changes=True)


def _of_shop(
    look: Callable[[World, Connection, int], wire.Wire | list[wire.OfficerDevice] | list[wire.QuarantineEntry]],
) -> Callable[[World, Call], Answer]:
    """A place that only looks at one shop."""

    def work(world: World, call: Call) -> Answer:
        with world.database.read() as connection:
            return look(world, connection, _seen(call, connection))

    return work


def _shops(world: World, call: Call) -> Answer:
    with world.database.read() as connection:
        officer = officers.officer_of(connection, call.asked.access_token)
        return figures.shops_of(connection, "" if officer.role is OfficerRole.CITY else officer.uid)


def _asking(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        officer = officers.officer_of(connection, call.asked.access_token)
        found = grants.asking(world, connection, call.path["user_code"], officer.uid)
        return found if isinstance(found, Refusal) else _told(call, found, found.state)


def _decide(world: World, call: Call) -> Answer:
    decision: wire.DeviceDecision = call.message
    with world.database.write() as connection:
        officer = officers.officer_of(connection, call.asked.access_token)
        if officer.role is OfficerRole.CITY:
            raise Refusal(P.ROLE_MAY_NOT)
        shop = officers.shop_of(connection, officer, decision.shop, changes=True) if decision.approve else 0
        found = grants.asking(world, connection, call.path["user_code"], officer.uid)
        if isinstance(found, Refusal):
            return found
        return _told(call, found, grants.decide(connection, found, shop, decision.approve, officer.uid))


def _told(call: Call, found: grants.Asking, state: grants.State) -> wire.DeviceAsking:
    return wire.DeviceAsking(
        user_code=call.path["user_code"],
        device_name=found.device_name,
        program=found.program,
        fingerprint=found.fingerprint,
        state=state.value,
    )


def _code(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        _, shop = _changed(call, connection)
        return wire.PairingCode(code=enrolment.new_code(world, connection, shop), expires_at=world.clock.now() + world.settings.code_ms)


def _revoke(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        _, shop = _changed(call, connection)
        try:
            shops.revoke(world, connection, shop, call.path["device"])
        except shops.NotFound as error:
            raise Refusal(P.DEVICE_UNKNOWN) from error
        return next(found for found in figures.devices_of(connection, shop) if found.uid == call.path["device"])


def _show(world: World, call: Call) -> Answer:
    with world.database.read() as connection:
        shop = _seen(call, connection)
        entry = _entry(connection, shop, call)
        payload = quarantine.payload_of(connection, shop, entry.device, entry.epoch, entry.seq)
        return wire.QuarantineShown(entry=_entry_told(entry), payload=wire.b64(payload or b""))


def _reread(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        officer, shop = _changed(call, connection)
        booked = quarantine.reread(world, connection, shop, officer.uid)
        return wire.Released(names=tuple(entry.name for entry in booked))


def _dismiss(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        officer, shop = _changed(call, connection)
        entry = _entry(connection, shop, call)
        if not quarantine.dismiss(world, connection, shop, officer.uid, entry):
            raise Refusal(P.ENTRY_UNKNOWN)
        return wire.Released(names=(entry.name,))


def _entry(connection: Connection, shop: int, call: Call) -> Entry:
    found = quarantine.find(connection, shop, call.path["entry"])
    if found is None:
        raise Refusal(P.ENTRY_UNKNOWN)
    return found


def _entry_told(entry: Entry) -> wire.QuarantineEntry:
    return wire.QuarantineEntry(
        name=entry.name,
        source=entry.source,
        operation=entry.operation,
        kind=entry.kind,
        code=entry.code,
        at=entry.at,
        size=entry.size,
    )


def _city(world: World, call: Call) -> Answer:
    with world.database.read() as connection:
        if officers.officer_of(connection, call.asked.access_token).role is not OfficerRole.CITY:
            raise Refusal(P.ROLE_MAY_NOT)
        return figures.city(connection, world.clock.now())


OFFICER_ROUTES: Final = (
    Route(
        "GET",
        "/v1/officer/shops",
        "shops",
        "The shops that one looks after; for the city, all",
        Who.OFFICER,
        None,
        list[wire.OfficerShop],
        _shops,
        [examples.officer_shop],
        problems=BEARER,
    ),
    Route(
        "GET",
        "/v1/officer/devices/{user_code}",
        "device_asking",
        "Which till shows this code",
        Who.OFFICER,
        None,
        wire.DeviceAsking,
        _asking,
        examples.device_asking,
        problems=(*BEARER, P.CODE_WRONG, P.TOO_MANY_TRIES),
    ),
    Route(
        "POST",
        "/v1/officer/devices/{user_code}",
        "device_decide",
        "Say of which shop the till that shows this code is, or of none",
        Who.OFFICER,
        wire.DeviceDecision,
        wire.DeviceAsking,
        _decide,
        examples.device_asking,
        examples.device_decision,
        (*BODY, *_CHANGE, P.CODE_WRONG, P.TOO_MANY_TRIES),
    ),
    Route(
        "GET",
        "/v1/officer/shops/{shop}",
        "figures",
        "What the city has of a shop, in figures",
        Who.OFFICER,
        None,
        wire.ShopFigures,
        _of_shop(lambda _world, connection, shop: figures.of_shop(connection, shop)),
        examples.shop_figures,
        problems=_SHOP,
    ),
    Route(
        "GET",
        "/v1/officer/shops/{shop}/devices",
        "devices",
        "The tills of a shop",
        Who.OFFICER,
        None,
        list[wire.OfficerDevice],
        _of_shop(lambda _world, connection, shop: figures.devices_of(connection, shop)),
        [examples.officer_device],
        problems=_SHOP,
    ),
    Route(
        "POST",
        "/v1/officer/shops/{shop}/codes",
        "new_code",
        "A one-time code that pairs a till",
        Who.OFFICER,
        None,
        wire.PairingCode,
        _code,
        examples.pairing_code,
        problems=_CHANGE,
    ),
    Route(
        "POST",
        "/v1/officer/shops/{shop}/devices/{device}/revoke",
        "revoke",
        "End a till's access",
        Who.OFFICER,
        None,
        wire.OfficerDevice,
        _revoke,
        examples.officer_device,
        problems=(*_CHANGE, P.DEVICE_UNKNOWN),
    ),
    Route(
        "GET",
        "/v1/officer/shops/{shop}/quarantine",
        "quarantine",
        "What could not be taken and nobody has dealt with",
        Who.OFFICER,
        None,
        list[wire.QuarantineEntry],
        _of_shop(lambda _world, connection, shop: [_entry_told(entry) for entry in quarantine.listed(connection, shop)]),
        [examples.quarantine_entry],
        problems=_SHOP,
    ),
    Route(
        "GET",
        "/v1/officer/shops/{shop}/quarantine/{entry}",
        "quarantine_show",
        "An entry with its payload, as it came",
        Who.OFFICER,
        None,
        wire.QuarantineShown,
        _show,
        examples.quarantine_shown,
        problems=(*_SHOP, P.ENTRY_UNKNOWN),
    ),
    Route(
        "POST",
        "/v1/officer/shops/{shop}/quarantine/reread",
        "quarantine_reread",
        "Read again what could not be taken; what can be now has its effect, once",
        Who.OFFICER,
        None,
        wire.Released,
        _reread,
        examples.released,
        problems=_CHANGE,
    ),
    Route(
        "POST",
        "/v1/officer/shops/{shop}/quarantine/{entry}/dismiss",
        "quarantine_dismiss",
        "Let an entry go: it is not shown any more",
        Who.OFFICER,
        None,
        wire.Released,
        _dismiss,
        examples.released,
        problems=(*_CHANGE, P.ENTRY_UNKNOWN),
    ),
    Route(
        "GET",
        "/v1/city",
        "city",
        "All shops together, in figures",
        Who.CITY,
        None,
        wire.CityFigures,
        _city,
        examples.city_figures,
        problems=(*BEARER, P.ROLE_MAY_NOT),
    ),
)
