"""`epeken-central`: serve, and what an operator does by hand. Owns words and arguments; `central.by_hand` does it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import exc

from central import by_hand
from central.database import NotReady
from central.world import Settings

ENVIRONMENT: Final = "EPEKEN_CENTRAL_DATABASE"
DEFAULT_DATABASE: Final = "sqlite:///epeken-central.db"
_Work: TypeAlias = Callable[[argparse.Namespace], None]
_Command: TypeAlias = Callable[[str, str, _Work], argparse.ArgumentParser]
_A_SHOP: Final = "uid of the shop"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns the exit code: 0 done, 1 not done and said why."""
    from central.problems import Refusal
    from central.shops import NotFound

    asked = _parser().parse_args(arguments)
    work: _Work = asked.work
    try:
        work(asked)
    except (NotReady, NotFound, ValueError, OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    except Refusal as refused:
        print(refused.problem().title, file=sys.stderr)
        return 1
    except exc.OperationalError as error:
        print(f"the database does not answer: {error.orig}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="epeken-central", description="The reference e-Peken server: tills and buyers meet here.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, words: str, work: _Work) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument(
            "--database",
            default=os.environ.get(ENVIRONMENT, DEFAULT_DATABASE),
            help=f"sqlite:///FILE or postgresql+psycopg://... (default {DEFAULT_DATABASE}, or ${ENVIRONMENT})",
        )
        made.set_defaults(work=work)
        return made

    _serving(command)
    _shops(command)
    _people(command)
    _line(command)
    return parser


def _serving(command: _Command) -> None:
    serve = command("serve", "bring the database to this version and serve tills and buyers", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8080, help="0 takes any free one (8080)")
    serve.add_argument("--workers", type=int, default=1, help="processes, on PostgreSQL (1)")
    serve.add_argument("--poll-ms", type=int, default=0, help="how often tills come (0: 5 s with open orders, 60 s, 5 min at night)")
    serve.add_argument("--wait-s", type=int, default=60, help="seconds that a till may wait for news in one request; 0 is not at all (60)")
    serve.add_argument(
        "--from-address",
        type=int,
        default=60,
        metavar="N",
        help="requests at once, and one more a second, from one address without a good token; more where many shops share one; 0: any (60)",
    )
    serve.add_argument("--public-url", default="", help="the address that tills use, when a proxy stands in front")
    serve.add_argument(
        "--updates", default="", metavar="FOLDER", help="serve the till's updates from this folder (manifest.json and its files)"
    )
    serve.add_argument("--metrics-to", action="append", default=[], metavar="NET", help="network (CIDR) that may read /metrics")
    serve.add_argument("--log", choices=("json", "words"), default="json", help="form of the log on stderr (json)")
    command("migrate", "bring the database to this version", by_hand.migrate)
    command("tidy", "forget what has expired, and what was deleted more than 180 days ago", by_hand.tidy)
    command("new-key", "make a new key that signs from now on; prints its name", by_hand.new_key)


def _shops(command: _Command) -> None:
    shop = command("shop", "open a shop; prints its uid", by_hand.shop)
    shop.add_argument("name")
    shop.add_argument("--address", default="")
    shop.add_argument("--cap", type=int, default=None, help="online turnover in rupiah above which it is not listed (30000000)")
    command("shops", "list all shops", by_hand.shops_list)
    cap = command("cap", "change a shop's turnover cap, or begin its next period", by_hand.cap)
    cap.add_argument("shop", help=_A_SHOP)
    cap.add_argument("--amount", type=int, default=None, help="rupiah, 0 is none")
    cap.add_argument("--restart", action="store_true", help="nothing is used yet")
    qris = command("qris", "set the acquirer's static QRIS text of a shop", by_hand.qris)
    qris.add_argument("shop", help=_A_SHOP)
    qris.add_argument("text", help="the whole text; empty takes it away")
    paid = command("qris-pay", "play the payer of a QR; prints its state", by_hand.qris_pay)
    paid.add_argument("uid")
    figures = command("summary", "what the city has of a shop, in figures", by_hand.summary)
    figures.add_argument("--shop", required=True, help=_A_SHOP)
    figures.add_argument("--json", action="store_true")


def _people(command: _Command) -> None:
    buyer = command("buyer", "a buyer; prints the token for the buyer API", by_hand.buyer)
    buyer.add_argument("name")
    buyer.add_argument("--phone", required=True, help="only its last four digits are kept")
    buyer.add_argument("--kind", default="", help="ASN, OPD, UMUM ...")
    officer = command("officer", "an officer; prints the token for the officer API and the pairing page", by_hand.officer)
    officer.add_argument("name")
    officer.add_argument("--role", choices=("officer", "city"), default="officer", help="city sees all shops and changes none")
    officer.add_argument("--shop", action="append", default=[], help=f"{_A_SHOP} that the officer looks after; may be given again")
    dismissed = command("revoke-officer", "end an officer's access", by_hand.revoke_officer)
    dismissed.add_argument("officer", help="the name or the token")


def _line(command: _Command) -> None:
    code = command("code", "a one-time code that pairs a till; prints it", by_hand.code)
    code.add_argument("shop", help=_A_SHOP)
    approve = command("approve", "let in the till that shows a code (or not)", by_hand.approve)
    approve.add_argument("user_code")
    approve.add_argument("shop", help=_A_SHOP)
    approve.add_argument("--deny", action="store_true")
    revoke = command("revoke", "end a till's access", by_hand.revoke)
    revoke.add_argument("device", help="its uid or its prefix")
    revoke.add_argument("--shop", required=True, help=_A_SHOP)
    quarantine = command("quarantine", "what could not be taken: list, show, reread or dismiss", by_hand.quarantine_do)
    quarantine.add_argument("what", choices=("list", "show", "reread", "dismiss"))
    quarantine.add_argument("entry", nargs="?", default="", help="as the list names it")
    quarantine.add_argument("--shop", default="", help=f"{_A_SHOP}; without it, all")
    taken = command("take", "take in the outbox that a till wrote to a stick", by_hand.take)
    taken.add_argument("file", type=Path)
    taken.add_argument("--shop", required=True, help=_A_SHOP)


def _serve(asked: argparse.Namespace) -> None:
    from ipaddress import ip_network

    from central.serving import serve

    settings = Settings(
        poll_ms=max(asked.poll_ms, 0),
        wait_s=min(max(asked.wait_s, 0), 60),
        rate_address=(max(asked.from_address, 0), 1),
        public_url=asked.public_url.rstrip("/"),
        updates=asked.updates,
        metrics_to=tuple(str(ip_network(net)) for net in asked.metrics_to),
    )
    serve(asked.database, asked.host, asked.port, settings, asked.workers, asked.log == "json")
