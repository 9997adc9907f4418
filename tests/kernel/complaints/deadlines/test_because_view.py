"""The struct of an explanation has the keys of its schema, which accepts each explanation and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsonschema
import msgspec
import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.deadlines.because_view import (
    BecauseView,
    CalculationView,
    ClockRule,
    Closing,
    LastDay,
    PartView,
    Pause,
    Stretch,
    UsedView,
    WorkedDay,
)
from chalicelib.features.service.because_schema import because_schema
from chalicelib.kit.instants import DAY
from chalicelib.policy.worktime.explaining.schema import because_schema as calculation_schema
from tests.kernel.complaints.small_procedure import NUMBER, START, Case, policy
from tests.kernel.policy.worktime.explaining.spoiling import spoiled

CALCULATED, STATED = (each["properties"] for each in because_schema()["anyOf"])


def keys(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def required(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct) if field.required}


def test_an_explanation_has_the_keys_of_both_schemas() -> None:
    assert keys(BecauseView) == CALCULATED.keys() | STATED.keys()
    assert required(BecauseView) == set.intersection(*(set(each["required"]) for each in because_schema()["anyOf"]))


@pytest.mark.parametrize(
    ("struct", "schema"),
    [
        (CalculationView, calculation_schema()),
        (ClockRule, CALCULATED["rule"]),
        (Stretch, CALCULATED["stretches"]["items"]),
        (WorkedDay, CALCULATED["worked"]["items"]),
        (Pause, CALCULATED["pauses"]["items"]),
        (Closing, CALCULATED["closing"]),
        (LastDay, CALCULATED["last_day"]),
        (Closing, CALCULATED["counted_from"]),
        (UsedView, CALCULATED["used"]["items"]),
        (PartView, CALCULATED["parts"]["items"]),
    ],
)
def test_a_part_of_an_explanation_has_the_keys_of_its_schema(
    struct: type[msgspec.Struct], schema: Mapping[str, Any]
) -> None:
    assert (keys(struct), required(struct)) == (schema["properties"].keys(), set(schema["required"]))


def explained(**clock: Any) -> Any:
    """The due time of a clock that the filing starts."""
    rule = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "clause": "5.1", **clock}
    facts = {"due_by": {"en": "Due by", "kind": "time"}}
    under = policy({"tiers": [{"roles": "manager"}], "intake": {"facts": facts}, "clocks": {"answer": rule}})
    [run] = Case(under, facts={"due_by": "2026-12-01T09:00:00+08:00"}).complaint.runs
    return msgspec.to_builtins(explain(under, run, NUMBER))


@pytest.mark.parametrize(
    ("clock", "accepted"),
    [({"within": "5 working days"}, []), ({"stated": "due_by"}, ["text/a further key"])],
    ids=["calculated", "stated"],
)
def test_an_explanation_with_one_thing_wrong_is_refused(clock: dict[str, str], accepted: list[str]) -> None:
    explanation, validator = explained(**clock), jsonschema.Draft202012Validator
    accepts = validator(because_schema(), format_checker=validator.FORMAT_CHECKER).is_valid
    assert accepts(explanation)
    assert [what for what, changed in spoiled(explanation) if accepts(changed)] == accepted


def test_an_extended_due_time_is_explained_with_the_one_before() -> None:
    extend = {"by": "agent", "needs": ["clock", "until"]}
    rule = {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "1 day"}
    stages = {"open": {"extend": extend, "decide": {"by": "agent", "to": "done"}}}
    case = Case(policy({"tiers": [{"roles": "manager"}], "stages": stages, "clocks": {"answer": rule}}))
    case.act("extend", clock="answer", until="2026-12-01T09:00:00+08:00")
    [run] = case.complaint.runs
    because = explain(case.policy, run, NUMBER)
    before, due = "2026-11-28T01:00:00.000Z", "2026-12-01T01:00:00.000Z"
    assert (because.limit, because.due_before, because.end) == ("stated", before, due)
    assert because.text["en"].startswith("It was due ")
    case.act("extend", clock="answer", until="2026-12-02T09:00:00+08:00")
    assert explain(case.policy, case.complaint.runs[0], NUMBER).due_before == before


def test_a_due_time_that_was_stated_from_the_start_has_none_before() -> None:
    explanation = explained(stated="due_by")
    assert "due_before" not in explanation
    assert explanation["text"]["en"].startswith("Due at the time that was stated then: ")


def test_a_run_that_time_started_at_24_00_belongs_to_the_day_that_ended() -> None:
    """Time replies in place of the agent, at the end of Saturday."""
    answer = {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "1 calendar day"}
    clocks = {
        "answer": {**answer, "missed": {"act": "reply"}},
        "decision": {"name": {"en": "D"}, "from": "replied", "until": "decided", "within": "1 working day"},
    }
    stages = {"open": {"reply": {"by": "agent"}, "decide": {"by": "agent", "to": "done"}}}
    case = Case(policy({"tiers": [{"roles": "manager"}], "stages": stages, "clocks": clocks}))
    flow = Flow(case.policy, case.complaint)
    advance(flow, START + 2 * DAY)
    run = next(one for one in flow.complaint.runs if one.clock == "decision")
    because = explain(case.policy, run, NUMBER)
    assert because.counted_from == Closing(date="2026-11-28", at="24:00")
    assert because.started_by == f"{NUMBER}/{run.seq}"
