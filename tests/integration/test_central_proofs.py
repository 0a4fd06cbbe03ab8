"""A request counts only with a proof of the device's key: fresh by the server's nonce, for this request and token, once."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from pos.sync import protocol as wire
from pos.sync.proof import ProofCode, ProofWrong, check_proof, make_proof, thumbprint, token_hash
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, Reply

NewTill = Callable[..., CounterTill]
PULL = wire.encode(wire.SyncRequest(protocol=1, cursor=""))


def sync_with(till: CounterTill, **other: str | bytes) -> Reply:
    """A pull with something else in its proof; the nonce is good."""
    return till.post("/v1/sync", PULL, till.access, till.proof("/v1/sync", till.access, **other))


def test_the_first_proof_has_no_nonce_and_is_asked_for_one(city: City, till: CounterTill) -> None:
    reply = sync_with(till, nonce="")
    assert (reply.status, reply.code) == (401, "use_dpop_nonce")
    assert reply.headers["WWW-Authenticate"].startswith('DPoP error="use_dpop_nonce"')
    assert sync_with(till, nonce=reply.headers["DPoP-Nonce"]).status == 200


def test_a_proof_is_good_once(till: CounterTill) -> None:
    proof = till.proof("/v1/sync", till.access)
    assert till.post("/v1/sync", PULL, till.access, proof).status == 200
    reply = till.post("/v1/sync", PULL, till.access, proof)
    assert (reply.status, reply.code) == (401, "proof_replayed")


def test_a_proof_grows_old_by_the_servers_clock_and_no_other(city: City, till: CounterTill) -> None:
    nonce = till.nonce
    city.clock.pass_by(300_000)
    assert sync_with(till, nonce=nonce).status == 200
    city.clock.pass_by(300_000)
    reply = sync_with(till, nonce=nonce)
    assert reply.code == "use_dpop_nonce"
    assert sync_with(till, nonce=reply.headers["DPoP-Nonce"]).status == 200


def test_a_replay_is_known_for_as_long_as_its_nonce_is_good(city: City, till: CounterTill) -> None:
    proof = till.proof("/v1/sync", till.access)
    assert till.post("/v1/sync", PULL, till.access, proof).status == 200
    city.clock.pass_by(300_000)
    assert till.fetch_access().status == 200
    assert till.post("/v1/sync", PULL, till.access, proof).code in ("proof_replayed", "proof_of_another_token")
    city.clock.pass_by(7_200_000)
    assert till.fetch_access().status == 200
    assert city.one("SELECT count(*) FROM proof_seen") == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"method": "GET"}, "proof_of_another_request"),
        ({"url": "http://127.0.0.1:1/v1/sync"}, "proof_of_another_request"),
        ({"url": "https://epeken.example/v1/sync"}, "proof_of_another_request"),
        ({"token": "another"}, "proof_of_another_token"),
        ({"token": ""}, "proof_of_another_token"),
        ({"key": b"\x09" * 32}, "proof_of_another_key"),
        ({"jti": ""}, "proof_unreadable"),
        ({"jti": "x" * 200}, "proof_unreadable"),
        ({"nonce": "AAAA"}, "use_dpop_nonce"),
    ],
)
def test_a_proof_for_something_else_proves_nothing(till: CounterTill, other: dict[str, str | bytes], code: str) -> None:
    reply = sync_with(till, **other)
    assert (reply.status, reply.code) == (401, code)


def test_a_stolen_token_is_worth_nothing_without_its_key(city: City, till: CounterTill, new_till: NewTill) -> None:
    thief = new_till(city, city.shop("Toko Maling"))
    thief.access, thief.refresh = till.access, till.refresh
    assert thief.sync().code == "proof_of_another_key"
    assert thief.fetch_access().code == "proof_of_another_key"


def test_a_request_without_proof_or_token_is_refused(till: CounterTill) -> None:
    assert till.post("/v1/sync", PULL, till.access, "").code == "proof_missing"
    assert till.post("/v1/sync", PULL, "", till.proof("/v1/sync")).code == "token_missing"
    assert till.post("/v1/sync", PULL, "", till.proof("/v1/sync"), Authorization=f"Bearer {till.access}").code == "token_missing"


def test_a_forged_signature_is_found(till: CounterTill) -> None:
    head, body, seal = till.proof("/v1/sync", till.access).split(".")
    other = till.proof("/v1/sync", till.access).split(".")[2]
    for forged in (f"{head}.{body}.{other}", f"{head}.{body}.", f"{head}..{seal}", "nonsense", "a.b.c", "é.é.é", "." * 5_000):
        reply = till.post("/v1/sync", PULL, till.access, forged.encode("latin-1").decode("latin-1"))
        assert reply.status == 401
        assert reply.code in ("proof_forged", "proof_unreadable")


def test_a_refused_request_leaves_its_proof_unused(city: City, till: CounterTill) -> None:
    before = city.one("SELECT count(*) FROM proof_seen")
    sync_with(till, token="another")
    sync_with(till, key=b"\x09" * 32)
    assert city.one("SELECT count(*) FROM proof_seen") == before


# --- the proof itself, at both ends ----------------------------------------------------------------------------------

KEY = bytes(range(32))
URL = "https://epeken.example/v1/sync"


def test_a_proof_says_what_was_put_in() -> None:
    proof = check_proof(
        make_proof(KEY, "POST", f"{URL}?x=1#y", "j1", 5, "n1", "token"), "POST", "HTTPS://ePeken.example:443/v1/sync", "token"
    )
    assert (proof.jti, proof.iat, proof.nonce) == ("j1", 5, "n1")
    assert proof.thumbprint == thumbprint(proof.public_key)


def test_an_empty_nonce_and_token_are_left_out() -> None:
    claims = json.loads(base64.urlsafe_b64decode(make_proof(KEY, "POST", URL, "j", 5, "", "").split(".")[1] + "=="))
    assert set(claims) == {"htm", "htu", "jti", "iat"}


def test_the_token_hash_and_the_thumbprint_are_those_of_the_rfcs() -> None:
    # RFC 9449, 7.1 (ath) and RFC 8037, A.3 (thumbprint of the key of A.1)
    assert token_hash("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU") == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
    assert thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def _with_header(**header: object) -> str:
    """A proof whose header says something else; its signature then fits nothing."""
    head, body, seal = make_proof(KEY, "POST", URL, "j", 5, "n", "").split(".")
    told = json.loads(base64.urlsafe_b64decode(head + "=="))
    return ".".join([base64.urlsafe_b64encode(json.dumps(told | header).encode()).decode().rstrip("="), body, seal])


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"typ": "JWT"},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}},
        {"jwk": {"kty": "OKP", "crv": "X25519", "x": "A" * 43}},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "d": "secret"}},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 42 + "B"}},
        {"jwk": None},
    ],
)
def test_only_ed25519_with_a_public_key_in_one_spelling_is_read(header: dict[str, object]) -> None:
    with pytest.raises(ProofWrong) as wrong:
        check_proof(_with_header(**header), "POST", URL, "")
    assert wrong.value.code is ProofCode.UNREADABLE
