"""Requests about inspections, for tests."""

from __future__ import annotations

import json
from typing import Any

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer


def world_of(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def order(office: Organisation, period: Any, who: str = "owner", **headers: str) -> Answer:
    path, auth = f"{office.path}/inspections", office.auth(who)
    return office.world.call("POST", path, {"period": period}, auth=auth, headers=headers or None)


def produced(office: Organisation, period: str, who: str = "owner") -> dict[str, Any]:
    """The row of a new edition."""
    answer = order(office, period, who)
    assert answer.status == 201, answer.text
    return dict(answer.json)


def document(office: Organisation, inspection: str, who: str = "owner") -> dict[str, Any]:
    return dict(json.loads(text_of(office, inspection, who)))


def text_of(office: Organisation, inspection: str, who: str = "owner") -> str:
    answer = office.world.call("GET", f"{office.path}/inspections/{inspection}", auth=office.auth(who))
    assert answer.status == 200, answer.text
    return answer.text


def page(office: Organisation, inspection: str, language: str = "zh", who: str = "owner") -> Answer:
    path = f"{office.path}/inspections/{inspection}/page"
    answer = office.world.call("GET", path, auth=office.auth(who), headers={"Accept-Language": language})
    assert answer.status == 200, answer.text
    return answer


def figures(document: dict[str, Any], report: str, by: str | None) -> dict[str, dict[str, Any]]:
    """The rows of one table by their key."""
    (tables,) = (one["tables"] for one in document["reports"] if one["name"] == report)
    (table,) = (one for one in tables if one["by"] == by)
    return {row["key"]: row["figures"] for row in table["rows"]}
