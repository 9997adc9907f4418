"""Acts that exist under every policy: oral complaints, internal notes, duplicates, reassignment."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import decided, handled
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer


def say(company: Organisation, number: str, who: str, act: str, **fields: Any) -> Answer:
    """A member records what the complainant said."""
    body = {"fields": fields, "on_behalf_of": "complainant"}
    path = f"{company.path}/complaints/{number}/acts/{act}"
    return company.world.call("POST", path, body, auth=company.auth(who, number))


def unit(company: Organisation, name: str) -> None:
    body = {"id": name, "name": name}
    answer = company.world.call("POST", f"{company.path}/units", body, auth=company.auth("owner"))
    assert answer.status == 201, answer.text


def closed(company: Organisation, number: str) -> str:
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", **CLOSING)
    return number


CLOSING = {"summary": "已结案。"}


def test_a_member_records_what_the_complainant_says(company: Organisation) -> None:
    number = decided(company)

    assert say(company, number, "agent", "agree").status == 200

    [event] = company.events(number, type_="agreed")
    assert (event["actor"]["kind"], event["actor"]["id"]) == ("staff", company.subs["agent"])
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == ("agent", "complainant")


def test_staff_see_what_they_can_record_for_the_complainant(company: Organisation) -> None:
    assert company.complaint(decided(company), "agent")["complainant_acts"] == ["agree", "dispute"]


def test_a_member_needs_on_behalf_of_for_the_complainants_act(company: Organisation) -> None:
    assert company.try_act(decided(company), "agent", "agree").status == 403


def test_on_behalf_of_the_complainant_a_member_cannot_do_their_own_acts(company: Organisation) -> None:
    assert say(company, company.file(), "agent", "classify", severity="major").status == 403


def test_a_receipt_cannot_act_on_behalf_of_others(company: Organisation) -> None:
    assert say(company, decided(company), "complainant", "agree").status == 403


def test_notes_are_possible_in_any_stage_and_hidden_from_the_complainant(company: Organisation) -> None:
    number = decided(company)
    closed(company, number)
    company.act(number, "agent", "archive")

    company.act(number, "business_unit", "note", text="客户来电致谢")

    [note] = company.events(number, "agent", "noted")
    values = company.get(f"/complaints/{number}/record", "agent")["values"]
    assert values[note["id"]] == {"text": "客户来电致谢"}
    record = company.get(f"/complaints/{number}/record", "complainant", number)
    assert "客户来电致谢" not in str(record)


def test_a_note_changes_no_deadline(company: Organisation) -> None:
    number = company.file()
    before = company.deadline(number, "resolution")

    company.act(number, "agent", "note", text="已回电")

    assert company.deadline(number, "resolution") == before


def test_a_complainant_writes_no_notes(company: Organisation) -> None:
    assert company.try_act(company.file(), "complainant", "note", text="x").status == 403


def test_an_empty_note_is_refused(company: Organisation) -> None:
    answer = company.try_act(company.file(), "agent", "note", text=" ")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/text")


def test_a_duplicate_is_closed_with_the_outcome_of_its_original(company: Organisation) -> None:
    first, second = handled(company), company.file()
    company.act(second, "agent", "link", to=first)
    company.act(first, "business_unit", "inspect", findings="属实", truthful=True)
    company.act(first, "business_unit", "decide", solution="退款", outcome="resolved")

    closed(company, first)

    [event] = company.events(second, type_="closed")
    [source] = company.events(first, type_="closed")
    assert (event["fields"]["follows"], event["fields"]["cause"]) == (first, source["id"])
    assert event["fields"]["outcome"] == {"outcome": "resolved"}
    assert company.complaint(second)["stage"] == company.complaint(first)["stage"]
    assert company.deadline(second, "resolution")["state"] == "cancelled"


def test_a_duplicate_does_not_get_the_text_of_the_decision(company: Organisation) -> None:
    first, second = decided(company), company.file()
    company.act(second, "agent", "link", to=first)

    closed(company, first)

    assert "退还运费" not in str(company.get(f"/complaints/{second}/record", "agent"))


def test_a_duplicate_of_a_closed_complaint_is_closed_at_once(company: Organisation) -> None:
    first, second = closed(company, decided(company)), company.file()

    company.act(second, "agent", "link", to=first, reason="同一订单。")
    company.act(second, "owner", "approve")

    assert company.complaint(second)["stage"] == "closed"
    assert "一并结案，结果相同：已解决" in company.told("complainant", second)[0]


def test_an_open_duplicate_keeps_its_own_deadlines(company: Organisation) -> None:
    first, second = handled(company), company.file()

    company.act(second, "agent", "link", to=first)

    assert company.deadline(second, "resolution")["state"] == "running"
    assert company.complaint(second, "agent")["follows"] == first


def test_repeated_delivery_closes_a_duplicate_once(company: Organisation) -> None:
    first, second = decided(company), company.file()
    company.act(second, "agent", "link", to=first)
    closed(company, first)

    company.world._relayed = 0  # type: ignore[attr-defined]
    company.world.settle()

    assert len(company.events(second, type_="closed")) == 1


def test_a_complaint_that_follows_another_offers_no_second_link(company: Organisation) -> None:
    first, second = company.file(), company.file()
    company.act(second, "agent", "link", to=first)

    offers = {number: "link" in company.complaint(number, "agent")["office_acts"] for number in (first, second)}

    assert offers == {first: True, second: False}


@pytest.mark.parametrize("to", ["202601-000001", "nonsense"])
def test_a_link_to_an_unknown_complaint_is_refused(company: Organisation, to: str) -> None:
    answer = company.try_act(company.file(), "agent", "link", to=to)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/to")


def test_a_complaint_cannot_follow_itself_or_a_follower(company: Organisation) -> None:
    first, second, third = company.file(), company.file(), company.file()
    company.act(second, "agent", "link", to=first)

    assert company.try_act(first, "agent", "link", to=first).status == 422
    assert company.try_act(first, "agent", "link", to=second).status == 422
    assert company.try_act(third, "agent", "link", to=second).status == 422
    assert company.try_act(second, "agent", "link", to=third).problem == "act-not-open"


def test_reassignment_does_not_change_the_deadline(company: Organisation) -> None:
    hire(company, "business_unit", name="colleague")
    number = handled(company)
    before = company.deadline(number, "resolution")

    answer = company.act(number, "business_unit", "assign", responsible=company.subs["colleague"])

    assert (answer["stage"], answer["assigned"]) == ("handling", {"responsible": [company.subs["colleague"]]})
    assert company.deadline(number, "resolution") == before
    assert company.told("colleague", number)[0] == f"投诉 {number} 已指派，请承办。"


def test_reassigning_needs_the_right_to_assign(company: Organisation) -> None:
    number = handled(company)

    answer = company.try_act(number, "agent", "assign", responsible=company.subs["sales_unit"])

    assert answer.status == 403


def test_reassigning_needs_an_earlier_assignment(company: Organisation) -> None:
    workshop = sign_up(company.world, "auto-repair-forms")
    number = workshop.file()

    answer = workshop.try_act(number, "management", "assign", in_charge=workshop.subs["customer_manager"])

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_only_members_of_the_organisation_can_be_assigned_again(company: Organisation) -> None:
    number = handled(company)

    answer = company.try_act(number, "business_unit", "assign", responsible="nobody")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/responsible")


def test_people_of_another_unit_cannot_record_acts() -> None:
    estate = estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    unit(estate, "north")
    unit(estate, "south")
    number = estate.file(unit="north")
    hire(estate, "management_office", name="southern", unit="south")

    assert estate.try_act(number, "southern", "note", text="x").status == 404
    assert say(estate, number, "southern", "agree").status == 404
