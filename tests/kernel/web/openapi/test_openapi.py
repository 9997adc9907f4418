"""The OpenAPI document matches the contracts."""

from __future__ import annotations

import json
from typing import Annotated, Any

import jsonschema
import msgspec
import openapi_spec_validator
import pytest
from msgspec import Meta

from chalicelib.features.service import routes as meta
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.openapi import document as openapi
from tests.kernel.web.client import KEY, Frame


class Filing(RequestDocument, frozen=True):
    channel: Annotated[str, Meta(description="One of the policy's channels.")]


class Filed(msgspec.Struct, frozen=True):
    number: str


class Queue(RequestDocument, frozen=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    cursor: str | None = None


@pytest.fixture
def document(frame: Frame) -> dict[str, Any]:
    @frame.api.route(
        "/v1/t/{tenant}/complaints",
        method="POST",
        summary="File a complaint",
        allow=["public"],
        request=Filing,
        response=Filed,
        status=201,
        problems=["conflict"],
        idempotency="required",
        if_match=True,
    )
    def post_complaint(call: Call) -> Reply:
        if call.body.channel == "taken":
            raise Problem("conflict", "Taken.")
        return Reply(Filed("202611-000001"))

    @frame.api.route(
        "/v1/t/{tenant}/complaints",
        method="GET",
        summary="The queue",
        allow=["person", "receipt"],
        query=Queue,
        response=list[Filed],
    )
    def list_complaints(_: Call) -> Reply:
        return Reply([])

    meta.register(frame.api)
    return openapi.document(frame.api.contracts)


@pytest.fixture
def filing(document: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"]["/v1/t/{tenant}/complaints"]["post"]
    return operation


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    openapi_spec_validator.validate(document)


def test_the_document_has_exactly_the_declared_routes(frame: Frame, document: dict[str, Any]) -> None:
    operations = {(path, method.upper()) for path, item in document["paths"].items() for method in item}

    served = {(path, method) for path, methods in frame.api.routes.items() for method in methods}
    assert served - operations == {(path, "HEAD") for path, method in operations if method == "GET"}
    assert operations <= served
    assert document["info"]["title"] == "Redress"


def test_bodies_are_schemas_that_refuse_unknown_members(document: dict[str, Any], filing: dict[str, Any]) -> None:
    assert filing["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Filing"}
    schema = document["components"]["schemas"]["Filing"]
    assert (schema["required"], schema["additionalProperties"]) == (["channel"], False)
    assert schema["properties"]["channel"]["description"] == "One of the policy's channels."


def test_each_possible_status_lists_its_problems(filing: dict[str, Any]) -> None:
    described = {status: answer["description"] for status, answer in filing["responses"].items()}

    assert described["201"] == "File a complaint"
    assert described["422"] == "`idempotency-key-reused`, `invalid`"
    assert set(described) == {"201", "400", "403", "404", "409", "412", "413", "415", "422", "429", "500", "503"}


def test_headers_and_query_are_parameters(document: dict[str, Any], filing: dict[str, Any]) -> None:
    queue = document["paths"]["/v1/t/{tenant}/complaints"]["get"]

    assert {(one["name"], one["required"]) for one in filing["parameters"]} == {
        ("tenant", True),
        ("Idempotency-Key", True),
        ("If-Match", False),
    }
    [limit] = [one for one in queue["parameters"] if one["name"] == "limit"]
    assert (limit["in"], limit["schema"]["maximum"]) == ("query", 100)


def test_a_key_that_some_callers_need_is_required(frame: Frame) -> None:
    """A generated client for callers without an account would otherwise leave it out, and get 400."""

    @frame.api.route(
        "/v1/t/{tenant}/complaints",
        method="POST",
        summary="File a complaint",
        allow=["public", "person"],
        response=Filed,
        idempotency="required",
    )
    def post_complaint(_: Call) -> Reply:
        return Reply(Filed("202611-000001"))

    operation = openapi.document(frame.api.contracts)["paths"]["/v1/t/{tenant}/complaints"]["post"]

    assert [one["required"] for one in operation["parameters"] if one["name"] == "Idempotency-Key"] == [True]
    assert frame.send("POST", "/v1/t/acme/complaints", b"").status_code == 400


def test_a_route_names_its_kinds_of_authentication(document: dict[str, Any], filing: dict[str, Any]) -> None:
    assert filing["security"] == [{}]
    assert document["paths"]["/v1/t/{tenant}/complaints"]["get"]["security"] == [{"person": []}, {"receipt": []}]


def test_every_reference_resolves(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert named - document["components"]["schemas"].keys() == set()


@pytest.mark.parametrize(("channel", "status"), [("phone", "201"), ("taken", "409"), (5, "422")])
def test_responses_conform_to_their_schemas(
    frame: Frame, document: dict[str, Any], filing: dict[str, Any], channel: Any, status: str
) -> None:
    answer = frame.send("POST", "/v1/t/acme/complaints", {"channel": channel}, Idempotency_Key=KEY)

    assert str(answer.status_code) == status
    [schema] = [content["schema"] for content in filing["responses"][status]["content"].values()]
    jsonschema.validate(answer.json_body, {**schema, "components": document["components"]})


def test_the_document_is_served_unchanged(frame: Frame, document: dict[str, Any]) -> None:
    assert frame.send("GET", "/v1/openapi.json").json_body == json.loads(openapi.text(frame.api.contracts))
