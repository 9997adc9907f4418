"""What others depend on: the API's operations, and the names in the template."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FILE = "contract.json.gz"
ROOT = Path(__file__).parents[3]
METHODS = ("get", "post", "put", "patch", "delete")
NAMES = ("MetricName", "Handler", "IndexName", "AttributeName")


class _Loader(yaml.CSafeLoader):
    """Takes CloudFormation's tags for what is below them."""


def _untagged(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.ScalarNode)
    return f"!{suffix} {loader.construct_scalar(node)}"


_Loader.add_multi_constructor("!", _untagged)


def contract() -> dict[str, list[str]]:
    """Sets of names, sorted. `measured`: figures that alarms look at and the program's text names."""
    template = yaml.load((ROOT / "infra" / "template.yaml").read_text("utf-8"), Loader=_Loader)
    resources: dict[str, Any] = template["Resources"]
    found: dict[str, list[str]] = {
        **_operations(),
        "parameters": list(template["Parameters"]),
        "outputs": list(template["Outputs"]),
        "resources": [f"{name} {one['Type']}" for name, one in resources.items()],
        "environment": [name for part, name in _walk(template) if part == "Variables"],
    }
    for name in NAMES:
        found[name] = [value for part, value in _walk(template) if part == name]
    program = "".join(path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py"))
    found["measured"] = [name for name in found["MetricName"] if f'"{name}"' in program]
    return {name: sorted(set(values)) for name, values in found.items()}


def missing(old: dict[str, list[str]], new: dict[str, list[str]]) -> dict[str, list[str]]:
    """What was taken away, by set."""
    gone = {name: sorted(set(values) - set(new.get(name, []))) for name, values in old.items()}
    return {name: values for name, values in gone.items() if values}


def _operations() -> dict[str, list[str]]:
    """The operation's id and its status codes, by method and path."""
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))["paths"]
    return {
        f"{method.upper()} {path}": [one["operationId"], *one["responses"]]
        for path, methods in paths.items()
        for method, one in methods.items()
        if method in METHODS
    }


def _walk(node: Any) -> Iterator[tuple[str, str]]:
    """Every member's name with its text, or with each name or text below it."""
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
    if not isinstance(node, dict):
        return
    for name, value in node.items():
        below = [value] if isinstance(value, str) else list(value) if isinstance(value, dict | list) else []
        yield from ((str(name), each) for each in below if isinstance(each, str))
        yield from _walk(value)
