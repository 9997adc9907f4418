"""Types and helpers that the resource functions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Client = Callable[[str], Any]
"""Returns the boto3 client of a service."""

Properties = dict[str, Any]
"""A resource's CloudFormation properties, resolved. A function removes the properties that it uses."""


class Resource(NamedTuple):
    """A created resource: its `Ref` and its `Fn::GetAtt` values."""

    ref: str
    attributes: dict[str, str]


MakeResource = Callable[[Client, str, Properties], Resource]
"""Creates a resource. Arguments: client, logical id, properties."""


def local_name(logical_id: str) -> str:
    """The physical name of a resource without a name in the template."""
    return f"redress-local-{logical_id.lower()}"


def require_all_used(logical_id: str, properties: Properties) -> None:
    """Raises ValueError where a property was not used, so that the stack cannot ignore one."""
    if properties:
        raise ValueError(f"the local stack does not support {sorted(properties)} of {logical_id}")
