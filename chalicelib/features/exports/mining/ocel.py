"""OCEL 2.0 as JSON (ocel-standard.org): events and objects with attributes that change, and qualified relations.

All values are texts, as the published schema demands, and the declared types say how to read them. The types stand at
the end of the file, because only then they are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.features.exports.mining.logged import Attribute, AttributeType, LoggedEvent, LoggedObject, Relation

NAME = "ocel2.json"
TypeTable = dict[str, dict[str, AttributeType]]
"""The attributes of each type of event or object, with their types."""
BEGIN_EVENTS, BEGIN_OBJECTS = b'{"events":[', b'],"objects":['


def event(one: LoggedEvent, types: TypeTable) -> bytes:
    """Adds its attributes to `types`."""
    _learn(types, one.type, one.attributes)
    return msgspec.json.encode(
        {
            "id": one.id,
            "type": one.type,
            "time": one.time,
            "attributes": [{"name": each.name, "value": each.text} for each in one.attributes],
            "relationships": _relationships(one.relations),
        }
    )


def object_(one: LoggedObject, types: TypeTable) -> bytes:
    """Adds its attributes to `types`."""
    _learn(types, one.type, (each.attribute for each in one.attributes))
    return msgspec.json.encode(
        {
            "id": one.id,
            "type": one.type,
            "attributes": [
                {"name": each.attribute.name, "value": each.attribute.text, "time": each.time}
                for each in one.attributes
            ],
            "relationships": _relationships(one.relations),
        }
    )


def end(events: TypeTable, objects: TypeTable) -> bytes:
    """Closes the file with the types that occur in it."""
    types = {"eventTypes": _types(events), "objectTypes": _types(objects)}
    return b"]," + msgspec.json.encode(types)[1:] + b"\n"


def _learn(types: TypeTable, type_: str, attributes: Iterable[Attribute]) -> None:
    types.setdefault(type_, {}).update((one.name, one.type) for one in attributes)


def _relationships(relations: Iterable[Relation]) -> list[dict[str, str]]:
    return [{"objectId": one.object, "qualifier": one.qualifier} for one in relations]


def _types(table: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "attributes": [{"name": one, "type": type_} for one, type_ in sorted(attributes.items())]}
        for name, attributes in sorted(table.items())
    ]
