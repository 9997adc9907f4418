"""Requests to the public register."""

from __future__ import annotations

from typing import Any

from tests.clauses.offices.marketplace import asked_otherwise, decision
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer


def asked(office: Organisation, path: str = "", who: str = "", number: str = "", **headers: str) -> Answer:
    """`who`: a role or `complainant`; without it, the caller has not signed in. `path` follows `/notices`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    auth = office.auth(who, number) if who else None
    return office.world.call("GET", f"{office.path}/notices{path}", auth=auth, headers=sent)


def listed(office: Organisation, path: str = "", who: str = "", number: str = "") -> list[dict[str, Any]]:
    answer = asked(office, path, who, number)
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json["notices"]
    return found


def result(office: Organisation, outcome: str = "upheld") -> str:
    """Decides a complaint whose respondent is outside the system. Returns its number."""
    number = asked_otherwise(office)
    office.act(number, "handler", "decide", **decision(outcome=outcome))
    return number


def values(notice: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: field["value"] for field in notice["fields"]}
