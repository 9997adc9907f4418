"""Rewrites what msgspec generates and client generators do not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chalicelib.kit.decoding import LATER, Later


def leave_out_kept(components: dict[str, Any]) -> None:
    """Answers never have what parts of stored items keep for a later release."""
    for component in components.values():
        component.get("properties", {}).pop(LATER, None)
    components.pop(Later.__name__, None)


def simplify(schema: Any) -> None:
    """Changes schemas in place.

    Tuples become arrays of a fixed length with items of any of their types. A member's `default` becomes `x-default`,
    because openapi-typescript takes members with a default for required ones; a default of null is left out.
    """
    if isinstance(schema, dict) and schema.get("items") is False:
        kinds = [one for index, one in enumerate(schema["prefixItems"]) if one not in schema["prefixItems"][:index]]
        del schema["prefixItems"]
        schema["items"] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if isinstance(schema, dict):
        _rename_defaults(schema.get("properties", {}).values())
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list | tuple) else ():
        simplify(part)


def _rename_defaults(members: Iterable[Any]) -> None:
    for member in members:
        default = member.pop("default", None) if isinstance(member, dict) else None
        if default is not None:
            member["x-default"] = default
