"""Links of duplicates: what others can do at the same time, which complaints take none, and what the parties see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.handling.exclusion.council import START, council, refused_at, stand_in
from tests.helpers.fakes.client import Answer
from tests.kernel.web.untouched import in_process
from tests.retention import office as retaining

PROCEDURE: dict[str, Any] = {
    "decide": {"by": "officer", "needs": "outcome"},
    "close": {"by": ["officer", "manager"], "to": "done"},
    "withdraw": {"by": "complainant", "to": "done"},
    "recuse": {"by": "officer"},
}
PARTS: dict[str, Any] = {
    "fields": {"outcome": {"en": "Outcome", "kind": "choice", "choices": {"valid": {"en": "Valid"}}}},
    "clocks": {
        "answer": {
            "name": {"en": "Answer"},
            "from": "registered",
            "until": "decided",
            "within": "5 days",
            "missed": "record",
        }
    },
}
UNKNOWN = ("there is no such complaint", "/fields/to")


@pytest.fixture
def office() -> Organisation:
    """All complaints are about the same subject, so that they are related."""
    made = council(PROCEDURE, **PARTS)
    made.always["subject"] = "Bin 12"
    return made


def link(office: Organisation, number: str, to: str, who: str = "officer", **fields: Any) -> Answer:
    return office.try_act(number, who, "link", to=to, **fields)


def end(office: Organisation, number: str) -> None:
    office.act(number, "officer", "decide", outcome="valid")
    office.act(number, "manager", "close")
    office.world.settle()


def dry(office: Organisation, number: str, act: str, who: str = "officer", **fields: Any) -> dict[str, Any]:
    path = f"{office.path}/complaints/{number}/acts/{act}?dry_run=true"
    answer = office.world.call("POST", path, {"fields": fields}, auth=office.auth(who))
    assert answer.status == 200, answer.text
    would: dict[str, Any] = answer.json["would"]
    return would


def wrong(answer: Answer) -> tuple[str, str]:
    [error] = answer.json["errors"]
    return error["detail"], error["pointer"]


def types(office: Organisation, number: str) -> list[str]:
    office.world.settle()
    return [event["type"] for event in office.events(number)]


@contextmanager
def just_before(office: Organisation, other: Callable[[], Answer]) -> Iterator[list[Answer]]:
    """Another request is faster than the next commit. Yields its answer."""
    store, answers = in_process(office).fakes.store, list[Answer]()

    def act(call: RecordedCall) -> None:
        if call.name == "commit" and not answers:
            store.before = None
            answers.append(other())

    store.before = act
    try:
        yield answers
    finally:
        store.before = None


# ---- at the same time ------------------------------------------------------------------------------------------------


def test_of_two_links_of_the_same_pair_at_once_one_wins_and_the_other_is_told(office: Organisation) -> None:
    first, second = office.file(), office.file()
    with just_before(office, lambda: link(office, second, first, "second")) as faster:
        answer = link(office, second, first)
    assert [one.status for one in faster] == [200]
    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert answer.json["detail"] == f"The complaint follows {first} already."
    assert types(office, second).count("linked") == 1


def test_of_two_complaints_that_are_linked_to_each_other_at_once_one_follows(office: Organisation) -> None:
    first, second = office.file(), office.file()
    with just_before(office, lambda: link(office, first, second)) as faster:
        answer = link(office, second, first)
    assert [one.status for one in faster] == [200]
    assert wrong(answer) == (f"that complaint follows another itself: {second}", "/fields/to")
    assert [office.complaint(number, "officer")["follows"] for number in (first, second)] == [second, None]


def test_a_link_to_a_complaint_that_is_linked_on_at_once_names_the_one_that_goes_on(office: Organisation) -> None:
    first, second, third = office.file(), office.file(), office.file()
    with just_before(office, lambda: link(office, second, first)):
        answer = link(office, third, second)
    assert wrong(answer) == (f"that complaint follows another itself: {first}", "/fields/to")


def test_a_change_of_the_other_complaint_at_once_stops_no_link(office: Organisation) -> None:
    first, second = office.file(), office.file()
    with just_before(office, lambda: office.try_act(first, "officer", "note", text="Called back")):
        answer = link(office, second, first)
    assert (answer.status, answer.json["follows"]) == (200, first)


# ---- chains ----------------------------------------------------------------------------------------------------------


def test_duplicates_of_a_duplicate_are_closed_with_the_outcome_of_the_one_that_goes_on(office: Organisation) -> None:
    first, second, third = office.file(), office.file(), office.file()
    link(office, third, second)
    link(office, second, first)
    end(office, first)
    [closed] = office.events(third, type_="closed")
    assert (closed["fields"]["follows"], closed["fields"]["outcome"]) == (second, {"outcome": "valid"})


def test_no_link_leads_back_to_the_complaint(office: Organisation) -> None:
    first, second, third = office.file(), office.file(), office.file()
    link(office, third, second)
    link(office, second, first)
    assert wrong(link(office, first, third)) == (f"that complaint follows another itself: {second}", "/fields/to")


# ---- to which complaints ---------------------------------------------------------------------------------------------


def test_a_link_to_a_closed_complaint_closes_the_duplicate_at_once(office: Organisation) -> None:
    first, second = office.file(), office.file()
    end(office, first)
    office.act(second, "officer", "decide", outcome="valid")
    foreseen = dry(office, second, "link", to=first, reason="The same bin")
    link(office, second, first, reason="The same bin")
    assert [one["type"] for one in foreseen["events"] if one["type"] != "notified"] == ["linked", "closed"]
    assert types(office, second)[-1] == "notified"
    assert "closed" in types(office, second)


def test_a_link_to_a_withdrawn_complaint_leaves_the_duplicate_in_its_own_procedure(office: Organisation) -> None:
    first, second = office.file(), office.file()
    office.act(first, "complainant", "withdraw")
    assert dry(office, second, "link", to=first, reason="The same bin")["link"]["closes"] == "alone"
    link(office, second, first, reason="The same bin")
    office.act(second, "manager", "approve")
    assert "closed" not in types(office, second)


def test_a_complaint_that_excludes_the_member_takes_no_link(office: Organisation) -> None:
    first, second = office.file(), office.file()
    office.act(first, "officer", "recuse")
    assert wrong(link(office, second, first)) == UNKNOWN
    assert wrong(link(office, second, "202611-009999")) == UNKNOWN
    assert link(office, second, first, "second").status == 200


def test_a_person_whom_the_duplicate_excludes_neither_links_it_nor_removes_the_link(office: Organisation) -> None:
    first, second = office.file(), office.file()
    office.act(second, "officer", "recuse")
    assert refused_at(office, second, "officer", "link", to=first)[0] == "forbidden"
    link(office, second, first, "second")
    assert refused_at(office, second, "officer", "unlink", reason="Another street")[0] == "forbidden"


def test_a_deputy_links_for_the_person_who_is_away_and_the_record_names_both(office: Organisation) -> None:
    first, second = office.file(), office.file()
    stand_in(office, "officer", "third")
    assert link(office, second, first, "third").status == 200
    [event] = office.events(second, type_="linked")
    assert event["actor"]["id"] == office.subs["third"]


def test_a_complaint_of_another_organisation_is_unknown() -> None:
    office, elsewhere = council(PROCEDURE, **PARTS), council(PROCEDURE, **PARTS)
    theirs = [elsewhere.file() for _ in range(3)][-1]
    assert wrong(link(office, office.file(), theirs)) == UNKNOWN


def test_a_complaint_of_another_unit_is_unknown() -> None:
    estate = estate_in(InProcess(START))
    for unit in ("north", "south"):
        estate.world.call("POST", f"{estate.path}/units", {"id": unit, "name": f"{unit}区"}, auth=estate.auth("owner"))
    hire(estate, "management_office", name="northerner", unit="north")
    north, south = (estate.file(unit=unit) for unit in ("north", "south"))
    assert wrong(link(estate, north, south, "northerner")) == UNKNOWN
    assert link(estate, north, south, "service_centre", reason="同一电梯。").status == 200


def test_a_complaint_whose_contents_are_erased_takes_no_link() -> None:
    bureau = bureau_in(InProcess(retaining.START))
    retaining.publish(bureau, "20 calendar days")
    first = retaining.refused(bureau)
    retaining.later(bureau, retaining.AFTER)
    assert retaining.erased(bureau, first)
    answer = bureau.try_act(retaining.filed(bureau), "information_centre", "link", to=first)
    assert wrong(answer) == ("its contents are erased, because the time to keep them is over", "/fields/to")


# ---- said before -----------------------------------------------------------------------------------------------------


def test_a_dry_run_says_which_complaint_goes_on_and_which_deadlines_do(office: Organisation) -> None:
    first, second = office.file(), office.file()
    would = dry(office, second, "link", to=first)
    [goes_on] = would["link"].pop("goes_on")
    assert (would["link"].pop("doubts"), would["link"].pop("objection_days")) == ([], 30)
    assert would["link"] == {"to": first, "stage": "open", "label": {"zh": "Open", "en": "Open"}, "closes": "later"}
    assert (goes_on["clock"], goes_on["due"]) == ("answer", office.deadline(second, "answer")["due"])
    assert (would["stops"], would["closes"]) == ([], False)
    assert [(one["role"], one["wording"]) for one in would["tells"]] == [("complainant", "linked")]


def test_a_dry_run_of_a_link_to_a_closed_one_says_which_deadlines_stop(office: Organisation) -> None:
    first, second = office.file(), office.file()
    office.act(first, "officer", "close")
    link(office, second, first, reason="The same bin")
    would = dry(office, second, "approve", "manager")
    assert (would["link"]["closes"], would["link"]["goes_on"], would["closes"]) == ("now", [], True)
    assert [one["clock"] for one in would["stops"]] == ["answer"]
    assert [one["wording"] for one in would["tells"]][-2:] == ["linked", "closed_together"]
    assert "linked" not in types(office, second)


# ---- the end of a link -----------------------------------------------------------------------------------------------


def test_a_complaint_whose_link_was_removed_is_not_closed_with_the_other(office: Organisation) -> None:
    first, second = office.file(), office.file()
    link(office, second, first)
    assert office.act(second, "officer", "unlink", reason="Another street")["follows"] is None
    end(office, first)
    assert "closed" not in types(office, second)


def test_a_removed_link_can_be_made_anew(office: Organisation) -> None:
    first, second, third = office.file(), office.file(), office.file()
    link(office, second, first)
    office.act(second, "officer", "unlink", reason="Another street")
    assert link(office, second, third).json["follows"] == third


def test_a_complaint_that_was_closed_with_the_other_keeps_the_link(office: Organisation) -> None:
    first, second = office.file(), office.file()
    link(office, second, first)
    office.act(first, "officer", "close")
    office.world.settle()
    assert refused_at(office, second, "officer", "unlink", reason="Another street")[0] == "act-not-open"


# ---- what the parties see --------------------------------------------------------------------------------------------


def test_the_complainant_is_told_what_a_link_means_and_nothing_of_the_other(office: Organisation) -> None:
    first, second = office.file(), office.file()
    link(office, second, first)
    [text] = office.told("complainant", second, "en")[-1:]
    assert "is now handled together with another complaint about the same matter" in text
    view = office.complaint(second)
    assert (view["duplicate"], office.complaint(first)["duplicate"]) == (True, False)
    office.act(second, "officer", "unlink", reason="Another street")
    link(office, second, first)
    end(office, first)
    read = [office.complaint(second), office.get(f"/complaints/{second}/record", "complainant", second)]
    assert first not in repr([*read, office.told_in_full("complainant", second)])
    assert "Another street" not in repr(read)


def test_the_record_of_linked_complaints_verifies(office: Organisation) -> None:
    first, second = office.file(), office.file()
    link(office, second, first)
    office.act(second, "officer", "unlink", reason="Another street")
    assert office.get(f"/complaints/{second}/record/verify", "owner")["intact"] is True
