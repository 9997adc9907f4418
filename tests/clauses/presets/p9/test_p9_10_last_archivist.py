"""P9.10 (r) `food-drug-administration`: the leader names who files it if every archivist is excluded."""

from __future__ import annotations

from tests.clauses.offices.bureau import closed, decided
from tests.clauses.organisation import Organisation, hire

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


def test_p9_10_a_second_archivist_files_it(bureau: Organisation) -> None:
    hire(bureau, "archivist", name="second")

    assert bureau.act(excluded(bureau), "second", "archive")["stage"] == "archived"


def test_p9_10_a_late_answer_reopens_what_the_person_named_has_not_filed(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to("2026-10-09T09:00:00+08:00")
    bureau.act(number, "archivist", "recuse", **REASON)
    bureau.act(number, "leader", "forward", registrar=[bureau.subs["information_centre"]])

    assert bureau.act(number, "complainant", "reopen")["stage"] == "decided"
