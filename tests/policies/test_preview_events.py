"""Events in a preview request: which are accepted and which are refused."""

from __future__ import annotations

import pytest

from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"


def previewed(*events: str, preset: str = "corporate-standard", **further: str) -> Answer:
    told = [{"event": name, "at": START} for name in ("registered", *events)]
    complaint = {"channel": "phone", "severity": "general", "category": "service_quality"}
    body = {"preset": preset, "complaint": complaint, "events": told, **further}
    return InProcess(START).call("POST", "/v1/preview/policy", body)


def test_a_preview_needs_few_events() -> None:
    answer = previewed("decided")
    assert (answer.status, answer.json["stage"]) == (200, "decided")


@pytest.mark.parametrize(("now", "state"), [({}, "running"), ({"now": "2027-11-27T09:00:00+08:00"}, "missed")])
def test_the_states_of_deadlines_are_those_of_now_or_of_the_last_event(now: dict[str, str], state: str) -> None:
    deadlines = previewed(**now).json["deadlines"]
    assert {one["state"] for one in deadlines if one["clock"] == "resolution"} == {state}


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("soon", "is not a time: Invalid isoformat string: 'soon'"),
        ("2026-11-27T08:59:59+08:00", "lies before the last event"),
    ],
)
def test_a_now_that_is_no_time_or_too_early_is_refused_at_its_place(now: str, why: str) -> None:
    answer = previewed(now=now)
    assert (answer.status, answer.json["errors"]) == (422, [{"pointer": "/now", "detail": why}])


REPEATING = """
language: 1
name: {en: A shop}
calendar: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}}
people: {agent: {en: Agent}}
intake:
  channels: {phone: {en: Phone}}
  facts: {order: {en: Order}}
  subject: order
  repeats: {same: subject, within: 1 calendar year}
stages:
  registered:
    close: {by: agent, to: closed, when: {repeat: [first, second], filed_by: complainant}}
    reply: {by: agent}
    archive: {by: agent, to: closed}
  closed: {}
clocks:
  answer:
    name: {en: Answer}
    from: registered
    until: closed
    missed: record
    within:
      - {when: {repeat: first}, limit: 3 working days}
      - {when: {repeat: [second, third]}, limit: 1 working day}
"""


@pytest.mark.parametrize(
    ("given", "due", "acts"),
    [
        ({}, "2026-12-02T10:00:00.000Z", ["archive", "close", "reply"]),
        ({"repeat": "second"}, "2026-11-30T10:00:00.000Z", ["archive", "close", "reply"]),
        ({"repeat": "third"}, "2026-11-30T10:00:00.000Z", ["archive", "reply"]),
        ({"filed_by": "complainant"}, "2026-12-02T10:00:00.000Z", ["archive", "close", "reply"]),
        ({"filed_by": "agent"}, "2026-12-02T10:00:00.000Z", ["archive", "reply"]),
    ],
)
def test_a_preview_takes_which_complaint_about_the_matter_it_is_and_who_filed(
    given: dict[str, str], due: str, acts: list[str]
) -> None:
    events = [{"event": "registered", "at": START}]
    body = {"policy": REPEATING, "complaint": {"channel": "phone", **given}, "events": events}
    answer = InProcess(START).call("POST", "/v1/preview/policy", body)
    assert (answer.json["deadlines"][0]["due"], answer.json["acts"]) == (due, acts)


@pytest.mark.parametrize(
    ("policy", "repeat", "pointer"),
    [
        ({"preset": "corporate-standard"}, "second", "/complaint/repeat"),
        ({"policy": REPEATING}, "fourth", "/complaint/repeat"),
        ({"policy": REPEATING}, 2, "/complaint/repeat"),
    ],
)
def test_a_repeat_that_cannot_be_is_refused_at_its_place(policy: dict[str, str], repeat: object, pointer: str) -> None:
    complaint = {"channel": "phone", "category": "service_quality", "repeat": repeat}
    complaint = complaint if "preset" in policy else {"channel": "phone", "repeat": repeat}
    events = [{"event": "registered", "at": START}]
    answer = InProcess(START).call("POST", "/v1/preview/policy", {**policy, "complaint": complaint, "events": events})
    assert (answer.status, answer.pointer) == (422, pointer)


STAFF_SAY = """
language: 1
name: {en: A shop}
calendar: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}}
people: {agent: {en: Agent}}
intake:
  channels: {phone: {en: Phone}, desk: {en: Desk}}
  filed_by: {desk: agent}
  categories: {nature: {a: {en: A}, b: {en: B}}}
  chosen_by_staff: nature
stages:
  registered: {close: {by: agent, to: closed}}
  closed: {}
"""


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ({"channel": "phone", "filed_by": "agent", "category": {"nature": "a"}}, []),
        ({"channel": "phone", "filed_by": "agent"}, ["/complaint/category/nature"]),
        ({"channel": "phone", "filed_by": "complainant", "category": {"nature": "a"}}, ["/complaint/category/nature"]),
        ({"channel": "phone", "filed_by": "owner", "category": {"nature": "a"}}, []),
        ({"channel": "phone", "filed_by": "system"}, ["/complaint/filed_by"]),
        ({"channel": "desk", "filed_by": "complainant"}, ["/complaint/filed_by"]),
    ],
)
def test_a_preview_asks_the_one_who_files_and_only_one_who_can(given: dict[str, object], pointers: list[str]) -> None:
    events = [{"event": "registered", "at": START}]
    body = {"policy": STAFF_SAY, "complaint": given, "events": events}
    answer = InProcess(START).call("POST", "/v1/preview/policy", body)
    assert [place["pointer"] for place in answer.json.get("errors", [])] == pointers


@pytest.mark.parametrize("event", ["refused", "parked"])
def test_an_event_that_no_act_of_the_policy_causes_is_refused_at_its_place(event: str) -> None:
    answer = previewed("accepted", event)
    assert answer.status == 422
    assert [place["pointer"] for place in answer.json["errors"]] == ["/events/2/event"]


@pytest.mark.parametrize("event", ["noted", "linked", "held", "released"])
def test_acts_of_the_office_are_accepted_under_any_policy(event: str) -> None:
    assert previewed(event).status == 200


@pytest.mark.parametrize(
    ("fields", "starts"), [({"feedback": "仍在整改。"}, True), ({"feedback": None}, False), ({}, False)]
)
def test_a_private_text_counts_as_given(fields: dict[str, str | None], starts: bool) -> None:
    """Of the policy `government-service-centre`, a clock starts where a message has the feedback."""
    told = ({"event": "registered"}, {"event": "decided"}, {"event": "notified", "fields": fields})
    events = [{**one, "at": START} for one in told]
    body = {"preset": "government-service-centre", "complaint": {"channel": "oral"}, "events": events}

    answer = InProcess(START).call("POST", "/v1/preview/policy", body)

    assert ("next_follow_up" in {one["clock"] for one in answer.json["deadlines"]}) is starts
