"""Reads the CloudFormation template and resolves its intrinsic functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"

Json = Any
"""A value in a template: dict, list, str, int or bool."""

NO_VALUE = object()
"""The value of `AWS::NoValue`. Members and items with this value are removed."""

_PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")


class _TemplateLoader(yaml.CSafeLoader):
    """A SafeLoader that reads CloudFormation's short tags, such as `!Ref`."""


def _tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Json:
    if isinstance(node, yaml.SequenceNode):
        value: Json = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None
    if suffix == "GetAtt":
        value = str(value).split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_TemplateLoader.add_multi_constructor("!", _tag)


def load(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template, with tags converted to `{"Ref": …}` and `{"Fn::…": …}`. The caller may change it."""
    return deepcopy(_parsed(path.read_text("utf-8")))


@cache
def _parsed(text: str) -> dict[str, Any]:
    """Parsing takes ten times as long as copying, and tests read the template a hundred times."""
    loaded: dict[str, Any] = yaml.load(text, Loader=_TemplateLoader)  # noqa: S506 a SafeLoader
    return loaded


class TemplateValues(Protocol):
    """The values that intrinsic functions need."""

    def ref(self, name: str) -> Json:
        """The value of a parameter or pseudo parameter, or a resource's `Ref`. Raises KeyError."""
        ...

    def attribute(self, name: str, attribute: str) -> str:
        """A resource's `Fn::GetAtt`. Raises KeyError."""
        ...

    def condition(self, name: str) -> bool: ...


def resolve(value: Json, values: TemplateValues) -> Json:
    """`value` with all intrinsic functions resolved. Raises ValueError for an unsupported one."""
    if isinstance(value, list):
        return [item for item in (resolve(each, values) for each in value) if item is not NO_VALUE]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(name, argument)] = value.items()
        if name == "Ref" or name.startswith("Fn::"):
            return _intrinsic(name, argument, values)
    resolved = {key: resolve(each, values) for key, each in value.items()}
    return {key: each for key, each in resolved.items() if each is not NO_VALUE}


def _intrinsic(name: str, argument: Json, values: TemplateValues) -> Json:
    if name not in _INTRINSICS:
        raise ValueError(f"the local stack does not support {name}")
    return _INTRINSICS[name](argument, values)


def _sub(argument: Json, values: TemplateValues) -> str:
    text, given = (argument, {}) if isinstance(argument, str) else (argument[0], resolve(argument[1], values))

    def one(match: re.Match[str]) -> str:
        if match[1] in given:
            return str(given[match[1]])
        name, _, attribute = match[1].partition(".")
        return str(values.attribute(name, attribute) if attribute else values.ref(name))

    return _PLACEHOLDER.sub(one, text).replace("${!", "${")


def _if(argument: list[Json], values: TemplateValues) -> Json:
    name, yes, no = argument
    return resolve(yes if values.condition(name) else no, values)


def _items(value: Json) -> list[str]:
    """A `CommaDelimitedList` is text as a parameter."""
    return value.split(",") if isinstance(value, str) else value


_INTRINSICS: dict[str, Callable[[Json, TemplateValues], Json]] = {
    "Ref": lambda name, values: values.ref(name),
    "Fn::GetAtt": lambda pair, values: values.attribute(pair[0], pair[1]),
    "Fn::Sub": _sub,
    "Fn::If": _if,
    "Fn::Join": lambda pair, values: str(pair[0]).join(_items(resolve(pair[1], values))),
    "Fn::Not": lambda conditions, values: not resolve(conditions[0], values),
    "Fn::Equals": lambda pair, values: resolve(pair[0], values) == resolve(pair[1], values),
}
