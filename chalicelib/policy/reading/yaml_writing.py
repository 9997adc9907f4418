"""Writes a document that came as JSON as YAML, so that `yaml_text` reads the same values from it.

Import this module only where a text is written, as `yaml_text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
import yaml
from yaml._yaml import CEmitter
from yaml.representer import SafeRepresenter
from yaml.resolver import Resolver

from chalicelib.kit.decoding import fields_of
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import yaml_text

_WIDTH = 120
_OF_PREPARATION = ("edition", "order")
"""Keys that preparation writes: the text has its lists in their order."""


class _Dumper(CEmitter, SafeRepresenter, Resolver):
    """Writes a value that occurs twice twice."""

    yaml_implicit_resolvers = yaml_text.RESOLVERS  # PyYAML reads it off the class

    def __init__(self, stream: Any, **options: Any) -> None:
        CEmitter.__init__(self, stream, width=_WIDTH, allow_unicode=True)
        SafeRepresenter.__init__(self, default_flow_style=None, sort_keys=False)  # type: ignore[arg-type]
        Resolver.__init__(self)
        setattr(self, "ignore_aliases", lambda _: True)  # noqa: B010 (PyYAML's hook)


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _decimal(dumper: _Dumper, value: float) -> yaml.Node:
    """Without an exponent: `yaml_text` reads none."""
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{Decimal(repr(value)):f}")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _decimal)


def of_values(values: Mapping[str, Any]) -> str:
    """As they are, with the keys in their order."""
    text: str = yaml.dump(dict(values), Dumper=_Dumper)
    return text


def of_version(policy: bytes) -> str:
    """Of a published version: without what the language takes by default, and in its order of keys.

    A version with words of a later release is written with all its values.
    """
    try:
        document = msgspec.json.decode(policy, type=PolicyDocument)
    except (ValueError, LookupError):
        return of_values(msgspec.json.decode(policy, type=dict[str, Any]))
    said = _said(document)
    return of_values({key: value for key, value in said.items() if key not in _OF_PREPARATION})


def _said(value: Any) -> Any:
    if isinstance(value, Example):
        return msgspec.to_builtins(value)
    if isinstance(value, msgspec.Struct):
        return {
            field.encode_name: _said(inner)
            for field in fields_of(type(value))
            if (inner := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, dict):
        return {key: _said(inner) for key, inner in value.items()}
    return [_said(inner) for inner in value] if isinstance(value, list) else value


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
