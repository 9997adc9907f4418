"""The due times that the example procedures state are those that a person sees who files a complaint."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy import publishing
from tests.clauses.organisation import sign_up_with
from tests.clauses.procedures.documents import NAMES, Golden, document, golden, text
from tests.clauses.world import InProcess

GOLDEN = [case for name in NAMES for case in golden(name)]
READ = {"number": float, "flag": "true".__eq__}
"""How the text of a fact in a document becomes its value, by kind."""
LIMITED = {name: {clock for clock, rule in document(name)["clocks"].items() if "within" in rule} for name in NAMES}


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case.procedure}: {case.name}")
def test_a_filing_has_the_due_times_of_the_example(case: Golden) -> None:
    # given
    office = sign_up_with(InProcess(case.registered), text(case.procedure))

    # when
    number = office.file(**_filing(document(case.procedure), case))

    # then
    due = {clock: office.filed[number].due(clock) for clock in case.due}
    assert {clock: from_text(at) for clock, at in due.items()} == {
        clock: from_text(at) for clock, at in case.due.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_clock_with_a_limit_has_an_example(name: str) -> None:
    stated = {clock for example in document(name)["examples"] for clock in example["then"]}

    assert LIMITED[name] - stated == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_check_has_no_hint_for_the_procedure(name: str) -> None:
    assert publishing.prepare(text(name)).hints == ()


def _filing(policy: dict[str, Any], case: Golden) -> dict[str, Any]:
    """The example's complaint. A category given as one word is that of the only category, as in the document."""
    [kind] = policy["intake"]["categories"]
    category = case.filing.get("category", {})
    chosen = category if isinstance(category, dict) else {kind: category}
    address = {"complainant.email": "person@example.com", "complainant.address": "1 Example Street"}
    needed = {**address, "debited_on": case.registered[:10]}
    facts = {name: value for name, value in needed.items() if name in policy["intake"]["facts"]}
    kinds = {name: fact.get("kind") for name, fact in policy["intake"]["facts"].items()}
    given = case.filing.get("facts", {}).items()
    stated = {**facts, **{name: READ.get(kinds[name], str)(value) for name, value in given}}
    return {"channel": case.filing["channel"], "category": chosen, "facts": stated}
