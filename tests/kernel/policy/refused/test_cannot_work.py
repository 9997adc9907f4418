"""Documents of which a part cannot work: each is refused."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.compiled import Policy
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints import small_procedure

TIERS = [{"roles": "manager"}]
SEVERITY = {"classes": {"lo": {"en": "l"}, "hi": {"en": "h"}}}
CLOCK = {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 working days"}
OUTCOME = {"outcome": {"en": "O", "kind": "choice", "choices": {"a": {"en": "a"}, "b": {"en": "b"}}}}


def policy(**changes: Any) -> Policy:
    return small_procedure.policy({"tiers": TIERS, **changes})


def opened(**acts: Any) -> dict[str, Any]:
    return {"open": {"decide": {"by": "agent", "to": "done"}, **acts}}


def kinds(**changes: Any) -> list[tuple[str, str]]:
    """The faults of the small procedure with these changes, each with its place."""
    try:
        policy(**changes)
    except PolicyFault as found:
        return [(fault.kind, fault.pointer) for fault in found.faults]
    return []


NARROW = {"timezone": "Asia/Shanghai", "hours": {"sun": ["09:00-09:01"]}, "holidays": None}
LONG = "10000 working minutes"
OPTIONS = {"a": {"en": "a"}, "b": {"en": "b", "when": {"demand": "lapsed"}}}


def _option(when: dict[str, str]) -> dict[str, Any]:
    choice = {"en": "O", "kind": "choice", "choices": {"a": {"en": "a"}, "b": {"en": "b", "when": when}}}
    return {"fields": {"o": choice}, "stages": opened(reply={"by": "manager", "needs": "o"})}


def _beside(when: dict[str, str]) -> dict[str, Any]:
    """A choice with this condition, in an act that also takes the field `outcome`, but not the field `elsewhere`."""
    other = {"en": "F", "kind": "choice", "choices": {"a": {"en": "a"}}}
    fields = {**_option(when)["fields"], "outcome": other, "elsewhere": other}
    stages = opened(reply={"by": "manager", "needs": ["o", "outcome"]}, confirm={"by": "agent", "takes": "elsewhere"})
    return {"fields": fields, "stages": stages}


def test_a_choice_may_depend_on_a_field_that_its_act_takes() -> None:
    assert kinds(**_beside({"outcome": "a"})) == []


DOCUMENTS = [
    pytest.param(_option({"demand": "lapsed"}), id="choice: demand lapsed without a demand"),
    pytest.param(_option({"nope": "x"}), id="choice: unknown name in its condition"),
    pytest.param(_option({"channel": "fax"}), id="choice: unknown channel in its condition"),
    pytest.param(_beside({"outcome": "maybe"}), id="choice: unknown value of a field beside it"),
    pytest.param(_beside({"elsewhere": "a"}), id="choice: a field of another act"),
    pytest.param(
        {
            "fields": {"n": {"en": "n", "kind": "number"}},
            "stages": opened(
                reply={"by": "agent", "takes": "n", "sets": {"x": "field.n"}},
                close={"by": "manager", "to": "done", "when": {"x": "yes"}},
            ),
        },
        id="a flag from a plain number is never yes",
    ),
    pytest.param(
        {
            "fields": {"n": {"en": "n"}},
            "stages": opened(
                reply={
                    "by": "agent",
                    "takes": "n",
                    "sets": {"x": "field.n"},
                    "approval": {"by": "manager", "when": {"x": "yes"}},
                },
            ),
        },
        id="a flag from a text is never yes",
    ),
    pytest.param(
        {
            "clocks": {"answer": {**CLOCK, "within": "none"}},
            "stages": opened(reply={"by": "manager", "when": {"clock.answer": "missed"}}),
        },
        id="a clock without a limit is never missed",
    ),
    pytest.param(
        {"stages": opened(reply={"by": [{"role": "agent", "of": "assigned"}, "manager"]})},
        id="of: assigned beside another role, nothing assigns",
    ),
    pytest.param(
        {
            "stages": opened(reply={"by": "manager"}),
            "confidentiality": {
                "complainant": ["manager", {"role": "agent", "of": "assigned"}],
                "content": ["manager", "agent"],
            },
        },
        id="confidentiality of: assigned, nothing assigns",
    ),
    pytest.param(
        {
            "intake": {"facts": {"size": {"en": "S", "kind": "number"}}},
            "stages": opened(reply={"by": "manager", "needs": "size", "assigns": {"agent": "size"}}),
        },
        id="assigns from a fact that is a number",
    ),
    pytest.param(
        {
            "stages": opened(
                agree={"by": ["agent", {"role": "agent", "of": "unit"}], "all": True},
                close={"by": "manager", "to": "done"},
            )
        },
        id="all of one role that is named twice",
    ),
    pytest.param(
        {
            "fields": {"h": {"en": "h"}},
            "stages": {
                "open": {"decide": {"by": ["agent", "manager"], "to": "done", "needs": "h", "assigns": {"agent": "h"}}}
            },
            "clocks": {"answer": {**CLOCK, "missed": {"act": "decide", "fields": {"h": "Bob"}}}},
        },
        id="a constant text for people",
    ),
    pytest.param(
        {
            "severity": SEVERITY,
            "stages": {"open": {"decide": {"by": ["agent", "manager"], "to": "done", "when": {"severity": "hi"}}}},
        },
        id="a stage that depends on a severity that a filing may omit",
    ),
    pytest.param(
        {"stages": {"open": {"decide": {"by": "respondent", "to": "done"}, "note": {"by": ["agent", "manager"]}}}},
        id="a stage that only respondents can leave, without units",
    ),
    pytest.param(
        {
            "calendar": NARROW,
            "stages": opened(reply={"by": "manager"}),
            "tasks": {
                "t": {
                    "en": "T",
                    "on": "registered",
                    "for": "agent",
                    "within": "1 day",
                    "every": LONG,
                    "until": "decided",
                }
            },
        },
        id="narrow: every",
    ),
    pytest.param(
        {
            "calendar": NARROW,
            "tiers": [{"roles": "agent"}, {"roles": "manager", "within": "1 day", "again": LONG}],
            "stages": opened(reply={"by": "manager"}),
            "clocks": {"a": {**CLOCK, "within": "1 day"}},
        },
        id="narrow: again",
    ),
    pytest.param(
        {
            "calendars": {"plant": NARROW},
            "tiers": [{"roles": "agent"}, {"roles": "manager", "within": "1 day", "again": LONG}],
            "stages": opened(reply={"by": "manager"}),
            "clocks": {"a": {**CLOCK, "within": "1 day", "calendar": "plant"}},
        },
        id="narrow: a repeated alarm on the missed clock's calendar",
    ),
    pytest.param(
        {
            "calendar": NARROW,
            "calendars": {"plant": {**NARROW, "hours": {"mon-sun": ["00:00-24:00"]}}},
            "tiers": [{"roles": "agent"}, {"roles": "manager", "within": LONG}],
            "stages": opened(reply={"by": "manager"}),
            "clocks": {"a": {**CLOCK, "within": "1 day", "calendar": "plant"}},
        },
        id="narrow: a tier on the policy's calendar",
    ),
    pytest.param(
        {
            "calendar": NARROW,
            "fields": OUTCOME,
            "stages": opened(close={"by": "manager", "needs": "outcome", "to": "done"}),
            "publicity": {"notices": {"delay": LONG, "on": "closed", "shows": ["outcome"]}},
        },
        id="narrow: delay of a notice",
    ),
]


@pytest.mark.parametrize("changes", DOCUMENTS)
def test_what_cannot_work_is_a_fault(changes: dict[str, Any]) -> None:
    assert kinds(**changes)


def test_a_tier_with_a_limit_does_not_use_the_missed_clocks_calendar() -> None:
    changes = {
        "calendars": {"plant": NARROW},
        "tiers": [{"roles": "agent"}, {"roles": "manager", "within": LONG, "again": "1 day"}],
        "stages": opened(reply={"by": "manager"}),
        "clocks": {"a": {**CLOCK, "within": "1 day", "calendar": "plant"}},
    }
    assert kinds(**changes) == []


def test_the_correction_of_a_limit_names_the_new_limits() -> None:
    with pytest.raises(PolicyFault) as found:
        policy(stages=opened(reply={"by": "manager"}), clocks={"a": {**CLOCK, "within": "later of 1 day, none"}})
    [fault] = found.value.faults
    assert "calendar days" in fault.text("mend_en")
    assert "later of" in fault.text("mend_en")


def test_a_fault_in_chinese_has_no_english_reason() -> None:
    with pytest.raises(PolicyFault) as found:
        policy(
            fields={"n": {"en": "n", "kind": "number"}},
            stages=opened(reply={"by": "manager", "takes": "n"}),
            clocks={"a": {**CLOCK, "missed": {"act": "reply", "fields": {"n": "x"}}}},
        )
    assert "must be a number" not in found.value.faults[0].text("zh")


@pytest.mark.parametrize("given", ["needs", "takes"])
@pytest.mark.parametrize("party", ["bank", "owner", "agent"])
def test_evidence_can_be_demanded_from_parties_only(given: str, party: str) -> None:
    choices = {name: {"en": "x"} for name in ("complainant", "respondent", party)}
    found = kinds(
        fields={"of": {"en": "Of", "kind": "choice", "choices": choices}},
        stages=opened(demand_evidence={"by": "agent", given: "of"}, close={"by": "manager", "to": "done"}),
    )
    assert found == [("no-party", f"/fields/of/choices/{party}")]


def _demanding(**intake: Any) -> list[tuple[str, str]]:
    demand = {"demand_evidence": {"by": "agent"}, "close": {"by": "manager", "to": "done"}}
    return kinds(intake=intake, stages=opened(**demand))


def test_evidence_is_demanded_from_no_respondent_who_cannot_be_reached() -> None:
    assert _demanding(unit="none") == [("respondent-unreachable", "/stages/open/demand_evidence")]


@pytest.mark.parametrize("unit", ["optional", "required"])
def test_evidence_can_be_demanded_from_the_unit_that_a_complaint_may_name(unit: str) -> None:
    assert _demanding(unit=unit) == []
