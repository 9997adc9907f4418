"""P9.12 (+) `food-drug-administration`: nobody handles a complaint in which they have an interest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import (
    CONDITIONS,
    accepted,
    assigned,
    closed,
    decided,
    disputed,
    filed,
    inspected,
    settled,
)
from tests.clauses.organisation import Organisation, hire

REASON = {"reason": "被投诉者是亲属。"}
Stage = Callable[[Organisation], str]


@pytest.mark.parametrize("stage", [filed, accepted, inspected, decided, settled, disputed, closed])
def test_p9_12_an_officer_declares_an_interest(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)

    bureau.act(number, "officer", "recuse", **REASON)

    assert bureau.complaint(number, "officer")["acts"] == []
    repeat = "；以下工作须由他人重新进行：调查核实" if stage is inspected else ""
    assert bureau.told("leader", number)[:1] == [f"投诉 {number} 有人员回避：officer{repeat}。"]


@pytest.mark.parametrize("stage", [filed, accepted, inspected, decided, settled, disputed, closed])
def test_p9_12_the_leader_names_an_officer_with_an_interest(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)

    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], **REASON)

    assert bureau.complaint(number, "officer")["acts"] == []


def test_p9_12_who_has_an_interest_neither_inspects_nor_decides(bureau: Organisation) -> None:
    number = assigned(bureau)
    bureau.act(number, "officer", "recuse", **REASON)

    assert bureau.try_act(number, "officer", "inspect", findings="现场核实。").status == 403


def test_p9_12_the_information_centre_declares_an_interest_before_the_screening(bureau: Organisation) -> None:
    hire(bureau, "information_centre", name="second")
    number = filed(bureau)

    bureau.act(number, "information_centre", "recuse", **REASON)

    assert bureau.try_act(number, "information_centre", "accept", conditions=CONDITIONS).status == 403
    assert bureau.act(number, "second", "accept", conditions=CONDITIONS)["stage"] == "accepted"


@pytest.mark.parametrize("stage", [decided, closed])
def test_p9_12_the_archivist_declares_an_interest(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)

    bureau.act(number, "archivist", "recuse", **REASON)

    assert bureau.try_act(number, "archivist", "recuse", **REASON).status == 403


def test_p9_12_an_archivist_with_an_interest_archives_nothing(bureau: Organisation) -> None:
    hire(bureau, "archivist", name="second")
    number = closed(bureau)
    bureau.act(number, "archivist", "recuse", **REASON)

    assert bureau.try_act(number, "archivist", "archive").status == 403
    assert bureau.act(number, "second", "archive")["stage"] == "archived"


def test_p9_12_the_case_goes_to_another_officer(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = assigned(bureau)
    bureau.act(number, "officer", "recuse", **REASON)

    bureau.act(number, "leader", "assign", officers=[bureau.subs["second"]])

    assert bureau.act(number, "second", "inspect", findings="现场核实。")["stage"] == "investigating"


@pytest.mark.parametrize("stage", [accepted, assigned])
def test_p9_12_the_case_is_not_given_to_an_officer_with_an_interest(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)
    bureau.act(number, "officer", "recuse", **REASON)

    answer = bureau.try_act(number, "leader", "assign", officers=[bureau.subs["officer"]])

    assert (answer.status, answer.pointer) == (422, "/fields/officers")


def test_p9_12_a_leader_who_names_an_officer_with_an_interest_can_handle_it(bureau: Organisation) -> None:
    hire(bureau, "officer", name="both", also=["leader"])
    number = accepted(bureau)

    bureau.act(number, "both", "recuse", person=[bureau.subs["officer"]], **REASON)

    assert bureau.try_act(number, "leader", "assign", officers=[bureau.subs["officer"]]).status == 422
    assert bureau.act(number, "leader", "assign", officers=[bureau.subs["both"]])["stage"] == "investigating"


@pytest.mark.parametrize("who", ["officer", "information_centre", "archivist"])
@pytest.mark.parametrize("other", ["leader", "second"])
def test_p9_12_only_the_leader_names_others(bureau: Organisation, who: str, other: str) -> None:
    hire(bureau, "officer", name="second")
    number = assigned(bureau)

    answer = bureau.try_act(number, who, "recuse", person=[bureau.subs[other]], **REASON)

    assert (answer.status, answer.pointer) == (422, "/fields/person")
    assert [one["name"] for one in bureau.complaint(number, who)["forms"]["recuse"]] == ["reason"]
    assert bureau.act(number, who, "recuse", person=[bureau.subs[who]], **REASON)["stage"] == "investigating"


def test_p9_12_when_no_officer_is_left_the_leader_is_told_and_transfers_the_complaint(bureau: Organisation) -> None:
    number = accepted(bureau)
    bureau.act(number, "officer", "recuse", **REASON)

    assert bureau.told("leader", number)[:1] == [f"投诉 {number} 有人员回避：officer。"]
    assert bureau.complaint(number, "leader")["acts"] == ["assign", "recuse", "transfer"]
    assert bureau.act(number, "leader", "transfer", body="市食品药品监督管理局")["stage"] == "transferred"


def test_p9_12_a_new_officer_can_take_a_case_from_which_all_others_are_excluded(bureau: Organisation) -> None:
    number = accepted(bureau)
    bureau.act(number, "officer", "recuse", **REASON)
    hire(bureau, "officer", name="second")

    assert bureau.act(number, "leader", "assign", officers=[bureau.subs["second"]])["stage"] == "investigating"


@pytest.mark.parametrize("person", ["x", "00000000-0000-4000-8000-000000000000"])
def test_p9_12_a_stranger_cannot_be_named(bureau: Organisation, person: str) -> None:
    answer = bureau.try_act(assigned(bureau), "leader", "recuse", person=[person], **REASON)

    assert (answer.status, answer.pointer) == (422, "/fields/person")


def test_p9_12_the_interest_is_stated(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "recuse")

    assert (answer.status, answer.pointer) == (422, "/fields/reason")


def test_p9_12_the_complainant_recuses_nobody(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "complainant", "recuse", person=[bureau.subs["officer"]], **REASON)

    assert answer.status == 403
