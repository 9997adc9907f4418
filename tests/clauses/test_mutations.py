"""The mutants of presets that are written by hand are complete, and the tests pass without any.

`make preset-mutants` judges them.
"""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.reading.faults import PolicyFault
from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation.by_hand import TABLE, mutated
from tests.clauses.running import outcome

LANGUAGE = {
    "P1": (1, 2, 3, 4, 5, 6, 7, 9),
    "P2": (1, 2, 3, 4, 5, 6),
    "P3": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    "P4": (1, 2, 3, 4, 5, 6, 7, 8, 10),
    "P5": (1, 2, 3, 4),
    "P6": (1, 2, 3, 4, 5),
    "P7": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    "P8": (1, 2, 4, 5, 6, 7, 8, 9),
    "P9": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
}
"""The clauses that depend on lines of the preset, by preset. Code implements the others (registers, figures)."""


@pytest.mark.parametrize("clause", [f"{letter}.{number}" for letter, of_it in LANGUAGE.items() for number in of_it])
def test_each_clause_that_depends_on_the_preset_has_a_mutant(clause: str) -> None:
    assert any(clauses.get(clause) for clauses in TABLE.values())


@pytest.mark.nightly
@pytest.mark.parametrize("preset", TABLE)
def test_each_mutant_passes_the_checks(preset: str) -> None:
    for clause, mutants in TABLE[preset].items():
        for at, mutant in enumerate(mutants, 1):
            assert _faults(mutated(preset, mutant)) == [], f"{clause}-{at}"


def test_a_mutant_without_messages_to_a_recipient_keeps_those_to_others() -> None:
    dispute = mutated("auto-repair", {"untold": ["assigned", "customer_service"]})["stages"]["offered"]["dispute"]

    assert dispute["tells"] == [
        {"to": ["service_manager", "technical_manager", "general_manager"], "wording": "not_accepted"}
    ]


def _faults(document: dict[str, Any]) -> list[str]:
    try:
        publishing.prepare(document)
    except PolicyFault as found:
        return [f"{fault.pointer}: {fault.kind}" for fault in found.faults]
    return []


@pytest.mark.nightly
@pytest.mark.parametrize("preset", TABLE)
def test_the_unchanged_preset_passes_all_clause_tests(preset: str) -> None:
    """The control of the mutants: the unchanged document without its examples.

    In an ordinary run, `test_x5_names` covers it under other names.
    """
    [letter] = {clause.partition(".")[0] for clause in TABLE[preset]}

    found = outcome(letter, OtherPolicy(preset, mutated(preset, {})), all_of_them=True)

    assert found.ran
    assert (found.failed, found.unmade) == ([], [])
