"""What a new procedure can begin with: a preset, a version of one's own, or the smallest procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.policies import version_queries
from chalicelib.features.studio.forms.limit_kinds import RULES
from chalicelib.features.studio.forms.options import FieldWords, WrittenChoices
from chalicelib.features.studio.text import smallest
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.policy.reading.expansion import as_list
from chalicelib.tenants.publication import policy_version
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.reader import Reader

PRESET, VERSION, EMPTY = "preset ", "version ", "empty"
_FILED, _DECIDED = "registered", "decided"
_MOST_VERSIONS = 10
_NAMED = 4
"""Categories that the description of a preset names."""


class ProcedureStart(NamedTuple):
    """`value`: of the form. `lines`: what it is for and its main numbers, in words."""

    value: str
    title: str
    lines: Sequence[str]


def of_presets(reader: Reader) -> list[ProcedureStart]:
    return [_of_preset(name, reader) for name in presets.names()]


def of_versions(desk: Desk) -> list[ProcedureStart]:
    """The newest ones of the organisation."""
    rows, _ = policy_version.version_page(desk.call.wiring.store, desk.member.org.id, _MOST_VERSIONS, None)
    text = desk.reader.text
    return [
        ProcedureStart(VERSION + row.version, text("studio.begin.version", version=row.version), ()) for row in rows
    ]


def text_of(desk: Desk, value: str) -> str:
    """Raises `Problem("not-found")` if there is no such preset or version."""
    if value.startswith(PRESET):
        try:
            return presets.text(value.removeprefix(PRESET))
        except KeyError:
            raise Problem("not-found", "No preset has this name.") from None
    if value.startswith(VERSION):
        wanted = value.removeprefix(VERSION)
        return version_queries.version_text(desk.call.wiring.store, member_request(desk.call), wanted).text
    if value == EMPTY:
        return smallest.empty_text(desk.reader.language)
    raise Problem("not-found", "There is nothing of this name to begin with.")


def _of_preset(name: str, reader: Reader) -> ProcedureStart:
    document = presets.document(name)
    choices = WrittenChoices(document, reader)
    return ProcedureStart(PRESET + name, choices.label(document["name"], name), list(_lines(choices)))


def _lines(choices: WrittenChoices) -> Iterator[str]:
    reader, document = choices.reader, choices.document
    about = [label for name in document["intake"].get("categories", {}) for label in choices.labels(_at(name)).values()]
    if about:
        said = _listed(about[:_NAMED], reader)
        yield reader.text("studio.begin.about" if len(about) <= _NAMED else "studio.begin.about_more", said=said)
    yield reader.text("studio.begin.people", said=_listed(list(choices.labels(("people",)).values()), reader))
    for which, clock in _main_clocks(document):
        limit = RULES.said(clock["within"], FieldWords((), choices))
        yield reader.text(f"studio.begin.{which}", name=choices.label(clock.get("name"), which), limit=limit)
    yield reader.text("studio.begin.tiers", count=len(document.get("tiers", ())))


def _at(category: str) -> tuple[str, ...]:
    return ("intake", "categories", category)


def _main_clocks(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The first deadline after a filing, and the first other one that ends with a decision, if they have a limit."""
    clocks = [one for one in document.get("clocks", {}).values() if "within" in one]
    first = next((one for one in clocks if _FILED in as_list(one.get("from", ()))), None)
    if first is not None:
        yield "first", first
    deciding = next((one for one in clocks if one is not first and _DECIDED in as_list(one.get("until", ()))), None)
    if deciding is not None:
        yield "decided", deciding


def _listed(said: Sequence[str], reader: Reader) -> str:
    return reader.text("studio.comma").join(said)
