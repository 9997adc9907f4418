"""Complaints that are late when they are filed: what is recorded then, and from when later alarms count."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints import filing, late_filing
from chalicelib.complaints.acting.advance import advance, wake_at
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import small_procedure
from tests.kernel.complaints.small_procedure import NUMBER, START

RECEIVED = START - 60 * DAY
TIERS = [{"roles": "agent"}, {"roles": "manager", "within": "2 hours", "again": "1 hour"}]
CLOCK = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "5 days"}


def policy(**changes: Any) -> Policy:
    intake = {"received": {"within": "100 calendar days"}, **changes.pop("intake", {})}
    return small_procedure.policy({"tiers": TIERS, "clocks": {"answer": CLOCK}, **changes, "intake": intake})


def filed(under: Policy, received: Instant = RECEIVED) -> Flow:
    arrival = late_filing.check(under, to_text(received), {}, START)
    accepted = replace(filing.check(under, Filing("phone"), START), arrival=arrival)
    return filing.register(under, accepted, number=NUMBER, receipt="", actor=COMPLAINANT.actor(), now=START)


def late(under: Policy, now: Instant = START, received: Instant = RECEIVED) -> list[tuple[str, int, int]]:
    """The events of time by `now`: the type, the hours since the filing, and the due time in days since the receipt."""
    return [
        (one.type, (one.at - START) // HOUR, (one.due_at - received) // DAY)
        for one in events(filed(under, received), now)
        if one.due_at is not None
    ]


def events(flow: Flow, now: Instant = START) -> list[EventDraft]:
    """Commit by commit."""
    drafts: list[EventDraft] = []
    while not advance(flow, now):
        drafts += flow.drafts
        flow = Flow(flow.policy, flow.complaint)
    return drafts + flow.drafts


def run_of(flow: Flow, clock: str = "answer") -> Run:
    return next(run for run in flow.complaint.runs if run.clock == clock)


def test_a_complaint_is_filed_until_the_very_end_of_the_time_for_it() -> None:
    under, first = policy(intake={"received": {"within": "5 days"}}), START - 5 * DAY
    assert late_filing.check(under, to_text(first), {}, START).at == first
    with pytest.raises(Problem):
        late_filing.check(under, to_text(first - 1), {}, START)


def test_the_first_miss_is_recorded_once_with_its_due_time() -> None:
    assert late(policy()) == [("missed", 0, 5), ("escalated", 0, 5)]


def test_the_next_tier_and_repeated_alarms_count_from_the_filing() -> None:
    assert [one[:2] for one in late(policy(), START + 4 * HOUR)] == [
        ("missed", 0),
        ("escalated", 0),
        ("missed", 2),
        ("missed", 3),
        ("missed", 4),
    ]


def test_a_tier_without_a_limit_gets_the_clocks_limit_from_the_filing() -> None:
    under = policy(tiers=[{"roles": "agent"}, {"roles": "manager"}])
    flow = filed(under)
    advance(flow, START)
    assert run_of(flow).next == START + 5 * DAY
    assert wake_at(under, flow.complaint) == START + 5 * DAY


def test_each_of_many_clocks_is_missed_once_at_the_filing() -> None:
    clocks = {f"c{number}": {**CLOCK, "within": f"{number + 1} days"} for number in range(30)}
    missed = [(one.at, one.due_at) for one in events(filed(policy(clocks=clocks))) if one.type == "missed"]
    assert missed == [(START, RECEIVED + number * DAY) for number in range(1, 31)]


def test_warnings_before_the_filing_are_left_out_but_for_the_last_of_a_running_clock() -> None:
    warn = ["3 days before", "2 days before", "1 day before", "1 hour before"]
    clocks = {"answer": {**CLOCK, "warn": warn}, "long": {**CLOCK, "within": "61 days", "warn": warn}}
    assert late(policy(clocks=clocks)) == [("missed", 0, 5), ("escalated", 0, 5), ("warned", 0, 60)]
    assert ("warned", 23, 60) in late(policy(clocks=clocks), START + 23 * HOUR)


def test_a_clock_that_is_due_at_the_filing_has_no_warning() -> None:
    clocks = {"answer": {**CLOCK, "within": "60 days", "warn": "1 day before"}}
    assert late(policy(clocks=clocks)) == [("missed", 0, 60), ("escalated", 0, 60)]


def test_a_limit_that_ageing_changed_before_the_filing_has_the_due_time_of_that_change() -> None:
    """On day 3 the class becomes high, whose limit is two days: it is due at the change, on day 3."""
    severity = {
        "classes": {"low": {"en": "Low"}, "high": {"en": "High"}},
        "ageing": {"after": "3 days", "until": "decided", "to": "high"},
    }
    within = [{"when": {"severity": "low"}, "limit": "10 days"}, {"when": {"severity": "high"}, "limit": "2 days"}]
    found = late(policy(severity=severity, clocks={"answer": {**CLOCK, "within": within}}))
    assert found == [("reclassified", 0, 3), ("missed", 0, 3), ("escalated", 0, 3)]


def test_an_act_by_time_that_was_due_before_the_filing_is_performed_at_the_filing() -> None:
    stages = {"open": {"decide": {"by": "agent", "to": "done"}, "close": {"by": "manager", "to": "done"}}}
    clocks = {"answer": {**CLOCK, "missed": {"act": "close"}}}
    assert late(policy(stages=stages, clocks=clocks)) == [("closed", 0, 5)]


@pytest.mark.parametrize(("later", "wording"), [(0, "registered"), (HOUR, "answered_by")])
def test_a_message_about_a_due_time_that_is_reached_at_the_filing_has_the_words_of_its_event(
    later: int, wording: str
) -> None:
    words = {"answered_by": {"en": "{number} is answered by {due}."}}
    tells = {"to": "complainant", "wording": "answered_by", "due": "answer"}
    flow = filed(policy(intake={"tells": tells}, wording=words), START - 5 * DAY + later)
    [message] = [one for one in flow.drafts if one.type == "notified"]
    assert message.fields["wording"] == wording
