"""The mutants of presets that are written by hand, for changes of several lines at once (`mutants.yaml`)."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.policy import presets, publishing
from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation.verdicts import Verdict
from tests.clauses.running import outcome

TABLE: dict[str, dict[str, list[dict[str, Any]]]] = yaml.load(
    Path(__file__).parents[1].joinpath("mutants.yaml").read_text("utf-8"), yaml.CSafeLoader
)
"""By preset and clause: `drop`, the places that go, `set`, the places that get another value, and `untold`, the
recipients that no message has any more."""


def names(preset: str) -> list[str]:
    """Such as `P1.3-2`: the second mutant of the clause."""
    return [f"{clause}-{at}" for clause, of_it in TABLE[preset].items() for at in range(1, len(of_it) + 1)]


def verdict(preset: str, name: str) -> Verdict:
    """Raises `PolicyFault` if the checker refuses the mutant: then `mutants.yaml` is wrong."""
    clause, _, at = name.rpartition("-")
    document = mutated(preset, TABLE[preset][clause][int(at) - 1])
    publishing.prepare(document)
    failed = outcome(clause, OtherPolicy(preset, document)).failed
    return Verdict("own", failed[0]) if failed else Verdict("unnoticed")


def mutated(preset: str, mutant: dict[str, Any]) -> dict[str, Any]:
    """The preset without examples, `drop` and messages to `untold`, and with `set`.

    Places are JSON pointers such as `/clocks/screening`. Messages that state the due time of a dropped clock state
    none.
    """
    document = copy.deepcopy(_document(preset))
    document.pop("examples", None)
    for place in mutant.get("drop", []):
        holder, key = _holder(document, place)
        del holder[key]
    _without_due(
        document, {place.rpartition("/")[2] for place in mutant.get("drop", []) if place.startswith("/clocks/")}
    )
    if untold := mutant.get("untold"):
        _without_messages(document, set(untold))
    for place, value in mutant.get("set", {}).items():
        holder, key = _holder(document, place)
        holder[key] = value
    return document


def _without_due(part: Any, clocks: set[str]) -> None:
    if isinstance(part, dict) and isinstance(due := part.get("due"), str) and due in clocks:
        del part["due"]
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _without_due(each, clocks)


def _without_messages(part: Any, recipients: set[str]) -> None:
    if isinstance(part, dict) and "tells" in part:
        told = [left for each in _listed(part.pop("tells")) if (left := _others(each, recipients))]
        part |= {"tells": told} if told else {}
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _without_messages(each, recipients)


def _others(message: Any, recipients: set[str]) -> Any:
    """The message without these recipients; none if it has no other."""
    if not isinstance(message, dict):
        return None if message in recipients else message
    to = [each for each in _listed(message["to"]) if not (isinstance(each, str) and each in recipients)]
    return message | {"to": to} if to else None


def _listed(one_or_more: Any) -> list[Any]:
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]


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
