"""P8 `customer-service`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

from tests.clauses.offices.helpdesk import offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.silence import Case, Silence, each_case

SILENCE = Silence(
    offered=offered,
    waiting="offered",
    agreed="agreed",
    carried_out=lambda helpdesk, number: helpdesk.act(number, "after_sales", "execute"),
    clerk="agent",
    superior="manager",
    archivist="agent",
    summary="summary",
    reminded="2026-12-05T00:00:00+08:00",
    closed="2026-12-12T00:00:00+08:00",
    reminder="我们已就您的投诉 {} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。",
    closing="您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。",
    reason="客户在期限内未答复解决方案",
    told_of_closing=("after_sales",),
    told_to_archive={"agent": "投诉 {} 已结案，请归档。"},
    told_of_answer=("after_sales", "agent"),
    late="投诉 {} 现重新处理，客户将答复是否接受解决方案。",
    from_archive=200,  # a case without a rating
)


@each_case
def test_p8_7_silence(helpdesk: Organisation, case: Case) -> None:
    shown, expected = case(helpdesk, SILENCE)

    assert shown == expected
