"""P9.12 (+) `food-drug-administration`: no handling opinion rests on the work of an officer with an interest."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import DECISION, decided, mediated, mediation
from tests.clauses.organisation import Organisation, hire

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
