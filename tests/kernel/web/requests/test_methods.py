"""`HEAD` works wherever `GET` does, and a wrong method of a known path is 405 with `Allow`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from app import app
from chalicelib.web.contract import Contract
from infra.gateway.wrong_methods import FORWARDED
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty
from tests.kernel.web.untouched import in_process, refused, untouched

CONTRACTS = app.contracts
GETS = [contract for contract in CONTRACTS if contract.method == "GET"]


def allowed() -> dict[str, set[str]]:
    """By path, the methods that `Allow` must list."""
    found: dict[str, set[str]] = defaultdict(lambda: {"OPTIONS"})
    for contract in CONTRACTS:
        found[contract.path] |= {contract.method} | ({"HEAD"} if contract.method == "GET" else set())
    return found


ALLOWED = allowed()
WRONG = {path: sorted(FORWARDED - methods) for path, methods in ALLOWED.items()}


def filled(path: str, **params: str) -> str:
    """The path with `params`, and 1 for each other parameter."""
    return path.format_map(defaultdict(lambda: "1", params))


def test_every_path_supports_options_and_no_path_every_method() -> None:
    assert all(nonempty(WRONG.values()))
    assert {method for methods in WRONG.values() for method in methods} == FORWARDED - {"OPTIONS"}


@pytest.mark.parametrize("path", WRONG)
def test_a_wrong_method_is_405_with_the_allowed_ones_and_reads_nothing(path: str) -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")

    for method in WRONG[path]:
        answer = world.call(method, filled(path))
        refused(answer, 405, "method-not-allowed")
        assert answer.headers["Allow"] == ", ".join(sorted(ALLOWED[path]))
        assert answer.json["allow"] == sorted(ALLOWED[path])
    assert world.fakes.store.calls == []


@pytest.mark.parametrize("who", ["owner", "agent"])
def test_a_good_token_makes_no_difference_to_a_wrong_method(company: Organisation, who: str) -> None:
    with untouched(company):
        answer = company.world.call("DELETE", f"{company.path}/tasks", auth=company.auth(who))

    refused(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


# ---- HEAD -----------------------------------------------------------------------------------------------------------


def asked(company: Organisation, method: str, path: str, who: str | None, number: str = "") -> Answer:
    headers = {"X-Correlation-Id": "the-same-for-both"}
    auth = None if who is None else company.auth(who, number)
    return company.world.call(method, path, auth=auth, headers=headers)


@pytest.mark.parametrize("who", ["owner", "complainant", None])
@pytest.mark.parametrize("contract", GETS, ids=lambda one: one.name)
def test_head_answers_as_get(company: Organisation, contract: Contract, who: str | None) -> None:
    number = company.file()
    path = filled(contract.path, tenant=company.id, number=number, preset="platform", kind="invalid")

    get, head = (asked(company, method, path, who, number) for method in ("GET", "HEAD"))

    assert (head.status, head.headers) == (get.status, get.headers)


def test_each_kind_of_get_succeeds_with_head(company: Organisation) -> None:
    number = company.file()
    complaint = f"{company.path}/complaints/{number}"
    succeed = {
        "/v1/health": None,
        "/v1/problems/invalid": None,
        complaint: "complainant",
        f"{complaint}/record": "agent",
        f"{company.path}/tasks": "agent",
        f"{company.path}/policy": "owner",
    }
    answers = {path: asked(company, "HEAD", path, who, number) for path, who in succeed.items()}

    assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(succeed, 200)
    assert answers["/v1/problems/invalid"].headers["Content-Type"] == "text/html; charset=utf-8"
    assert answers[complaint].headers["ETag"] == asked(company, "GET", complaint, "agent").headers["ETag"]


def test_a_cursor_of_get_is_valid_for_head(company: Organisation) -> None:
    for _ in range(2):
        company.file()
    first = company.get("/complaints?limit=1", "agent")

    answer = asked(company, "HEAD", f"{company.path}/complaints?limit=1&cursor={first['cursor']}", "agent")

    assert answer.status == 200


def test_head_is_refused_like_get(company: Organisation) -> None:
    refused(asked(company, "HEAD", f"{company.path}/tasks", None), 401, "unauthenticated")
    refused(asked(company, "HEAD", "/v1/ops/parked", "owner"), 401, "unauthenticated")
    refused(asked(company, "HEAD", "/v1/nowhere", None), 404, "not-found")


def test_head_writes_nothing(company: Organisation) -> None:
    number = company.file()
    in_process(company).settle()

    with untouched(company):
        assert asked(company, "HEAD", f"{company.path}/complaints/{number}", "complainant", number).status == 200


# ---- over HTTP ------------------------------------------------------------------------------------------------------


def over_http(stack: LocalStack, method: str, path: str, **headers: str) -> Answer:
    return stack.call(method, path, headers={"X-Correlation-Id": "the-same-for-both"} | headers)


@pytest.mark.parametrize("path", ["/v1/health", "/v1/problems/invalid", "/v1/openapi.json", "/v1/presets/none"])
def test_over_http_head_has_the_headers_of_get_and_no_body(stack: LocalStack, path: str) -> None:
    get, head = (over_http(stack, method, path) for method in ("GET", "HEAD"))

    assert (head.status, head.text) == (get.status, "")
    assert without_date(head) == without_date(get)
    assert int(head.headers["Content-Length"]) == len(get.text.encode()) > 0


def without_date(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in answer.headers.items() if name != "Date"}


def test_over_http_head_needs_the_credentials_of_get(stack: LocalStack) -> None:
    assert over_http(stack, "HEAD", "/v1/t/demo-platform/tasks").status == 401
    assert over_http(stack, "HEAD", "/v1/t/demo-platform/tasks", Authorization="Bearer bad").status == 401
    assert over_http(stack, "HEAD", "/v1/ops/parked").status == 404


@pytest.mark.parametrize("authorization", [{}, {"Authorization": "Bearer bad"}])
@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/v1/t/demo-platform/complaints", "GET, HEAD, OPTIONS, POST"),
        ("GET", "/v1/t/demo-platform/origins", "OPTIONS, PUT"),
        ("HEAD", "/v1/tenants", "OPTIONS, POST"),
        ("PATCH", "/v1/ops/parked", "GET, HEAD, OPTIONS"),
    ],
)
def test_over_http_a_wrong_method_is_405_with_or_without_a_token(
    stack: LocalStack, method: str, path: str, allow: str, authorization: dict[str, str]
) -> None:
    answer = over_http(stack, method, path, **authorization)

    assert (answer.status, answer.headers["Allow"]) == (405, allow)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_over_http_a_preflight_lists_the_same_methods(stack: LocalStack) -> None:
    answers = {path: over_http(stack, "OPTIONS", filled(path), Origin="https://shop.example") for path in ALLOWED}

    assert {answer.status for answer in answers.values()} == {200}
    assert {
        path: set(one.headers["Access-Control-Allow-Methods"].split(",")) for path, one in answers.items()
    } == ALLOWED
