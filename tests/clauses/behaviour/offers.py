"""Which acts of a complaint are open to whom, and what each asks for, as the API shows it to each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tests.clauses.organisation import Organisation, hire

Offers = dict[str, dict[str, str]]
"""By act and people, such as `agent, manager`: what it asks for, such as `findings, [done_at: time]`.

Brackets: may be left out. An act without people is not open.
"""
Case = tuple[Callable[[Any], str], Offers]
"""A scene, which brings a complaint to a stage, and the acts of interest there."""


def with_colleagues(organisation: Organisation, *roles: str) -> Organisation:
    """A second person in each role (`handler_2`), to whom nothing is assigned."""
    for role in roles:
        hire(organisation, role, name=f"{role}_2")
    return organisation


def offers(organisation: Organisation, number: str, acts: Mapping[str, Any]) -> Offers:
    """The offers of these acts to everybody but the owner."""
    found: dict[str, dict[str, list[str]]] = {act: defaultdict(list) for act in acts}
    for who in sorted({*organisation.tokens, "complainant"} - {"owner"}):
        for act, form in _forms(organisation, number, who).items():
            if act in found:
                found[act][", ".join(map(_field, form))].append(who)
    return {act: {", ".join(people): form for form, people in of_it.items()} for act, of_it in found.items()}


def _forms(organisation: Organisation, number: str, who: str) -> dict[str, Any]:
    path = f"{organisation.path}/complaints/{number}"
    answer = organisation.world.call("GET", path, auth=organisation.auth(who, number))
    shown = answer.json if answer.status == 200 else {}
    return {**shown.get("office_forms", {}), **shown.get("forms", {})}


def _field(field: dict[str, Any]) -> str:
    kind = "" if field["kind"] == "text" else f": {field['kind']}"
    choices = " " + "|".join(sorted(field["choices"])) if "choices" in field else ""
    text = f"{field['name']}{kind}{choices}"
    return text if field["required"] else f"[{text}]"
