"""Texts of the OpenAPI document, from the YAML files beside this module. They are read for the document only.

`operations/*.yaml`: one tag each, with its operations. `parameters.yaml`: parameters that mean the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.http.contract import Contract

_FOLDER = Path(__file__).parent


class OperationTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`parameters`: texts that only this operation has, by the parameter's name."""

    description: str
    parameters: Mapping[str, str] = {}


class TagTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about`: the tag's description. `operations`: by operation id."""

    tag: str
    about: str
    operations: Mapping[str, OperationTexts]


class Texts(msgspec.Struct, frozen=True):
    """`parameters`: by place (`path`, `query`, `header`) and name."""

    tags: list[TagTexts]
    parameters: Mapping[str, Mapping[str, str]]

    def tag_of(self, contract: Contract) -> TagTexts:
        """Raises TypeError for an operation that has no texts, or texts under several tags."""
        found = [tag for tag in self.tags if contract.name in tag.operations]
        if len(found) != 1:
            raise TypeError(f"{contract.name}: needs its texts in one file of {_FOLDER.name}/operations")
        return found[0]

    def operation(self, contract: Contract) -> OperationTexts:
        return self.tag_of(contract).operations[contract.name]

    def parameter(self, contract: Contract, place: str, name: str) -> str:
        """Raises TypeError for a parameter without a text."""
        text = self.operation(contract).parameters.get(name) or self.parameters[place].get(name)
        if text is None:
            raise TypeError(f"{contract.name}: needs a text for its parameter {name}")
        return text


def load() -> Texts:
    """All texts, with the tags sorted by name."""
    tags = [msgspec.convert(_read(path), TagTexts) for path in _FOLDER.glob("operations/*.yaml")]
    parameters = msgspec.convert(_read(_FOLDER / "parameters.yaml"), dict[str, dict[str, str]])
    return Texts(sorted(tags, key=lambda one: one.tag), parameters)


def _read(path: Path) -> Any:
    import yaml  # late: only the document needs it

    return yaml.safe_load(path.read_text(encoding="utf-8"))
