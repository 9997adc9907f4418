"""Selection, planning and counting of the demo load, with invented texts."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest

from benchmarks.demo_load import bureau, corporate, tally
from benchmarks.demo_load.picking import MIN_LENGTH, pick
from benchmarks.demo_load.planning import GRID, PlannedCase, plan
from benchmarks.demo_load.progress import Progress, table
from chalicelib.complaints import filing
from chalicelib.kit.instants import DAY, from_text
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.nonempty import nonempty

OFFICES = (corporate.OFFICE, bureau.OFFICE)
START = from_text("2026-09-02T00:00:00+08:00")
LONG = "东西和约定的不一样，" * 5


def texts(count: int) -> list[str]:
    return [f"第{position}件：{LONG}要求退款。" for position in range(count)]


@pytest.fixture(scope="module")
def cases() -> list[PlannedCase]:
    return plan(texts(300), OFFICES, START)


def test_a_text_is_picked_when_it_is_long_and_about_a_topic() -> None:
    fits, short, elsewhere = LONG + "客服不理", "客服不理", LONG + "很失望"

    assert pick([short, elsewhere, fits], 1) == [fits]


def test_the_length_is_counted_without_white_space_around() -> None:
    padded = "退款" + "好" * (MIN_LENGTH - 3) + "    "

    with pytest.raises(ValueError, match="only 0"):
        pick([padded], 1)


def test_a_text_that_comes_twice_is_picked_once() -> None:
    first, second = texts(2)

    assert pick([first, first, second], 2) == [first, second]


def test_too_few_texts_are_an_error() -> None:
    with pytest.raises(ValueError, match="only 2 texts are suitable, but 3 are needed"):
        pick(texts(2), 3)


def test_the_plan_is_the_same_each_time(cases: list[PlannedCase]) -> None:
    assert plan(texts(300), OFFICES, START) == cases


def test_the_offices_take_turns(cases: list[PlannedCase]) -> None:
    assert [case.tenant for case in cases[:4]] == [0, 1, 0, 1]


def test_every_story_occurs(cases: list[PlannedCase]) -> None:
    told = {(case.tenant, case.story) for case in cases}

    assert told == {(tenant, story.name) for tenant, office in enumerate(OFFICES) for story in office.stories}


def test_the_acts_of_a_case_come_in_order_and_after_its_filing(cases: list[PlannedCase]) -> None:
    for case in cases:
        times = [case.filed_at, *(step.at for step in case.steps)]
        assert times == sorted(times)


def test_acts_and_filings_never_share_an_instant(cases: list[PlannedCase]) -> None:
    acts = {step.at % GRID for case in cases for step in case.steps}

    assert not acts & {case.filed_at % GRID for case in cases}


def test_what_is_filed_has_the_facts_that_the_example_has(cases: list[PlannedCase]) -> None:
    for case in cases:
        sample: Any = presets.document(OFFICES[case.tenant].preset)["sample"]
        assert set(sample["facts"]) <= set(case.body["facts"])


def test_every_filing_is_accepted(cases: list[PlannedCase]) -> None:
    policies = [compile_policy(prepared(office.preset).document, "1") for office in OFFICES]

    for case in cases:
        checked = filing.check(policies[case.tenant], filing.Filing(**case.body), case.filed_at)
        assert checked.severity == case.body.get("severity")


def test_no_act_lowers_the_class_of_a_filing(cases: list[PlannedCase]) -> None:
    steps = [
        (one.body["severity"], step.fields["severity"])
        for one in cases
        for step in one.steps
        if "severity" in step.fields
    ]
    lowest_first = list(corporate.OFFICE.severities)
    assert [one for one in nonempty(steps) if lowest_first.index(one[0]) > lowest_first.index(one[1])] == []


def test_out_of_time_is_more_than_the_two_days_of_the_limitation_period(cases: list[PlannedCase]) -> None:
    late = [case for case in cases if case.story == "refused: late"]

    days = [case.filed_at - from_text(f"{case.body['facts']['knew_at']}T00:00+08:00") for case in nonempty(late)]
    assert min(days) > 12 * DAY, "not even the holidays of the Spring Festival make it in time"


def event(type_: str, stage: str = "registered", **fields: Any) -> dict[str, Any]:
    return {"type": type_, "fields": fields, "result": {"stage": stage}}


def test_the_record_is_counted_by_its_events() -> None:
    events = [
        event("registered"),
        event("missed", clock="decision", run=1, rung=1),
        event("escalated", tier=2),
        event("reclassified"),
        event("closed", "closed"),
    ]

    counted = tally.recorded(events, {})

    assert counted == Counter(
        {"filed": 1, "missed deadlines": 1, "escalations to tier 2": 1, "made major by age": 1, "in stage closed": 1}
    )


def test_the_act_notify_counts_as_no_message() -> None:
    told = event("notified", to=["complainant"], about="n/1", wording="please_answer")
    acted = {**event("notified"), "act": "notify"}

    assert tally.recorded([acted, told], {})["messages"] == 1


def test_a_reader_who_is_notified_twice_counts_once() -> None:
    assert tally.readers(["officer", "@sub-1", "complainant"], {"officer": "sub-1"}) == {"sub-1", "complainant"}


def test_a_role_without_a_member_has_no_reader() -> None:
    assert tally.readers(["leader"], {"officer": "sub-1"}) == set()


def test_an_escalation_is_reported_to_the_role_on_its_tier() -> None:
    told = {"wording": "escalated", "about": "n/1"}

    assert tally.reported_in_inboxes({"lead": [told], "boss": []}, {2: "lead", 3: "boss"})["escalations to tier 2"] == 1


def test_a_number_that_differs_from_the_record_is_named() -> None:
    found = tally.disagreements("here", Counter(filed=2), Counter(filed=1))

    assert found == ["here: filed: reported 2, recorded 1"]


def test_numbers_that_agree_are_no_disagreement() -> None:
    assert tally.disagreements("here", Counter(filed=2, other=0), Counter(filed=2)) == []


def test_a_broken_chain_is_named() -> None:
    assert tally.chain_faults("n", [{"seq": 1, "prev": "none of it", "hash": "x"}]) == [
        "n: the chain breaks at event 1"
    ]


def test_without_a_terminal_each_tenth_is_a_line() -> None:
    out = io.StringIO()
    progress = Progress("working", 20, out)

    for _ in range(20):
        progress.tick()

    assert out.getvalue().splitlines()[0] == "working: 2 of 20"
    assert len(out.getvalue().splitlines()) == 10


def test_the_table_sums_both_columns() -> None:
    lines = list(table({"one": Counter(filed=2), "two": Counter(filed=3)}))

    assert lines[1].split() == ["filed", "2", "3", "5"]
