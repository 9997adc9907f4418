"""A link to a closed or unrelated complaint needs a reason and, before the first answer, a second person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.handling.exclusion.council import START, stand_in
from tests.handling.linked import (
    ANNA,
    BERT,
    PARTS,
    WHY,
    dry,
    ended,
    file,
    link,
    linking_office,
    types,
    wrong,
)
from tests.helpers.fakes.client import Answer

ENDED, UNRELATED, BOTH = "has ended", "is unrelated", "has ended and is unrelated"


def doubted(answer: Answer) -> str:
    """Why the link needs a reason."""
    [(pointer, detail)] = [(one["pointer"], one["detail"]) for one in answer.json["errors"]]
    assert pointer == "/fields/reason"
    return str(detail).partition("that complaint ")[2].partition(".")[0]


@pytest.fixture
def office() -> Organisation:
    return linking_office()


def proposals(office: Organisation, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.complaint(number, "officer")["proposals"]
    return found


# ---- what unrelated means --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shared",
    [
        {"complainant.phone": "000 0000 0001", "complainant.email": "other@example.com"},
        {"complainant.phone": "00000000009", "complainant.email": "ANNA@example.com"},
    ],
)
def test_complaints_with_the_same_contact_are_related(office: Organisation, shared: dict[str, str]) -> None:
    first, second = file(office, ANNA), file(office, shared)
    assert link(office, second, first).json["follows"] == first


def test_complaints_about_the_same_subject_are_related(office: Organisation) -> None:
    first, second = file(office, ANNA, subject="Bin 12"), file(office, BERT, subject="bin-12")
    assert link(office, second, first).json["follows"] == first


def test_complaints_with_another_contact_and_subject_are_unrelated(office: Organisation) -> None:
    first, second = file(office, ANNA, subject="Bin 12"), file(office, BERT, subject="Bin 13")
    assert doubted(link(office, second, first)) == UNRELATED


def test_complaints_of_which_nothing_can_be_compared_are_unrelated(office: Organisation) -> None:
    first, second = office.file(), office.file()
    assert doubted(link(office, second, first)) == UNRELATED


def test_complaints_about_different_respondents_are_unrelated() -> None:
    platform = sign_up(InProcess(START), "platform")
    for unit in ("red", "blue"):
        body = {"id": unit, "name": f"{unit}店"}
        assert platform.world.call("POST", f"{platform.path}/units", body, auth=platform.auth("owner")).status == 201
    red, blue, again = (platform.file(unit=unit) for unit in ("red", "blue", "red"))
    assert doubted(link(platform, blue, red, "screener")) == UNRELATED
    assert link(platform, again, red, "screener").status == 200


def test_the_refusal_says_what_related_means_in_both_languages(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    path, body = f"{office.path}/complaints/{second}/acts/link", {"fields": {"to": first}}
    texts = [
        office.world.call("POST", path, body, auth=office.auth("officer"), headers={"Accept-Language": language}).json[
            "errors"
        ][0]["detail"]
        for language in ("en", "zh")
    ]
    assert "the same contact details of the complainant or the same subject" in texts[0]
    assert "联系方式相同或者投诉标的相同" in texts[1]


# ---- a reason --------------------------------------------------------------------------------------------------------


def test_a_link_to_a_closed_complaint_of_the_same_person_needs_a_reason(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, ANNA)
    assert doubted(link(office, second, first)) == ENDED


def test_both_reasons_are_named_at_once(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, BERT)
    assert doubted(link(office, second, first)) == BOTH


def test_the_complainant_is_told_the_reason_and_reads_it_in_the_mail(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    office.act(second, "manager", "approve")
    office.world.settle()
    message = office.get(f"/messages?complaint={second}", "complainant", second)["messages"][0]
    assert [(one["label"]["zh"], one["text"]["zh"]) for one in message["enclosed"]] == [("理由", WHY)]
    assert WHY in office.world.mail(BERT["complainant.email"])


# ---- a second person -------------------------------------------------------------------------------------------------


def test_a_link_to_an_unrelated_complaint_waits_for_a_second_person(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    assert link(office, second, first, reason=WHY).json["follows"] is None
    [proposal] = proposals(office, second)
    assert (proposal["act"], proposal["approvers"]) == ("link", ["officer", "manager", "owner"])


def test_a_closed_complaint_closes_no_duplicate_before_the_approval(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, ANNA)
    link(office, second, first, reason=WHY)
    assert "closed" not in types(office, second)
    office.act(second, "manager", "approve")
    assert "closed" in types(office, second)


def test_the_proposer_does_not_approve_the_link(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    answer = office.try_act(second, "officer", "approve")
    assert (answer.status, answer.problem) == (403, "forbidden")


def test_a_deputy_does_not_approve_what_the_absent_person_proposed(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    stand_in(office, "officer", "third")
    assert office.try_act(second, "third", "approve").status == 403


@pytest.mark.parametrize("approver", ["second", "manager", "owner"])
def test_another_person_of_the_tiers_or_an_owner_approves(office: Organisation, approver: str) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    assert office.act(second, approver, "approve")["follows"] == first
    [event] = office.events(second, type_="linked")
    approver_sub = office.get("/people/me", approver)["sub"]
    assert (event["actor"]["id"], event["actor"]["on_behalf_of"]) == (approver_sub, office.subs["officer"])


def test_a_rejected_link_is_not_made(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    assert office.act(second, "manager", "reject", reason="Another bin")["follows"] is None
    assert types(office, second).count("linked") == 0


def test_the_approver_reads_of_it_in_my_work_and_in_a_mail(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    office.world.settle()
    [task] = [one for one in office.get("/tasks", "manager")["tasks"] if one["kind"] == "approval"]
    assert (task["number"], task["act"]) == (second, "link")
    assert "关联其他投诉" in office.told_in_full("manager", second)[0]
    assert second in office.world.mail(f"manager@{office.id}.example")


def test_after_the_first_answer_one_person_links_for_a_reason(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    office.act(second, "officer", "decide", outcome="valid")
    assert doubted(link(office, second, first)) == UNRELATED
    assert link(office, second, first, reason=WHY).json["follows"] == first


def test_an_answer_before_a_reopening_does_not_count(office: Organisation) -> None:
    first, second = file(office, ANNA), ended(office, BERT)
    office.act(second, "manager", "reopen")
    assert link(office, second, first, reason=WHY).json["follows"] is None


# ---- what else happens -----------------------------------------------------------------------------------------------


def test_a_second_link_is_refused_while_one_waits(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    answer = link(office, second, first, "second", reason=WHY)
    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert answer.json["detail"] == "A link of this complaint awaits approval."


def test_a_proposed_link_stays_while_the_complaint_moves_on(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    office.act(second, "officer", "park")
    assert office.act(second, "manager", "approve")["follows"] == first


def test_a_proposed_link_is_void_when_the_complaint_is_closed(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    office.act(second, "officer", "close")
    assert proposals(office, second) == []


@pytest.mark.parametrize("other", ["linked on", "hidden"])
def test_what_became_of_the_other_complaint_refuses_the_approval(office: Organisation, other: str) -> None:
    first, second, third = file(office, ANNA), file(office, BERT), file(office, ANNA)
    link(office, second, first, reason=WHY)
    if other == "linked on":
        assert link(office, first, third).status == 200
    else:
        office.act(first, "manager", "recuse")
    answer = office.try_act(second, "manager", "approve")
    assert (answer.status, answer.pointer) == (422, "/fields/proposal")


def test_a_link_to_itself_is_refused_for_that(office: Organisation) -> None:
    number = file(office, ANNA)
    assert wrong(link(office, number, number, reason=WHY)) == [("/fields/to", "must name another complaint")]


def test_a_ring_is_refused_whoever_approves(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    link(office, first, second, "second", reason=WHY)
    office.act(second, "manager", "approve")
    answer = office.try_act(first, "manager", "approve")
    assert (answer.status, answer.pointer) == (422, "/fields/proposal")


def test_a_complaint_that_the_member_does_not_handle_is_unknown_with_or_without_a_reason(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, BERT)
    hidden = file(office, ANNA)
    office.act(hidden, "officer", "recuse")
    unknown = [("/fields/to", "there is no such complaint")]
    assert wrong(link(office, second, hidden)) == wrong(link(office, second, "202611-009999")) == unknown
    assert wrong(link(office, second, hidden, reason=WHY)) == unknown
    assert first not in repr(office.complaint(second))


def test_a_member_of_another_unit_does_not_approve() -> None:
    estate = linking_office(intake={**PARTS["intake"], "unit": "optional"})
    for unit in ("north", "south"):
        body = {"id": unit, "name": unit}
        assert estate.world.call("POST", f"{estate.path}/units", body, auth=estate.auth("owner")).status == 201
    hire(estate, "manager", name="southerner", unit="south")
    first, second = file(estate, ANNA, unit="north"), file(estate, BERT, unit="north")
    link(estate, second, first, reason=WHY)
    assert estate.try_act(second, "southerner", "approve").status == 404


# ---- said before -----------------------------------------------------------------------------------------------------


def test_a_dry_run_says_why_it_waits_and_for_whom(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, BERT)
    would = dry(office, second, "link", to=first, reason=WHY)
    assert [one["role"] for one in would["approval"]["by"]] == ["officer", "manager", "owner"]
    assert (would["link"]["closes"], would["link"]["doubts"]) == ("now", ["ended", "unrelated"])
    assert (would["link"]["objection_days"], would["stops"]) == (30, [])


def test_a_dry_run_of_the_approval_says_that_it_closes_the_complaint(office: Organisation) -> None:
    first, second = ended(office, ANNA), file(office, BERT)
    link(office, second, first, reason=WHY)
    would = dry(office, second, "approve", "manager")
    assert (would["closes"], [one["clock"] for one in would["stops"]]) == (True, ["answer"])
    assert [one["wording"] for one in would["tells"] if one.get("role") == "complainant"] == [
        "linked",
        "closed_together",
    ]
