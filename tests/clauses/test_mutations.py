"""Mutation tests: without the lines of a clause in its preset, a test of that clause fails (`mutants.yaml`).

Written by hand, for changes of several lines at once. `test_preset_lines` generates those of single lines.
"""

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

_TABLE = yaml.load(Path(__file__).with_name("mutants.yaml").read_text("utf-8"), yaml.CSafeLoader)
CASES = [
    pytest.param(
        preset,
        clause,
        mutant,
        id=f"{clause}-{position}",
        marks=pytest.mark.nightly,
    )
    for preset, clauses in _TABLE.items()
    for clause, mutants in clauses.items()
    for position, mutant in enumerate(mutants, 1)
]

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


def mutated(preset: str, mutant: dict[str, Any]) -> dict[str, Any]:
    """The preset without examples and `drop`, and with `set`. Places are JSON pointers such as `/clocks/screening`."""
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
def test_without_the_lines_of_a_clause_a_test_of_the_clause_fails(
    preset: str, clause: str, mutant: dict[str, Any]
) -> None:
    document = mutated(preset, mutant)
    publishing.prepare(document)

    assert outcome(clause, OtherPolicy(preset, document)).failed


@pytest.mark.parametrize("clause", [f"{letter}.{number}" for letter, of_it in LANGUAGE.items() for number in of_it])
def test_each_clause_that_depends_on_the_preset_has_a_mutant(clause: str) -> None:
    assert any(clauses.get(clause) for clauses in _TABLE.values())


@pytest.mark.nightly
@pytest.mark.parametrize("preset", _TABLE)
def test_the_unchanged_preset_passes_all_clause_tests(preset: str) -> None:
    """The control of the mutants: the unchanged document without its examples.

    In an ordinary run, `test_x5_names` covers it under other names.
    """
    [letter] = {clause.partition(".")[0] for clause in _TABLE[preset]}

    found = outcome(letter, OtherPolicy(preset, mutated(preset, {})), all_of_them=True)

    assert found.ran
    assert (found.failed, found.unmade) == ([], [])
