"""P6.3 `corporate-standard`: quality management ranks the complaints, and opens improvement actions."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.client import Answer

MANAGEMENT = "quality_management"


def opened(company: Organisation, who: str) -> Answer:
    body: dict[str, Any] = {
        "title": "包装加固",
        "by": "category.matter",
        "value": "product_quality",
        "owner": company.subs["quality_control"],
        "due": "2026-12-31",
    }
    return company.world.call("POST", f"{company.path}/improvements", body, auth=company.auth(who))


def test_p6_3_quality_management_ranks_what_is_complained_about(company: Organisation) -> None:
    for matter in ("product_quality", "product_quality", "service_quality"):
        company.file(category={"matter": matter})

    rows = company.get("/analysis?by=category.matter", MANAGEMENT)["rows"]

    assert [(row["value"], row["number"], row["cumulative"]) for row in rows] == [
        ("product_quality", 2, 0.6667),
        ("service_quality", 1, 1.0),
    ]


def test_p6_3_quality_management_opens_improvement_actions(company: Organisation) -> None:
    answer = opened(company, MANAGEMENT)

    assert (answer.status, answer.json["before"]["number"]) == (201, 0)
    [task] = company.get("/tasks", "quality_control")["tasks"]
    assert (task["kind"], task["label"]["zh"]) == ("improvement", "包装加固")


def test_p6_3_other_roles_open_none(company: Organisation) -> None:
    assert {who: opened(company, who).status for who in ("agent", "team_lead", "quality_control")} == {
        "agent": 403,
        "team_lead": 403,
        "quality_control": 403,
    }


def test_quality_management_of_one_unit_opens_no_action(company: Organisation) -> None:
    """An action concerns the whole organisation."""
    unit = {"id": "north", "name": "北区"}
    assert company.world.call("POST", f"{company.path}/units", unit, auth=company.auth("owner")).status == 201
    hire(company, MANAGEMENT, name="of_north", unit="north")

    assert opened(company, "of_north").status == 403
