"""X.5: no code depends on a preset's own names. They are read from the presets and sought among the code's literals."""

from __future__ import annotations

import ast
from functools import cache
from typing import get_args, get_type_hints

import pytest

from chalicelib.policy import presets
from chalicelib.policy.checks.intake.fields import EVENT_KEYS
from chalicelib.policy.language import stages
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.vocabulary import BUILT_IN_CONDITIONS, EVENT_OF_ACT, EVENTS, RESERVED_ACTORS
from infra.checks import trees
from tests.helpers.fakes.prepared_presets import prepared

CHALICELIB = trees.ROOT / "chalicelib"
SHELVES = set(get_args(get_type_hints(stages.Stage)["shelf"]))
FIELDS = BUILT_IN_FIELDS.keys()
LANGUAGE = set(EVENTS) | set(EVENT_OF_ACT) | RESERVED_ACTORS | EVENT_KEYS | BUILT_IN_CONDITIONS | FIELDS | SHELVES
"""Words that belong to the language, even if presets use them: `registered` is an event before it is a stage."""
ARGUED = {
    "email": "a person's address at sign-up and invitation, not the channel",
    "in_app": "a way in which people are told, not the channel",
    "in_time": "the flag that a limitation sets",
    "phone": "the look-up by which a customer is known again, not the channel",
    "letter": "a way in which staff try to reach the complainant, not the channel",
    "visit": "a way in which staff try to reach the complainant, not the clock or the channel",
    "silence": "the key of a clock that takes silence for an answer, not the clock",
    "telephone": "the task that opens if a policy defines none, as the guide names it",
    "screening": "where the tick of a condition of acceptance comes from",
    "staff": "the kind of an asker who is a member",
    "recorded": "the acts that were recorded on a party's behalf, in a message about them",
    "major": "an ordinary word that is also a surname",
    "manager": "a word for anybody in the place of a name",
    "kind": "a member of many JSON objects",
    "class": "the member of a private value that names its class",
    "delay": "the time from an event to the publication of a notice",
    "late": "the key that lets an act happen after a due time",
    "objection": "a party's right before a notice is published",
    "demand": "the language's field that names a demand for evidence",
    "evidence": "the key of the kinds of evidence, not the clock",
    "form": "the path parameter that names a printed form, not the clock",
    "inspection": "the key of how often the office is inspected, not the task",
    "report": "the path parameter that names a report, not the clock",
    "window": "how long points count, not the channel",
    "written": "the event of a message of the complainant, not the channel",
}
"""Literals that only look like a preset's name, and what they are."""


def own_names(preset: str) -> set[str]:
    document = prepared(preset).document
    intake = document.intake
    parts = [document.people, document.stages, document.clocks, document.tasks, intake.channels, intake.conditions]
    categories = [*intake.categories, *(value for of_it in intake.categories.values() for value in of_it)]
    classes = list(document.severity.classes) if document.severity else []
    return {name for part in parts for name in part} | {*categories, *classes, *intake.refusals, preset} - LANGUAGE


@cache
def literals() -> dict[str, set[str]]:
    """Every string in the code, docstrings left out, and the files that it is in."""
    found: dict[str, set[str]] = {}
    for path in trees.files("chalicelib"):
        for node in trees.nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(node.value, set()).add(str(path.relative_to(CHALICELIB)))
    return found


@pytest.mark.parametrize("preset", presets.names())
def test_no_code_names_what_is_a_preset_s_own(preset: str) -> None:
    code = literals()
    assert {name: code[name] for name in own_names(preset) - LANGUAGE - set(ARGUED) if name in code} == {}


@pytest.mark.parametrize("name", ARGUED)
def test_every_exception_is_needed(name: str) -> None:
    assert name in literals()
