"""The JSON Schema of a policy as authors write it, for editors and validators.

It is of draft 7, because the language servers of editors read YAML with that draft. It describes the form, not the
meaning: the check finds what it accepts and cannot be published.
"""

from __future__ import annotations

from typing import Any

from infra.policy_keys.parts import KeyEntry, Part, act_meanings, all_parts
from infra.policy_keys.shapes import ACTS, DEFINED, Schema, any_of, reference, schema_of

ROOT = "document"
_NULL: Schema = {"type": "null"}


def written_form() -> Schema:
    parts = all_parts()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Policy of Redress, as written",
        "description": parts[ROOT].about,
        **_map(parts[ROOT]),
        "definitions": {
            **{_name(name): schema for name, schema in DEFINED.items()},
            "acts": {"type": "object", "properties": _acts(), "additionalProperties": False},
            **{_name(name): _definition(part) for name, part in parts.items() if name != ROOT},
        },
    }


def _name(name: str) -> str:
    return name.replace(" ", "_")


def _definition(part: Part) -> Schema:
    if not part.plain:
        return _map(part)
    return {"anyOf": [schema_of(part.plain), _map(part)]}


def _map(part: Part) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {**_properties(part.entries), **(_acts() if part.others == "acts" else {})},
        "additionalProperties": schema_of(part.others) if part.others not in ("", "acts") else False,
    }
    if required := [one.key for one in part.entries if one.required and not one.alias]:
        schema["required"] = required
    either = [part.requires, *((one.key, one.alias) for one in part.entries if one.required and one.alias)]
    if needed := [{"anyOf": [{"required": [key]} for key in keys]} for keys in either if keys]:
        schema["allOf"] = needed
    if part.exactly_one:
        schema |= {"minProperties": 1, "maxProperties": 1}
    return schema


def _properties(entries: tuple[KeyEntry, ...]) -> dict[str, Schema]:
    found = {one.key: _property(one) for one in entries}
    for one in entries:
        if one.alias:  # read, but not to be offered by editors
            hidden = {**found[one.key], "description": f"The full form's word for `{one.key}`.", "doNotSuggest": True}
            found[one.alias] = hidden
    return found


def _property(entry: KeyEntry) -> Schema:
    described: Schema = {"description": entry.meaning}
    if entry.value not in (None, "", [], {}):
        described["default"] = entry.value
    described["examples"] = [entry.example]
    return described | _beside(any_of(schema_of(entry.shape, entry.choices), *([_NULL] if entry.nullable else [])))


def _acts() -> dict[str, Schema]:
    meanings = act_meanings()
    return {act: {"description": meanings[act], **_beside(reference("act"))} for act in ACTS}


def _beside(schema: Schema) -> dict[str, Any]:
    """A reference in a form that other keywords can stand beside: draft 7 ignores those next to `$ref`."""
    return {"allOf": [schema]} if "$ref" in schema else schema
