"""The routes of API Gateway, as Chalice generates them and `infra/package/__main__.py` completes them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from chalice.deploy.models import RestAPI
from chalice.deploy.swagger import CFNSwaggerGenerator

from app import app
from chalicelib.web.gateway_event import DESK, UNKNOWN, in_gateway, is_below_desk
from infra.gateway.wrong_methods import ANY, forward_wrong_methods, join_desk_pages
from tests.helpers.nonempty import nonempty
from tests.infra import gateway_routes

Paths = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def generated() -> Paths:
    app.load_routes()
    paths: Paths = CFNSwaggerGenerator().generate_swagger(app, RestAPI)["paths"]  # type: ignore[arg-type]
    return paths


@pytest.fixture(scope="module")
def completed(generated: Paths) -> Paths:
    paths = deepcopy(generated)
    join_desk_pages(paths)
    forward_wrong_methods(paths)
    return paths


def test_every_path_routes_every_method_to_the_app(completed: Paths) -> None:
    assert set(completed) == {*in_gateway(contract.path for contract in app.all_contracts), UNKNOWN}
    assert gateway_routes.unrouted(completed) == []


def test_a_path_without_the_fallback_is_found(generated: Paths) -> None:
    paths = deepcopy(generated)
    forward_wrong_methods(paths)
    paths["/v1/health"]["delete"] = {"x-amazon-apigateway-integration": {"type": "mock"}}
    assert gateway_routes.unrouted(paths) == [("/v1/health", "DELETE")]


def test_wrong_methods_need_no_token_and_no_signature(completed: Paths) -> None:
    assert set(gateway_routes.securities(completed, ANY).values()) == {None}


def test_the_fallback_leaves_declared_methods_and_preflights_unchanged(generated: Paths, completed: Paths) -> None:
    declared = {path: entries for path, entries in generated.items() if not is_below_desk(path)}
    rest = {path: {name: each for name, each in completed[path].items() if name != ANY} for path in declared}
    assert rest == declared
    for_programs = {contract.path for contract in app.contracts}
    assert all("options" in generated[path] for path in nonempty(for_programs))


def test_declared_methods_keep_their_authorizers(completed: Paths) -> None:
    for contract in nonempty([one for one in app.all_contracts if not is_below_desk(one.path)]):
        name = "authorize" if contract.people_only else "sigv4" if contract.operators_only else None
        security = completed[contract.path][contract.method.lower()].get("security")
        assert security == ([{name: []}] if name else None), contract.name


def test_head_has_the_authorizer_of_get(completed: Paths) -> None:
    assert gateway_routes.securities(completed, "head") == gateway_routes.securities(completed, "get") != {}


def test_an_unknown_path_reaches_the_app_with_any_method(completed: Paths) -> None:
    [method] = completed[UNKNOWN]
    assert method == ANY
    assert gateway_routes.call_of(completed[UNKNOWN]) == gateway_routes.call_of(completed["/v1/health"])
    assert [(each["name"], each["in"]) for each in completed[UNKNOWN][ANY]["parameters"]] == [("unknown", "path")]


def test_all_pages_below_a_desk_have_one_path(completed: Paths) -> None:
    assert list(completed[DESK]) == [ANY]
    assert gateway_routes.call_of(completed[DESK]) == gateway_routes.call_of(completed["/v1/health"])
    assert [each["name"] for each in completed[DESK][ANY]["parameters"]] == ["tenant", "page"]


def test_no_page_below_a_desk_has_an_authorizer_of_the_gateway() -> None:
    """The path of all of them has none."""
    assert not [one.name for one in app.all_contracts if is_below_desk(one.path) and app._authorizer_of(one)]


def test_path_parameters_are_declared_for_the_fallback_too(completed: Paths) -> None:
    names = {each["name"] for each in completed["/v1/t/{tenant}/complaints/{number}"][ANY]["parameters"]}
    assert names == {"tenant", "number"}


def test_the_resources_are_within_the_quota(completed: Paths) -> None:
    assert len(gateway_routes.resources(completed)) < gateway_routes.MOST_RESOURCES
