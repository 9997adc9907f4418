"""API Gateway's own responses are problem documents like the service's."""

from __future__ import annotations

import json

import pytest

from chalicelib.web.problems import PROBLEM_TYPES
from infra.gateway import gateway_responses


@pytest.mark.parametrize("response_type", sorted(gateway_responses.PROBLEMS))
def test_a_gateway_response_is_a_problem_that_a_browser_may_read(response_type: str) -> None:
    found = gateway_responses.gateway_response(response_type)
    body = json.loads(found["ResponseTemplates"]["application/json"])
    headers = found["ResponseParameters"]["Headers"]

    assert body["type"].removeprefix("/v1/problems/") in PROBLEM_TYPES
    assert body["status"] == found["StatusCode"]
    assert headers["Access-Control-Allow-Origin"] == "'*'"
    assert headers["Content-Type"] == "'application/problem+json'"


def test_a_refused_token_is_401_and_a_path_without_a_route_404() -> None:
    found = gateway_responses.gateway_responses()

    assert found["ACCESS_DENIED"]["StatusCode"] == 401
    assert "WWW-Authenticate" in found["ACCESS_DENIED"]["ResponseParameters"]["Headers"]
    assert found["MISSING_AUTHENTICATION_TOKEN"]["StatusCode"] == 404
    assert found["THROTTLED"]["ResponseParameters"]["Headers"]["Retry-After"] == "'2'"
