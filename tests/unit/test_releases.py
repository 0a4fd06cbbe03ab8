"""Which newer program a till takes: only a newer one, signed by a key that it knows, made for its kind of machine, whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.config.paths import find_paths
from pos.config.update_journal import UpdateJournal
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.release import Here, Release, ReleaseFile, Verdict, Version, judge, parse_version
from pos.domain.update import _NEXT, Stage, Update, Wanted, Why
from pos.installing.manifest import made, read_manifest
from pos.installing.signing import Purpose, TrustedKeys, name_of, sign
from tests.helpers.officers import AT, Office
from tests.helpers.releases import RUN, listed, manifest_of

EXAMPLES = int(os.environ.get("RELEASE_EXAMPLES", "200"))
OFFICE, OTHER = Office(), Office()
FILE = listed("epeken-pos_0.2.0_x86_64.run", b"program")
SIGNED = made(manifest_of("0.2.0", {RUN: FILE}), OFFICE.key)
FIRST, NEXT = Version(0, 0, 1), Version(0, 2, 0)
versions = st.builds(Version, *[st.integers(0, 99_999)] * 3)


def trust(*keys: Ed25519PrivateKey) -> TrustedKeys:
    return TrustedKeys({Purpose.UPDATE: {name_of(key.public_key()): key.public_key() for key in keys}})


def release(version: Version = NEXT, *, from_version: Version = FIRST, from_schema: int = 1) -> Release:
    files = {RUN: ReleaseFile("epeken.run", 7, "0" * 64)}
    return Release(version, "stable", files, from_version, from_schema, AT, AT + 1, {"id": "", "en": ""})


def refusal(data: bytes, trusted: TrustedKeys) -> ErrorCode:
    with pytest.raises(ShopError) as refused:
        read_manifest(data, trusted)
    return refused.value.code


# --- the rules of choice ----------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES)
@given(versions, versions, st.integers(0, 20), st.integers(0, 20), versions)
def test_only_a_newer_release_is_ever_taken(here: Version, new: Version, schema: int, least: int, oldest: Version) -> None:
    verdict = judge(release(new, from_version=oldest, from_schema=least), Here(here, schema, RUN))
    if verdict is Verdict.TAKE:
        assert new > here >= oldest
        assert schema >= least
    assert (verdict is Verdict.SAME) == (new == here)
    assert (verdict is Verdict.OLDER) == (new < here)


@settings(max_examples=EXAMPLES)
@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_release_for_another_machine_or_channel_is_not_taken(platform: str, channel: str) -> None:
    verdict = judge(release(), Here(Version(0, 1, 0), 13, platform, channel))
    assert (verdict is Verdict.TAKE) == (platform == RUN and channel == "stable")


@settings(max_examples=EXAMPLES)
@given(versions)
def test_a_version_reads_as_it_is_written(version: Version) -> None:
    assert parse_version(str(version)) == version


@settings(max_examples=EXAMPLES)
@given(st.text(alphabet="0123456789.-+ v٣", max_size=12))
def test_what_cannot_be_compared_is_no_version(text: str) -> None:
    try:
        assert str(parse_version(text)) == text
    except ValueError:
        assert not (text.count(".") == 2 and all(part in {"0", "1", "12"} for part in text.split(".")))


def test_an_old_manifest_only_warns() -> None:
    stale = release()
    assert stale.is_stale(AT + 2)
    assert judge(stale, Here(Version(0, 1, 0), 13, RUN)) is Verdict.TAKE


# --- signed by whom ---------------------------------------------------------------------------------------------


def test_a_manifest_says_what_was_signed() -> None:
    told = read_manifest(SIGNED, trust(OFFICE.key))
    assert (str(told.version), told.files[RUN].name, told.files[RUN].size, told.notes["en"]) == (
        "0.2.0",
        FILE.name,
        7,
        "Stock is found faster.",
    )


def test_another_key_or_none_at_all_is_refused() -> None:
    assert refusal(SIGNED, trust(OTHER.key)) is ErrorCode.UPDATE_FORGED
    assert refusal(SIGNED, TrustedKeys()) is ErrorCode.UPDATE_FORGED


def test_a_key_for_provision_files_signs_no_program() -> None:
    key = OFFICE.key.public_key()
    assert refusal(SIGNED, TrustedKeys({Purpose.PROVISION: {name_of(key): key}})) is ErrorCode.UPDATE_FORGED
    as_provision = sign(Purpose.PROVISION, json.loads(SIGNED)["body"], OFFICE.key)
    assert refusal(as_provision, trust(OFFICE.key)) is ErrorCode.UPDATE_FORGED


def test_a_key_is_changed_by_signing_with_the_old_one_and_the_new() -> None:
    both = made(manifest_of("0.2.0", {RUN: FILE}), OFFICE.key, OTHER.key)
    for trusted in (trust(OFFICE.key), trust(OTHER.key), trust(OFFICE.key, OTHER.key)):
        assert read_manifest(both, trusted).version == Version(0, 2, 0)
    assert refusal(both, trust(Ed25519PrivateKey.generate())) is ErrorCode.UPDATE_FORGED


def test_one_signature_that_does_not_hold_spoils_the_file_for_who_knows_its_key() -> None:
    both = json.loads(made(manifest_of("0.2.0", {RUN: FILE}), OFFICE.key, OTHER.key))
    both["also"][name_of(OTHER.key.public_key())] = both["signature"]
    spoiled = json.dumps(both).encode()
    assert refusal(spoiled, trust(OFFICE.key, OTHER.key)) is ErrorCode.UPDATE_FORGED


@settings(max_examples=EXAMPLES)
@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_one_flipped_byte_is_refused_or_changes_nothing(place: int, by: int) -> None:
    flipped = bytearray(SIGNED)
    flipped[place] ^= by
    told: object = None
    try:
        told = read_manifest(bytes(flipped), trust(OFFICE.key))
    except ShopError as error:
        told = error.code
    assert told in (ErrorCode.UPDATE_FORGED, ErrorCode.UPDATE_UNREADABLE, read_manifest(SIGNED, trust(OFFICE.key)))


@settings(max_examples=EXAMPLES)
@given(st.integers(0, len(SIGNED) - 3))
def test_a_manifest_that_is_cut_short_is_refused(length: int) -> None:
    assert refusal(SIGNED[:length], trust(OFFICE.key)) is ErrorCode.UPDATE_UNREADABLE


@settings(max_examples=EXAMPLES)
@given(
    st.dictionaries(
        st.sampled_from(["version", "files", "channel", "from_schema", "notes", "format", "x"]),
        st.none() | st.integers() | st.text(max_size=9),
    )
)
def test_a_signed_body_of_another_shape_is_refused_in_words(body: dict[str, object]) -> None:
    assert refusal(sign(Purpose.UPDATE, body, OFFICE.key), trust(OFFICE.key)) is ErrorCode.UPDATE_UNREADABLE


@pytest.mark.parametrize("name", ["../epeken.run", "/etc/passwd", "a/b.run", ".hidden", "nama berkas.run", "", "x" * 120])
def test_a_file_lies_beside_its_manifest_and_nowhere_else(name: str) -> None:
    body = json.loads(SIGNED)["body"]
    body["files"][RUN]["name"] = name
    assert refusal(sign(Purpose.UPDATE, body, OFFICE.key), trust(OFFICE.key)) is ErrorCode.UPDATE_UNREADABLE


# --- how far it is ----------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES)
@given(st.lists(st.sampled_from(Stage), max_size=12))
def test_no_step_leads_past_the_trial(path: list[Stage]) -> None:
    update = Update()
    for stage in path:
        try:
            update = update.to(stage)
        except ValueError:
            assert stage not in _NEXT[update.stage]
    if update.stage is Stage.RETURNING:
        assert Stage.APPLYING in path


def test_what_was_written_down_is_read_again_and_what_is_torn_is_none(tmp_path: Path) -> None:
    paths = find_paths(str(tmp_path))
    journal = UpdateJournal(paths.updates)
    assert journal.file == paths.update_state, "a start looks for this file alone"
    assert (journal.file.exists(), journal.load()) == (False, Update())
    known = Update(Stage.READY, "0.2.0", notes={"id": "a", "en": "b"}, wanted=Wanted.NOW, failed_before=("x",), why=Why.BY_HAND, tries=2)
    journal.keep(known)
    assert journal.load() == known
    for torn in (b"", b"{", b"[]", b'{"stage": "?"}', b'{"tries": "x"}', b'{"version": 1}', b"\xff"):
        journal.file.write_bytes(torn)
        assert journal.load() == Update()
