"""Every operation of the OpenAPI document is described, and no text is left without its operation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.call import Call, Reply
from chalicelib.web.openapi import document as openapi
from chalicelib.web.openapi import texts
from tests.kernel.web.client import Frame

DOCUMENT = json.loads((Path(__file__).parents[4] / "docs" / "openapi.json").read_text("utf-8"))
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation for item in DOCUMENT["paths"].values() for operation in item.values()
}
SENTENCES = 3
"""The most in a description."""


def parameters() -> Iterator[tuple[str, str, str]]:
    """The operation, the place and the name of each."""
    for id_, operation in OPERATIONS.items():
        for one in operation["parameters"]:
            yield id_, one["in"], one["name"]


def test_each_operation_has_one_tag_and_each_tag_its_description_and_operations() -> None:
    described = [tag["name"] for tag in DOCUMENT["tags"]]

    assert [id_ for id_, one in OPERATIONS.items() if len(one["tags"]) != 1] == []
    assert sorted({one["tags"][0] for one in OPERATIONS.values()}) == sorted(described)
    assert [tag["name"] for tag in DOCUMENT["tags"] if not tag["description"].endswith(".")] == []


@pytest.mark.parametrize("id_", OPERATIONS)
def test_each_operation_says_who_may_call_it_and_what_happens(id_: str) -> None:
    operation = OPERATIONS[id_]

    assert operation["summary"] != operation["description"]
    assert operation["description"].endswith(".")
    assert "may call this" in operation["description"].partition(". ")[0]
    assert 1 <= operation["description"].replace("docs/policy.md", "").count(". ") + 1 <= SENTENCES


def test_each_parameter_is_described() -> None:
    found = [one for each in OPERATIONS.values() for one in each["parameters"]]

    assert [one["name"] for one in found if not one.get("description", "").endswith(".")] == []


def test_each_operation_lists_its_errors() -> None:
    for id_, operation in OPERATIONS.items():
        errors = {status: one for status, one in operation["responses"].items() if status >= "400"}
        assert {"400", "429", "500", "503"} <= set(errors), id_
        assert [status for status, one in errors.items() if "application/problem+json" not in one["content"]] == []


def test_no_text_is_left_without_its_operation_or_parameter() -> None:
    written = texts.load()
    described = written.operations
    used = set(parameters())

    assert set(described) == {contract.name for contract in app.app.contracts}
    for id_, one in described.items():
        assert set(one.parameters) <= {name for operation, _, name in used if operation == id_}
    common = {tuple(name.split(".", 1)) for name in written.parameters}
    own = {(id_, name) for id_, one in described.items() for name in one.parameters}
    own |= {(contract.name, name) for contract in app.app.contracts for name in texts.beside_types(contract)}
    assert common == {(place, name) for id_, place, name in used if (id_, name) not in own}


def test_every_operation_with_a_body_has_its_examples_and_no_example_is_left() -> None:
    written = texts.load()
    for part in ("request", "response"):
        found = {id_ for id_, one in written.examples.items() if getattr(one, part) is not None}
        assert found == {one.name for one in app.app.contracts if getattr(one, part) is not None}


@pytest.mark.parametrize(("name", "part"), [("get_tenant", "request"), ("remove_person", "response")])
def test_an_operation_without_an_example_fails(frame: Frame, name: str, part: str) -> None:
    def handler(_: Call) -> Reply:
        return Reply()

    handler.__name__ = name
    declared: Any = {"method": "PUT", "summary": "Takes and answers", "allow": ["public"], part: RequestDocument}
    frame.api.route("/v1/health", **declared)(handler)

    with pytest.raises(TypeError, match=f"{name}: needs an example of its {part}"):
        openapi.document(frame.api.contracts)


def test_an_operation_without_texts_fails(frame: Frame) -> None:
    @frame.api.route("/v1/nameless", method="GET", summary="Has no texts", allow=["public"])
    def nameless(_: Call) -> Reply:
        return Reply()

    with pytest.raises(TypeError, match="nameless: needs its texts"):
        openapi.document(frame.api.contracts)


def test_a_parameter_without_a_text_fails(frame: Frame) -> None:
    @frame.api.route("/v1/health/{unheard_of}", method="GET", summary="Has a new parameter", allow=["public"])
    def health(_: Call) -> Reply:
        return Reply()

    with pytest.raises(TypeError, match="health: needs a text for its parameter unheard_of"):
        openapi.document(frame.api.contracts)
