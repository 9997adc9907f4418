"""P8 `customer-service`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers, with_colleagues
from tests.clauses.offices.helpdesk import assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation


def filed(helpdesk: Organisation) -> str:
    return helpdesk.file()


def reminded(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.world.move_to("2026-12-06T00:00:00+08:00")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


def not_satisfied(helpdesk: Organisation) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    return number


def closed(helpdesk: Organisation) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    return number


def not_satisfied_after_the_closing(helpdesk: Organisation) -> str:
    number = closed(helpdesk)
    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    return number


def silent(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.world.move_to("2026-12-13T00:00:00+08:00")
    return number


def silent_in_the_archive(helpdesk: Organisation) -> str:
    number = silent(helpdesk)
    helpdesk.act(number, "agent", "archive")
    return number


CAUSES = "customer|information|other|process|product|staff|supplier"
CLASSIFY = "severity: choice general|important|major, [kind: choice after_sales|other|product_quality]"
CATEGORY = "kind: choice after_sales|other|product_quality"
CASES: dict[str, Case] = {
    "P8.2 P8.4: filed": (
        filed,
        {
            "classify": {"agent, manager": CLASSIFY},
            "reply": {"agent, manager": "text"},
            "assign": {"after_sales, after_sales_2, agent, manager": "responsible: people"},
            "withdraw": {"complainant": ""},
        },
    ),
    "P8.2 P8.4 P8.5: assigned": (
        assigned,
        {
            "classify": {"agent, manager": CLASSIFY},
            "reply": {"after_sales, agent": "text"},
            "demand_evidence": {"after_sales": "of: choice complainant, wanted, why, [until: time]"},
            "receive_evidence": {"after_sales": "received, [demand: reference]"},
            "inspect": {"after_sales": f"findings, root_cause, [cause: choice {CAUSES}], [done_at: time]"},
            "withdraw": {"complainant": ""},
        },
    ),
    "P8.4 P8.5 P8.6: inspected": (
        inspected,
        {
            "classify": {"agent, manager": CLASSIFY},
            "demand_evidence": {"after_sales": "of: choice complainant, wanted, why, [until: time]"},
            "receive_evidence": {"after_sales": "received, [demand: reference]"},
            "reply": {"after_sales, agent": "text"},
            "offer": {"after_sales": "remedies: choices compensation|redo|refund|replacement, offer, [amount: number]"},
            "withdraw": {"complainant": ""},
        },
    ),
    "P8.7: offered": (
        offered,
        {
            "agree": {"complainant": ""},
            "dispute": {"complainant": "[counter]"},
            "notify": {"after_sales, agent": ""},
            "assign": {"agent": "responsible: people"},
            "close": {},
            "withdraw": {"complainant": ""},
        },
    ),
    "P8.7: reminded": (
        reminded,
        {"close": {}},
    ),
    "P8.6 P8.7: agreed": (
        agreed,
        {
            "execute": {"after_sales": "[done_at: time]"},
            "dispute": {"complainant": "[counter]"},
            "withdraw": {},
        },
    ),
    "P8.7: executed": (
        executed,
        {
            "rate": {"complainant": "rating: choice dissatisfied|fair|satisfied, [comment]"},
            "classify": {"agent, manager": CATEGORY},
            "reopen": {},
            "close": {"agent, manager": "summary"},
        },
    ),
    "P8.7: not_satisfied": (
        not_satisfied,
        {"reopen": {"agent, manager": ""}, "close": {"agent, manager": "summary"}},
    ),
    "P8.7: closed": (
        closed,
        {
            "rate": {"complainant": "rating: choice dissatisfied|fair|satisfied, [comment]"},
            "classify": {"agent, manager": CATEGORY},
            "reopen": {},
            "archive": {"agent": ""},
        },
    ),
    "P8.7: not_satisfied_after_the_closing": (
        not_satisfied_after_the_closing,
        {"rate": {}, "reopen": {"agent, complainant, manager": ""}},
    ),
    "P8.7: silent": (
        silent,
        {"rate": {}, "archive": {"agent": ""}, "reopen": {"agent, complainant, manager": ""}},
    ),
    "P8.7: silent_in_the_archive": (
        silent_in_the_archive,
        {"reopen": {"agent, complainant, manager": ""}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p8_who_does_what(helpdesk: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(helpdesk, "after_sales"))

    assert offers(helpdesk, number, expected) == expected


def test_p8_5_what_was_done_lies_in_the_past(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(
        assigned(helpdesk),
        "after_sales",
        "inspect",
        findings="属实。",
        root_cause="批次。",
        cause="supplier",
        done_at="2027-11-27T09:00:00+08:00",
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
