"""The CloudFormation template as data: YAML with its short forms read as the long ones, and intrinsics resolved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import yaml

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"

Json = Any
"""What a template holds: dict, list, str, int, bool."""

NO_VALUE = object()
"""What `AWS::NoValue` resolves to: the place it stands in is left out."""

_PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")


class _Loader(yaml.SafeLoader):
    """SafeLoader that knows CloudFormation's tags."""


def _tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Json:
    if isinstance(node, yaml.SequenceNode):
        value: Json = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None
    if suffix == "GetAtt":
        value = str(value).split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tag)


def load(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template with `{"Ref": …}` and `{"Fn::…": …}` in place of its tags."""
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 a SafeLoader
    return loaded


class TemplateValues(Protocol):
    """What intrinsics ask for."""

    def ref(self, name: str) -> Json:
        """A parameter's value, a pseudo parameter's, or a resource's `Ref`. Raises KeyError."""
        ...

    def attribute(self, name: str, attribute: str) -> str:
        """A resource's `Fn::GetAtt`. Raises KeyError."""
        ...

    def condition(self, name: str) -> bool: ...


def resolve(value: Json, known: TemplateValues) -> Json:
    """`value` with every intrinsic worked out. Raises ValueError for an intrinsic that this does not know."""
    if isinstance(value, list):
        return [item for item in (resolve(each, known) for each in value) if item is not NO_VALUE]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(name, argument)] = value.items()
        if name == "Ref" or name.startswith("Fn::"):
            return _intrinsic(name, argument, known)
    resolved = {key: resolve(each, known) for key, each in value.items()}
    return {key: each for key, each in resolved.items() if each is not NO_VALUE}


def _intrinsic(name: str, argument: Json, known: TemplateValues) -> Json:
    if name not in _INTRINSICS:
        raise ValueError(f"the local stack does not know {name}")
    return _INTRINSICS[name](argument, known)


def _sub(text: str, known: TemplateValues) -> str:
    def one(match: re.Match[str]) -> str:
        name, _, attribute = match[1].partition(".")
        return str(known.attribute(name, attribute) if attribute else known.ref(name))

    return _PLACEHOLDER.sub(one, text).replace("${!", "${")


def _if(argument: list[Json], known: TemplateValues) -> Json:
    name, yes, no = argument
    return resolve(yes if known.condition(name) else no, known)


_INTRINSICS: dict[str, Callable[[Json, TemplateValues], Json]] = {
    "Ref": lambda name, known: known.ref(name),
    "Fn::GetAtt": lambda pair, known: known.attribute(pair[0], pair[1]),
    "Fn::Sub": _sub,
    "Fn::If": _if,
    "Fn::Not": lambda values, known: not resolve(values[0], known),
    "Fn::Equals": lambda pair, known: resolve(pair[0], known) == resolve(pair[1], known),
}
