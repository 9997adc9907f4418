"""Requests generated from the OpenAPI document, sent to the local stack: no 5xx and no undocumented response.

Schemathesis generates valid and invalid requests for every operation. By day it makes three of each for every eighth
case, at night eight for all. Every operation gets a well-formed request by day too.
"""

from __future__ import annotations

import uuid
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.clauses.local_stack import LocalStack
from tests.helpers.searches import TIMES, at_night_unless, searched
from tests.kernel.web.well_formed import NOT_AT_ONCE, Target, body_of, request_to, target_in

DOCUMENT = schemathesis.openapi.from_path(Path(__file__).parents[4] / "docs" / "openapi.json")
RESULTS: Any = DOCUMENT.get_all_operations()
OPERATIONS = {operation.label: operation for operation in (each.ok() for each in RESULTS)}
BREAKABLE = [label for label, each in OPERATIONS.items() if each.body or "{tenant}" in each.path]
"""The other operations get valid requests only: they have no tenant, no body, no query, and accept any name."""
MODES = [(label, GenerationMode.POSITIVE) for label in OPERATIONS] + [
    (label, GenerationMode.NEGATIVE) for label in BREAKABLE
]
ONE_IN = 8
CASES = [
    pytest.param(label, mode, marks=at_night_unless(place % ONE_IN == 0), id=f"{mode.value}-{label}")
    for place, (label, mode) in enumerate(MODES)
]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALLERS = st.sampled_from(("owner", "owner", "owner", "agent", "complainant", "nobody"))
"""Mostly one who is not refused at once."""
MOSTLY = st.sampled_from((True, True, True, False))
LONGEST_QUERY = 8_000
"""API Gateway takes at most 10,240 bytes of request line and headers, and refuses more itself:
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""
SETTINGS = settings(
    database=None,
    deadline=None,
    max_examples=3 if TIMES == 1 else 8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def target(stack: LocalStack) -> Target:
    return target_in(stack)


@st.composite
def requests_to(draw: st.DrawFn, operation: Any, mode: GenerationMode, target: Target) -> Any:
    """Mostly with ids of existing items, and every second time with a body that succeeds for a permitted caller.

    What is given is not generated as well, which would take longer than the request.
    """
    given: dict[str, Any] = {}
    if draw(MOSTLY):
        given["path_parameters"] = target.params(operation.path)
    body = body_of(target, operation.definition.raw["operationId"])
    if body is not None and draw(st.booleans()):
        given |= {"body": body, "media_type": "application/json"}
    return draw(operation.as_strategy(mode, **given))


@searched
@pytest.mark.parametrize(("label", "mode"), CASES)
def test_answers_are_documented(label: str, mode: GenerationMode, stack: LocalStack, target: Target) -> None:
    operation = OPERATIONS[label]

    @seed(zlib.crc32(f"{mode.value} {label}".encode()))  # otherwise similar operations get the same values
    @SETTINGS
    @given(requests_to(operation, mode, target), CALLERS)
    def every(case: Any, who: str) -> None:
        assume(len(urlencode(case.query or {}, doseq=True)) <= LONGEST_QUERY)
        answer = case.call_and_validate(base_url=stack.url, headers=target.authorization(who), checks=CHECKS)
        if operation.definition.raw["operationId"] == "reissue_receipt" and answer.status_code < 300:
            # the previous receipt is now wrong, and wrong receipts lock the address
            number, receipt = case.path_parameters["number"], answer.json()["receipt"]
            target.organisation.filed[number] = replace(target.organisation.filed[number], receipt=receipt)

    every()


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_well_formed_request_succeeds_as_documented(label: str, stack: LocalStack, target: Target) -> None:
    operation = OPERATIONS[label]
    request = request_to(target, operation.definition.raw["operationId"], operation.path)
    assert request.body is not None or not operation.body, "well_formed.BODIES has no body for this operation"
    body = {} if request.body is None else {"body": request.body, "media_type": "application/json"}
    case = operation.Case(path_parameters=dict(request.params), **body)
    headers = {**target.authorization(request.who), "Idempotency-Key": str(uuid.uuid4())}
    answer = case.call_and_validate(base_url=stack.url, headers=headers, checks=CHECKS)
    refused = NOT_AT_ONCE.get(operation.definition.raw["operationId"])
    assert answer.status_code in ((200, 201, 202, 204) if refused is None else (refused,)), answer.text
