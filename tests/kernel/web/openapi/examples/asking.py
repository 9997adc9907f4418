"""Sends the example of an operation in its scene."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

import app
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.openapi.examples.scenes import OPERATOR, START, Asked
from tests.kernel.web.openapi.examples.table import SCENES

DOCUMENT = json.loads((Path(__file__).parents[5] / "docs" / "openapi.json").read_text("utf-8"))


class Operation(NamedTuple):
    """An operation of the document, with its method and path."""

    method: str
    path: str
    described: dict[str, Any]

    @property
    def request(self) -> dict[str, Any]:
        """`schema` and `example` of the body. Empty for operations without one."""
        found: dict[str, Any] = self.described.get("requestBody", {}).get("content", {}).get("application/json", {})
        return found

    @property
    def status(self) -> int:
        return int(min(self.described["responses"]))

    @property
    def response(self) -> dict[str, Any]:
        """`schema` and `example` of the successful response. Empty for operations without a body."""
        contents = list(self.described["responses"][str(self.status)].get("content", {}).values())
        found: dict[str, Any] = contents[0] if contents else {}
        return found


FORESEEN = {one.name: f"#/components/schemas/{one.foreseen().__name__}" for one in app.app.contracts if one.foreseen}
"""The schema of the answer to a dry run, by the id of its operation."""
OPERATIONS = {
    described["operationId"]: Operation(method.upper(), path, described)
    for path, item in DOCUMENT["paths"].items()
    for method, described in item.items()
}


def ask(id_: str, **headers: str) -> Answer:
    return send(id_, SCENES[id_](InProcess(START)), **headers)


def foresee(id_: str) -> Answer:
    """The dry run of the example."""
    return send(id_, SCENES[id_](InProcess(START)), "?dry_run=true")


def send(id_: str, asked: Asked, query: str = "", **headers: str) -> Answer:
    operation = OPERATIONS[id_]
    path = operation.path.format(**{"tenant": asked.at.id, **asked.names}) + query
    body = operation.request.get("example")
    if asked.who == OPERATOR:
        return asked.at.world.operate(operation.method, path.removeprefix("/v1/ops"), body)
    return asked.at.world.call(operation.method, path, body, auth=asked.auth(), headers=headers)


def closed(schema: Any) -> Any:
    """The schema, and all inside it, without members that it does not describe. Clients accept such members."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    described = isinstance(schema.get("properties"), dict) and schema.get("type") == "object"
    inside = {name: closed(one) for name, one in schema.items()}
    return {"additionalProperties": False, **inside} if described else inside


def foreseen_examples(id_: str) -> list[Any]:
    found: list[Any] = DOCUMENT["components"]["schemas"][FORESEEN[id_].rpartition("/")[2]].get("examples", [])
    return found


COMPONENTS = closed(DOCUMENT["components"])


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """Values that the schema does not accept, and members that it does not describe."""
    validator = Draft202012Validator({**schema, "components": COMPONENTS})
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]
