"""Security headers of responses, and the origins whose pages may read them (CORS)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.tenants.directory import CACHE_MILLISECONDS
from chalicelib.web.call import Call, Reply
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.client import Frame

SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
}
HOME, OTHER = "https://shop.example", "https://www.shop.example"
ALLOW = "Access-Control-Allow-Origin"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/health", 200),
        ("GET", "/v1/presets/platform", 200),
        ("GET", "/v1/problems/invalid", 200),
        ("GET", "/v1/t/nobody/policy", 401),
        ("POST", "/v1/t/nobody/complaints", 404),
        ("GET", "/v1/presets/none", 404),
        ("POST", "/v1/tenants", 422),
        ("DELETE", "/v1/health", 405),
        ("GET", "/v2", 404),
    ],
)
def test_every_answer_is_safe_in_a_browser(method: str, path: str, status: int) -> None:
    body = {} if method == "POST" else None
    answer = InProcess("2026-11-27T09:00:00+08:00").call(method, path, body)
    assert answer.status == status
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE


@pytest.fixture
def things(frame: Frame) -> Frame:
    """`paused` has configured the origins HOME and OTHER, `acme` none."""

    @frame.api.route("/v1/t/{tenant}/things", method="GET", summary="Things", allow=["public", "person"])
    def get_things(_: Call) -> Reply:
        return Reply({})

    return frame


@pytest.mark.parametrize("origin", [HOME, "https://evil.example", None])
def test_without_configured_origins_any_origin_may_read(things: Frame, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = things.send("GET", "/v1/t/acme/things", **headers)
    assert answer.headers[ALLOW] == "*"


@pytest.mark.parametrize("origin", [HOME, OTHER])
def test_a_configured_origin_may_read(things: Frame, origin: str) -> None:
    answer = things.send("GET", "/v1/t/paused/things", Origin=origin)
    assert (answer.headers[ALLOW], answer.headers["Vary"]) == (origin, "Origin")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", HOME + ".evil.example", HOME.upper(), None])
def test_another_origin_may_not_read(things: Frame, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = things.send("GET", "/v1/t/paused/things", **headers)
    assert (answer.headers[ALLOW], answer.headers["Vary"]) == (HOME, "Origin")


def test_another_origin_may_not_read_problems_either(things: Frame) -> None:
    answer = things.send("GET", "/v1/t/paused/things", Origin="https://evil.example", Authorization="Bearer x")
    assert (answer.status_code, answer.headers[ALLOW]) == (401, HOME)


@pytest.mark.parametrize("spelling", ["%70aused", "pause%64", "%70%61%75%73%65%64"])
def test_the_origins_hold_for_each_spelling_of_the_path(things: Frame, spelling: str) -> None:
    answer = things.send("GET", f"/v1/t/{spelling}/things", Origin="https://evil.example")
    assert (answer.status_code, answer.headers[ALLOW]) == (200, HOME)


def test_a_path_that_is_no_text_is_answered_with_a_problem(things: Frame) -> None:
    answer = things.send("GET", "/v1/t/%ff/things", Origin="https://evil.example")
    assert answer.status_code == 404


def test_no_response_allows_credentials_in_cookies(things: Frame) -> None:
    for tenant in ("acme", "paused"):
        answer = things.send("GET", f"/v1/t/{tenant}/things", Origin=HOME)
        assert "Access-Control-Allow-Credentials" not in answer.headers


# ---- configuring origins ------------------------------------------------------------------------------------------


def put(company: Organisation, body: Any, who: str = "owner") -> Answer:
    return company.world.call("PUT", f"{company.path}/origins", body, auth=company.auth(who))


def allowed(company: Organisation, origin: str) -> str | None:
    headers = {"Origin": origin}
    return company.world.call("GET", company.path, auth=company.auth("owner"), headers=headers).headers.get(ALLOW)


def test_an_owner_configures_origins_which_apply_within_a_minute(company: Organisation) -> None:
    assert put(company, {"origins": [OTHER, HOME, HOME]}).json == {"origins": [HOME, OTHER]}
    company.world.fakes.real_clock.advance(CACHE_MILLISECONDS)  # type: ignore[attr-defined]
    assert company.get("", "owner")["origins"] == [HOME, OTHER]
    assert allowed(company, OTHER) == OTHER
    assert allowed(company, "https://evil.example") == HOME


def test_the_hourly_job_is_still_due_afterwards(company: Organisation) -> None:
    def due() -> list[Any]:
        entries = company.world.fakes.store.everything()  # type: ignore[attr-defined]
        return [entry.due for entry in entries if entry.key.pk == f"DIR#{company.id}"]

    before = due()
    put(company, {"origins": [HOME]})
    assert due() == before != [None]


def test_the_change_is_recorded_once(company: Organisation) -> None:
    for _ in range(2):
        put(company, {"origins": [HOME]})
    entries = company.world.fakes.store.everything()  # type: ignore[attr-defined]
    assert sum('"origins_set"' in entry.body for entry in entries) == 1


def test_only_owners_configure_origins(company: Organisation) -> None:
    assert put(company, {"origins": [HOME]}, "agent").problem == "forbidden"


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "shop.example",
        HOME + "/",
        HOME + "/page",
        "http://shop.example",
        "https://",
        "HTTPS://SHOP.EXAMPLE",
        "https://a b",
        "https://shop..example",
        "https://user@shop.example",
    ],
)
def test_an_invalid_origin_is_refused_at_its_place(company: Organisation, origin: str) -> None:
    answer = put(company, {"origins": [HOME, origin]})
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, ["/origins/1"])


@pytest.mark.parametrize("origin", ["https://shop.example:8443", "http://localhost:3000", "http://127.0.0.1:5173"])
def test_ports_and_the_developers_own_machine_are_origins(company: Organisation, origin: str) -> None:
    assert put(company, {"origins": [origin]}).status == 200


def test_a_line_end_never_reaches_a_header(company: Organisation) -> None:
    assert put(company, {"origins": [HOME + "\n"]}).json == {"origins": [HOME]}
