"""P9.10 (r) `food-drug-administration`: the leader names who files it if every archivist is excluded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import closed, decided, disputed, executed
from tests.clauses.organisation import Organisation, hire

Stage = Callable[[Organisation], str]
REASON = {"reason": "被投诉者是亲属。"}


def excluded(bureau: Organisation) -> str:
    number = closed(bureau)
    bureau.act(number, "archivist", "recuse", **REASON)
    return number


def test_p9_10_the_leader_names_who_files_it_if_the_last_archivist_is_excluded(bureau: Organisation) -> None:
    number = excluded(bureau)
    named = bureau.subs["information_centre"]

    assert bureau.try_act(number, "information_centre", "archive").status == 403
    assert bureau.act(number, "leader", "forward", registrar=[named])["stage"] == "registering"
    assert bureau.told("information_centre", number)[:1] == [
        f"投诉 {number} 已结案，因档案管理员回避，局领导已指定归档人员，请归档。"
    ]
    assert bureau.try_act(number, "archivist", "archive").status in (403, 409)
    assert bureau.act(number, "information_centre", "archive")["stage"] == "archived"


def test_p9_10_only_the_person_named_files_it(bureau: Organisation) -> None:
    hire(bureau, "information_centre", name="second")
    number = excluded(bureau)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])

    assert bureau.try_act(number, "second", "archive").status == 403


def test_p9_10_the_leader_names_another_person_if_the_one_named_is_excluded(bureau: Organisation) -> None:
    hire(bureau, "information_centre", name="second")
    number = excluded(bureau)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])
    bureau.act(number, "information_centre", "recuse", **REASON)

    again = bureau.try_act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["second"]])

    assert (again.status, again.pointer) == (422, "/fields/registrar")
    assert bureau.act(number, "second", "archive")["stage"] == "archived"


def test_p9_10_the_leader_names_one_person_of_the_information_centre(bureau: Organisation) -> None:
    number = excluded(bureau)

    answer = bureau.try_act(number, "leader", "forward", registrar=[bureau.subs["officer"]])
    both = bureau.try_act(number, "leader", "forward", registrar=[bureau.subs["officer"], bureau.subs["leader"]])

    assert [(one.status, one.pointer) for one in (answer, both)] == [(422, "/fields/registrar")] * 2


def test_p9_10_the_leader_names_a_person(bureau: Organisation) -> None:
    answer = bureau.try_act(excluded(bureau), "leader", "forward")

    assert (answer.status, answer.pointer) == (422, "/fields/registrar")


def test_p9_10_a_second_archivist_files_it(bureau: Organisation) -> None:
    hire(bureau, "archivist", name="second")

    assert bureau.act(excluded(bureau), "second", "archive")["stage"] == "archived"


def test_p9_10_a_late_answer_reopens_what_the_person_named_has_not_filed(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to("2026-10-09T09:00:00+08:00")
    bureau.act(number, "archivist", "recuse", **REASON)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])

    assert bureau.act(number, "complainant", "reopen")["stage"] == "decided"


@pytest.mark.parametrize("stage", [executed, disputed, decided])
def test_p9_10_a_leader_who_knows_of_an_exclusion_hears_of_the_closing_and_of_what_to_do(
    bureau: Organisation, stage: Stage
) -> None:
    number = stage(bureau)
    bureau.act(number, "archivist", "recuse", **REASON)

    if stage is decided:
        bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    else:
        bureau.act(number, "officer", "close", handling_record="已处理。")

    said = f"投诉 {number} 已结案，办理中有人员回避；如档案管理员均已回避，请指定归档人员。"
    assert bureau.told("leader", number)[0] == said
    assert bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])


@pytest.mark.parametrize("stage", [executed, disputed, decided])
def test_p9_10_without_an_exclusion_the_leader_hears_nothing_of_the_closing(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)
    if stage is decided:
        bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    else:
        bureau.act(number, "officer", "close", handling_record="已处理。")

    assert not any("归档" in text for text in bureau.told("leader", number))


def test_p9_10_while_no_person_is_excluded_the_archivist_files_it(bureau: Organisation) -> None:
    number = closed(bureau)

    answer = bureau.try_act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "forward" not in bureau.complaint(number, "leader")["acts"]


def test_p9_10_an_archivist_who_is_excluded_is_not_assigned(bureau: Organisation) -> None:
    number = excluded(bureau)

    answer = bureau.try_act(number, "leader", "assign", in_charge=[bureau.subs["archivist"]])

    assert (answer.status, answer.pointer) == (422, "/fields/in_charge")


def test_p9_10_the_owner_is_told_once_that_no_archivist_is_left(bureau: Organisation) -> None:
    number = excluded(bureau)

    assert [text for text in bureau.told("owner", number) if "档案管理员" in text] == [
        f"投诉 {number}：角色“档案管理员”的人员因此前的“回避”均不能参与处理。请为该角色另行指定人员。"
    ]


def test_p9_10_while_a_second_archivist_is_left_the_owner_is_not_told(bureau: Organisation) -> None:
    hire(bureau, "archivist", name="second")

    assert bureau.told("owner", excluded(bureau)) == []


def test_p9_10_a_second_archivist_who_comes_later_files_it(bureau: Organisation) -> None:
    number = excluded(bureau)
    hire(bureau, "archivist", name="second")

    assert bureau.act(number, "leader", "assign", in_charge=[bureau.subs["second"]])["stage"] == "closed"
    assert bureau.act(number, "second", "archive")["stage"] == "archived"


def test_p9_10_a_second_archivist_does_not_file_it_again(bureau: Organisation) -> None:
    hire(bureau, "archivist", name="second")
    number = closed(bureau)
    bureau.act(number, "archivist", "archive")

    assert bureau.try_act(number, "second", "archive").problem == "act-not-open"
    assert len(bureau.events(number, type_="archived")) == 1


def test_p9_10_a_second_archivist_does_not_file_what_the_leader_has_given_to_a_person(bureau: Organisation) -> None:
    number = excluded(bureau)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])
    hire(bureau, "archivist", name="second")

    assert bureau.try_act(number, "second", "archive").status == 403
