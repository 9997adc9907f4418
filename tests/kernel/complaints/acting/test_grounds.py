"""A refusal gives what its ground needs, also if the stage does not list it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets, publishing
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.source import read
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.nonempty import nonempty
from tests.kernel.complaints.small_procedure import AGENT, Case, policy
from tests.kernel.policy.test_guide import EXAMPLES, SMALLEST, added

REFUSING: dict[str, Any] = {
    "fields": {"reason": {"en": "Reason"}, "body": {"en": "Body", "kind": "choice", "choices": ["court", "board"]}},
    "intake": {
        "refusals": {
            "spam": {"en": "Spam"},
            "elsewhere": {"en": "Handled elsewhere", "needs": ["body", "reason"]},
        }
    },
    "stages": {
        "open": {
            "refuse": {"by": "agent", "to": "done", "needs": "ground"},
            "decide": {"by": "manager", "to": "done"},
        }
    },
}


@pytest.fixture
def case() -> Case:
    return Case(policy(REFUSING))


def test_a_refusal_gives_the_fields_of_its_ground(case: Case) -> None:
    case.act("refuse", ground="elsewhere", body="court", reason="Before a court.")

    assert case.drafts[-1].fields == {"ground": "elsewhere", "body": "court", "given": ["reason"]}


def test_a_refusal_on_another_ground_needs_none_of_them(case: Case) -> None:
    assert case.refusal("refuse", ground="spam") is None


def test_a_missing_field_of_the_ground_is_named(case: Case) -> None:
    with pytest.raises(Problem) as refused:
        case.act("refuse", ground="elsewhere", body="court")

    assert [place.pointer for place in refused.value.places] == ["/fields/reason"]


def test_the_form_of_a_refusal_has_the_fields_of_all_grounds(case: Case) -> None:
    form = open_acts.form(case.policy, case.complaint, AGENT, "refuse")

    assert [(one.name, one.required) for one in form] == [("ground", True), ("body", False), ("reason", False)]


def of_guide() -> list[PolicyDocument]:
    return [publishing.prepare(added(read(SMALLEST), read(block))).document for _, block in EXAMPLES]


def of_presets() -> list[PolicyDocument]:
    return [prepared(name).document for name in presets.names()]


@pytest.mark.parametrize("published", [of_guide, of_presets])
def test_no_ground_needs_what_a_refusal_cannot_give(published: Callable[[], list[PolicyDocument]]) -> None:
    given = [
        (set(ground.needs), document.asked_of("refuse"))
        for document in published()
        for ground in document.intake.refusals.values()
    ]

    assert all(needed <= asked for needed, asked in nonempty(given))
