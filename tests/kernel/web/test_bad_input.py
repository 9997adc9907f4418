"""Invalid requests to every writing route: the right status and place, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process, refused, untouched

WRITES = [
    "/complaints",
    "/complaints/{number}/acts/accept",
    "/complaints/{number}/evidence",
    "/people",
    "/units",
    "/policy/publish",
    "/policy/check",
]
BAD_JSON = {
    "no JSON": (b"{", ""),
    "empty": (b"", ""),
    "two values": (b"{} {}", ""),
    "a member twice": (b'{"channel": "phone", "channel": "letter"}', "/channel"),
    "half a surrogate pair": (b'{"channel": "\\ud800"}', "/channel"),
    "not UTF-8": (b'{"channel": "\xff\xfe"}', "/channel"),
    "NaN": (b'{"channel": NaN}', "/channel"),
    "too deep": (b'{"facts": ' + b"[" * 5000 + b"]" * 5000 + b"}", "/facts" + "/0" * 63),
    "deeper than a parser goes": (b"[" * 200_000, "/0" * 64),
}


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def post(company: Organisation, path: str, body: Any, number: str = "", headers: dict[str, str] | None = None) -> Any:
    who = "agent" if "{number}" in path else "owner"
    path = company.path + path.replace("{number}", number)
    return company.world.call("POST", path, body, auth=company.auth(who), headers=headers)


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("kind", BAD_JSON)
def test_invalid_json_is_400(company: Organisation, number: str, path: str, kind: str) -> None:
    raw, pointer = BAD_JSON[kind]
    with untouched(company):
        answer = post(company, path, raw, number)

    refused(answer, 400, "malformed-json", pointer)


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/json; charset=gbk", ""])
def test_another_media_type_is_415(company: Organisation, number: str, path: str, media_type: str) -> None:
    with untouched(company):
        answer = post(company, path, {"fields": {}}, number, {"Content-Type": media_type})

    refused(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize("path", WRITES)
def test_two_megabytes_are_413(company: Organisation, number: str, path: str) -> None:
    with untouched(company):
        answer = post(company, path, {"facts": {"content": "长" * 700_000}}, number)

    refused(answer, 413, "payload-too-large")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("body", [[], "text", 7, None, True])
def test_a_body_that_is_no_object_is_422(company: Organisation, number: str, path: str, body: Any) -> None:
    with untouched(company):
        answer = post(company, path, b"null" if body is None else body, number)

    refused(answer, 422, "invalid", "")


@pytest.mark.parametrize("path", WRITES)
def test_an_unknown_member_is_named(company: Organisation, number: str, path: str) -> None:
    with untouched(company):
        answer = post(company, path, {"nonsense/~x": 1}, number)

    assert (answer.status, answer.problem) == (422, "invalid")
    assert "/nonsense~1~0x" in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("tenant", ["nobody", "NOBODY", "..", "%2e%2e", "a%2Fb", "机构", "a"])
def test_an_unknown_tenant_is_404(company: Organisation, tenant: str) -> None:
    body = company.example()

    with untouched(company):
        answer = company.world.call("POST", f"/v1/t/{tenant}/complaints", body)

    refused(answer, 404, "tenant-unknown")


@pytest.mark.parametrize("tenant", ["x" * 300, "%00", "%0a"])
def test_an_impossible_id_in_the_path_is_404(company: Organisation, tenant: str) -> None:
    with untouched(company):
        answer = company.world.call("POST", f"/v1/t/{tenant}/complaints", company.example())

    refused(answer, 404, "not-found")


@pytest.mark.parametrize("path", ["/nowhere", "/v1", "/v1/t", "/v1/t/x/complaints/1/deeds"])
def test_an_unknown_path_is_404(company: Organisation, path: str) -> None:
    refused(company.world.call("GET", path), 404, "not-found")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_an_undeclared_method_is_405(company: Organisation, method: str) -> None:
    with untouched(company):
        answer = company.world.call(method, f"{company.path}/complaints", {})

    refused(answer, 405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/complaints", "/people", "/policy", "/messages"])
def test_staff_routes_without_credentials_are_401(company: Organisation, path: str) -> None:
    refused(company.world.call("GET", company.path + path), 401, "unauthenticated")


def test_an_expired_token_is_401(company: Organisation, number: str) -> None:
    identity = in_process(company).fakes.identity
    person = identity.people[company.emails["agent"]]
    expired = identity.token(
        company.emails["agent"], person.password, exp=in_process(company).fakes.real_clock() // 1000 - 61
    )

    with untouched(company):
        for path in ("/complaints", f"/complaints/{number}"):
            answer = company.world.call("GET", company.path + path, auth=f"Bearer {expired}")
            refused(answer, 401, "unauthenticated")
        act = company.world.call(
            "POST", f"{company.path}/complaints/{number}/acts/accept", {"fields": {}}, auth=f"Bearer {expired}"
        )
        refused(act, 401, "unauthenticated")


@pytest.mark.parametrize("claims", [{"aud": "another"}, {"iss": "https://evil.example"}, {"token_use": "access"}])
def test_a_token_for_another_service_is_401(company: Organisation, number: str, claims: dict[str, Any]) -> None:
    identity = in_process(company).fakes.identity
    person = identity.people[company.emails["agent"]]
    forged = identity.token(company.emails["agent"], person.password, **claims)

    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=f"Bearer {forged}")

    refused(answer, 401, "unauthenticated")


def test_a_removed_person_is_403_and_writes_nothing(company: Organisation, number: str) -> None:
    removed = company.world.call("DELETE", f"{company.path}/people/{company.subs['agent']}", auth=company.auth("owner"))
    assert removed.status in (200, 204), removed.text

    with untouched(company):
        refused(company.try_act(number, "agent", "accept", agent_team="1", agent_number="1"), 403, "forbidden")
        refused(company.world.call("GET", f"{company.path}/complaints", auth=company.auth("agent")), 403, "forbidden")
        refused(company.try_file(auth=company.auth("agent")), 403, "forbidden")


def test_a_signed_in_non_member_is_403(company: Organisation, number: str) -> None:
    identity = in_process(company).fakes.identity
    invitation = identity.invite("stranger@elsewhere.example")
    company.tokens["stranger"] = identity.token("stranger@elsewhere.example", invitation.password or "")

    with untouched(company):
        refused(company.try_act(number, "stranger", "accept"), 403, "forbidden")
        refused(company.try_file(auth=company.auth("stranger")), 403, "forbidden")
