"""Problems: one table, a page for each kind, and a problem document for every error."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from chalice.config import Config
from chalice.local import LocalGateway

from chalicelib.access.binding import Unbound
from chalicelib.features.service import routes as meta
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.store.port import CommitConflict, Unavailable
from chalicelib.web.call import Call, Reply
from chalicelib.web.gateway_event import UNKNOWN
from chalicelib.web.openapi import problem_pages
from chalicelib.web.problems import PROBLEM_TYPES
from infra.checks import trees
from tests.kernel.web.client import Frame

ROOT = Path(__file__).parents[4]


def raising(frame: Frame, error: Exception, *problems: str) -> Frame:
    @frame.api.route("/v1/fails", method="GET", summary="Fails", allow=["public"], problems=problems)
    def fails(_: Call) -> Reply:
        raise error

    return frame


def kinds_in_source() -> Iterator[str]:
    """The first argument of each `Problem(…)` in the program, if it is a literal."""
    for path in trees.files("chalicelib"):
        for node in trees.nodes(path):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
            if named and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_kind_that_the_program_raises_is_in_the_table() -> None:
    assert set(kinds_in_source()) - PROBLEM_TYPES.keys() == set()


def test_the_committed_problem_pages_match_the_table() -> None:
    committed = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")

    assert committed == problem_pages.markdown_page(), (
        "run: python -m chalicelib.web.openapi.problem_pages docs/problems.md"
    )


@pytest.mark.parametrize("kind", sorted(PROBLEM_TYPES))
def test_every_kind_has_a_page_and_a_section(frame: Frame, kind: str) -> None:
    meta.register(frame.api)

    answer = frame.send("GET", f"/v1/problems/{kind}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert PROBLEM_TYPES[kind].title.zh in answer.body.decode()
    assert f"\n## {kind}\n" in problem_pages.markdown_page()


def test_there_is_no_page_for_an_unknown_kind(frame: Frame) -> None:
    meta.register(frame.api)

    assert frame.send("GET", "/v1/problems/no-such").status_code == 404


def test_a_problem_document_has_kind_places_and_extra_members(frame: Frame) -> None:
    problem = Problem(
        "act-not-open", "Closed.", places=[Place("/fields/x", "Not now.")], extra={"acts": ["link"], "status": 1}
    )

    answer = raising(frame, problem, "act-not-open").send("GET", "/v1/fails", X_Correlation_Id="corr-0001")

    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json_body == {
        "type": "/v1/problems/act-not-open",
        "title": "This act is not open now",
        "status": 409,
        "detail": "Closed.",
        "errors": [{"pointer": "/fields/x", "detail": "Not now."}],
        "acts": ["link"],
        "correlation_id": "corr-0001",
    }


@pytest.mark.parametrize("error", [Unavailable("throttled"), CommitConflict([0])])
def test_a_store_that_does_not_answer_is_unavailable_with_a_time_to_retry(frame: Frame, error: Exception) -> None:
    answer = raising(frame, error).send("GET", "/v1/fails")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_problem_may_name_its_own_time_to_retry(frame: Frame) -> None:
    answer = raising(frame, Problem("too-many-requests", "Slowly.", extra={"retry_after": 30})).send("GET", "/v1/fails")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")


def test_an_invalid_policy_is_refused_with_each_place(frame: Frame) -> None:
    fault = PolicyFault([Fault(("clocks", 0, "a/b"), "never-starts")])

    answer = raising(frame, fault, "policy-invalid").send("GET", "/v1/fails")

    assert answer.status_code == 422
    assert answer.json_body["errors"] == [{"pointer": "/clocks/0/a~1b", "detail": "no event starts this clock"}]


@pytest.mark.parametrize("error", [KeyError("13800000000"), Unbound("T#acme"), Problem("no-such-kind", "13800000000")])
def test_an_internal_error_does_not_show_its_cause(frame: Frame, error: Exception) -> None:
    answer = raising(frame, error).send("GET", "/v1/fails")

    assert (answer.status_code, answer.json_body["type"]) == (500, "/v1/problems/internal")
    assert "13800000000" not in answer.body.decode()
    assert "acme" not in answer.body.decode()


def test_a_reply_that_is_not_json_is_an_internal_error(frame: Frame) -> None:
    @frame.api.route("/v1/odd", method="GET", summary="Odd", allow=["public"])
    def odd(_: Call) -> Reply:
        return Reply(object())

    assert frame.send("GET", "/v1/odd").status_code == 500


def test_an_undeclared_problem_fails_the_test(frame: Frame) -> None:
    raising(frame, Problem("tenant-taken", "Taken."))

    with pytest.raises(AssertionError, match=r"GET /v1/fails answered 'tenant-taken'"):
        frame.send("GET", "/v1/fails")


def test_an_undeclared_problem_is_still_sent_when_deployed(frame: Frame) -> None:
    heard: list[tuple[str, str]] = []
    frame.api.on_undeclared = lambda route, kind: heard.append((route, kind))

    assert raising(frame, Problem("tenant-taken", "Taken.")).send("GET", "/v1/fails").status_code == 409
    assert heard == [("GET /v1/fails", "tenant-taken")]


def test_a_wiring_that_cannot_be_created_is_an_internal_error(frame: Frame) -> None:
    def broken() -> None:
        raise RuntimeError("no table name")

    frame.api.get_wiring = broken  # type: ignore[assignment]

    assert raising(frame, Problem("invalid", "Never reached.")).send("GET", "/v1/fails").status_code == 500


def event(method: str, template: str | None) -> dict[str, object]:
    return {
        "requestContext": {"httpMethod": method, "resourcePath": template},
        "headers": None,
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
    }


def test_an_undeclared_method_is_named_with_the_allowed_ones(frame: Frame) -> None:
    meta.register(frame.api)

    answer = frame.api(event("PATCH", "/v1/health"), None)

    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "/v1/problems/method-not-allowed" in answer["body"]


@pytest.mark.parametrize("template", ["/v1/nowhere", UNKNOWN, None])
def test_a_path_without_a_route_is_not_found(frame: Frame, template: str | None) -> None:
    answer = frame.api(event("GET", template), None)

    assert answer["statusCode"] == 404
    assert "/v1/problems/not-found" in answer["body"]


@pytest.mark.parametrize(
    ("method", "template", "status"),
    [("GET", "/v1/health", 200), ("GET", "/v1/fails", 409), ("PUT", "/v1/health", 405), ("GET", "/v1/nowhere", 404)],
)
def test_every_answer_may_be_read_by_a_browser_of_any_origin(
    frame: Frame, method: str, template: str, status: int
) -> None:
    meta.register(frame.api)
    raising(frame, Problem("conflict", "No."), "conflict")

    answer = frame.api(event(method, template), None)

    assert answer["statusCode"] == status
    assert answer["headers"]["Access-Control-Allow-Origin"] == "*"
    assert "X-Correlation-Id" in answer["headers"]["Access-Control-Expose-Headers"]


def test_a_preflight_request_is_answered(frame: Frame) -> None:
    meta.register(frame.api)

    answer = LocalGateway(frame.api, Config()).handle_request("OPTIONS", "/v1/health", {}, None)

    assert answer["statusCode"] == 200
    assert "Idempotency-Key" in answer["headers"]["Access-Control-Allow-Headers"]
