"""The front of an inspection: five figures beside earlier periods, what rose and fell, worst cases, signs, actions.

The office opened on 5 October. Every expected figure is counted by hand from the filings and acts of the fixture.
"""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.inspections.front import looking
from tests.clauses.offices import company
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.inspections.inspecting import document, page, produced
from tests.sign_in.door import at_the_desk, desk

MATTERS = {  # of October and November
    "product_quality": (4, 12),
    "service_quality": (5, 20),
    "service_process": (6, 7),
    "complaint_handling": (9, 2),
}


@pytest.fixture(scope="module")
def office() -> Organisation:
    """On 2 December. Of October two complaints were decided, one of them late; those of November wait."""
    found = company.company_in(InProcess("2026-10-05T09:00:00+08:00"))
    found.world.move_to("2026-10-12T09:00:00+08:00")
    _file(found, 0)
    slow: dict[str, Any] = {"category": {"matter": "service_process"}}
    first, second = company.handled(found, **slow), company.handled(found, **slow)
    found.act(first, "business_unit", "inspect", findings="Seen.", truthful=True)
    found.act(first, "business_unit", "decide", solution="Mended.", outcome="resolved")
    found.act(first, "complainant", "dispute", reason="It is not.")
    found.world.move_to("2026-10-30T09:00:00+08:00")
    found.act(second, "business_unit", "inspect", findings="Seen.", truthful=False)
    found.act(second, "business_unit", "decide", solution="Explained.", outcome="explained")
    found.world.move_to("2026-11-16T09:00:00+08:00")
    _file(found, 1)
    found.world.move_to("2026-12-02T09:00:00+08:00")
    return found


def _file(office: Organisation, month: int) -> None:
    for matter, counts in MATTERS.items():
        for _ in range(counts[month]):
            office.file(channel="phone", category={"matter": matter})


@pytest.fixture(scope="module")
def october(office: Organisation) -> dict[str, Any]:
    return document(office, produced(office, "2026-10")["id"])


@pytest.fixture(scope="module")
def november(office: Organisation) -> dict[str, Any]:
    return document(office, produced(office, "2026-11")["id"])


def headline(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = (one for one in found["headline"] if one["name"] == name)
    return dict(one)


@pytest.mark.slow
def test_it_has_the_five_figures_in_their_order(november: dict[str, Any]) -> None:
    names = ["received", "decided_in_time", "time_to_decision", "open_and_overdue", "upheld"]
    assert [one["name"] for one in november["headline"]] == names
    assert all(one["label"]["zh"] and one["definition"]["en"] for one in nonempty(november["headline"]))


@pytest.mark.slow
def test_it_names_the_periods_with_which_it_compares(october: dict[str, Any], november: dict[str, Any]) -> None:
    before = {
        "name": "2026-10",
        "from": "2026-10-01",
        "to": "2026-10-31",
        "counted_from": "2026-10-05",
        "existed": True,
    }
    assert november["before"] == before
    assert (november["year_before"]["name"], november["year_before"]["existed"]) == ("2025-11", False)
    assert (october["before"]["name"], october["before"]["existed"]) == ("2026-09", False)


def test_received_stands_beside_the_period_before(november: dict[str, Any]) -> None:
    one = headline(november, "received")
    assert (one["value"], one["before"], one["year_before"]) == ({"count": 41}, {"count": 26}, None)
    assert one["trend"] == "unclear"  # 41 in 30 days and 26 in 27 are no clear difference


def test_upheld_counts_what_people_found(october: dict[str, Any], november: dict[str, Any]) -> None:
    assert headline(october, "upheld")["value"] == {"numerator": 1, "denominator": 2, "share": 0.5}
    one = headline(november, "upheld")
    assert (one["value"], one["before"]) == (None, {"numerator": 1, "denominator": 2, "share": 0.5})


def test_the_time_to_the_decision_is_that_of_the_period(october: dict[str, Any], november: dict[str, Any]) -> None:
    assert headline(october, "time_to_decision")["value"]["count"] == 2
    assert headline(november, "time_to_decision")["value"] is None


def test_open_and_overdue_is_as_at_the_end(office: Organisation, november: dict[str, Any]) -> None:
    counted = {
        name: office.get(f"/reports/workload?measure={name}{state}&from=2026-11-30&to=2026-11-30", "owner")["rows"][0]
        for name, state in (("deadlines_open", "&run_state=missed"), ("open", ""))
    }
    overdue, unsettled = (row["values"][name]["count"] for name, row in counted.items())
    assert headline(november, "open_and_overdue")["value"] == {"count": overdue, "among": unsettled}
    assert (overdue > 0, unsettled) == (True, 66)  # the complainant left the decision of one to stand


def test_what_rose_and_fell_is_named_with_exact_limits(november: dict[str, Any]) -> None:
    found = {one["key"]: one for one in november["changes"]}
    assert (found["service_quality"]["number"], found["service_quality"]["before"]) == (20, 5)
    assert found["service_quality"]["trend"] == "up"
    assert found["service_quality"]["low"] > 1
    assert found["complaint_handling"]["trend"] == "down"
    assert "service_process" not in found
    assert [one["trend"] for one in november["changes"]].index("up") == 0


def test_a_number_that_tripled_is_named_although_chance_may_explain_it(november: dict[str, Any]) -> None:
    (one,) = (one for one in november["changes"] if one["key"] == "product_quality")
    assert (one["before"], one["number"], one["trend"]) == (4, 12, "unclear")


def test_nothing_is_compared_with_a_time_before_the_organisation(october: dict[str, Any]) -> None:
    assert october["changes"] == []
    assert {one["trend"] for one in october["headline"]} == {None}


def test_the_worst_cases_are_those_overdue_longest(november: dict[str, Any]) -> None:
    worst = november["worst"]
    assert len(worst) == 10
    minutes = [one["overdue"] for one in worst]
    assert minutes == sorted(minutes, reverse=True)
    assert all(one["number"].startswith("202610") and one["is_open"] for one in nonempty(worst))


def test_a_disputed_answer_counts_among_the_worst(october: dict[str, Any]) -> None:
    numbers = {one["number"]: one for one in october["worst"]}
    assert {one["disputed"] for one in numbers.values()} <= {0, 1}
    assert october["looked_at"] == {"complaints": 26, "complete": True}


def test_each_sign_has_the_complaints_that_it_counts(office: Organisation, november: dict[str, Any]) -> None:
    signs = november["signs"]
    assert signs
    for one in signs:
        listed = counted_by(office, one["measure"])
        assert one["cases"] == sorted(listed)[: len(one["cases"])]
        assert len(listed) == one["figure"]["numerator"]
        assert len(one["cases"]) == min(10, len(listed))


def counted_by(office: Organisation, measure: str) -> list[str]:
    """The complaints that the report lists, of all pages."""
    path = f"/reports/indicators/cases?measure={measure}&from=2026-11-01&to=2026-11-30"
    found, cursor = list[str](), ""
    while True:
        answer = office.get(path + cursor, "owner")
        found += answer["numbers"]
        if answer["cursor"] is None:
            return found
        cursor = f"&cursor={answer['cursor']}"


def test_only_some_records_of_a_large_organisation_are_looked_at(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_RECORDS", 12)
    found = document(office, produced(office, "2026-11")["id"])
    assert found["looked_at"] == {"complaints": 12, "complete": False}
    assert {one["number"][:6] for one in found["worst"]} == {"202610"}  # those that are overdue longest come first
    assert "只查看了 12 件" in page(office, found["id"]).text


def test_the_oldest_are_looked_at_even_if_many_newer_ones_follow(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_NUMBERS", 5)
    found = document(office, produced(office, "2026-11")["id"])
    assert not found["looked_at"]["complete"]
    assert {one["number"][:6] for one in found["worst"]} == {"202610"}


def test_improvement_actions_are_stated_without_their_texts(office: Organisation) -> None:
    owner = office.get("/people/me", "owner")["sub"]
    body = {
        "title": "Ask the supplier for a better lid",
        "by": "category.matter",
        "value": "product_quality",
        "owner": owner,
        "due": "2026-12-20",
    }
    made = office.world.call("POST", f"{office.path}/improvements", body, auth=office.auth("owner"))
    assert made.status == 201, made.text
    found = document(office, produced(office, "2026-11")["id"])
    (one,) = found["actions"]
    assert (one["id"], one["state"], one["overdue"], one["trend"]) == (made.json["id"], "open", False, None)
    assert one["label"]["en"] == "Product quality"
    assert "lid" not in str(found["actions"])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "2026 年 11 月收到投诉 41 件，比 2026 年 10 月多 15 件；"),
        ("en", "In November 2026, 41 complaints came in, 15 more than in October 2026; "),
    ],
)
def test_a_sentence_opens_the_page(
    office: Organisation, november: dict[str, Any], language: str, sentence: str
) -> None:
    text = page(office, november["id"], language).text
    assert f'<p class="lead">{sentence}' in text
    assert text.index('class="lead"') < text.index('class="tiles"')


def test_a_member_finds_the_worst_cases_by_their_links(office: Organisation, november: dict[str, Any]) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/inspections/{november['id']}")
    for one in november["worst"]:
        assert f'href="{desk(office)}/complaints/{one["number"]}"' in browser.answer.text
