"""P6.4 and P6.5 `corporate-standard`: what is warned about and what is told, the words of the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.company import decided, forwarded, handled, recorded, reviewed
from tests.clauses.organisation import Organisation
from tests.helpers.nonempty import nonempty

Stage = Callable[..., str]


def test_p6_5_the_resolution_is_warned_about_an_hour_before(company: Organisation) -> None:
    number = company.file()

    company.world.move_to("2026-11-28T08:00:00+08:00")

    [warned] = company.events(number, type_="warned")
    assert (warned["fields"]["clock"], company.local(warned["at"])) == ("resolution", "2026-11-28T08:00:00+08:00")
    assert company.told("agent", number)[0].startswith(f"投诉 {number} 即将到期")
    assert company.told("team_lead", number) == []


def test_p6_5_a_missed_resolution_is_escalated(company: Organisation) -> None:
    number = company.file()

    company.world.move_to("2026-11-28T09:00:00+08:00")

    assert [one["fields"]["roles"] for one in company.events(number, type_="escalated")] == [["team_lead"]]


@pytest.mark.parametrize(("stage", "acting"), [(Organisation.file, "agent"), (handled, "business_unit")])
def test_p6_4_a_missed_reply_time_is_told_to_those_who_can_act_and_to_the_next_tier(
    company: Organisation, stage: Stage, acting: str
) -> None:
    number = stage(company, facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    company.world.move_to("2026-11-27T20:00:00+08:00")

    assert [one["fields"]["clock"] for one in company.events(number, type_="missed")] == ["wanted_reply"]
    told = {who: company.told(who, number)[:1] for who in (acting, "team_lead")}
    assert told == {
        acting: [f"投诉 {number} 已逾期，请尽快处理。"],
        "team_lead": [f"投诉 {number} 已逾期，现升级至本层级，请处理。"],
    }
    assert not any(text.startswith(told["team_lead"][0]) for text in company.told("complainant", number))


def test_p6_4_a_decision_meets_the_wanted_reply_time(company: Organisation) -> None:
    number = decided(company, facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    assert company.deadline(number, "wanted_reply")["state"] == "met"


def test_p6_4_the_customer_wants_a_reply_in_the_future(company: Organisation) -> None:
    answer = company.try_file(facts={"reply_wanted_at": "2026-11-26T20:00:00+08:00"})

    assert (answer.status, answer.pointer) == (422, "/facts/reply_wanted_at")


@pytest.mark.parametrize("stage", [Organisation.file, recorded, reviewed, forwarded, handled])
def test_p6_5_an_undecided_complaint_that_ages_gets_the_twelve_hours(company: Organisation, stage: object) -> None:
    number = stage(company)  # type: ignore[operator]

    company.world.move_to("2026-12-28T00:00:00+08:00")

    runs = company.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    dues = [company.local(one["due"]) for one in runs if one["clock"] == "resolution"]
    assert dues[1:] == ["2026-12-28T12:00:00+08:00"]


ENDS = [
    ("dispute_answer", "dispute", "team_lead", "reopen", {"reason": "重新核算"}),
    ("dispute_answer", "dispute", "team_lead", "close", {"summary": "已退款", "reason": "已解释"}),
    ("accepted_case", "agree", "agent", "close", {"summary": "已退款"}),
    ("accepted_case", "agree", "complainant", "dispute", {}),
    ("accepted_case", "agree", "team_lead", "reopen", {"reason": "重新核算"}),
]
"""The clock, the customer's answer to the decision that starts it, and the act that ends it."""


@pytest.mark.parametrize(("clock", "answer", "who", "act", "fields"), ENDS)
def test_p6_5_the_deadline_after_the_customers_answer_is_met(
    company: Organisation, clock: str, answer: str, who: str, act: str, fields: dict[str, str]
) -> None:
    number = decided(company)
    company.act(number, "complainant", answer)
    assert company.deadline(number, clock)["state"] == "running"

    company.act(number, who, act, **fields)

    assert company.deadline(number, clock)["state"] == "met"


def test_p6_2_the_labels_use_the_words_of_the_source(company: Organisation) -> None:
    policy = company.get("/policy", "owner")["policy"]

    assert policy["people"]["agent"]["zh"] == "普通坐席"
    major = policy["severity"]["signs"]["major"]
    assert major["serious_effect"]["zh"] == "可能或已经对客户感知造成重大负面影响或重大经济损失"
    assert all(label["zh"].startswith("可能或已经") for label in nonempty(major.values()))
