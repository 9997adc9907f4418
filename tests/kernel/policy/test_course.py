"""The course that most cases of a policy take: the steps that lie ahead of a stage."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.policy import presets
from chalicelib.policy.language.derived.course import course
from chalicelib.policy.language.vocabulary import ACT_TERMS
from chalicelib.policy.reading.parsing import parse
from tests.kernel.policy.test_guide import SMALLEST, added, read

FORK = {
    "stages": {
        "registered": {
            "decide": {
                "to": [
                    {"stage": "decided", "when": {"channel": "shop"}},
                    {"stage": "paid", "when": {"channel": "email"}},
                ]
            }
        },
        "paid": {"close": {"by": "agent", "to": "closed"}},
    }
}


def steps(changes: Any, stage: str = "registered", **known: str) -> list[tuple[str, str]]:
    """Act and stage of each step; a fork has a star."""
    document = parse(added(copy.deepcopy(read(SMALLEST)), changes))
    return [(one.act + "*" * one.forks, one.stage) for one in course(document, stage, known)]


def test_it_leads_to_an_end_and_not_by_acts_that_few_cases_take() -> None:
    assert steps({}) == [("decide", "decided"), ("close", "closed")]


def test_it_begins_at_the_present_stage_and_an_end_has_none() -> None:
    assert steps({}, "decided") == [("close", "closed")]
    assert steps({}, "closed") == []


def test_what_the_case_excludes_is_no_way() -> None:
    assert steps(FORK, channel="email") == [("decide", "paid"), ("close", "closed")]
    assert steps(FORK, channel="shop") == [("decide", "decided"), ("close", "closed")]


def test_behind_a_fork_there_is_only_what_follows_on_each_way() -> None:
    last = {"close": {"by": "agent", "to": "closed"}}
    checks = {
        "decided": {"close": {"to": "checked"}},
        "paid": {"close": {"to": "booked"}},
        "checked": last,
        "booked": last,
    }

    assert steps(added(FORK, {"stages": checks})) == [("decide*", "decided"), ("close", "closed")]


def test_an_act_that_waits_for_silence_is_the_longer_way() -> None:
    stages = {
        "decided": {
            "close": {"when": {"clock.answer": "missed"}},
            "agree": {"by": "complainant", "to": "agreed"},
        },
        "agreed": {"close": {"by": "agent", "to": "closed"}},
    }

    assert steps({"stages": stages}) == [("decide", "decided"), ("agree", "agreed"), ("close", "closed")]


def test_what_time_does_after_silence_is_the_longer_way_even_if_it_has_fewer_steps() -> None:
    stages = {
        "decided": {
            "close": {"by": "time"},
            "agree": {"by": "complainant", "to": "agreed"},
        },
        "agreed": {"execute": {"by": "agent", "to": "executed"}},
        "executed": {"close": {"by": "agent", "to": "closed"}},
    }

    assert [act for act, _ in steps({"stages": stages})] == ["decide", "agree", "execute", "close"]


def test_the_archive_is_no_step_for_the_parties() -> None:
    stages = {"closed": {"archive": {"by": "agent", "to": "archived"}}, "archived": {"name": {"en": "Archived"}}}

    assert steps({"stages": stages}) == [("decide", "decided"), ("close", "closed")]


@pytest.mark.parametrize("name", presets.names())
def test_the_course_of_each_preset_has_no_act_that_leads_aside_and_ends_at_the_closing(name: str) -> None:
    document = parse(presets.document(name))

    found = course(document, document.intake.first, {"channel": document.intake.web or "", "unit": "no"})

    assert [one.act for one in found if "aside" in ACT_TERMS[one.act].part] == []
    assert (found[-1].act, len(found) > 2) == ("close", True)
