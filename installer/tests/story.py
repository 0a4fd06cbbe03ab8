"""The other ends of an installed till's first minutes: a central on loopback, a printer on a port, an office that signs; and what they saw.

`story.py STICK` makes the stick and serves until its input ends; then it says, as JSON, how many sales the central has, what the till was
called there, and how many bytes the printer was sent. Run it with the project's own Python.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.helpers.central import CentralProcess
from tests.helpers.officers import Office
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.sheets import gtin13, row, write_csv


def main(stick: Path) -> None:
    stick.mkdir(parents=True, exist_ok=True)
    central = CentralProcess(f"sqlite:///{stick.parent / 'central.db'}")
    with StandInPrinter() as printer:
        shop = central.command("shop", "Toko Sinar Jaya")
        office = Office()
        office.trusted_by(stick / "keys.json")
        goods = write_csv(stick / "catalog.csv", [row(gtin13(number), f"Barang {number}", 3_500, stock=50) for number in range(1, 31)])
        listed = {"file": "catalog.csv", "sha256": hashlib.sha256(goods.read_bytes()).hexdigest()}
        told = {"address": f"tcp://127.0.0.1:{printer.port}", "profile": "generic80"}
        office.stick(stick, shop, central.url, central.command("code", shop), goods=listed, printer=told)
        print("ready", gtin13(1), flush=True)
        for line in sys.stdin:
            if line.strip() == "seen":
                print(json.dumps(seen(central, shop, printer)), flush=True)
    central.close()


def seen(central: CentralProcess, shop: str, printer: StandInPrinter) -> dict[str, object]:
    """How far the story is."""
    figures = central.summary(shop)
    return {"sales": figures["sales"], "jobs": len(printer.jobs), "bytes": sum(len(job) for job in printer.jobs)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
