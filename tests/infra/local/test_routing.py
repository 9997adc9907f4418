"""Routes match as API Gateway matches them."""

from __future__ import annotations

from infra.local.gateway.routing import match

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
