"""Reports over the API: figures of played complaints, their cases, CSV, readers, and bad questions."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.features.reports.report import check_size
from chalicelib.kit.problem import Problem
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty

START = "2026-11-23T09:00:00+08:00"
PERIOD = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(scope="module")
def company() -> Organisation:
    """Three complaints of 23 November: two by phone, one of them major, and one by letter on the 24th."""
    found = company_in(InProcess(START))
    found.file(channel="phone", category={"matter": "product_quality"})
    found.file(channel="phone", category={"matter": "service_quality"})
    found.world.move_to("2026-11-24T09:00:00+08:00")
    found.file(channel="letter", category={"matter": "product_quality"})
    return found


def asked(company: Organisation, query: str, who: str = "owner", report: str = "all", **headers: str) -> Answer:
    path = f"{company.path}/reports/{report}?{query}"
    return company.world.call("GET", path, auth=company.auth(who), headers=headers or None)


def rows(company: Organisation, query: str, **asking: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    answer = asked(company, query, **asking)
    assert answer.status == 200, answer.text
    return {tuple(row["keys"].values()): row["values"] for row in answer.json["rows"]}


def test_a_report_counts_what_was_filed(company: Organisation) -> None:
    found = rows(company, f"measure=received&{PERIOD}")
    assert found[()]["received"]["count"] == 3


def test_two_dimensions_make_a_row_for_each_pair(company: Organisation) -> None:
    found = rows(company, f"measure=received&by=channel&by=day&{PERIOD}")
    assert {key: value["received"]["count"] for key, value in found.items()} == {
        ("phone", "2026-11-23"): 2,
        ("letter", "2026-11-24"): 1,
    }


def test_a_filter_keeps_what_has_one_of_its_values(company: Organisation) -> None:
    one = rows(company, f"measure=received&channel=letter&{PERIOD}")
    both = rows(company, f"measure=received&channel=letter&channel=phone&{PERIOD}")
    assert (one[()]["received"]["count"], both[()]["received"]["count"]) == (1, 3)


def test_a_filter_names_one_kind_of_category(company: Organisation) -> None:
    found = rows(company, f"measure=received&category=matter:product_quality&{PERIOD}")
    assert found[()]["received"]["count"] == 2


@pytest.mark.parametrize("by", ["channel", "day", "week", "month", "category", "category.matter"])
def test_each_value_leads_to_its_complaints(company: Organisation, by: str) -> None:
    for row in nonempty(rows(company, f"measure=received&by={by}&{PERIOD}").values()):
        value = row["received"]
        listed = company.world.call("GET", value["cases"], auth=company.auth("owner"))
        assert listed.status == 200, listed.text
        assert len(listed.json["numbers"]) == value["count"]


def test_every_report_can_be_asked_as_a_whole(company: Organisation) -> None:
    for report in ("inflow", "results", "deadlines", "workload", "indicators", "all"):
        answer = asked(company, PERIOD, report=report)
        assert answer.status == 200, answer.text
        assert answer.json["measures"], report


def test_a_measure_has_its_definition_in_both_languages(company: Organisation) -> None:
    (one,) = asked(company, f"measure=missed&{PERIOD}").json["measures"]
    assert one["label"] == {"zh": "超期", "en": "Missed"}
    assert one["unit"] == "share"
    assert one["definition"]


def test_a_report_says_until_when_it_is_complete(company: Organisation) -> None:
    assert asked(company, f"measure=received&{PERIOD}").json["fresh_until"] == "2026-11-24T01:00:00.000Z"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (f"measure=nothing&{PERIOD}", "/query/measure"),
        (f"measure=received&by=channel&by=day&by=unit&{PERIOD}", "/query/by"),
        (f"measure=received&by=day&by=week&{PERIOD}", "/query/by"),
        (f"measure=received&by=complainant.name&{PERIOD}", "/query/by"),
        (f"measure=received&clock=resolution&{PERIOD}", "/query/clock"),
        ("measure=received&from=2026-11-30&to=2026-11-01", "/query/to"),
        ("measure=received&from=2020-01-01&to=2026-01-01", "/query/to"),
        ("measure=received&from=2026-02-30&to=2026-03-01", "/query/from"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_its_place(company: Organisation, query: str, place: str) -> None:
    answer = asked(company, query)
    assert (answer.status, answer.problem, answer.pointer) == (422, "invalid", place)


@pytest.mark.parametrize("query", [f"{PERIOD}&complainant.name=x", f"{PERIOD}&from=2026-01-01"])
def test_an_unreadable_query_is_refused(company: Organisation, query: str) -> None:
    assert asked(company, query).status == 400


def test_a_report_is_about_the_last_30_days_unless_it_says_more(company: Organisation) -> None:
    found = asked(company, "measure=received").json
    assert (found["from"], found["to"]) == ("2026-10-26", "2026-11-24")


def test_a_measure_of_another_report_is_refused(company: Organisation) -> None:
    answer = asked(company, f"measure=received&{PERIOD}", report="indicators")
    assert (answer.status, answer.pointer) == (422, "/query/measure")


def test_an_unknown_report_is_not_found(company: Organisation) -> None:
    assert asked(company, PERIOD, report="secrets").status == 404


@pytest.mark.parametrize("value", ["=1+1", "@x", "'; DROP TABLE", "%00", "長" * 200])
def test_hostile_values_of_filters_are_refused(company: Organisation, value: str) -> None:
    answer = asked(company, f"measure=received&channel={quote(value)}&{PERIOD}")
    assert (answer.status, answer.pointer) == (422, "/query/channel")


@pytest.fixture(scope="module")
def estate() -> Organisation:
    """Two management offices, each with a complaint, and a manager of the first."""
    found = sign_up(InProcess(START), "property-management")
    for unit in ("north", "south"):
        body = {"id": unit, "name": unit}
        assert found.world.call("POST", f"{found.path}/units", body, auth=found.auth("owner")).status == 201
        found.file(unit=unit)
    role = next(name for name in found.get("/policy", "owner")["policy"]["people"] if name != "owner")
    hire(found, role, name="northern", unit="north")
    return found


def test_people_of_a_unit_see_its_figures_only(estate: Organisation) -> None:
    found = rows(estate, f"measure=received&by=unit&{PERIOD}", who="northern")
    assert {key[0]: value["received"]["count"] for key, value in found.items()} == {"north": 1}


@pytest.mark.parametrize("units", ["unit=south", "unit=north&unit=south"], ids=["another", "also another"])
def test_people_of_a_unit_ask_for_no_other(estate: Organisation, units: str) -> None:
    answer = asked(estate, f"measure=received&{units}&{PERIOD}", who="northern")
    assert (answer.status, answer.pointer) == (403, "/query/unit")
    listed = estate.world.call(
        "GET", f"{estate.path}/reports/all/cases?measure=received&{units}&{PERIOD}", auth=estate.auth("northern")
    )
    assert listed.status == 403


def test_a_stranger_reads_no_report(company: Organisation, estate: Organisation) -> None:
    assert company.world.call("GET", f"{company.path}/reports/all?{PERIOD}").status == 401


def test_a_period_that_has_not_ended_is_said(company: Organisation) -> None:
    ended = {last: asked(company, f"measure=received&from=2026-11-01&to={last}").json["period_ended"] for last in DAYS}
    assert ended == {"2026-11-23": True, "2026-11-24": False, "2026-11-30": False}


DAYS = ("2026-11-23", "2026-11-24", "2026-11-30")
"""Yesterday, today, and a day to come."""


def test_a_senseless_combination_is_answered_with_the_dimensions_of_the_measure(company: Organisation) -> None:
    answer = asked(company, f"measure=received&by=clock&{PERIOD}", **{"Accept-Language": "en"})
    [wrong] = answer.json["errors"]
    assert (answer.status, wrong["pointer"]) == (422, "/query/by")
    assert "of clock: is no dimension of received; known are: policy, channel, category" in wrong["detail"]


def test_an_unknown_measure_is_answered_with_those_of_the_report(company: Organisation) -> None:
    [wrong] = asked(company, f"measure=speed&{PERIOD}", report="inflow").json["errors"]
    assert "received" in wrong["detail"]


@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_a_share_of_nothing_is_no_number(company: Organisation, accept: str) -> None:
    answer = asked(company, "from=2026-10-01&to=2026-10-02", Accept=accept)
    assert answer.status == 200
    assert "NaN" not in answer.text
    if accept == "application/json":
        shares = [value for row in answer.json["rows"] for value in row["values"].values() if "denominator" in value]
        assert [one for one in shares if one["denominator"] == 0 and "share" in one] == []


def test_a_ground_that_refused_nothing_has_no_row(company: Organisation) -> None:
    assert rows(company, f"measure=refused&by=ground&{PERIOD}") == {}


@pytest.mark.parametrize(
    ("count", "values", "pointer"), [(5_000, 15_000, None), (5_001, 1, "/query/by"), (3, 15_001, "/query/measure")]
)
def test_a_report_that_is_too_large_is_refused_with_what_to_leave_out(
    count: int, values: int, pointer: str | None
) -> None:
    if pointer is None:
        check_size(count, values)
        return
    with pytest.raises(Problem) as refused:
        check_size(count, values)
    assert [one.pointer for one in refused.value.places] == [pointer]
