"""Routes match as API Gateway matches them."""

from __future__ import annotations

import pytest

import app
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import DESK, in_gateway, is_below_desk, match, page_below_desk
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.openapi.examples.scenes import START

ROUTES = ["/", "/v1/t/{tenant}/complaints", "/v1/t/{tenant}/{rest+}", "/v1/t/acme/complaints", "/v1/{any}"]


def test_a_name_wins_over_a_variable() -> None:
    assert match(ROUTES, "/v1/t/acme/complaints") == ("/v1/t/acme/complaints", {})


def test_a_variable_wins_over_the_rest() -> None:
    assert match(ROUTES, "/v1/t/other/complaints") == ("/v1/t/{tenant}/complaints", {"tenant": "other"})


def test_the_rest_takes_several_parts() -> None:
    assert match(ROUTES, "/v1/t/acme/a/b/c") == ("/v1/t/{tenant}/{rest+}", {"tenant": "acme", "rest": "a/b/c"})


def test_parameters_stay_encoded() -> None:
    assert match(ROUTES, "/v1/%E6%B8%A9%2Fx") == ("/v1/{any}", {"any": "%E6%B8%A9%2Fx"})


def test_a_trailing_slash_does_not_count() -> None:
    assert match(ROUTES, "/v1/x/") == ("/v1/{any}", {"any": "x"})


def test_the_root_is_a_route() -> None:
    assert match(ROUTES, "/") == ("/", {})


def test_an_empty_part_is_no_value() -> None:
    assert match(ROUTES, "/v1//complaints") is None


def test_an_unknown_path_matches_nothing() -> None:
    assert match(ROUTES, "/v2") is None


def below_desk() -> list[Contract]:
    return [one for one in app.app.all_contracts if is_below_desk(one.path)]


@pytest.mark.parametrize("path", sorted({one.path for one in below_desk()}))
def test_a_page_below_a_desk_is_found_by_its_path(path: str) -> None:
    """API Gateway has one path for all of them."""
    asked = path.replace("{", "%7B").replace("}", "%2Fx")
    in_api_gateway = match(in_gateway(app.app.routes), asked)
    assert in_api_gateway is not None
    assert in_api_gateway.route == DESK

    found = page_below_desk(app.app.routes, in_api_gateway.parameters)

    assert found is not None
    assert found.route == path
    assert found.parameters == {name: f"%7B{name}%2Fx" for name in found.parameters}


@pytest.mark.parametrize(
    ("page", "method", "status"), [("my-work", "GET", 303), ("no-such-page", "GET", 404), ("my-work", "DELETE", 405)]
)
def test_the_app_answers_what_the_one_path_passes_on(page: str, method: str, status: int) -> None:
    world = InProcess(START)
    office = sign_up(world, "platform")
    answer = app.build(lambda: world.fakes.wiring)(
        {
            "path": f"/t/{office.id}/desk/{page}",
            "headers": {"accept": "text/html"},
            "multiValueQueryStringParameters": None,
            "body": None,
            "isBase64Encoded": False,
            "stageVariables": None,
            "pathParameters": {"tenant": office.id, "page": page},
            "requestContext": {"httpMethod": method, "resourcePath": DESK},
        },
        None,
    )
    assert answer["statusCode"] == status
