"""The inputs of a question, as templates draw them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.pages.reader import Reader
from chalicelib.policy.language.fact_kinds import YES_NO
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label

_LINES = {"email": "email", "phone": "tel", "number": "number", "time": "datetime-local", "date": "date"}
"""The HTML type of an input of one line, by kind of fact. By default `text`."""
_COMPLETED_AS = {"name": "name", "phone": "tel", "contact": "tel", "email": "email", "address": "street-address"}
"""The `autocomplete` of a fact of the complainant, by the last part of its key (WCAG 2.2, 1.3.5)."""
_IDENTITY = ("complainant", "respondent")


class Option(msgspec.Struct, frozen=True):
    value: str
    label: str


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: in the form. `pointer`: of its value in a filing, as faults name it. `kind`: `line`, `area`, `one` or
    `several`. `most`: characters."""

    name: str
    pointer: str
    label: str
    kind: str
    required: bool
    type: str = "text"
    options: list[Option] = []
    autocomplete: str = ""
    most: int = 4000


def options(labels: Mapping[str, Label], reader: Reader) -> list[Option]:
    return [Option(value, reader.label(label.to_json(), value)) for value, label in labels.items()]


def of_fact(key: str, fact: Fact, required: bool, reader: Reader, short: bool, root: str = "facts") -> Input:
    """`short`: a text that identifies something, such as a plate number, is written on one line.

    `root`: the key of the request that has the values.
    """
    holder, _, last = key.partition(".")
    is_line = fact.kind != "text" or holder in _IDENTITY or short
    found = Input(
        name=f"fact.{key}",
        pointer=f"/{root}/{key}",
        label=reader.label(None if fact.name is None else fact.name.to_json(), key),
        kind="line" if is_line else "area",
        type=_LINES.get(fact.kind, "text"),
        required=required,
        autocomplete=_COMPLETED_AS.get(last, "") if holder == "complainant" else "",
        most=fact.most,
    )
    if fact.kind in ("choice", "choices"):
        kind = "one" if fact.kind == "choice" else "several"
        return msgspec.structs.replace(found, kind=kind, options=options(fact.choices, reader))
    if fact.kind == "flag":
        return msgspec.structs.replace(found, kind="one", options=_yes_no(fact, reader))
    return found


def _yes_no(fact: Fact, reader: Reader) -> list[Option]:
    """The answers that the policy allows, in its words if it has some."""
    named = {value: choice for value, choice in fact.choices.items() if value in YES_NO}
    return (
        options(named, reader) if named else [Option(value, reader.text(f"common.{value}")) for value in ("yes", "no")]
    )
