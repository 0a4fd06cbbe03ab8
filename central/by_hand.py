"""What an operator does by hand, one function a command. Prints what it made; raises what it could not do (see `cli.main`)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from central.database import Database
from central.world import DAY, World


@contextmanager
def _world(asked: argparse.Namespace) -> Iterator[World]:
    from central.opening import open_world

    world = open_world(asked.database)
    try:
        yield world
    finally:
        world.database.close()


@contextmanager
def _work(asked: argparse.Namespace) -> Iterator[tuple[World, Connection]]:
    with _world(asked) as world, world.database.write() as connection:
        yield world, connection


def migrate(asked: argparse.Namespace) -> None:
    """Bring the database to this version."""
    database = Database(asked.database)
    try:
        database.upgrade()
        print(f"the database is at version {database.version()}")
    finally:
        database.close()


def tidy(asked: argparse.Namespace) -> None:
    """Forget what has expired."""
    from central import goods, news, proofs, shops, tries

    with _work(asked) as (world, connection):
        now = world.clock.now()
        shops.forget_tokens(connection, now - DAY)
        tries.forget(connection, world)
        proofs.forget_old(connection, now)
        news.forget(connection, now - news.KEPT_MS)
        gone = goods.forget_tombstones(connection, now - world.settings.keep_tombstones)
    print(f"{gone} deleted goods forgotten")


def new_key(asked: argparse.Namespace) -> None:
    """Change the signing key."""
    from central import shops

    with _work(asked) as (world, connection):
        print(shops.new_key(world, connection))


# --- shops ------------------------------------------------------------------------------------------------------------


def shop(asked: argparse.Namespace) -> None:
    """Open a shop."""
    from central import shops

    if not asked.name.strip():
        raise ValueError("a shop needs a name")
    with _work(asked) as (world, connection):
        uid = shops.add_shop(world, connection, asked.name.strip(), asked.address, shops.CAP if asked.cap is None else asked.cap)
    print(uid)


def shops_list(asked: argparse.Namespace) -> None:
    """All shops, one a line."""
    from central import figures

    with _world(asked) as world, world.database.read() as connection:
        for found in figures.shops_of(connection, ""):
            print(f"{found.uid}  {found.tills:3} tills  {found.quarantined:3} in quarantine  {found.name}, {found.address}")


def cap(asked: argparse.Namespace) -> None:
    """Change a shop's cap."""
    from central import shops

    with _work(asked) as (world, connection):
        shops.set_cap(world, connection, shops.find_shop(connection, asked.shop), asked.amount, asked.restart)


def qris(asked: argparse.Namespace) -> None:
    """Set a shop's static QRIS text."""
    from central import shops

    with _work(asked) as (world, connection):
        shops.set_qris(world, connection, shops.find_shop(connection, asked.shop), asked.text)


def qris_pay(asked: argparse.Namespace) -> None:
    """Play the payer."""
    from central import qris as desk

    with _work(asked) as (world, connection):
        print(desk.pay(world, connection, asked.uid))


def summary(asked: argparse.Namespace) -> None:
    """A shop in figures."""
    from central import figures, shops

    with _world(asked) as world, world.database.read() as connection:
        found = figures.summary(connection, shops.find_shop(connection, asked.shop))
    if asked.json:
        print(json.dumps(found, separators=(",", ":")))
        return
    for name in ("sales", "turnover", "duplicates", "quarantined"):
        print(f"{name:12} {found[name]}")
    print(f"{'on hand':12} {sum(found['stock'].values())} base units of {len(found['stock'])} goods")
    for status, count in sorted(found["orders"].items()):
        print(f"{status:12} {count} orders")


# --- people -----------------------------------------------------------------------------------------------------------


def buyer(asked: argparse.Namespace) -> None:
    """A new buyer's token."""
    from central import buyers

    with _work(asked) as (world, connection):
        token = buyers.add_buyer(world, connection, asked.name, asked.phone, asked.kind)
    print(token)


def officer(asked: argparse.Namespace) -> None:
    """A new officer's token."""
    from central import officers

    with _work(asked) as (world, connection):
        token = officers.add_officer(world, connection, asked.name, officers.OfficerRole(asked.role), asked.shop)
    print(token)


def revoke_officer(asked: argparse.Namespace) -> None:
    """End an officer's access."""
    from central import officers

    with _work(asked) as (world, connection):
        gone = officers.revoke_officer(world, connection, asked.officer)
    if not gone:
        raise ValueError("there is no such officer")
    print(f"{gone} officers revoked")


# --- tills ------------------------------------------------------------------------------------------------------------


def code(asked: argparse.Namespace) -> None:
    """A pairing code."""
    from central import enrolment, shops

    with _work(asked) as (world, connection):
        made = enrolment.new_code(world, connection, shops.find_shop(connection, asked.shop))
    print(made)


def approve(asked: argparse.Namespace) -> None:
    """Decide on a device grant."""
    from central import grants, shops
    from central.problems import Refusal

    with _work(asked) as (world, connection):
        found = grants.asking(world, connection, asked.user_code, "operator")
        if not isinstance(found, Refusal):
            state = grants.decide(connection, found, shops.find_shop(connection, asked.shop), not asked.deny, "")
    if isinstance(found, Refusal):
        raise found
    print(f"{found.device_name} ({found.fingerprint}) is {state.value}")


def revoke(asked: argparse.Namespace) -> None:
    """End a till's access."""
    from central import shops

    with _work(asked) as (world, connection):
        shops.revoke(world, connection, shops.find_shop(connection, asked.shop), asked.device)
    print(f"till {asked.device} is revoked")


def take(asked: argparse.Namespace) -> None:
    """Take in a stick."""
    from central.sync.stick import take as take_in

    with _world(asked) as world, asked.file.open("rb") as lines:
        taken = take_in(world, asked.shop, lines)
    print(
        f"{taken.operations} operations: {taken.new} new, {taken.known} known before,"
        f" {taken.quarantined} in quarantine, {taken.refused} refused"
    )


def quarantine_do(asked: argparse.Namespace) -> None:
    """List, show, reread or dismiss what could not be taken."""
    from central import quarantine, shops

    if asked.what in ("show", "dismiss") and not (asked.entry and asked.shop):
        raise ValueError(f"quarantine {asked.what} needs an entry, and --shop")
    with _work(asked) as (world, connection):
        numbers = [shops.find_shop(connection, asked.shop)] if asked.shop else shops.all_shops(connection)
        if asked.what == "list":
            for number in numbers:
                _list(connection, number)
        elif asked.what == "reread":
            booked = [entry for number in numbers for entry in quarantine.reread(world, connection, number, "")]
            for entry in booked:
                print(f"booked {entry.name} {entry.kind}")
            print(f"{len(booked)} booked")
        else:
            _one(world, connection, numbers[0], asked)


def _list(connection: Connection, shop_number: int) -> None:
    from central import quarantine

    for entry in quarantine.listed(connection, shop_number):
        # what a till wrote is shown quoted: it may hold anything
        print(f"{entry.name} {entry.source} {json.dumps(entry.kind)} {json.dumps(entry.code)} {entry.size} bytes")


def _one(world: World, connection: Connection, shop_number: int, asked: argparse.Namespace) -> None:
    from central import quarantine

    entry = quarantine.find(connection, shop_number, asked.entry)
    if entry is None:
        raise ValueError("there is no such entry")
    if asked.what == "show":
        payload = quarantine.payload_of(connection, shop_number, entry.device, entry.epoch, entry.seq) or b""
        print(ascii(payload.decode("utf-8", "backslashreplace"))[1:-1], file=sys.stdout)
    elif quarantine.dismiss(world, connection, shop_number, "", entry):
        print(f"dismissed {entry.name}")
