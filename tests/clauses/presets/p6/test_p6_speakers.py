"""P6.5 `corporate-standard`: who decided a case does not answer for the customer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.client import Answer

ACTS = {"agree": {}, "dispute": {"reason": "没有赔偿"}}


def for_the_customer(company: Organisation, number: str, who: str, act: str, **fields: str) -> Answer:
    path = f"{company.path}/complaints/{number}/acts/{act}"
    body = {"fields": fields, "on_behalf_of": "complainant"}
    return company.world.call("POST", path, body, auth=company.auth(who))


@pytest.mark.parametrize("act", list(ACTS))
def test_p6_5_who_decided_does_not_answer_for_the_customer(company: Organisation, act: str) -> None:
    number = decided(company)

    answer = for_the_customer(company, number, "business_unit", act, **ACTS[act])

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert company.complaint(number, "business_unit")["complainant_acts"] == []


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", ["agent", "team_lead", "colleague"])
def test_p6_5_another_member_records_the_customers_answer_and_the_customer_is_told(
    company: Organisation, who: str, act: str
) -> None:
    hire(company, "business_unit", name="colleague")
    number = decided(company)

    assert for_the_customer(company, number, who, act, **ACTS[act]).status == 200

    assert company.told("complainant", number)[0].startswith(f"您的投诉 {number}：我们已代您登记")


def test_p6_5_a_customer_whose_acceptance_was_recorded_can_reopen_it(company: Organisation) -> None:
    number = decided(company)
    assert for_the_customer(company, number, "agent", "agree").status == 200
    company.act(number, "agent", "close", summary="客户电话接受。")
    assert for_the_customer(company, number, "business_unit", "reopen", reason="后悔").status == 403

    assert company.act(number, "complainant", "reopen", reason="我没有接受")["stage"] == "handling"
