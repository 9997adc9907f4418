"""X.2: every deadline can be explained: the rule, the start event, each skipped period, and the end."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from chalicelib.kit.instants import MINUTE, from_text
from chalicelib.policy.worktime.calendars.holidays import editions, load_table
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices.company import company_in, of_class
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty


def because(organisation: Organisation, number: str, clock: str) -> dict[str, Any]:
    found: dict[str, Any] = organisation.deadline(number, clock)["because"]
    return found


def test_x2_an_explanation_names_the_rule_its_clause_and_the_policy_version(company: Organisation) -> None:
    found = because(company, company.file(**of_class("important")), "resolution")

    assert found["rule"] == {
        "clock": "resolution",
        "limit": "6 hours",
        "when": {"severity": ["important"]},
        "hours": "open",
        "clause": "P6.5",
    }
    assert found["policy"] == company.get("/policy", "owner")["version"]


def test_x2_an_explanation_names_the_start_event(bureau: Organisation) -> None:
    number = at_bureau.accepted(bureau)

    [event] = bureau.events(number, type_="accepted")
    assert because(bureau, number, "decision")["started_by"] == event["id"]


def test_x2_an_explanation_names_each_skipped_period(bureau: Organisation) -> None:
    number = at_bureau.accepted(bureau)

    stretches = because(bureau, number, "decision")["stretches"]
    causes = {stretch["cause"] for stretch in stretches}
    assert causes == {"start_day", "weekend", "holiday"}
    assert all(from_text(one["from"]) < from_text(one["until"]) for one in nonempty(stretches))


def test_x2_the_end_of_an_explanation_is_the_due_time(bureau: Organisation) -> None:
    number = at_bureau.accepted(bureau)

    deadline = bureau.deadline(number, "decision")
    assert deadline["because"]["end"] == deadline["due"]


def test_x2_a_limit_in_working_hours_is_explained_by_the_closed_periods() -> None:
    estate = at_estate.estate_in(InProcess("2026-11-27T18:30:00+08:00"))

    found = because(estate, estate.file(), "forwarding")

    skipped = sum(one["ms"] for one in found["stretches"])
    assert from_text(found["end"]) - from_text(found["start"]) - skipped == 60 * MINUTE


def test_x2_a_stated_time_is_explained_by_the_person_who_stated_it(estate: Organisation) -> None:
    number = estate.file()
    answer = estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    found = because(estate, number, "promised")

    assert (found["limit"], found["started_by"]) == ("stated", answer["events"][0]["id"])


def test_x2_a_deadline_beyond_the_official_holidays_is_provisional() -> None:
    year = load_table(editions()["CN"][-1]).official_through + 1
    company = company_in(InProcess(f"{year}-03-01T09:00:00+08:00"))
    estate = at_estate.estate_in(InProcess(f"{year}-03-01T19:00:00+08:00"))

    assert company.deadline(company.file(), "resolution")["provisional"] is False
    assert estate.deadline(estate.file(), "forwarding")["provisional"] is True


@pytest.mark.parametrize(("language", "due"), [("zh", "2026年10月8日（周四）18:00"), ("en", "Thu 8 Oct 2026 18:00")])
def test_x2_an_explanation_has_a_text_in_each_language(bureau: Organisation, language: str, due: str) -> None:
    assert due in because(bureau, at_bureau.accepted(bureau), "decision")["text"][language]


def test_x2_every_explanation_conforms_to_the_published_schema(estate: Organisation) -> None:
    number = at_estate.forwarded(estate, severity="major")
    schema = estate.world.call("GET", "/v1/because-schema").json

    for deadline in estate.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]:
        jsonschema.validate(deadline["because"], schema)
