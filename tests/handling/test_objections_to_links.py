"""The complainant objects to a link: it is lifted, and the complaint goes on with its first due times."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.linked import (
    ANNA,
    BERT,
    WHY,
    contest,
    ended,
    file,
    link,
    linked_to_ended,
    linking_office,
    types,
    wrong,
)
from tests.retention import office as retaining


@pytest.fixture
def office() -> Organisation:
    return linking_office()


def test_the_complainant_is_told_what_the_closing_means_and_how_and_until_when_to_object(office: Organisation) -> None:
    number = linked_to_ended(office)
    chinese, english = (office.told("complainant", number, language)[0] for language in ("zh", "en"))
    assert "已与就同一事项提出的另一件投诉一并结案，结果相同：属实，不再单独作出决定" in chinese
    assert "请您在2026年12月27日24时前（北京时间）通过投诉页面提出异议" in chinese
    assert "closed together with another complaint about the same matter, with the same outcome: Valid" in english
    assert "object on its page by the end of Sun 27 Dec 2026" in english


def test_an_objection_takes_the_complaint_up_again_with_its_first_due_time(office: Organisation) -> None:
    first_due = office.deadline(file(office, BERT), "answer")["due"]
    number = linked_to_ended(office)
    office.world.move_to("2026-12-03T09:00:00+08:00")
    answer = contest(office, number, reason="Another bin")
    assert (answer.status, answer.json["stage"], answer.json["duplicate"]) == (200, "open", False)
    found = office.deadline(number, "answer")
    assert (found["state"], found["due"], found["run"]) == ("running", first_due, 1)


def test_a_due_time_that_passed_meanwhile_is_missed_at_once(office: Organisation) -> None:
    number = linked_to_ended(office)
    office.world.move_to("2026-12-20T09:00:00+08:00")
    assert contest(office, number).status == 200
    office.world.move_to("2026-12-20T09:01:00+08:00")
    [missed] = office.events(number, type_="missed")[:1]
    assert missed["due_at"] == office.deadline(number, "answer")["due"]


def test_a_paused_deadline_stays_paused(office: Organisation) -> None:
    first, number = ended(office, BERT), file(office, ANNA)
    office.act(number, "officer", "park")
    link(office, number, first, reason=WHY)
    office.act(number, "manager", "approve")
    office.world.settle()
    assert contest(office, number).json["stage"] == "waiting"
    assert office.deadline(number, "answer")["state"] == "paused"


def test_the_complaint_can_be_decided_after_the_objection(office: Organisation) -> None:
    number = linked_to_ended(office)
    contest(office, number)
    office.act(number, "officer", "decide", outcome="valid")
    assert office.deadline(number, "answer")["state"] == "met"


def test_the_office_is_told_to_go_on_and_the_complainant_that_it_does(office: Organisation) -> None:
    number = linked_to_ended(office)
    contest(office, number)
    assert "请按最初的期限继续办理" in office.told("officer", number)[0]
    assert "恢复单独办理" in office.told("complainant", number)[0]


def test_an_objection_before_the_closing_lifts_the_link(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, ANNA)
    link(office, second, first)
    assert contest(office, second).json["duplicate"] is False
    office.act(first, "officer", "close")
    assert "closed" not in types(office, second)


def test_a_member_records_the_objection_of_a_complainant(office: Organisation) -> None:
    number = linked_to_ended(office)
    path = f"{office.path}/complaints/{number}/acts/contest_link"
    body = {"fields": {}, "on_behalf_of": "complainant"}
    assert office.world.call("POST", path, body, auth=office.auth("officer")).json["stage"] == "open"
    [event] = office.events(number, type_="link_contested")
    assert event["actor"]["on_behalf_of"] == "complainant"


def test_a_member_does_not_object_in_their_own_name(office: Organisation) -> None:
    answer = office.try_act(linked_to_ended(office), "officer", "contest_link")
    assert (answer.status, answer.problem) == (403, "forbidden")


def test_a_second_objection_is_refused(office: Organisation) -> None:
    number = linked_to_ended(office)
    contest(office, number)
    answer = contest(office, number)
    assert (answer.status, answer.json["detail"]) == (409, "The link was removed already.")


def test_an_objection_without_a_link_is_refused(office: Organisation) -> None:
    answer = contest(office, file(office, ANNA))
    assert (answer.status, answer.json["detail"]) == (409, "The complaint follows no other one.")


@pytest.mark.parametrize(("when", "status"), [("2026-12-27T23:59:59+08:00", 200), ("2026-12-28T00:00:00+08:00", 409)])
def test_the_time_to_object_ends_thirty_days_after_the_closing(office: Organisation, when: str, status: int) -> None:
    number = linked_to_ended(office)
    office.world.move_to(when)
    assert contest(office, number).status == status


def test_an_objection_after_the_retention_is_refused() -> None:
    office = linking_office(retention={"closed": "20 calendar days"})
    number = linked_to_ended(office)
    retaining.later(office, "2026-12-19T09:00:00+08:00")
    assert retaining.erased(office, number)
    answer = contest(office, number)
    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "were erased" in answer.json["detail"]


def test_after_an_objection_no_member_makes_the_same_link(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, ANNA)
    link(office, second, first)
    contest(office, second)
    assert wrong(link(office, second, first, reason=WHY)) == [
        ("/fields/to", "the complainant has objected to a link with that complaint")
    ]


def test_each_duplicate_of_a_chain_is_taken_up_by_its_own_objection(office: Organisation) -> None:
    first, second, third = (file(office, ANNA) for _ in range(3))
    link(office, third, second)
    link(office, second, first)
    office.act(first, "officer", "close")
    office.world.settle()
    assert contest(office, second).json["stage"] == "open"
    assert office.complaint(third)["stage"] == "done"
    assert contest(office, third).json["stage"] == "open"


def test_a_complaint_that_ended_by_its_own_procedure_takes_no_objection(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, ANNA)
    link(office, second, first)
    office.act(second, "officer", "close")
    assert contest(office, second).problem == "act-not-open"


def test_no_party_reads_the_number_of_the_other_complaint(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, ANNA)
    link(office, second, first)
    contest(office, second)
    record = office.get(f"/complaints/{second}/record", "complainant", second)
    assert first not in repr([record, office.told_in_full("complainant", second), office.complaint(second)])


def test_the_record_with_an_objection_verifies(office: Organisation) -> None:
    number = linked_to_ended(office)
    contest(office, number, reason="Another bin")
    assert office.get(f"/complaints/{number}/record/verify", "owner")["intact"] is True
