"""What every maker of resources shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Client = Callable[[str], Any]
"""Gives the client of a service by boto3's name for it."""

Properties = dict[str, Any]
"""A resource's CloudFormation properties, resolved. A maker takes out what it has used."""


class Resource(NamedTuple):
    """A resource: its `Ref` and its `Fn::GetAtt` values."""

    ref: str
    attributes: dict[str, str]


MakeResource = Callable[[Client, str, Properties], Resource]
"""`(client, logical id, properties)`."""


def local_name(logical_id: str) -> str:
    """The physical name of a resource that the template leaves unnamed."""
    return f"redress-local-{logical_id.lower()}"


def require_all_used(logical_id: str, properties: Properties) -> None:
    """Raises ValueError where a property was not used."""
    if properties:
        raise ValueError(f"the local stack does not know {sorted(properties)} of {logical_id}")
