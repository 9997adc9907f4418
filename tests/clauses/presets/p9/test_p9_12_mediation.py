"""P9.12 `food-drug-administration`: the mediation between the parties has its own record, before the opinion."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import DECISION, assigned, decided, inspected, mediated, mediation
from tests.clauses.organisation import Organisation, hire

AGREED = {"agreement": "agreed"}


def test_p9_12_the_mediation_is_on_record_with_who_when_and_the_result(bureau: Organisation) -> None:
    number = assigned(bureau)
    held = mediation(bureau, mediation="店主愿退款，投诉人要求赔偿。")

    bureau.act(number, "officer", "mediate", **held)

    [event] = bureau.events(number, type_="mediated")
    shown = {**event["fields"], **bureau.get(f"/complaints/{number}/record", "leader")["values"][event["id"]]}
    assert {name: shown[name] for name in held} == held
    assert event["actor"]["id"] == bureau.subs["officer"]


@pytest.mark.parametrize("field", ["participants", "mediated_at", "agreement"])
def test_p9_12_the_record_of_the_mediation_is_complete(bureau: Organisation, field: str) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "mediate", **mediation(bureau, **{field: None}))

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize(
    ("field", "value"), [("agreement", "perhaps"), ("mediated_at", "2099-01-01T09:00:00+08:00"), ("participants", " ")]
)
def test_p9_12_a_mediation_has_a_result_and_is_over(bureau: Organisation, field: str, value: str) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "mediate", **mediation(bureau, **{field: value}))

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p9_12_there_is_no_handling_opinion_before_the_mediation(bureau: Organisation) -> None:
    answer = bureau.try_act(inspected(bureau), "officer", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p9_12_after_a_failed_mediation_there_is_an_opinion(bureau: Organisation) -> None:
    assert bureau.act(mediated(bureau), "officer", "decide", **DECISION)["stage"] == "decided"


def test_p9_12_without_an_agreement_no_case_is_settled_by_mediation(bureau: Organisation) -> None:
    answer = bureau.try_act(mediated(bureau), "officer", "decide", **{**DECISION, "outcome": "mediated"})

    assert (answer.status, answer.pointer) == (422, "/fields/outcome")


def test_p9_12_with_an_agreement_a_case_is_settled_by_mediation(bureau: Organisation) -> None:
    number = mediated(bureau, **AGREED)

    assert bureau.act(number, "officer", "decide", **{**DECISION, "outcome": "mediated"})["stage"] == "decided"


def test_p9_12_a_second_mediation_counts(bureau: Organisation) -> None:
    number = mediated(bureau)
    bureau.act(number, "officer", "mediate", **mediation(bureau, **AGREED))

    assert bureau.act(number, "officer", "decide", **{**DECISION, "outcome": "mediated"})["stage"] == "decided"


@pytest.mark.parametrize("who", ["second", "leader", "information_centre", "complainant"])
def test_p9_12_only_assigned_officers_mediate(bureau: Organisation, who: str) -> None:
    hire(bureau, "officer", name="second")

    assert bureau.try_act(assigned(bureau), who, "mediate", **mediation(bureau)).status == 403


def test_p9_12_after_the_opinion_there_is_no_mediation(bureau: Organisation) -> None:
    assert bureau.try_act(decided(bureau), "officer", "mediate", **mediation(bureau)).status == 409
