"""Indicators are compared with the office's own past and with a reference, so that an office that games is seen."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

NOVEMBER, DECEMBER = "from=2026-11-01&to=2026-11-30", "from=2026-12-01&to=2026-12-31"
NAME = "recategorised"


def file(company: Organisation, count: int, *, changed: bool) -> None:
    for _ in range(count):
        number = company.file(channel="phone", category={"matter": "product_quality"})
        if changed:
            company.act(number, "team_lead", "classify", severity="general", matter="service_quality")


@pytest.fixture(scope="module")
def company() -> Organisation:
    """Of twelve complaints of November none got another category, of the ten of December all."""
    found = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    file(found, 12, changed=False)
    found.world.move_to("2026-12-01T09:00:00+08:00")
    file(found, 10, changed=True)
    return found


def asked(company: Organisation, query: str, **headers: str) -> Answer:
    path = f"{company.path}/reports/indicators?measure={NAME}&{query}"
    return company.world.call("GET", path, auth=company.auth("owner"), headers=headers or None)


def shown(company: Organisation, query: str) -> dict[str, Any]:
    [row] = asked(company, query).json["rows"]
    found: dict[str, Any] = row["values"][NAME]
    return found


def set_references(company: Organisation, references: dict[str, Any], who: str = "owner") -> Answer:
    body = {"references": references}
    return company.world.call("PUT", f"{company.path}/references", body, auth=company.auth(who))


def test_an_office_that_games_as_a_whole_is_seen_beside_its_own_past(company: Organisation) -> None:
    found = shown(company, DECEMBER)
    assert (found["numerator"], found["denominator"]) == (10, 10)
    assert found["past"] == {"numerator": 0, "denominator": 12, "share": 0.0, "place": "above_99_8"}


def test_its_cases_are_listed(company: Organisation) -> None:
    listed = company.world.call("GET", shown(company, DECEMBER)["cases"], auth=company.auth("owner")).json["numbers"]
    assert len(listed) == 10


def test_without_a_past_there_is_nothing_to_compare(company: Organisation) -> None:
    assert "past" not in shown(company, NOVEMBER)


def test_rows_by_periods_are_not_compared(company: Organisation) -> None:
    [row] = asked(company, f"by=month&{DECEMBER}").json["rows"]
    assert "past" not in row["values"][NAME]


def test_a_reference_stands_beside_its_indicator_and_on_record(company: Organisation) -> None:
    answer = set_references(company, {NAME: 0.25})
    assert (answer.status, answer.json) == (200, {"references": {NAME: 0.25}})
    assert shown(company, DECEMBER)["reference"] == {"share": 0.25, "place": "above_99_8"}
    assert shown(company, NOVEMBER)["reference"] == {"share": 0.25, "place": "within"}
    [event] = [one for one in company.get("/record", "owner")["events"] if one["type"] == "references_set"]
    assert event["fields"] == {"references": {NAME: 0.25}}


def test_members_read_the_references(company: Organisation) -> None:
    set_references(company, {NAME: 0.25})
    assert company.get("/references", "team_lead") == {"references": {NAME: 0.25}}


def test_a_reference_that_is_left_out_is_gone(company: Organisation) -> None:
    set_references(company, {NAME: 0.25})
    set_references(company, {})
    assert "reference" not in shown(company, DECEMBER)


def test_a_table_has_the_past_and_the_reference(company: Organisation) -> None:
    set_references(company, {NAME: 0.255})
    text = asked(company, f"layout=wide&{DECEMBER}", Accept="text/csv").text
    [row] = csv.DictReader(io.StringIO(text))
    found = [row[f"{NAME}_{name}_share_percent"] for name in ("past", "reference")]
    assert found == ["0", "25.5"]


@pytest.mark.parametrize(("name", "share"), [("received", 0.1), (NAME, 1.1), (NAME, -0.1)])
def test_only_indicators_have_references_from_0_to_1(company: Organisation, name: str, share: float) -> None:
    answer = set_references(company, {name: share})
    assert (answer.status, answer.pointer) == (422, f"/references/{name}")


def test_only_owners_set_references(company: Organisation) -> None:
    assert set_references(company, {NAME: 0.1}, "team_lead").status == 403
