"""The text of a message: the policy's own wording first, then the default for the reader."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import needs_subject, render
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.wording.default_wording import ReaderKind
from tests.helpers.fakes.prepared_presets import prepared

AT = "2026-10-01T01:00:00.000Z"
END_OF_DAY = "2026-10-10T16:00:00.000Z"
"""24:00 of 10 October in Shanghai."""
AFTERNOON = "2026-10-10T09:30:00.000Z"
NUMBER = "202610-000001"


@pytest.fixture(scope="module")
def policy() -> Policy:
    """A preset whose own wording `promise` shows `{due}`."""
    return compile_policy(prepared("corporate-standard").document, "1")


def event(type_: str, clocks: list[dict[str, Any]] | None = None, **fields: Any) -> Event:
    return Event(
        id=f"{NUMBER}/2",
        seq=2,
        type=type_,
        v=1,
        at=AT,
        recorded_at=AT,
        actor={"kind": "system", "id": "system"},
        fields=fields,
        result={"stage": "registered", "tier": 1, "severity": None, "flags": {}, "clocks": clocks or []},
        policy="1",
        calendar="",
        private=[],
        prev="",
        hash="",
    )


def notice(policy: Policy, wording: str, subject: Event | None = None, **fields: Any) -> MessageSource:
    told = event("notified", to=["agent"], about=f"{NUMBER}/1", wording=wording, **fields)
    return MessageSource(policy, told, NUMBER, subject)


def run(clock: str, due: str) -> dict[str, Any]:
    return {"clock": clock, "n": 1, "seq": 1, "started": AT, "limit": "1 day", "hours": "open", "due": due}


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        (END_OF_DAY, "请于2026年10月10日24时前（北京时间）完成", "by the end of Sat 10 Oct 2026 (Beijing time)"),
        (
            AFTERNOON,
            "请于2026年10月10日（周六）17:30前（北京时间）完成",
            "by Sat 10 Oct 2026 17:30 (Beijing time)",
        ),
    ],
)
def test_a_due_time_has_its_preposition_and_zone(policy: Policy, due: str, chinese: str, english: str) -> None:
    text = render(notice(policy, "warned", due=due, clock="resolution"), "staff")

    assert chinese in text["zh"]
    assert english in text["en"]


@pytest.mark.parametrize(("due", "clock"), [(END_OF_DAY, "24:00"), (AFTERNOON, "17:30")])
def test_a_policys_own_wording_keeps_its_sentence_around_the_due_time(policy: Policy, due: str, clock: str) -> None:
    text = render(notice(policy, "promise", due=due), "complainant")

    assert text["zh"] == f"您的投诉 {NUMBER} 已登记，我们承诺在 2026年10月10日（周六）{clock} 前处理完毕。"
    assert text["en"] == f"Your complaint {NUMBER} is registered; we promise to resolve it by Sat 10 Oct 2026 {clock}."


@pytest.mark.parametrize("reader", ["complainant", "respondent", "staff"])
def test_a_policys_own_wording_is_the_same_for_every_reader(policy: Policy, reader: ReaderKind) -> None:
    assert render(notice(policy, "promise"), reader) == render(notice(policy, "promise"), "staff")


def test_a_message_without_due_time_leaves_the_part_about_it_out(policy: Policy) -> None:
    assert render(notice(policy, "warned"), "staff")["en"] == f"A deadline of complaint {NUMBER} is near."


def test_the_outcome_of_a_decision_is_named(policy: Policy) -> None:
    decided = event("decided", outcome="compensated")

    assert (
        render(notice(policy, "decided", decided), "complainant")["zh"] == f"您的投诉 {NUMBER} 已作出处理决定：已赔偿。"
    )


def test_an_erased_decision_leaves_the_outcome_out(policy: Policy) -> None:
    assert render(notice(policy, "decided"), "complainant")["en"] == f"Your complaint {NUMBER} has been decided."


@pytest.mark.parametrize(
    ("wording", "subject", "text"),
    [
        ("demand_lapsed", event("demand_lapsed", of="complainant"), "none has been received from the complainant."),
        ("demand_lapsed", event("demand_lapsed", of="respondent"), "none has been received from the respondent."),
        ("demand_lapsed", None, "none has been received."),
        ("evidence_demanded", event("evidence_demanded", of="complainant"), "requested from the complainant in"),
        ("evidence_demanded", event("evidence_demanded", of="respondent"), "requested from the respondent in"),
        ("evidence_received", event("evidence_sealed", by="complainant"), "Evidence from the complainant has"),
        ("evidence_received", event("evidence_sealed", by="staff"), "Evidence has"),
    ],
)
def test_staff_are_told_whose_evidence_it_is(policy: Policy, wording: str, subject: Event | None, text: str) -> None:
    assert text in render(notice(policy, wording, subject), "staff")["en"]


def test_a_value_of_an_act_that_names_people_is_no_party(policy: Policy) -> None:
    assert render(notice(policy, "decided", event("decided", by=["ann"])), "staff")["en"]


def test_a_duplicate_is_closed_with_the_outcome_of_the_first_complaint(policy: Policy) -> None:
    closed = event("closed", follows="202610-000002", outcome={"outcome": "resolved"})

    assert render(notice(policy, "closed", closed), "complainant")["zh"] == f"您的投诉 {NUMBER} 已结案：已解决。"


def test_an_extension_names_the_new_due_time_of_its_clock(policy: Policy) -> None:
    extended = event("extended", [run("resolution", AFTERNOON), run("other", AT)], clock="resolution", until=AFTERNOON)

    text = render(notice(policy, "extended", extended, due=AT), "complainant")["en"]

    assert text.endswith(
        "it is now due by Sat 10 Oct 2026 17:30 (Beijing time). What is due: We resolve your complaint."
    )


def test_a_promise_for_a_date_names_the_end_of_that_day(policy: Policy) -> None:
    promised = event("promised", until="2026-10-10")

    text = render(notice(policy, "promised", promised), "complainant")["en"]

    assert text == (
        f"You will hear from us about your complaint {NUMBER} by the end of Sat 10 Oct 2026 (Beijing time)."
    )


@pytest.mark.parametrize(
    ("wording", "needed"), [("decided", True), ("registered", False), ("passed_on", False), ("promise", True)]
)
def test_the_event_is_read_only_where_the_text_states_something_of_it(
    policy: Policy, wording: str, needed: bool
) -> None:
    assert needs_subject(policy, notice(policy, wording).event) is needed


def test_an_event_that_is_unstaffed_has_its_name_in_the_readers_language(policy: Policy) -> None:
    told = render(notice(policy, "nobody_left", excluded_by=["decided", "inspected"]), "staff")
    assert "因此前的“作出处理决定、调查核实”" in told["zh"]
    assert "decided" not in told["zh"]
    assert "decided, inspected" in told["en"]


def filed(**facts: str) -> Event:
    return event("registered", channel="phone", **({"facts": facts} if facts else {}))


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"reply_wanted_at": AFTERNOON}, "前处理完毕，并在您要求的 2026年10月10日（周六）17:30 前答复您。"),
        ({}, "前处理完毕。"),
        ({"reply_wanted_at": AT}, "前处理完毕。"),  # over at that instant, so that it is no promise
    ],
    ids=["ahead", "not given", "over"],
)
def test_a_wording_names_a_time_of_the_filing_that_lies_ahead(policy: Policy, facts: dict[str, str], text: str) -> None:
    shown = render(notice(policy, "promise", filed(**facts), due=AFTERNOON), "complainant")["zh"]

    assert shown == f"您的投诉 {NUMBER} 已登记，我们承诺在 2026年10月10日（周六）17:30 {text}"


def test_a_wording_names_no_time_of_an_event_that_was_erased(policy: Policy) -> None:
    assert render(notice(policy, "promise", None, due=AFTERNOON), "complainant")["zh"].endswith("前处理完毕。")


def with_wording(text: str) -> Policy:
    document = prepared("corporate-standard").document
    changed = msgspec.structs.replace(document.wording["promise"], zh=text)
    return compile_policy(msgspec.structs.replace(document, wording={**document.wording, "promise": changed}), "1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("检测于 {done_at}", "检测于 2026年10月1日（周四）09:00"),
        ("[检测于 {done_at}]", "检测于 2026年10月1日（周四）09:00"),
        ("[附注]{done_at}", "[附注]2026年10月1日（周四）09:00"),
        ("{reply_wanted_at}", "—"),
        ("甲[{done_at}，{reply_wanted_at}]乙", "甲乙"),
    ],
    ids=[
        "a past time",
        "an optional part",
        "brackets without a time",
        "none and not optional",
        "one of two is missing",
    ],
)
def test_a_wording_names_a_time_of_the_act(text: str, shown: str) -> None:
    inspected = event("inspected", done_at=AT)

    assert render(notice(with_wording(text), "promise", inspected), "complainant")["zh"] == shown
