"""Generates the OpenAPI 3.1 document from the routes' contracts.

`python -m chalicelib.web.openapi.document docs/openapi.json`
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from chalicelib import composition
from chalicelib.web.contract import Contract
from chalicelib.web.openapi import fixed_parts, plain_schemas, texts
from chalicelib.web.openapi import operation as parts
from chalicelib.web.openapi.texts import ApiTexts

Document = dict[str, Any]
"""An OpenAPI document as JSON."""
_REF = "#/components/schemas/{name}"


def document(contracts: Sequence[Contract]) -> Document:
    """Raises TypeError for an operation without its texts or examples, and for a parameter without its text."""
    written = texts.load()
    schemas, components = _schemas(contracts)
    for contract in contracts:
        if contract.foreseen is not None:  # the response has one example only, that of the act
            components[contract.foreseen().__name__]["examples"] = [written.foreseen(contract)]
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for contract in sorted(contracts, key=lambda one: (one.path, one.method)):
        paths[contract.path][contract.method.lower()] = _operation(contract, schemas, written)
    return {
        "openapi": "3.1.0",
        "info": fixed_parts.INFO,
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": one.about.en} for name, one in written.tags.items()],
        "paths": dict(paths),
        "webhooks": {name: request for sent in _sent() for name, request in sent.described(_of(sent, schemas)).items()},
        "components": {
            "schemas": {**components, "Problem": fixed_parts.PROBLEM},
            "securitySchemes": fixed_parts.SECURITY,
        },
    }


def text(contracts: Sequence[Contract]) -> str:
    """The document as JSON text, in the form that is committed."""
    return json.dumps(document(contracts), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


Schemas = dict[tuple[str, str], Any]
"""Keyed by operation id and use: `request`, `response`, `accepted`, `foreseen`, or `?` and a query parameter; and by
the name of a type of what is sent and `webhook`."""


def _sent() -> list[Any]:
    """The modules that describe requests to an organisation's own systems."""
    return composition.loaded("sends")


def _of(sent: Any, schemas: Schemas) -> dict[type, Any]:
    return {one: schemas[one.__name__, "webhook"] for one in sent.TYPES}


def _schemas(contracts: Sequence[Contract]) -> tuple[Schemas, dict[str, Any]]:
    types: dict[tuple[str, str], Any] = {(one.__name__, "webhook"): one for sent in _sent() for one in sent.TYPES}
    for contract in contracts:
        for use in ("request", "response", "accepted"):
            if getattr(contract, use) is not None:
                types[contract.name, use] = getattr(contract, use)
        if contract.foreseen is not None:
            types[contract.name, "foreseen"] = contract.foreseen()
        if contract.query is not None:
            for field in msgspec.structs.fields(contract.query):
                types[contract.name, "?" + field.encode_name] = field.type
    schemas, components = msgspec.json.schema_components(list(types.values()), ref_template=_REF)
    plain_schemas.leave_out_kept(components)
    plain_schemas.simplify([schemas, components])
    for sent in _sent():
        sent.name_types(components)
    return dict(zip(types, schemas, strict=True)), components


def _operation(contract: Contract, schemas: Schemas, written: ApiTexts) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": contract.name,
        "tags": [written.operation(contract).tag],
        "summary": contract.summary,
        "description": written.operation(contract).description.en,
        "security": parts.security(contract),
        "parameters": _parameters(contract, schemas, written),
        "responses": {
            str(contract.status): _success_response(contract, schemas, written),
            **({} if contract.accepted is None else {"202": _accepted(contract, schemas)}),
            **({"304": {"description": "Nothing has changed."}} if contract.if_none_match else {}),
            **parts.problem_responses(contract),
        },
    }
    if contract.request is not None:
        body = {"schema": schemas[contract.name, "request"], "example": written.request(contract)}
        operation["requestBody"] = {"required": True, "content": {"application/json": body}}
    return operation


def _parameters(contract: Contract, schemas: Schemas, written: ApiTexts) -> list[dict[str, Any]]:
    found = [*parts.path_parameters(contract), *_query(contract, schemas), *parts.headers(contract)]
    return [{**one, "description": written.parameter(contract, one["in"], one["name"])} for one in found]


def _query(contract: Contract, schemas: Schemas) -> list[dict[str, Any]]:
    if contract.query is None:
        return []
    return [
        {
            "name": field.encode_name,
            "in": "query",
            "required": field.required,
            "schema": schemas[contract.name, "?" + field.encode_name],
        }
        for field in msgspec.structs.fields(contract.query)
    ]


def _success_response(contract: Contract, schemas: Schemas, written: ApiTexts) -> dict[str, Any]:
    response: dict[str, Any] = {"description": contract.summary, "headers": fixed_parts.RESPONSE_HEADERS}
    if contract.response is not None:
        media_type = contract.produces.partition(";")[0]
        body = {"schema": _body(contract, schemas), "example": written.response(contract)}
        others = {
            **({fixed_parts.CSV: fixed_parts.TABLE} if contract.csv else {}),
            **({fixed_parts.YAML: fixed_parts.POLICY_TEXT} if contract.yaml else {}),
        }
        response["content"] = {media_type: body, **others}
    return response


def _body(contract: Contract, schemas: Schemas) -> Any:
    body = schemas[contract.name, "response"]
    return body if contract.foreseen is None else {"anyOf": [body, schemas[contract.name, "foreseen"]]}


def _accepted(contract: Contract, schemas: Schemas) -> dict[str, Any]:
    content = {"application/json": {"schema": schemas[contract.name, "accepted"]}}
    return {"description": "Another person decides.", "headers": fixed_parts.RESPONSE_HEADERS, "content": content}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(importlib.import_module("app").app.contracts), encoding="utf-8")
