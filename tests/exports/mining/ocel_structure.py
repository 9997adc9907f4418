"""The rules of OCEL 2.0 for a JSON file, one by one, each with its source.

`§` and `Def.` are of the specification (A. Berti and others, OCEL 2.0 Specification, 16 October 2023,
arXiv:2403.01975). `§8.2` is the JSON Schema that it publishes (`ocel20-schema-json.json`): each of its `required` and
`type` is a rule here. No package of a registry has the schema, and this repository holds no code of others
(docs/exports/process-mining.md).

One sentence of Def. 2 is no rule here: that attributes of different types have different names. The JSON format
declares the names below each type, so equal names of two types are not confused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Log = dict[str, Any]
Rule = Callable[[Log], Iterable[str]]
TYPES = ("string", "time", "integer", "float", "boolean")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_FORMS = {"integer": r"-?\d+", "float": r"-?\d+(\.\d+)?([eE][+-]?\d+)?", "boolean": "true|false", "time": _TIME}
_LISTS = ("eventTypes", "objectTypes", "events", "objects")
_DECLARED_IN = {"events": "eventTypes", "objects": "objectTypes"}


def faults(log: Log) -> list[str]:
    """The rules of the form come first: the others presuppose them."""
    found = [f"{name}: {fault}" for name, rule in FORM.items() for fault in rule(log)]
    return found or [f"{name}: {fault}" for name, rule in MEANING.items() for fault in rule(log)]


def _lists(log: Log) -> Iterator[str]:
    yield from (name for name in _LISTS if not isinstance(log.get(name), list))


def _no_others(log: Log) -> Iterator[str]:
    yield from (name for name in log if name not in _LISTS)


def _members(log: Log, lists: Iterable[str], inner: str | None, texts: tuple[str, ...]) -> Iterator[str]:
    """Elements, or those of their list `inner`, without one of these texts."""
    for name in lists:
        for place, element in enumerate(log.get(name) or ()):
            for one in [element] if inner is None else (element.get(inner) or []):
                missing = [text for text in texts if not isinstance(one, dict) or not isinstance(one.get(text), str)]
                if missing:
                    yield f"{name}/{place}: {missing}"


def _texts(lists: tuple[str, ...], inner: str | None, *texts: str) -> Rule:
    return lambda log: _members(log, lists, inner, texts)


def _arrays(lists: tuple[str, ...], inner: str, *, required: bool) -> Rule:
    def rule(log: Log) -> Iterator[str]:
        for name in lists:
            for place, one in enumerate(log.get(name) or ()):
                if not isinstance(one.get(inner, None if required else []), list):
                    yield f"{name}/{place}/{inner}"

    return rule


def _times(log: Log) -> Iterator[str]:
    values = [one for element in log.get("objects") or () for one in element.get("attributes") or []]
    for one in (*(log.get("events") or ()), *values):
        if isinstance(one.get("time"), str) and not re.fullmatch(_TIME, one["time"]):
            yield one["time"]


def _types_of_attributes(log: Log) -> Iterator[str]:
    for name in _DECLARED_IN.values():
        for declared in log.get(name) or ():
            yield from (one["type"] for one in declared.get("attributes") or [] if one.get("type") not in TYPES)


FORM: dict[str, Rule] = {
    "§8.2 the log has four lists": _lists,
    "§8 the log has nothing else": _no_others,
    "§8.2 a type has a name": _texts(("eventTypes", "objectTypes"), None, "name"),
    "§8.2 a type has a list of attributes": _arrays(("eventTypes", "objectTypes"), "attributes", required=True),
    "§8.2 a declared attribute has a name and a type": _texts(
        ("eventTypes", "objectTypes"), "attributes", "name", "type"
    ),
    "§8 a declared attribute has one of five types": _types_of_attributes,
    "§8.2 an event has an id, a type and a time": _texts(("events",), None, "id", "type", "time"),
    "§8.2 an object has an id and a type": _texts(("objects",), None, "id", "type"),
    "§8.2 attributes of an element are a list": _arrays(("events", "objects"), "attributes", required=False),
    "§8.2 relationships of an element are a list": _arrays(("events", "objects"), "relationships", required=False),
    "§8.2 an event's attribute has a name and a value": _texts(("events",), "attributes", "name", "value"),
    "§8.2 an object's attribute has a name, a value and a time": _texts(
        ("objects",), "attributes", "name", "value", "time"
    ),
    "§8.2 a relationship has an object and a qualifier": _texts(
        ("events", "objects"), "relationships", "objectId", "qualifier"
    ),
    "§8.2 a time is a date-time of RFC 3339": _times,
}
"""Rules for each part by itself."""


def _twice(values: Iterable[Any]) -> list[str]:
    return [str(value) for value, count in Counter(values).items() if count > 1]


def _declared(log: Log, elements: str) -> dict[str, dict[str, str]]:
    """The declared types of an element's attributes, by its type."""
    types = log[_DECLARED_IN[elements]]
    return {one["name"]: {each["name"]: each["type"] for each in one["attributes"]} for one in types}


def _undeclared_types(log: Log) -> Iterator[str]:
    for elements in _DECLARED_IN:
        known = _declared(log, elements)
        yield from (f"{one['id']}: {one['type']}" for one in log[elements] if one["type"] not in known)


def _attributes(log: Log, elements: str) -> Iterator[tuple[dict[str, Any], dict[str, Any], str | None]]:
    """Each element with each of its attributes, and the attribute's declared type."""
    known = _declared(log, elements)
    for element in log[elements]:
        for one in element.get("attributes", []):
            yield element, one, known.get(element["type"], {}).get(one["name"])


def _undeclared_attributes(elements: str) -> Rule:
    return lambda log: (
        f"{element['id']}: {one['name']}" for element, one, type_ in _attributes(log, elements) if type_ is None
    )


def _forms(log: Log) -> Iterator[str]:
    for elements in _DECLARED_IN:
        for element, one, type_ in _attributes(log, elements):
            if type_ in _FORMS and not re.fullmatch(_FORMS[type_], one["value"]):
                yield f"{element['id']}: {one['name']} = {one['value']}"


def _dangling(elements: str) -> Rule:
    def rule(log: Log) -> Iterator[str]:
        ids = {one["id"] for one in log["objects"]}
        for element in log[elements]:
            for relation in element.get("relationships", []):
                if relation["objectId"] not in ids:
                    yield f"{element['id']}: {relation['qualifier']}"

    return rule


def _repeated(elements: str, inner: str, *key: str) -> Rule:
    """Entries of an element's list that have the same key."""
    return lambda log: (
        f"{element['id']}: {found}"
        for element in log[elements]
        for found in _twice(tuple(one[name] for name in key) for one in element.get(inner, []))
    )


def _common(first: str, second: str, name: str) -> Rule:
    return lambda log: sorted({one[name] for one in log[first]} & {one[name] for one in log[second]})


MEANING: dict[str, Rule] = {
    "Def. 1 an event is no object": _common("events", "objects", "id"),
    "Def. 1 a type of events is no type of objects": _common("eventTypes", "objectTypes", "name"),
    "Def. 2 an event occurs once": lambda log: _twice(one["id"] for one in log["events"]),
    "Def. 2 an object occurs once": lambda log: _twice(one["id"] for one in log["objects"]),
    "§6.1 a type is declared once": lambda log: _twice(
        (name, one["name"]) for name in _DECLARED_IN.values() for one in log[name]
    ),
    "Def. 2 an attribute of a type is declared once": lambda log: _twice(
        (one["name"], each["name"]) for name in _DECLARED_IN.values() for one in log[name] for each in one["attributes"]
    ),
    "Def. 2 each element has a declared type": _undeclared_types,
    "Def. 2 only attributes of its type have values in an event": _undeclared_attributes("events"),
    "Def. 2 only attributes of its type have values in an object": _undeclared_attributes("objects"),
    "Def. 2 an event has one value of an attribute": _repeated("events", "attributes", "name"),
    "Def. 2 an object has one value of an attribute at a time": _repeated("objects", "attributes", "name", "time"),
    "Def. 2 an event's relationships are to objects of the log": _dangling("events"),
    "Def. 2 an object's relationships are to objects of the log": _dangling("objects"),
    "Def. 2 an event's relationships are a set": _repeated("events", "relationships", "objectId", "qualifier"),
    "Def. 2 an object's relationships are a set": _repeated("objects", "relationships", "objectId", "qualifier"),
    "§8 a value has the form of its declared type": _forms,
}
"""Rules between the parts."""
