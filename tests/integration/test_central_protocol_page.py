"""docs/protocol.md is what another team builds from: its example is computed, and nothing that can be said on the wire is missing in it."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central.orders.book import EDGES, Status
from central.problems import PROBLEMS
from central.web.routes import ROUTES
from pos.sync import protocol as wire
from pos.sync.proof import ProofCode, check_proof, make_proof, thumbprint, token_hash

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
DEVICE_KEY = bytes(range(32))
# RFC 8037, A.1
SERVER_KEY = wire.unb64("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
SALE_ID, DEVICE = "3f9c2d1e0b4a59687786950a1b2c3d4e", "0d9f8e7c6b5a49382716f5e4d3c2b1a0"
ORDER, SHORT = "a1b2c3d4e5f60718293a4b5c6d7e8f90", "7K241"
NONCE, TOKEN = "AAAAAABa9zBhYmNkZWZnaGlqa2xtbm9w", "bxwPbiuNSn-aUcLT5PUGFw.kJ4Yb0m8u3S6zq1rC2t5vXyZaBdEfGhI"


def worked_example() -> dict[str, str]:
    """Name -> value of each row of the page's example."""
    device = wire.b64(Ed25519PrivateKey.from_private_bytes(DEVICE_KEY).public_key().public_bytes_raw())
    server = Ed25519PrivateKey.from_private_bytes(SERVER_KEY)
    proof = make_proof(DEVICE_KEY, "POST", "https://epeken.example/v1/sync", "00112233445566778899aabbccddeeff", 1795500000, NONCE, TOKEN)
    sale = wire.SalePayload(
        receipt="A1-000001-3f9c",
        session="c0ffee00c0ffee00c0ffee00c0ffee00",
        total=7_000,
        lines=(
            wire.SaleLine(
                product="11112222333344445555666677778888",
                unit="99990000aaaabbbbccccddddeeeeffff",
                factor=1,
                quantity=2,
                unit_price=3_500,
                amount=7_000,
            ),
        ),
        payments=(wire.Payment(tender="cash", amount=7_000, received=50_000, change=43_000),),
    )
    payload = wire.encode(sale)
    digest = wire.payload_hash(payload)
    head = wire.chain_hash(wire.GENESIS, SALE_ID, 1, "sale@1", 1_795_500_000_000, digest)
    signature = server.sign(wire.pickup_claim(ORDER, SHORT))
    return {
        "device public key": device,
        "key thumbprint": thumbprint(device),
        "ath": token_hash(TOKEN),
        "proof": proof,
        "payload": payload.decode(),
        "payload hash": digest,
        "chain head": head,
        "server key": wire.b64(server.public_key().public_bytes_raw()),
        "head signature": wire.b64(server.sign(wire.head_text(DEVICE, 1, 1, head))),
        "pickup code": wire.pickup_text(ORDER, SHORT, signature),
    }


def shown() -> dict[str, str]:
    example = PAGE.split("## A worked example", 1)[1]
    return dict(re.findall(r"^\| ([a-z ]+) \| `([^`]+)` \|$", example, re.MULTILINE))


def test_the_example_is_what_the_code_computes() -> None:
    assert shown() == worked_example()


def test_the_examples_proof_is_good_and_its_codes_can_be_read_back() -> None:
    told = shown()
    proof = check_proof(told["proof"], "POST", "https://epeken.example/v1/sync", TOKEN)
    assert (proof.public_key, proof.thumbprint, proof.nonce) == (told["device public key"], told["key thumbprint"], NONCE)
    assert wire.read_pickup_text(told["pickup code"])[:2] == (ORDER, SHORT)
    assert wire.decode(told["payload"].encode(), wire.SalePayload).total == 7_000


def test_the_example_says_what_went_in() -> None:
    example = PAGE.split("## A worked example", 1)[1]
    for value in (DEVICE_KEY.hex(), wire.b64(SERVER_KEY), SALE_ID, DEVICE, ORDER, SHORT, NONCE, TOKEN, "1795500000000"):
        assert value in example


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_place_is_on_the_page(route: object) -> None:
    method, path = route.method, route.path  # type: ignore[attr-defined]
    assert f"`{method} {path}`" in PAGE


def test_every_word_of_the_wire_is_on_the_page() -> None:
    words = {code.value for code in PROBLEMS} | {code.value for code in ProofCode}
    words |= (
        {kind.value for kind in wire.OperationKind} | {kind.value for kind in wire.ChangeKind} | {kind.value for kind in wire.ResultStatus}
    )
    words |= {command.value for command in wire.OrderCommand} | {status.value for status in Status}
    assert sorted(word for word in words if f"`{word}`" not in PAGE) == []


def test_every_field_of_every_message_is_on_the_page() -> None:
    kinds = [kind for kind in vars(wire).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    missing = {f"{kind.__name__}.{name}" for kind in kinds for name in kind.__struct_fields__ if f"`{name}`" not in PAGE}
    assert missing == set()


def test_every_code_and_flag_that_an_operation_can_get_is_on_the_page() -> None:
    """Collected from the sources: every text that looks like one and is given as a code or flag."""
    sources = [*(ROOT / "central" / "sync").glob("*.py"), ROOT / "central" / "goods.py", ROOT / "central" / "orders" / "commands.py"]
    found: set[str] = set()
    for file in sources:
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:Unfit|_incident\(item,|ResultStatus\.\w+,) ?\(?"(\w+)"', text))
        found |= set(re.findall(r'\("((?:[a-z]+_)?(?:unknown|known|closed|negative|early|unlisted))",', text))
    found |= {"clock_absurd", "tobacco_not_listed", "overwrote:", "after_", "code_used", "kind_unknown"}
    assert len(found) > 15
    assert sorted(word for word in found if f"`{word}" not in PAGE) == []


def test_every_edge_of_an_order_is_on_the_page() -> None:
    table = PAGE.split("### Edges", 1)[1].split("###", 1)[0]
    told = {
        (row[0], word) for row in re.findall(r"^\| `(\w+)` \| ([^|]*) \|", table, re.MULTILINE) for word in re.findall(r"`(\w+)`", row[1])
    }
    assert told == {(status.value, end.value) for status, ends in EDGES.items() for end in ends}


def test_every_problem_has_its_status_on_the_page() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d{3}) \|", PAGE, re.MULTILINE))
    assert rows == {code.value: str(status) for code, (status, _) in PROBLEMS.items()}
