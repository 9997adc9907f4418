"""P9 `food-drug-administration`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

from tests.clauses.offices.bureau import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.silence import Case, Silence, each_case, silent

SILENCE = Silence(
    offered=decided,
    waiting="decided",
    agreed="settled",
    carried_out=lambda bureau, number: bureau.act(number, "officer", "execute"),
    clerk="officer",
    superior="leader",
    archivist="archivist",
    summary="handling_record",
    reminded="2026-10-01T00:00:00+08:00",
    closed="2026-10-09T00:00:00+08:00",
    reminder="您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。",
    closing="您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。",
    reason="投诉人在期限内未对处理意见作出答复",
    told_of_closing=("officer",),
    told_of_answer=("officer",),
    late="投诉 {} 现重新处理：投诉人在结案后答复，尚待其接受或不接受处理意见。",
)


@each_case
def test_p9_9_silence(bureau: Organisation, case: Case) -> None:
    shown, expected = case(bureau, SILENCE)

    assert shown == expected


def test_p9_9_a_case_whose_opinion_was_refused_late_is_not_reopened_again(bureau: Organisation) -> None:
    number = silent(bureau, SILENCE)
    bureau.act(number, "complainant", "reopen")
    bureau.act(number, "complainant", "dispute")
    bureau.act(number, "officer", "close", handling_record="已登记。")

    assert bureau.try_act(number, "complainant", "reopen").status == 409
