"""What a filing may and must say, as the answers to filings show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.clauses.organisation import Organisation

TAKEN = "taken"


def channels(organisation: Organisation, names: Iterable[str]) -> dict[str, str]:
    return {name: _answer(organisation, channel=name) for name in names}


def without(organisation: Organisation, facts: Iterable[str]) -> dict[str, str]:
    """By fact: what a filing without it is told, `taken` or the place of the error."""
    return {fact: _answer(organisation, facts={fact: None}) for fact in facts}


def with_facts(organisation: Organisation, facts: dict[str, Any]) -> dict[str, str]:
    return {fact: _answer(organisation, facts={fact: value}) for fact, value in facts.items()}


def chosen(organisation: Organisation, category: str, values: Iterable[str | None]) -> dict[str | None, str]:
    """By value of the category, with the others as in the sample. None: without this category."""
    sample = organisation.example().get("category", {})
    found = {}
    for value in values:
        made = {name: one for name, one in {**sample, category: value}.items() if one is not None}
        found[value] = _answer(organisation, category=made)
    return found


def earlier_of_the_customer(organisation: Organisation, who: str, **first: Any) -> dict[str, bool]:
    """By way of recognition: whether an earlier complaint of the same customer is found."""
    found = {}
    for fact, value in first.items():
        others = {name: other for name, other in first.items() if name != fact}
        earlier = organisation.file(facts={fact: value, **{name: f"9{other}" for name, other in others.items()}})
        later = organisation.file(facts={fact: value, **{name: f"8{other}" for name, other in others.items()}})
        history = organisation.get(f"/complaints/{later}/history", who)["customer"]
        found[fact] = earlier in [row["number"] for row in history]
    return found


def hidden_from_the_complainant(organisation: Organisation, number: str, who: str) -> set[str]:
    """The names of private values that this person sees and the complainant does not."""
    return _values(organisation, number, who) - _values(organisation, number, "complainant")


def _values(organisation: Organisation, number: str, who: str) -> set[str]:
    values = organisation.get(f"/complaints/{number}/record", who, number)["values"]
    return {name for of_event in values.values() for name, value in of_event.items() if value is not None}


def _answer(organisation: Organisation, **filing: Any) -> str:
    answer = organisation.try_file(**filing)
    return TAKEN if answer.status == 201 else str(answer.pointer)
