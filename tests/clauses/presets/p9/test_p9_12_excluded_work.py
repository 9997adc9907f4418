"""P9.12 (+) `food-drug-administration`: no handling opinion rests on the work of an officer with an interest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import DECISION, decided, disputed, executed, mediated, mediation, settled
from tests.clauses.organisation import Organisation, hire

Stage = Callable[[Organisation], str]
REASON = {"reason": "被投诉者是亲属。"}
FINDINGS = {"findings": "重新到经营单位核实，食品已过保质期。"}


def taken_over(bureau: Organisation, excluded_by: str = "officer", **mediated_as: str) -> str:
    """The officer has inspected and mediated, and is then excluded; the leader names a second officer."""
    hire(bureau, "officer", name="second")
    number = mediated(bureau, **mediated_as)
    person = {"person": [bureau.subs["officer"]]} if excluded_by == "leader" else {}
    bureau.act(number, excluded_by, "recuse", **person, **REASON)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["second"]])
    return number


def excluded_after(bureau: Organisation, stage: Stage) -> str:
    """The officer who decided is excluded later; there is a second officer."""
    hire(bureau, "officer", name="second")
    number = stage(bureau)
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], **REASON)
    return number


def refused(bureau: Organisation, number: str) -> bool:
    answer = bureau.try_act(number, "second", "decide", **DECISION)
    assert "decide" in bureau.complaint(number, "second")["acts"] or answer.problem == "act-not-open"
    return answer.status == 409


@pytest.mark.parametrize("excluded_by", ["officer", "leader"])
def test_p9_12_another_officer_inspects_and_mediates_again(bureau: Organisation, excluded_by: str) -> None:
    number = taken_over(bureau, excluded_by)

    assert refused(bureau, number)
    bureau.act(number, "second", "inspect", **FINDINGS)
    assert refused(bureau, number)
    bureau.act(number, "second", "mediate", **mediation(bureau))
    assert bureau.act(number, "second", "decide", **DECISION)["stage"] == "decided"


def test_p9_12_the_new_mediation_alone_does_not_do(bureau: Organisation) -> None:
    number = taken_over(bureau)

    bureau.act(number, "second", "mediate", **mediation(bureau))

    assert refused(bureau, number)


def test_p9_12_an_agreement_that_the_excluded_officer_brought_about_settles_nothing(bureau: Organisation) -> None:
    number = taken_over(bureau, agreement="agreed")
    bureau.act(number, "second", "inspect", **FINDINGS)
    bureau.act(number, "second", "mediate", **mediation(bureau))

    answer = bureau.try_act(number, "second", "decide", **{**DECISION, "outcome": "mediated"})

    assert (answer.status, answer.pointer) == (422, "/fields/outcome")


def test_p9_12_the_work_of_others_counts_after_an_exclusion(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = mediated(bureau)

    bureau.act(number, "leader", "recuse", person=[bureau.subs["second"]], **REASON)
    bureau.act(number, "archivist", "recuse", **REASON)

    assert bureau.act(number, "officer", "decide", **DECISION)["stage"] == "decided"


def test_p9_12_the_record_keeps_the_work_and_says_what_no_longer_counts(bureau: Organisation) -> None:
    number = taken_over(bureau)

    [event] = bureau.events(number, type_="recused")
    assert event["result"]["undone"] == ["inspected", "mediated"]
    assert len(bureau.events(number, type_="inspected")) == len(bureau.events(number, type_="mediated")) == 1


def test_p9_12_an_opinion_given_before_the_exclusion_stands(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], **REASON)

    assert bureau.act(number, "complainant", "agree")["stage"] == "settled"


def test_p9_12_work_that_another_officer_repeated_before_the_exclusion_counts(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = mediated(bureau)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"], bureau.subs["second"]])
    bureau.act(number, "second", "inspect", **FINDINGS)
    bureau.act(number, "second", "mediate", **mediation(bureau))

    bureau.act(number, "officer", "recuse", **REASON)

    assert bureau.act(number, "second", "decide", **DECISION)["stage"] == "decided"


def test_p9_12_a_new_officer_is_told_what_is_repeated(bureau: Organisation) -> None:
    number = taken_over(bureau)

    text = f"投诉 {number} 已指派，请承办；因有人回避，以下工作须重新进行：调查核实、调解。"
    assert bureau.told("second", number)[:1] == [text]


def test_p9_12_the_other_officer_is_told_what_is_repeated(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = mediated(bureau)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"], bureau.subs["second"]])

    bureau.act(number, "officer", "recuse", **REASON)

    text = f"投诉 {number} 有人员回避：officer；以下工作须由他人重新进行：调查核实、调解。"
    assert bureau.told("second", number)[:1] == [text]


def test_p9_12_an_excluded_officer_gets_no_message_of_the_case(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], **REASON)
    before = bureau.told("officer", number)

    bureau.act(number, "complainant", "agree")
    bureau.world.move_to(bureau.deadline(number, "conclusion")["due"])

    assert bureau.told("officer", number) == before


@pytest.mark.parametrize("stage", [decided, settled, disputed])
def test_p9_12_the_leader_has_the_opinion_of_an_excluded_officer_given_again(
    bureau: Organisation, stage: Stage
) -> None:
    number = excluded_after(bureau, stage)

    assert bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])["stage"] == "investigating"

    again = f"您的投诉 {number} 因办理人员回避，由其他执法人员重新办理，将另行告知您处理意见。"
    text = f"投诉 {number} 因办理人员回避，请重新提出处理意见；回避人员所作的调查核实和调解须重新进行。"
    assert (bureau.told("complainant", number)[:1], bureau.told("second", number)[:1]) == ([again], [text])
    assert refused(bureau, number)
    bureau.act(number, "second", "inspect", **FINDINGS)
    bureau.act(number, "second", "mediate", **mediation(bureau))
    assert bureau.act(number, "second", "decide", **DECISION)["stage"] == "decided"
    assert bureau.try_act(number, "leader", "resume", officers=[bureau.subs["second"]]).status == 409


@pytest.mark.parametrize("stage", [decided, settled, disputed])
def test_p9_12_an_opinion_is_given_again_only_after_an_exclusion(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)

    assert bureau.try_act(number, "leader", "resume", officers=[bureau.subs["officer"]]).status == 409


@pytest.mark.parametrize("stage", [decided, settled, disputed])
def test_p9_12_only_the_leader_has_an_opinion_given_again(bureau: Organisation, stage: Stage) -> None:
    number = excluded_after(bureau, stage)

    for who in ("second", "information_centre", "complainant"):
        assert bureau.try_act(number, who, "resume", officers=[bureau.subs["second"]]).status == 403


@pytest.mark.parametrize("stage", [decided, settled, disputed])
@pytest.mark.parametrize("officers", [["officer"], []])
def test_p9_12_an_opinion_is_given_again_by_a_named_officer_without_an_interest(
    bureau: Organisation, stage: Stage, officers: list[str]
) -> None:
    number = excluded_after(bureau, stage)

    answer = bureau.try_act(number, "leader", "resume", officers=[bureau.subs[one] for one in officers])

    assert (answer.status, answer.pointer) == (422, "/fields/officers")


def test_p9_12_an_opinion_that_was_carried_out_is_not_given_again(bureau: Organisation) -> None:
    number = excluded_after(bureau, executed)

    assert bureau.try_act(number, "leader", "resume", officers=[bureau.subs["second"]]).status == 409


def test_p9_12_an_exclusion_before_the_opinion_does_not_touch_the_opinion(bureau: Organisation) -> None:
    number = taken_over(bureau)
    bureau.act(number, "second", "inspect", **FINDINGS)
    bureau.act(number, "second", "mediate", **mediation(bureau))
    bureau.act(number, "second", "decide", **DECISION)

    assert bureau.try_act(number, "leader", "resume", officers=[bureau.subs["second"]]).status == 409


def test_p9_8_an_opinion_that_is_given_again_has_the_time_of_the_first_one(bureau: Organisation) -> None:
    number = excluded_after(bureau, decided)

    bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])

    deadlines = bureau.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    dues = [bureau.local(one["due"]) for one in deadlines if one["clock"] == "decision"]
    assert dues[1:] == ["2026-10-08T18:00:00+08:00"]
    assert {bureau.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}


@pytest.mark.parametrize("stage", [settled, disputed])
def test_p9_10_an_opinion_that_is_given_again_ends_the_time_for_the_closing(bureau: Organisation, stage: Stage) -> None:
    number = excluded_after(bureau, stage)

    bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])

    assert bureau.deadline(number, "conclusion")["state"] == "met"
