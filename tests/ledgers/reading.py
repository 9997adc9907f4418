"""Reads ledgers."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer


def ask(made: Organisation, who: str, ledger: str = "manager", query: str = "", **headers: str) -> Answer:
    return made.world.call("GET", f"{made.path}/ledgers/{ledger}{query}", auth=made.auth(who), headers=headers)


def read(made: Organisation, who: str, ledger: str = "manager", query: str = "") -> dict[str, Any]:
    answer = ask(made, who, ledger, query)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def numbers(view: dict[str, Any]) -> list[str]:
    return [one["number"] for one in view["matters"]]
