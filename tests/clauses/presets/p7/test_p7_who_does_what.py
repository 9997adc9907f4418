"""P7 `property-management`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers
from tests.clauses.offices.estate import at_headquarters, decided, forwarded, handled, replied
from tests.clauses.organisation import Organisation


def filed(estate: Organisation) -> str:
    return estate.file()


def by_mail(estate: Organisation) -> str:
    return estate.file(channel="email")


def urgent(estate: Organisation) -> str:
    return estate.file(category={"urgency": "urgent"})


def reminded(estate: Organisation) -> str:
    number = decided(estate)
    estate.world.move_to("2026-12-05T00:00:00+08:00")
    return number


def closed(estate: Organisation) -> str:
    number = decided(estate)
    estate.world.move_to(estate.deadline(number, "silence")["due"])
    return number


CASES: dict[str, Case] = {
    "P7.1 P7.2 P7.5 P7.9: filed": (
        filed,
        {
            "classify": {
                "service_centre, service_supervisor": "severity: choice general|important|major, [urgent: flag]"
            },
            "reply": {"management_office, service_centre": "text"},
            "decide": {"service_centre": "text, opinion, outcome: choice invalid|valid_without_office, [no_office]"},
            "promise": {"management_office, service_centre": "feedback_at: time"},
            "forward": {
                "management_office, service_centre": (
                    "to: choice office_head|service_supervisor, person: people, [contact]"
                ),
            },
            "transfer": {},
            "notify": {},
        },
    ),
    "P7.1: by_mail": (
        by_mail,
        {"decide": {}},
    ),
    "P7.9: at_headquarters": (
        at_headquarters,
        {"transfer": {"headquarters": "[remarks]"}, "notify": {"headquarters": "contact"}},
    ),
    "P7: urgent": (
        urgent,
        {"do_task": {"management_office": "task: choice written_report, report"}},
    ),
    "P7.1 P7.2 P7.7: forwarded": (
        forwarded,
        {
            "classify": {
                "service_centre, service_supervisor": "severity: choice general|important|major, [urgent: flag]"
            },
            "assign": {"leader, office_head, service_centre, service_supervisor": "responsible: people"},
            "promise": {"management_office, office_head, service_supervisor": "feedback_at: time"},
            "notify": {"management_office, office_head, service_supervisor": "reason, until: time"},
        },
    ),
    "P7.1 P7.2 P7.7: handled": (
        handled,
        {
            "classify": {
                "service_centre, service_supervisor": "severity: choice general|important|major, [urgent: flag]"
            },
            "promise": {"management_office, office_head, service_supervisor": "feedback_at: time"},
            "notify": {"management_office, office_head, service_supervisor": "reason, until: time"},
            "reply": {"management_office": "text"},
        },
    ),
    "P7.1 P7.2 P7.3: replied": (
        replied,
        {
            "classify": {
                "service_centre, service_supervisor": "severity: choice general|important|major, [urgent: flag]"
            },
            "agree": {"complainant": ""},
            "dispute": {"complainant": "[reason]"},
            "notify": {"service_centre": ""},
            "decide": {"service_centre": "opinion, outcome: choice invalid, [no_office]"},
        },
    ),
    "P7.1: decided": (
        decided,
        {
            "agree": {"complainant": ""},
            "dispute": {"complainant": "[reason]"},
            "notify": {"service_centre": ""},
            "close": {},
        },
    ),
    "P7.1: reminded": (
        reminded,
        {"agree": {"complainant": ""}, "close": {}},
    ),
    "P7.1: closed": (
        closed,
        {"archive": {"service_centre": ""}, "reopen": {"complainant": "[reason]"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p7_who_does_what(estate: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(estate)

    assert offers(estate, number, expected) == expected
