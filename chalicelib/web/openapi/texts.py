"""Texts and examples of the OpenAPI document, from the files beside this module. They are read for the document only.

`operations/*.yaml`: one tag each, with its operations. `parameters.yaml`: parameters that mean the same everywhere.
`responses.json`: an example of each operation's response.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from chalicelib.kit.problem import InBoth
from chalicelib.web.contract import Contract

_FOLDER = Path(__file__).parent


class OperationTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`parameters`: texts that only this operation has, by the parameter's name. `request`: an example of the body."""

    description: str
    parameters: Mapping[str, str] = {}
    request: Any = None


class TagTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about`: the tag's description. `operations`: by operation id."""

    tag: str
    about: str
    operations: Mapping[str, OperationTexts]


class Texts(msgspec.Struct, frozen=True):
    """`parameters`: by place (`path`, `query`, `header`) and name. `responses`: examples by operation id."""

    tags: list[TagTexts]
    parameters: Mapping[str, Mapping[str, str]]
    responses: Mapping[str, Any]

    def tag_of(self, contract: Contract) -> TagTexts:
        """Raises TypeError for an operation that has no texts, or texts under several tags."""
        found = [tag for tag in self.tags if contract.name in tag.operations]
        if len(found) != 1:
            raise TypeError(f"{contract.name}: needs its texts in one file of {_FOLDER.name}/operations")
        return found[0]

    def operation(self, contract: Contract) -> OperationTexts:
        return self.tag_of(contract).operations[contract.name]

    def parameter(self, contract: Contract, place: str, name: str) -> str:
        """Raises TypeError for a parameter without a text, here or beside its type."""
        texts = self.operation(contract).parameters, beside_types(contract), self.parameters[place]
        text = next((found[name] for found in texts if name in found), None)
        if text is None:
            raise TypeError(f"{contract.name}: needs a text for its parameter {name}")
        return text

    def request(self, contract: Contract) -> Any:
        """The example of the body. Raises TypeError if there is none."""
        if self.operation(contract).request is None:
            raise TypeError(f"{contract.name}: needs an example of its request")
        return self.operation(contract).request

    def response(self, contract: Contract) -> Any:
        """The example of the response. Raises TypeError if there is none."""
        if contract.name not in self.responses:
            raise TypeError(f"{contract.name}: needs an example of its response")
        return self.responses[contract.name]


def beside_types(contract: Contract) -> dict[str, str]:
    """The texts of query parameters that a row of code defines, which are annotations of their types."""
    fields = () if contract.query is None else msgspec.structs.fields(contract.query)
    return {one.encode_name: text.en for one in fields for text in get_args(one.type) if isinstance(text, InBoth)}


@cache
def load() -> Texts:
    """All texts and examples, with the tags sorted by name."""
    tags = [msgspec.convert(_read(path), TagTexts) for path in _FOLDER.glob("operations/*.yaml")]
    parameters = msgspec.convert(_read(_FOLDER / "parameters.yaml"), dict[str, dict[str, str]])
    responses = msgspec.json.decode((_FOLDER / "responses.json").read_bytes())
    return Texts(sorted(tags, key=lambda one: one.tag), parameters, responses)


def _read(path: Path) -> Any:
    from chalicelib.policy.reading import yaml_text  # late: only the document needs it

    return yaml_text.load(path.read_text(encoding="utf-8"))[0]
