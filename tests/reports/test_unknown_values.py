"""A report that names a value or a kind of category that no policy has is refused: nothing is not zero."""

from __future__ import annotations

import json

import pytest

from chalicelib.policy import presets
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.switching.shop import ask

PERIOD = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(scope="module")
def company() -> Organisation:
    """A complaint whose category the version in force has under another name."""
    made = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    made.file(channel="phone", category={"matter": "product_quality"})
    renamed = json.dumps(presets.document("corporate-standard")).replace('"product_quality"', '"quality"')
    policy = {**json.loads(renamed), "examples": []}
    published = ask(made, "POST", "/policy/publish", {"policy": policy})
    assert published.status == 201, published.text
    return made


def asked(company: Organisation, query: str, path: str = "/reports/inflow") -> Answer:
    headers = {"Accept-Language": "en"}
    return company.world.call("GET", f"{company.path}{path}?{query}", auth=company.auth("owner"), headers=headers)


@pytest.mark.slow
def test_an_unknown_kind_of_category_is_answered_with_the_dimensions_of_the_measure(company: Organisation) -> None:
    answer = asked(company, f"measure=received&by=category.weather&{PERIOD}")
    [wrong] = answer.json["errors"]
    assert (answer.status, wrong["pointer"]) == (422, "/query/by")
    assert "of category.weather: is no dimension of received; known are: policy, channel" in wrong["detail"]
    assert "category.matter" in wrong["detail"]


@pytest.mark.parametrize(
    ("query", "pointer", "known"),
    [
        ("category=weather:rain", "/query/category", "category.matter"),
        ("category=matter:rain", "/query/category", "service_quality"),
        ("channel=phone&channel=smoke", "/query/channel", "phone"),
        ("severity=none", "/query/severity", "major"),
        ("unit=nowhere", "/query/unit", "*"),
    ],
)
@pytest.mark.parametrize("path", ["/reports/inflow", "/reports/inflow/cases"])
def test_an_unknown_value_is_answered_with_the_known_ones(
    company: Organisation, path: str, query: str, pointer: str, known: str
) -> None:
    answer = asked(company, f"measure=received&{query}&{PERIOD}", path)
    [wrong] = answer.json["errors"]
    assert (answer.status, wrong["pointer"]) == (422, pointer)
    assert known in wrong["detail"]


@pytest.mark.parametrize("query", ["clock=forever", "duty=nobody", "by=clock&duty=office&clock=forever"])
def test_an_unknown_deadline_or_duty_is_refused(company: Organisation, query: str) -> None:
    assert asked(company, f"measure=met&{query}&{PERIOD}", "/reports/deadlines").status == 422


@pytest.mark.parametrize("query", ["category=matter:product_quality", "category=matter:quality", "unit=", "channel="])
def test_a_value_of_an_earlier_version_and_an_absent_one_are_known(company: Organisation, query: str) -> None:
    assert asked(company, f"measure=received&{query}&{PERIOD}").status == 200


def test_the_complaints_of_a_renamed_category_are_listed(company: Organisation) -> None:
    found = asked(company, f"measure=received&category=matter:product_quality&{PERIOD}", "/reports/inflow/cases")
    assert found.json["numbers"] == ["202611-000001"]
