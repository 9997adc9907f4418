"""What the API answers to each reader of the table that the scenario left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.clauses.organisation import Organisation
from tests.compatibility import dump
from tests.compatibility.scenario import Played
from tests.compatibility.world import fixed, seeded, token_of
from tests.fakes.app import App
from tests.fakes.client import Client
from tests.fakes.wiring import Fakes

Request = dict[str, Any]
"""`path`, and who asks: `sub`, `receipt` or nobody. With `body` it is a POST."""

PUBLIC = ("/v1/presets", "/v1/policy-schema", "/v1/because-schema", "/v1/erasures/key", "/v1/erasures/leaver")
MOVED = {"/v1/policy-schema": "/v1/policy-schema/expanded"}
"""Paths whose recorded answer has another address now: `/v1/policy-schema` describes the written form."""
OWNERS = (
    *("", "/people", "/people/me", "/usage", "/units", "/webhooks", "/leave", "/record", "/record?limit=5"),
    *("/record/verify", "/policy", "/policy/versions", "/policy/versions/1", "/policy/versions/2", "/policy/draft"),
    *("/policy/comments", "/effects?month=2026-11&limit=100", "/effects?state=failed", "/effects?way=webhook"),
)
STAFFS = ("/tasks", "/tasks?limit=1", "/messages?limit=100", "/messages?limit=2", "/people/me", "/policy")
SHELVES = ("open", "pending", "supervision", "archived", "void")
OFFICES = ("", "/record", "/record/verify", "/reads")
CASES = ("", "/record", "/record/verify", "/deadlines", "/history", "/evidence", "/reads")


def requests(played: Played) -> Iterator[Request]:
    for path in PUBLIC:
        yield {"path": path}
    for organisation in played.organisations.values():
        yield from _of_organisation(organisation)
        for number, filed in organisation.filed.items():
            yield from _of_complaint(organisation, number, filed.receipt)
    yield from _jobs(played)


def _of_organisation(organisation: Organisation) -> Iterator[Request]:
    owner = {"sub": organisation.get("/people/me", "owner")["sub"]}
    for path in OWNERS:
        yield {"path": organisation.path + path, **owner}
    for unit in ("north", "south"):
        yield from ({"path": f"{organisation.path}/units/{unit}{path}", **owner} for path in OFFICES)
    for sub in organisation.subs.values():
        yield from ({"path": organisation.path + path, "sub": sub} for path in STAFFS)
        yield from ({"path": f"{organisation.path}/complaints?shelf={shelf}", "sub": sub} for shelf in SHELVES)
    yield {"path": f"{organisation.path}/complaints?limit=2&missed=true", **owner}
    yield {"path": f"{organisation.path}/complaints/search", "body": {"phone": "00000000000"}, **owner}


def _of_complaint(organisation: Organisation, number: str, receipt: str) -> Iterator[Request]:
    """To its complainant, to the owner and to one of the staff."""
    owner = organisation.get("/people/me", "owner")["sub"]
    first = next(iter(organisation.subs.values()))
    path = f"{organisation.path}/complaints/{number}"
    for who in ({"receipt": receipt}, {"sub": owner}, {"sub": first}):
        yield from ({"path": path + part, **who} for part in CASES)
        for one in organisation.world.call("GET", f"{path}/evidence", auth=_auth(who)).json.get("evidence", []):
            yield {"path": f"{path}/evidence/{one['id']}", **who}
            yield {"path": f"{path}/evidence/{one['id']}/link", **who}
    yield {"path": f"{organisation.path}/messages?complaint={number}", "receipt": receipt}


def _jobs(played: Played) -> list[Request]:
    """Looked for among the items, as no list names them."""
    company = played.organisations["company"]
    owner = {"sub": company.get("/people/me", "owner")["sub"]}
    found = [{"path": f"{company.path}/exports/{played.exports['company']}", **owner}]
    for line in dump.items(played.world.fakes):
        key = json.loads(line)["sk"]["S"]
        if json.loads(line)["pk"]["S"] != f"T#{company.id}#ORG" or key[:2] != "J#" or "#" in key[2:]:
            continue
        found.append({"path": f"{company.path}/jobs/{key[2:]}", **owner})
        if key.startswith("J#backtest-"):
            path = f"{company.path}/policy/backtest/{key.removeprefix('J#backtest-')}"
            found += [{"path": path, **owner}, {"path": f"{path}/lines", **owner}]
    return found


def _auth(request: Request) -> str | None:
    if "receipt" in request:
        return f"Receipt {request['receipt']}"
    return f"Bearer {token_of(request['sub'])}" if "sub" in request else None


class Reader:
    """Asks in a fresh deployment that was filled with the items and objects. Reads are logged: the order counts."""

    def __init__(self, now: int, items: list[str], objects: list[str]) -> None:
        self.fakes: Fakes = fixed()
        dump.fill(self.fakes, items)
        dump.fill_objects(self.fakes, objects)
        self.fakes.clock.move_to(now)
        self.wiring = self.fakes.wiring
        self._client = Client(App(lambda: self.wiring, self._undeclared))

    def answer(self, request: Request) -> dict[str, Any]:
        """The status and the body, in a form that is the same for the same JSON."""
        method = "POST" if "body" in request else "GET"
        headers = {"Authorization": auth} if (auth := _auth(request)) else {}
        path = MOVED.get(request["path"], request["path"])
        with seeded(dump.text(request)):
            answer = self._client.request(method, path, request.get("body"), headers=headers)
        return {"request": request, "status": answer.status, "body": json.loads(answer.text) if answer.text else None}

    def _undeclared(self, route: str, problem: str) -> None:
        raise AssertionError(f"{route} answered {problem}, which it does not declare")
