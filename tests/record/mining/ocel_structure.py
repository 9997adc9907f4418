"""What the OCEL 2.0 specification demands of a JSON file, as a JSON Schema of our own and as rules between its parts.

The published schema (ocel-standard.org) is in no package of a registry, and this repository holds no code of others. So
this is a transcript of what it demands: the same members, all values as text. It is stricter where the specification's
text is (its five types, and declared names).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

_TEXT = {"type": "string"}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}


def _object(*optional: str, **members: Any) -> dict[str, Any]:
    needed = [name for name in members if name not in optional]
    return {"type": "object", "properties": members, "required": needed, "additionalProperties": False}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_TYPE = {"enum": ["string", "time", "integer", "float", "boolean"]}
_TYPES = _list(_object(name=_TEXT, attributes=_list(_object(name=_TEXT, type=_TYPE))))
_RELATIONSHIPS = _list(_object(objectId=_TEXT, qualifier=_TEXT))
SCHEMA = _object(
    eventTypes=_TYPES,
    objectTypes=_TYPES,
    events=_list(
        _object(
            "attributes",
            "relationships",
            id=_TEXT,
            type=_TEXT,
            time=_TIME,
            attributes=_list(_object(name=_TEXT, value=_TEXT)),
            relationships=_RELATIONSHIPS,
        )
    ),
    objects=_list(
        _object(
            "attributes",
            "relationships",
            id=_TEXT,
            type=_TEXT,
            attributes=_list(_object(name=_TEXT, value=_TEXT, time=_TIME)),
            relationships=_RELATIONSHIPS,
        )
    ),
)
_FORMS = {"integer": r"^-?\d+$", "boolean": "^(true|false)$", "time": _TIME["pattern"]}


def faults(log: dict[str, Any]) -> list[str]:
    found = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(log)]
    return found or [*_undeclared(log), *_dangling(log), *_repeated(log)]


def _undeclared(log: dict[str, Any]) -> Iterator[str]:
    """Each element has a declared type, and each value a declared name and the form of its type."""
    for elements, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        known = {one["name"]: {each["name"]: each["type"] for each in one["attributes"]} for one in log[types]}
        for element in log[elements]:
            if element["type"] not in known:
                yield f"{element['id']}: type {element['type']} is not declared"
                continue
            for one in element.get("attributes", ()):
                form = {"type": "string", "pattern": _FORMS.get(known[element["type"]].get(one["name"], "none"), "")}
                if one["name"] not in known[element["type"]] or not Draft202012Validator(form).is_valid(one["value"]):
                    yield f"{element['id']}: {one['name']} is not as declared"


def _dangling(log: dict[str, Any]) -> Iterator[str]:
    ids = {one["id"] for one in log["objects"]}
    for element in (*log["events"], *log["objects"]):
        for relation in element.get("relationships", ()):
            if relation["objectId"] not in ids:
                yield f"{element['id']}: {relation['qualifier']} names no object"


def _repeated(log: dict[str, Any]) -> Iterator[str]:
    for elements in ("events", "objects"):
        ids = [one["id"] for one in log[elements]]
        if len(ids) != len(set(ids)):
            yield f"an id of {elements} is not unique"
