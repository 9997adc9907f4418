"""Texts and examples of the OpenAPI document. They are read for the document only.

The text catalogue has the texts. `examples.json` of a package has an example of each operation's request and response.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.web.contract import Contract


class OperationTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`parameters`: texts that only this operation has, by the parameter's name."""

    tag: str
    description: InBoth
    parameters: Mapping[str, InBoth] = {}


class TagTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about`: the tag's description."""

    name: InBoth
    about: InBoth


class OperationExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`foreseen`: what a dry run with the request answers."""

    request: Any = None
    response: Any = None
    foreseen: Any = None


class ApiTexts(msgspec.Struct, frozen=True):
    """`operations`, `examples`: by operation id. `parameters`: such as `path.tenant`; the other places are `query`
    and `header`."""

    tags: Mapping[str, TagTexts]
    operations: Mapping[str, OperationTexts]
    parameters: Mapping[str, InBoth]
    examples: Mapping[str, OperationExample]

    def operation(self, contract: Contract) -> OperationTexts:
        """Raises TypeError for an operation without texts."""
        if contract.name not in self.operations:
            raise TypeError(f"{contract.name}: needs its texts in the section `operations` of a texts.yaml")
        return self.operations[contract.name]

    def parameter(self, contract: Contract, place: str, name: str) -> str:
        """Raises TypeError for a parameter without a text, here or beside its type."""
        own = {**beside_types(contract), **self.operation(contract).parameters}
        text = own.get(name) or self.parameters.get(f"{place}.{name}")
        if text is None:
            raise TypeError(f"{contract.name}: needs a text for its parameter {name}")
        return text.en

    def request(self, contract: Contract) -> Any:
        """The example of the body. Raises TypeError if there is none."""
        return self._example(contract, "request")

    def response(self, contract: Contract) -> Any:
        """The example of the response. Raises TypeError if there is none."""
        return self._example(contract, "response")

    def foreseen(self, contract: Contract) -> Any:
        """The example of a dry run. Raises TypeError if there is none."""
        return self._example(contract, "foreseen")

    def _example(self, contract: Contract, of: str) -> Any:
        found = getattr(self.examples.get(contract.name), of, None)
        if found is None:
            raise TypeError(f"{contract.name}: needs an example of its {of}")
        return found


def beside_types(contract: Contract) -> dict[str, InBoth]:
    """The texts of query parameters that a row of code defines, which are annotations of their types."""
    fields = () if contract.query is None else msgspec.structs.fields(contract.query)
    return {one.encode_name: text for one in fields for text in get_args(one.type) if isinstance(text, InBoth)}


@cache
def load() -> ApiTexts:
    """All texts and examples, with the tags sorted by name."""
    tags = catalogue.section("tags", dict[str, TagTexts])
    examples = [
        msgspec.json.decode(path.read_bytes(), type=dict[str, OperationExample])
        for path in catalogue.PACKAGE.rglob("examples.json")
        if path.parent.name != catalogue.COMPILED
    ]
    return ApiTexts(
        {name: tags[name] for name in sorted(tags)},
        catalogue.section("operations", dict[str, OperationTexts]),
        catalogue.texts("parameters"),
        {id_: example for part in examples for id_, example in part.items()},
    )
