"""Each clause's lines are taken out of its preset in turn: the clause's own tests notice (`mutants.yaml`)."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.policy import presets, publishing
from tests.clauses.lens import OtherPolicy
from tests.clauses.running import outcome

_TABLE = yaml.safe_load(Path(__file__).with_name("mutants.yaml").read_text("utf-8"))
CASES = [
    pytest.param(preset, clause, mutant, id=f"{clause}-{position}")
    for preset, clauses in _TABLE.items()
    for clause, mutants in clauses.items()
    for position, mutant in enumerate(mutants, 1)
]

LANGUAGE = {
    "P1": (1, 2, 3, 4, 5, 6, 9),
    "P2": (1, 2, 3, 4, 5, 6),
    "P3": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    "P4": (1, 2, 3, 4, 5, 6, 7, 10),
    "P5": (1, 2, 3, 4),
    "P6": (1, 2, 3, 4, 5),
    "P7": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    "P8": (1, 2, 4, 5, 6, 7, 8),
    "P9": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
}
"""The clauses that a preset's own lines must hold, by its letter; the others are other rooms' (registers, figures)."""


def mutated(preset: str, mutant: dict[str, Any]) -> dict[str, Any]:
    """The preset without its examples, `drop` taken out and `set` put in; places are as `/clocks/screening`."""
    document = copy.deepcopy(_document(preset))
    document.pop("examples", None)
    for place in mutant.get("drop", []):
        holder, key = _holder(document, place)
        del holder[key]
    for place, value in mutant.get("set", {}).items():
        holder, key = _holder(document, place)
        holder[key] = value
    return document


@cache
def _document(preset: str) -> dict[str, Any]:
    return dict(presets.document(preset))


def _holder(document: Any, place: str) -> tuple[Any, Any]:
    *steps, last = place.removeprefix("/").split("/")
    for step in steps:
        document = document[_key(document, step)]
    return document, _key(document, last)


def _key(holder: Any, step: str) -> Any:
    return int(step) if isinstance(holder, list) else step


@pytest.mark.parametrize(("preset", "clause", "mutant"), CASES)
def test_a_policy_without_the_clauses_lines_fails_the_clauses_tests(
    preset: str, clause: str, mutant: dict[str, Any]
) -> None:
    document = mutated(preset, mutant)
    publishing.prepare(document)

    assert outcome(clause, OtherPolicy(preset, document)).failed


@pytest.mark.parametrize("clause", [f"{letter}.{number}" for letter, of_it in LANGUAGE.items() for number in of_it])
def test_each_clause_of_the_language_has_lines_to_take_out(clause: str) -> None:
    assert any(clauses.get(clause) for clauses in _TABLE.values())


@pytest.mark.nightly
@pytest.mark.parametrize("preset", _TABLE)
def test_the_preset_as_it_is_fails_none_of_them(preset: str) -> None:
    """What the mutants' failures are seen against: its examples apart, the document is the preset's.

    By day, `test_x5_names` shows the same of the same document under other names.
    """
    [letter] = {clause.partition(".")[0] for clause in _TABLE[preset]}

    found = outcome(letter, OtherPolicy(preset, mutated(preset, {})), all_of_them=True)

    assert found.ran
    assert (found.failed, found.unmade) == ([], [])
