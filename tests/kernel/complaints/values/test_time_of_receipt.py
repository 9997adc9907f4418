"""Complaints that arrived before they are filed: their clocks, limitation and ageing start at the time of receipt."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints import filing, late_filing
from chalicelib.complaints.acting import acts
from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.web.chinese import translate

NOW = from_text("2026-11-26T10:00:00+08:00")
EARLIER = NOW - 3 * DAY
CLERK = Actor("staff", "ann", "ann", on_behalf_of="complainant")


def policy(clocks: dict[str, Any] | None = None, **intake: Any) -> Policy:
    received = {"within": "10 calendar days", "needs": "reason"}
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "people": {"ann": "安"},
        "tiers": [{"roles": "ann"}, {"roles": "ann"}],
        "intake": {
            "channels": ["a"],
            "received": received,
            "facts": {"bought_at": {"zh": "购买时间", "kind": "time", "required": True}},
            "limitation": {"within": "5 days", "latest": "bought_at"},
            **intake,
        },
        "severity": {"classes": ["low", "high"], "ageing": [{"to": "high", "after": "2 days", "until": "closed"}]},
        "fields": {"reason": {"zh": "理由"}, "visited": {"zh": "走访", "kind": "time", "tense": "past"}},
        "stages": {"registered": {"close": {"by": "ann", "to": "over", "takes": "visited"}}, "over": {}},
        "clocks": clocks or {"c": {"from": "registered", "until": "closed", "within": "1 day", "missed": "record"}},
    }
    return compile_policy(publishing.prepare(document).document, "1")


def filed(at: int = EARLIER, found: Policy | None = None, bought_at: str = to_text(EARLIER - 4 * DAY)) -> Flow:
    """`found`: the version in force at receipt; today's always allows the receipt."""
    found = found or policy()
    given = Filing("a", facts={"bought_at": bought_at})
    arrival = late_filing.check(policy(), to_text(at), {"reason": "Post"}, NOW)
    accepted = replace(filing.check(found, given, NOW), arrival=arrival)
    flow = filing.register(found, accepted, number="1", receipt="kept", actor=CLERK, now=NOW)
    advance(flow, NOW)
    return flow


def test_the_event_has_the_time_of_receipt() -> None:
    first = filed().drafts[0]
    assert (first.at, first.fields["received_at"]) == (NOW, to_text(EARLIER))
    assert first.fields["received"] == {"given": ["reason"]}
    assert {"reason": "Post"} in first.secrets.values()


def test_what_is_late_already_is_recorded_at_the_filing_with_its_due_time() -> None:
    late = [(draft.type, draft.at, draft.due_at) for draft in filed().drafts[1:] if draft.due_at is not None]
    assert late == [("missed", NOW, EARLIER + DAY), ("reclassified", NOW, EARLIER + 2 * DAY)]


def test_a_version_without_the_key_records_the_due_time_too() -> None:
    late = [(draft.at, draft.due_at) for draft in filed(found=policy(received=None)).drafts if draft.due_at is not None]
    assert late == [(NOW, EARLIER + DAY), (NOW, EARLIER + 2 * DAY)]


@pytest.mark.parametrize(("at", "kind"), [(EARLIER, None), (NOW - DAY, None), (EARLIER - HOUR, "invalid")])
def test_an_act_can_state_a_time_from_the_receipt_on(at: int, kind: str | None) -> None:
    asker, flow = Asker("staff", "ann", (Grant("ann"),)), filed()
    with pytest.raises(Problem) if kind else nullcontext() as refused:
        acts.decide(flow, ActRequest("close", {"visited": to_text(at)}), asker, NOW)
    assert kind is None or (refused is not None and refused.value.kind == kind)


@pytest.mark.parametrize(
    ("kind", "bought_at", "in_time"),
    [
        ("time", "2026-11-21T00:00:00+08:00", "yes"),  # five days from this Saturday end with Thursday
        ("time", "2026-11-20T23:59:00+08:00", "no"),
        ("date", "2026-11-20", "no"),  # its 24:00 is the same instant, and belongs to Friday
        ("date", "2026-11-21", "yes"),
    ],
)
def test_a_limitation_counts_from_the_day_to_which_its_fact_belongs(kind: str, bought_at: str, in_time: str) -> None:
    fact = {"zh": "购买时间", "kind": kind, "required": True}
    limitation = {"within": "5 calendar days", "latest": "bought_at"}
    flow = filed(NOW - HOUR, policy(facts={"bought_at": fact}, limitation=limitation), bought_at)
    assert flow.complaint.flags["in_time"] == in_time


def test_clocks_and_limitation_count_from_the_receipt() -> None:
    flow = filed(NOW - 2 * HOUR)
    assert [(run.started, run.due) for run in flow.complaint.runs] == [(NOW - 2 * HOUR, NOW - 2 * HOUR + DAY)]
    assert flow.complaint.flags["in_time"] == "no"
    assert filed().complaint.flags["in_time"] == "yes"


@pytest.mark.parametrize(
    ("at", "fields", "by_staff", "place"),
    [
        (NOW + 1, {"reason": "Post"}, True, "/received/at"),
        (NOW - 11 * DAY, {"reason": "Post"}, True, "/received/at"),
        (EARLIER, {}, True, "/received/fields/reason"),
        (EARLIER, {"reason": "Post", "more": "x"}, True, "/received/fields/more"),
        (EARLIER, {"reason": "Post"}, False, "/received"),
    ],
)
def test_a_receipt_that_is_not_allowed_is_refused(at: int, fields: dict[str, str], by_staff: bool, place: str) -> None:
    with pytest.raises(Problem) as refused:
        late_filing.check(policy(), to_text(at), fields, NOW, by_staff=by_staff)
    assert [one.pointer for one in refused.value.places] == [place]
    about_fields = "Some values are missing or not of the kind that is needed."
    other = "The complaint cannot be registered as it is."
    assert refused.value.detail == (about_fields if "fields" in place else other)


def test_the_refusal_of_a_receipt_says_why_its_time_is_none() -> None:
    with pytest.raises(Problem) as refused:
        late_filing.check(policy(), "noon", {"reason": "Post"}, NOW)
    [place] = refused.value.places
    assert (place.pointer, place.detail) == ("/received/at", "is not a time: Invalid isoformat string: 'noon'")


def test_without_the_key_no_receipt_is_allowed() -> None:
    with pytest.raises(Problem, match="cannot be registered"):
        late_filing.check(policy(received=None), to_text(EARLIER), {}, NOW)


def test_the_refusal_of_an_old_receipt_names_limit_and_day_in_the_readers_language() -> None:
    with pytest.raises(Problem) as refused:
        late_filing.check(policy(), to_text(NOW - 11 * DAY), {"reason": "Post"}, NOW)
    [place] = refused.value.places
    assert "is longer ago than 10 calendar days: it could be filed by " in place.detail
    assert "10个自然日" in translate(place.text)
    assert "calendar days" not in translate(place.text)
    assert "T" not in place.detail.partition("filed by")[2].partition("(")[0]
