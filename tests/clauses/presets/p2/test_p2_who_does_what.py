"""P2 `auto-repair`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers
from tests.clauses.offices.garage import agreed, executed, found, offered, received
from tests.clauses.organisation import Organisation


def filed(garage: Organisation) -> str:
    return garage.file()


def inspected(garage: Organisation) -> str:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="空调滤芯未更换。")
    return number


def not_our_fault(garage: Organisation) -> str:
    return found(garage, "not_ours")


def about_fees(garage: Organisation) -> str:
    return found(garage, "not_ours", fees=True)


def repair_offered(garage: Organisation) -> str:
    return offered(garage, "not_ours")


def rework_begun(garage: Organisation) -> str:
    number = agreed(garage)
    garage.world.move_to("2026-11-28T10:00:00+08:00")
    return number


def absent(garage: Organisation) -> str:
    number = rework_begun(garage)
    garage.act(number, "service_manager", "park")
    return number


def reminded_of_the_absence(garage: Organisation) -> str:
    number = absent(garage)
    garage.world.move_to("2026-12-06T00:00:00+08:00")
    return number


def repair_agreed(garage: Organisation) -> str:
    return agreed(garage, "not_ours")


def reminded(garage: Organisation) -> str:
    number = offered(garage)
    garage.world.move_to("2026-12-06T00:00:00+08:00")
    return number


def decided(garage: Organisation) -> str:
    number = executed(garage)
    garage.act(number, "general_manager", "decide", outcome="settled")
    return number


def closed(garage: Organisation) -> str:
    number = decided(garage)
    garage.act(number, "customer_service", "close", summary="客户谅解。")
    return number


def silent(garage: Organisation) -> str:
    number = offered(garage)
    garage.world.move_to("2026-12-13T00:00:00+08:00")
    return number


def silent_in_the_archive(garage: Organisation) -> str:
    number = silent(garage)
    garage.act(number, "customer_service", "archive")
    return number


CASES: dict[str, Case] = {
    "P2.3 P2.4: filed": (
        filed,
        {
            "tick": {"call_back_agent, customer_service, service_adviser, service_manager": "item: choice 1|2|3|4|5"},
            "assign": {"customer_service, general_manager, service_manager": "responsible: people"},
        },
    ),
    "P2.4 P2.5 P2.6: received": (
        received,
        {
            "tick": {
                (
                    "call_back_agent, customer_service, general_manager, "
                    "service_adviser, service_manager, technical_manager"
                ): "item: choice 1|2|3|4|5|6|7|8",
            },
            "inspect": {
                "customer_service, general_manager, service_manager, technical_manager": "findings, [done_at: time]"
            },
            "find_liability": {},
        },
    ),
    "P2.5: inspected": (
        inspected,
        {
            "find_liability": {
                "general_manager, service_manager, technical_manager": (
                    "finding: choice not_ours|ours, [fee_dispute: flag no|yes]"
                ),
            }
        },
    ),
    "P2.4 P2.5: found": (
        found,
        {
            "tick": {
                "customer_service, general_manager, service_manager, technical_manager": "item: choice 1|2|3|4|5|6|7|8"
            },
            "offer": {
                "customer_service, general_manager, service_manager": (
                    "offer, apology: choice sincere, rework: choice our_cost"
                ),
            },
        },
    ),
    "P2.5: not_our_fault": (
        not_our_fault,
        {
            "offer": {
                "customer_service, general_manager, service_manager": (
                    "offer, explanation: choice patient, [inspection: choice free], [repair: choice with_consent]"
                ),
            }
        },
    ),
    "P2.5: about_fees": (
        about_fees,
        {
            "offer": {
                "customer_service, general_manager, service_manager": (
                    "offer, explanation: choice patient, [inspection: choice free], "
                    "[repair: choice with_consent], [fee: choice discount|labour_fee]"
                ),
            }
        },
    ),
    "P2.5: offered": (
        offered,
        {
            "agree": {"complainant": "rework_at: time, [consent: flag no]"},
            "dispute": {"complainant": "[reason]"},
            "notify": {"customer_service": ""},
            "close": {},
        },
    ),
    "P2.5: repair_offered": (
        repair_offered,
        {"agree": {"complainant": "[rework_at: time], consent: flag no|yes"}},
    ),
    "P2.5: reminded": (
        reminded,
        {"close": {}},
    ),
    "P2.5: agreed": (
        agreed,
        {
            "execute": {
                "customer_service, general_manager, service_manager, technical_manager": (
                    "apology_made: choice done, rework_done: choice done, [done_at: time]"
                ),
            },
            "decide": {},
            "find_liability": {},
            "confirm": {"customer_service": ""},
            "notify": {},
            "park": {},
            "agree": {"complainant": "rework_at: time"},
        },
    ),
    "P2.5: rework_begun": (
        rework_begun,
        {
            "notify": {},
            "park": {"customer_service, general_manager, service_manager, technical_manager": ""},
            "agree": {"complainant": "rework_at: time"},
        },
    ),
    "P2.5: absent": (
        absent,
        {
            "agree": {"complainant": "rework_at: time"},
            "resume": {"customer_service, general_manager, service_manager, technical_manager": ""},
            "notify": {"customer_service": ""},
            "close": {},
        },
    ),
    "P2.5: reminded_of_the_absence": (
        reminded_of_the_absence,
        {"close": {}},
    ),
    "P2.5: repair_agreed": (
        repair_agreed,
        {
            "execute": {
                "customer_service, general_manager, service_manager, technical_manager": (
                    "explained: choice done, inspection_done: choice done, repair_done: choice done, [done_at: time]"
                ),
            },
            "find_liability": {
                "general_manager, service_manager, technical_manager": (
                    "findings, finding: choice not_ours|ours, [fee_dispute: flag no|yes]"
                ),
            },
        },
    ),
    "P2.5: executed": (
        executed,
        {"decide": {"customer_service, general_manager": "outcome: choice settled|unsettled"}},
    ),
    "P2.4: decided": (
        decided,
        {
            "tick": {"customer_service, general_manager, service_manager, technical_manager": "item: choice 1"},
            "dispute": {"complainant": "[reason]"},
            "close": {"customer_service, general_manager": "summary"},
        },
    ),
    "P2.5: closed": (
        closed,
        {"archive": {"customer_service, general_manager": ""}, "reopen": {"complainant": "[reason]"}},
    ),
    "P2.5: silent": (
        silent,
        {"reopen": {"complainant": "[reason]"}},
    ),
    "P2.5: silent_in_the_archive": (
        silent_in_the_archive,
        {"reopen": {"complainant": "[reason]"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p2_who_does_what(garage: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(garage)

    assert offers(garage, number, expected) == expected
