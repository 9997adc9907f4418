"""The list of effects with their states, for owners: filters and pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


def effects(company: Organisation, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company.get(f"/effects{query}", "owner")["effects"]
    return found


def mailer(company: Organisation) -> Any:
    assert isinstance(company.world, InProcess)
    return company.world.fakes.mailer


def test_each_effect_has_its_state(company: Organisation) -> None:
    number = company.file()

    sent = [one for one in effects(company, "?way=email") if one["about"] == "to_be_recorded"]

    assert [(one["number"], one["reader"], one["state"], one["tries"]) for one in sent] == [
        (number, company.subs["agent"], "sent", 1)
    ]
    assert (sent[0]["why"], sent[0]["next_try_at"]) == (None, None)


def test_a_message_is_an_effect_and_the_complainant_is_identified_by_number(company: Organisation) -> None:
    number = company.file()

    readers = {one["reader"] for one in effects(company, "?way=in_app")}

    assert readers == {company.subs["agent"], f"C#{number}"}


def test_a_failed_effect_has_a_reason_and_is_found_by_its_state(company: Organisation) -> None:
    mailer(company).rejected.add(company.emails["agent"])
    company.file()

    failed = effects(company, "?state=failed")

    assert [(one["reader"], one["why"]) for one in failed] == [(company.subs["agent"], "InvalidParameterValue")]
    assert effects(company, "?state=pending") == []
    assert effects(company, "?state=sent&way=email") == []


def test_a_pending_effect_has_the_time_of_the_next_attempt(company: Organisation) -> None:
    mailer(company).down = True
    company.file()

    [pending] = effects(company, "?state=pending")

    assert (pending["why"], company.local(pending["next_try_at"])) == (
        "connection refused",
        "2026-11-27T09:01:00+08:00",
    )


def test_effects_have_no_addresses_and_no_texts(company: Organisation) -> None:
    company.always = {"facts": {"complainant.email": "customer@mail.example"}}
    company.file()

    assert "@" not in str(effects(company))


def test_the_newest_come_first_and_pages_join(company: Organisation) -> None:
    for _ in range(3):
        company.file()
    whole = [(one["recorded_at"], one["event"], one["way"], one["reader"]) for one in effects(company, "?limit=100")]

    paged, cursor = [], ""
    while cursor is not None:
        page = company.get(f"/effects?limit=2{cursor and '&cursor='}{cursor}", "owner")
        paged += [(one["recorded_at"], one["event"], one["way"], one["reader"]) for one in page["effects"]]
        cursor = page["cursor"]

    assert paged == whole == sorted(whole, reverse=True)
    assert len(whole) >= 9


def test_effects_are_listed_by_month(company: Organisation) -> None:
    company.file()

    assert effects(company, "?month=2026-10") == []
    assert effects(company, "?month=2026-11") != []


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_only_owners_see_effects(company: Organisation, who: str) -> None:
    answer = company.world.call("GET", f"{company.path}/effects", auth=company.auth(who))

    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize("query", ["?state=lost", "?way=pigeon", "?month=2026-13", "?month=1", "?limit=0"])
def test_an_invalid_filter_is_refused_with_its_place(company: Organisation, query: str) -> None:
    answer = company.world.call("GET", f"{company.path}/effects{query}", auth=company.auth("owner"))

    name = query[1:].partition("=")[0]
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, f"/query/{name}")
