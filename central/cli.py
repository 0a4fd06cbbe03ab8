"""`epeken-central`: serve, and what an operator does by hand. Owns words and arguments, decides nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, exc

from central.database import Database, NotReady
from central.world import DAY, Settings, World

ENVIRONMENT: Final = "EPEKEN_CENTRAL_DATABASE"
DEFAULT_DATABASE: Final = "sqlite:///epeken-central.db"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns the exit code: 0 done, 1 not done and said why."""
    from central.shops import NotFound

    asked = _parser().parse_args(arguments)
    work: Callable[[argparse.Namespace], None] = asked.work
    try:
        work(asked)
    except (NotReady, NotFound, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except exc.OperationalError as error:
        print(f"the database does not answer: {error.orig}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="epeken-central", description="The reference e-Peken server: tills and buyers meet here.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, words: str, work: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument(
            "--database",
            default=os.environ.get(ENVIRONMENT, DEFAULT_DATABASE),
            help=f"sqlite:///FILE or postgresql+psycopg://... (default {DEFAULT_DATABASE}, or ${ENVIRONMENT})",
        )
        made.set_defaults(work=work)
        return made

    serve = command("serve", "bring the database to this version and serve tills and buyers", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8080, help="0 takes any free one (8080)")
    serve.add_argument("--poll-ms", type=int, default=0, help="how often tills come (0: 5 s with open orders, else 60 s)")
    serve.add_argument("--public-url", default="", help="the address that tills use, when a proxy stands in front")
    command("migrate", "bring the database to this version", _migrate)
    command("tidy", "forget expired tokens and what was deleted more than 180 days ago", _tidy)
    shop = command("shop", "open a shop; prints its uid", _shop)
    shop.add_argument("name")
    shop.add_argument("--address", default="")
    shop.add_argument("--cap", type=int, default=None, help="online turnover in rupiah above which it is not listed (30000000)")
    cap = command("cap", "change a shop's turnover cap, or begin its next period", _cap)
    cap.add_argument("shop", help="uid of the shop")
    cap.add_argument("--amount", type=int, default=None, help="rupiah, 0 is none")
    cap.add_argument("--restart", action="store_true", help="nothing is used yet")
    code = command("code", "a one-time code that pairs a till; prints it", _code)
    code.add_argument("shop", help="uid of the shop")
    buyer = command("buyer", "a buyer; prints the token for the buyer API", _buyer)
    buyer.add_argument("name")
    buyer.add_argument("--phone", required=True, help="only its last four digits are kept")
    buyer.add_argument("--kind", default="", help="ASN, OPD, UMUM ...")
    figures = command("summary", "what the city has of a shop, in figures", _summary)
    figures.add_argument("--shop", required=True, help="uid of the shop")
    figures.add_argument("--json", action="store_true")
    revoke = command("revoke", "end a till's access", _revoke)
    revoke.add_argument("device", help="its uid or its prefix")
    revoke.add_argument("--shop", required=True, help="uid of the shop")
    return parser


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


def _serve(asked: argparse.Namespace) -> None:
    from central.serving import serve

    serve(asked.database, asked.host, asked.port, Settings(poll_ms=max(asked.poll_ms, 0), public_url=asked.public_url.rstrip("/")))


def _migrate(asked: argparse.Namespace) -> None:
    database = Database(asked.database)
    try:
        database.upgrade()
        print(f"the database is at version {database.version()}")
    finally:
        database.close()


def _tidy(asked: argparse.Namespace) -> None:
    from central import enrolment, goods, proofs, shops

    with _work(asked) as (world, connection):
        now = world.clock.now()
        shops.forget_tokens(connection, now - DAY)
        enrolment.forget_tries(connection, world)
        proofs.forget_old(connection, now)
        gone = goods.forget_tombstones(connection, now - world.settings.keep_tombstones)
    print(f"{gone} deleted goods forgotten")


def _shop(asked: argparse.Namespace) -> None:
    from central import shops

    if not asked.name.strip():
        raise ValueError("a shop needs a name")
    with _work(asked) as (world, connection):
        uid = shops.add_shop(world, connection, asked.name.strip(), asked.address, shops.CAP if asked.cap is None else asked.cap)
    print(uid)


def _cap(asked: argparse.Namespace) -> None:
    from central import shops

    with _work(asked) as (world, connection):
        shops.set_cap(world, connection, shops.find_shop(connection, asked.shop), asked.amount, asked.restart)


def _code(asked: argparse.Namespace) -> None:
    from central import enrolment, shops

    with _work(asked) as (world, connection):
        code = enrolment.new_code(world, connection, shops.find_shop(connection, asked.shop))
    print(code)


def _buyer(asked: argparse.Namespace) -> None:
    from central import buyers

    with _work(asked) as (world, connection):
        token = buyers.add_buyer(world, connection, asked.name, asked.phone, asked.kind)
    print(token)


def _summary(asked: argparse.Namespace) -> None:
    from central import shops
    from central.summary import summary

    with _world(asked) as world, world.database.read() as connection:
        found = summary(connection, shops.find_shop(connection, asked.shop))
    if asked.json:
        print(json.dumps(found, separators=(",", ":")))
        return
    for name in ("sales", "turnover", "duplicates", "quarantined"):
        print(f"{name:12} {found[name]}")
    print(f"{'on hand':12} {sum(found['stock'].values())} base units of {len(found['stock'])} goods")
    for status, count in sorted(found["orders"].items()):
        print(f"{status:12} {count} orders")


def _revoke(asked: argparse.Namespace) -> None:
    from central import shops

    with _work(asked) as (world, connection):
        shops.revoke(world, connection, shops.find_shop(connection, asked.shop), asked.device)
    print(f"till {asked.device} is revoked")
