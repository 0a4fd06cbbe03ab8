"""`epeken-central` as an operator meets it: a real process, a real socket, real signals."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from central.cli import main
from central.database import Database
from central.serving import _listener
from tests.helpers.central import CentralProcess, run_command
from tests.helpers.postgres import PostgresServer

ID = re.compile(r"[0-9a-f]{32}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('served') / 'city.db'}", "--poll-ms", "300")
    yield process
    process.close()


def test_a_shop_a_code_and_a_buyer_are_made_beside_the_running_server(served: CentralProcess) -> None:
    shop = served.command("shop", "Toko Sinar Jaya", "--address", "Jl. Kenanga 12")
    assert ID.fullmatch(shop)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", served.command("code", shop))
    token = served.command("buyer", "Rina Wati", "--phone", "081234563841", "--kind", "ASN")
    answer = requests.get(f"{served.url}/v1/buyer/shops/{shop}/goods", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert (answer.status_code, answer.json()) == (200, [])
    assert served.summary(shop) == {"sales": 0, "turnover": 0, "duplicates": 0, "quarantined": 0, "stock": {}, "orders": {}}
    assert "sales" in run_command(served.database_url, "summary", "--shop", shop).stdout


def test_it_says_that_it_is_well(served: CentralProcess) -> None:
    assert requests.get(f"{served.url}/health", timeout=10).json()["status"] == "ok"


def test_an_operator_says_how_often_one_address_may_ask_without_a_good_token(tmp_path: Path) -> None:
    """Many shops stand behind one address of a telephone company: the limit that stops a guesser must not shut out a market."""
    for words, answers in ((("--from-address", "2"), [401, 401, 429]), (("--from-address", "0"), [401] * 3)):
        process = CentralProcess(f"sqlite:///{tmp_path / 'city.db'}", *words)
        asked = [requests.get(f"{process.url}/v1/buyer/shops/{'0' * 32}/goods", timeout=10).status_code for _ in range(3)]
        process.close()
        assert asked == answers


def test_it_stops_when_asked_and_logs_lines_of_json_without_names(tmp_path: Path) -> None:
    process = CentralProcess(f"sqlite:///{tmp_path / 'city.db'}")
    shop = process.command("shop", "Toko Rahasia")
    token = process.command("buyer", "Rina Wati", "--phone", "081234563841")
    requests.get(f"{process.url}/v1/buyer/shops/{shop}/goods", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert process.close() == 0
    lines = [json.loads(line) for line in process.log.splitlines()]
    assert [(line["route"], line["status"]) for line in lines if line["event"] == "request"] == [("goods", 200)]
    assert lines[-1]["event"] == "stopped"
    for secret in ("Rahasia", "Rina", "3841", token):
        assert secret not in process.log


def test_it_stops_at_an_interrupt_too(tmp_path: Path) -> None:
    process = CentralProcess(f"sqlite:///{tmp_path / 'city.db'}")
    process.process.send_signal(signal.SIGINT)
    assert process.process.wait(timeout=30) == 0
    process.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("code", "0" * 32), "there is no shop"),
        (("summary", "--shop", "nonsense"), "there is no shop"),
        (("revoke", "A", "--shop", "0" * 32), "there is no shop"),
        (("shop", "  "), "a shop needs a name"),
        (("buyer", "Rina", "--phone", "12"), "a name and a phone number"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    database_url: str, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--database", database_url]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_database_that_is_not_ready_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'city.db'}"
    assert main(["shop", "Toko", "--database", url]) == 1
    assert "epeken-central migrate" in capsys.readouterr().err
    assert main(["migrate", "--database", url]) == 0
    assert main(["shop", "Toko", "--database", url]) == 0
    assert run_command("mysql://x/y", "serve", "--port", "0").returncode == 1
    assert main(["migrate", "--database", "postgresql+psycopg://nobody@127.0.0.1:1/none"]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_two_processes_start_at_once_on_a_new_database_and_answer_for_each_other(postgres: PostgresServer) -> None:
    url = postgres.url(postgres.new_database())
    with ThreadPoolExecutor() as hands:
        first, second = hands.map(lambda _: CentralProcess(url), range(2))
    try:
        shop, token = first.command("shop", "Toko"), second.command("buyer", "Rina", "--phone", "081234563841")
        for process in (first, second):
            answer = requests.get(f"{process.url}/v1/buyer/shops/{shop}/goods", headers={"Authorization": f"Bearer {token}"}, timeout=10)
            assert answer.status_code == 200
    finally:
        assert [process.close() for process in (first, second)] == [0, 0]


def test_an_address_that_is_taken_is_said_so(served: CentralProcess) -> None:
    done = run_command(served.database_url, "serve", "--port", served.url.rsplit(":", 1)[1])
    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1" in done.stderr


def test_a_till_is_revoked_by_its_letter_and_old_things_are_forgotten(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shop", "Toko", "--cap", "0", "--database", database_url]) == 0
    shop = capsys.readouterr().out.strip()
    assert main(["revoke", "A", "--shop", shop, "--database", database_url]) == 1
    assert "no till A" in capsys.readouterr().err
    assert main(["cap", shop, "--restart", "--database", database_url]) == 0
    assert main(["tidy", "--database", database_url]) == 0
    assert capsys.readouterr().out == "0 deleted goods forgotten\n"
    database = Database(database_url)
    database.check()
    database.close()


def test_an_answer_does_not_wait_for_its_head_to_be_acknowledged() -> None:
    with _listener("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
