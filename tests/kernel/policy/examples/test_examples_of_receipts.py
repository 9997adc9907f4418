"""Examples of complaints that arrived before they were registered: `given.received`."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

RECEIVED = {"at": "2026-11-20T10:00", "fields": {"who": "Post"}}
REGISTERED = {"registered": "2026-11-23T10:00"}


def faults(received: dict[str, Any], then: dict[str, Any], **example: Any) -> list[tuple[str, str]]:
    """The kind and the place of each fault of a policy with this example. Its clock ends a day after the receipt."""
    document = faulty("intake/received", {"within": "5 calendar days", "needs": ["who"]})
    document["clocks"]["answer"] = {"from": "registered", "until": "decided", "within": "24 hours"}
    given = {"channel": "phone", "received": received}
    document["examples"] = [{"given": given, "events": REGISTERED, "then": then, **example}]
    try:
        check_publishable(document)
    except PolicyFault as fault:
        return [(one.kind, one.pointer) for one in fault.faults]
    return []


@pytest.mark.parametrize("at", ["2026-11-20T10:00", "2026-11-20T10:00+08:00", "2026-11-20T02:00:00Z"])
def test_clocks_of_an_example_start_at_the_time_of_receipt(at: str) -> None:
    assert faults({**RECEIVED, "at": at}, {"answer": "2026-11-21T10:00"}) == []


def test_what_was_late_before_the_registration_is_missed_in_an_example() -> None:
    then = {"answer": {"due": "2026-11-21T10:00", "state": "missed"}, "tier": 2}

    assert faults(RECEIVED, then) == []


def test_an_example_that_expects_the_time_of_registration_fails() -> None:
    assert faults(RECEIVED, {"answer": "2026-11-24T10:00"}) == [("example-other-due", "/examples/0/then/answer")]


@pytest.mark.parametrize(
    ("received", "kind", "place"),
    [
        ({**RECEIVED, "at": "noon"}, "example-time", "/at"),
        ({**RECEIVED, "at": "2026-11-23T10:01"}, "example-cannot-happen", "/at"),
        ({**RECEIVED, "at": "2026-11-17T23:59"}, "example-cannot-happen", "/at"),
        ({"at": "2026-11-20T10:00"}, "example-cannot-happen", ""),
        ({**RECEIVED, "fields": {"who": "Post", "amount": 3}}, "example-cannot-happen", "/fields/amount"),
        ({**RECEIVED, "fields": {"who": 3}}, "example-cannot-happen", "/fields/who"),
    ],
)
def test_a_receipt_that_a_filing_could_not_give_is_a_fault_at_its_place(
    received: dict[str, Any], kind: str, place: str
) -> None:
    assert faults(received, {"stage": "registered"}) == [(kind, f"/examples/0/given/received{place}")]


def test_an_earlier_receipt_is_allowed_up_to_the_limit() -> None:
    assert faults({**RECEIVED, "at": "2026-11-18T00:00"}, {"stage": "registered"}) == []
