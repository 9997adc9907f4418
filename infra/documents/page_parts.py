"""Writes the parts of documents that follow from rows of the program: `python -m infra.documents.page_parts`.

Such a part stands between `<!-- from NAME -->` and `<!-- end -->`. The text around it is written by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import chalicelib
from chalicelib.kit.observability import COUNTED, NAMESPACE
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import EventTerm
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS, FactKind
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENT_TERMS, UNLISTED_ACTS
from chalicelib.policy.reading.source import read
from chalicelib.store.stored_form import FORMS, Form
from infra.local.resources.template import load

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("policy.md", "policy-tutorial.md", "data-model.md", "operations.md")
_PART = re.compile(r"(<!-- from ([\w ]+) -->)(.*?)(<!-- end -->)", re.DOTALL)
_CONDITIONS = {
    "any": "",
    "choices": "its choices",
    "yes_no": "`yes`, `no`",
    "bands": "the names of its `bands`",
}
"""What conditions compare with a value, by `FactKind.values`."""
_IS_DEFAULT = {Fact().kind: " (the default)"}
_IN_SELECTIONS = ", but only in the selection of an event (`{decided: {remedies: refund}}`), not in `when`"


def page(name: str) -> str:
    """The document with its parts written anew. Raises KeyError for a part that no row gives."""
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}{found[4]}", (DOCS / name).read_text("utf-8"))


def parts_of(name: str) -> list[str]:
    return [found[2] for found in _PART.finditer((DOCS / name).read_text("utf-8"))]


def _fact_kinds() -> str:
    rows = ((f"`{name}`{_IS_DEFAULT.get(name, '')}", *_of_kind(row)) for name, row in OF_DOCUMENTS.items())
    return _table(("kind", "value", "record", "conditions"), rows)


def _of_kind(row: FactKind) -> tuple[str, str, str]:
    compared = _CONDITIONS[row.values] + (_IN_SELECTIONS if row.is_list and row.values != "any" else "")
    value = row.described or row.expected.en
    return value, "public" if row.is_public else "private", compared


def _private_kinds() -> str:
    return _listed(name for name, row in OF_DOCUMENTS.items() if not row.is_public)


def _acts() -> str:
    return _table(("act", "event"), ((f"`{act}`", f"`{event}`") for act, event in EVENT_OF_ACT.items()))


def _unlisted_acts() -> str:
    return _listed(act for act in EVENT_OF_ACT if act in UNLISTED_ACTS)


def _events_without_act() -> str:
    return _listed(name for name in EVENT_TERMS if name not in EVENT_OF_ACT.values())


def _events() -> str:
    return _table(("Type", "Fields", "Cause"), ((f"`{name}`", *of_event(term)) for name, term in EVENT_TERMS.items()))


def of_event(term: EventTerm) -> tuple[str, str]:
    """What `event_rows.yaml` says. Without a row: the fields by which policies select it, and those of its act."""
    said = _event_rows().get(term.event, {})
    is_of_act = term.event in EVENT_OF_ACT.values()
    fields = [*(f"`{name}`" for name in term.writes.split()), *(["`given`"] if is_of_act else [])]
    return said.get("fields", ", ".join(fields) or "—"), said.get("cause", "act" if is_of_act else "the program")


def _event_rows() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = read((Path(__file__).parent / "event_rows.yaml").read_text("utf-8"))
    if unknown := found.keys() - EVENT_TERMS:
        raise ValueError(f"event_rows.yaml has types without a row of the vocabulary: {sorted(unknown)}")
    return found


def _alarms() -> str:
    """The alarms of the template, each with the meaning and the action of its `Metadata`."""
    rows = ((f"`{name}`", *_said_of(one)) for name, one in _of_template().items())
    return _table(("Alarm", "Meaning", "Action"), rows)


def _said_of(alarm: Mapping[str, Any]) -> tuple[str, str]:
    return alarm["Metadata"]["Meaning"], alarm["Metadata"]["Action"]


def _figures() -> str:
    properties = {name: one["Properties"] for name, one in _of_template().items()}
    hears = {one["MetricName"]: f"`{name}`" for name, one in properties.items() if one.get("Namespace") == NAMESPACE}
    rows = ((f"`{name}`", counts, hears.get(name, "")) for name, counts in COUNTED.items())
    return _table(("Figure", "Counts", "Alarm"), rows)


def _of_template() -> dict[str, Any]:
    resources = load()["Resources"].items()
    return {name: one for name, one in resources if one["Type"] == "AWS::CloudWatch::Alarm"}


def _forms() -> str:
    rows = ((f"`{name}`", str(form.version), "yes" if form.keeps else "no") for name, form in sorted(forms().items()))
    return _table(("Form", "Version", "Keeps"), rows)


@cache
def forms() -> Mapping[str, Form[Any]]:
    """By name. A module defines its forms when it is imported."""
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        importlib.import_module(module.name)
    return FORMS


PARTS: dict[str, Callable[[], str]] = {
    "fact kinds": _fact_kinds,
    "private fact kinds": _private_kinds,
    "acts": _acts,
    "acts that stages do not list": _unlisted_acts,
    "events without an act": _events_without_act,
    "events": _events,
    "forms": _forms,
    "alarms": _alarms,
    "figures": _figures,
}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(head), "|" + "---|" * len(head), *map(_line, rows)]
    return "\n" + "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _listed(names: Iterable[str]) -> str:
    *most, last = (f"`{name}`" for name in names)
    return f"{', '.join(most)} and {last}" if most else last


if __name__ == "__main__":
    for document in PAGES:
        (DOCS / document).write_text(page(document), "utf-8")
