"""What is known of a print job: kept as a line, read back whole, and never worth more than what was seen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.evidence import Asks, Evidence, Said, Seen, Why
from pos.domain.printing import DocumentKind, PrinterRole, PrintState, role_of
from pos.printing.outcomes import OLD_MS, left_over, outcome_of, overtaken
from pos.printing.transports.handing import HandedOver
from pos.services.paper_views import PrintRow, Roll

EVIDENCE = st.builds(
    Evidence,
    st.sampled_from(Seen),
    st.integers(0, 10_000),
    st.integers(1, 10_000),
    st.lists(st.sampled_from(Said), unique=True).map(tuple),
    st.sampled_from(Why),
    st.sampled_from([None, *Asks]),
)


def row(
    state: PrintState = PrintState.QUEUED,
    kind: DocumentKind = DocumentKind.RECEIPT,
    created_at: int = 1_000_000,
    evidence: Evidence = Evidence(),  # noqa: B008
    expires_at: int | None = None,
    since: int | None = None,
    most: int = 0,
) -> PrintRow:
    return PrintRow(1, kind, "nota-1", 0, "kasir", 100, state, created_at, since or created_at, 0, evidence, expires_at, most)


@given(EVIDENCE)
@settings(max_examples=300)
def test_evidence_is_read_back_as_it_was_kept(evidence: Evidence) -> None:
    assert Evidence.read(str(evidence)) == evidence


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_a_line_of_another_till_is_read_as_far_as_it_is_understood(line: str) -> None:
    assert isinstance(Evidence.read(line), Evidence)


def test_words_that_are_not_known_are_passed_over() -> None:
    assert Evidence.read("") == Evidence()
    assert Evidence.read("hung after 1200 of 13236 bytes; paper out").sent == 0
    assert Evidence.read("hung 7/9 +sleepy why:moon asks:nobody") == Evidence(Seen.HUNG, 7, 9)
    assert Evidence.read("dreaming 7/9 why:refused") == Evidence(Seen.NOTHING, 7, 9, why=Why.REFUSED)


@given(EVIDENCE, st.booleans(), st.booleans(), st.sampled_from(DocumentKind), st.integers(0, 1))
@settings(max_examples=300)
def test_only_a_printer_that_says_so_has_printed_and_only_what_was_not_sent_is_tried_again(
    evidence: Evidence, whole: bool, confirmed: bool, kind: DocumentKind, most: int
) -> None:
    state = outcome_of(row(kind=kind, most=most), HandedOver(evidence, whole, confirmed)).state
    assert (state is PrintState.CONFIRMED) is confirmed
    if state is PrintState.FAILED:
        assert evidence.sent == 0
    if evidence.sent and not whole and not confirmed:
        assert state is (PrintState.EXPIRED if kind is DocumentKind.DRAWER_KICK else PrintState.UNKNOWN)
    if kind is DocumentKind.DRAWER_KICK:
        assert state.is_final, "a drawer opens now or not at all"


def test_a_job_grows_old_ten_minutes_after_it_was_wanted() -> None:
    young, old = 1_000_000 + OLD_MS, 1_000_000 + OLD_MS + 1
    assert overtaken(row(), young) is None
    outcome = overtaken(row(), old)
    assert outcome is not None
    assert (outcome.state, outcome.evidence.asks) == (PrintState.FAILED, Asks.OLD)
    assert overtaken(row(evidence=Evidence(asks=Asks.OLD), state=PrintState.FAILED), old) is None, "it asks already"
    assert overtaken(row(since=old - 5), old) is None, "a person has just asked for it"
    assert overtaken(row(PrintState.UNKNOWN), old) is None
    assert overtaken(row(PrintState.SENDING), old) is None


def test_a_drawer_whose_time_is_over_or_not_yet_come_stays_shut() -> None:
    kick = row(kind=DocumentKind.DRAWER_KICK, expires_at=1_010_000)
    assert overtaken(kick, 1_009_000) is None
    for now in (1_010_001, 999_999):
        outcome = overtaken(kick, now)
        assert outcome is not None
        assert (outcome.state, outcome.evidence.seen) == (PrintState.EXPIRED, Seen.TOO_LATE)


def test_at_the_start_nothing_that_was_before_goes_on_by_itself() -> None:
    asks = {state: left_over(row(state)) for state in PrintState if not state.is_final}
    assert {state: outcome and (outcome.state, outcome.evidence.seen, outcome.evidence.asks) for state, outcome in asks.items()} == {
        PrintState.QUEUED: (PrintState.FAILED, Seen.NOTHING, Asks.RESTARTED),
        PrintState.FAILED: (PrintState.FAILED, Seen.NOTHING, Asks.RESTARTED),
        PrintState.SENDING: (PrintState.UNKNOWN, Seen.STOPPED, None),
        PrintState.UNKNOWN: None,
    }
    kick = left_over(row(kind=DocumentKind.DRAWER_KICK))
    assert kick is not None
    assert kick.state is PrintState.EXPIRED


def test_every_document_has_a_printer_that_it_is_for() -> None:
    assert {role_of(kind) for kind in DocumentKind} == set(PrinterRole)
    assert role_of(DocumentKind.RECEIPT) is role_of(DocumentKind.DRAWER_KICK) is PrinterRole.STRUK


def test_a_roll_that_nobody_told_of_has_no_length_left() -> None:
    assert Roll(0, 0, 500).left_mm is None
    assert Roll(30_000, 1, 500).left_mm == 29_500
    assert Roll(30_000, 1, 31_000).left_mm == 0
