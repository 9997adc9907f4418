"""P9 `food-drug-administration`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers, with_colleagues
from tests.clauses.offices.bureau import (
    accepted,
    assigned,
    closed,
    decided,
    disputed,
    executed,
    filed,
    mediated,
    settled,
)
from tests.clauses.organisation import Organisation

EARLY = "2026-09-19"


def late(bureau: Organisation) -> str:
    return bureau.file(facts={"occurred_at": EARLY, "knew_at": EARLY})


def agreed_on(bureau: Organisation) -> str:
    return mediated(bureau, agreement="agreed")


def reminded(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.world.move_to("2026-10-02T00:00:00+08:00")
    return number


def excluded(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.act(number, "officer", "recuse", reason="亲属。")
    return number


def silent(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.world.move_to("2026-10-15T00:00:00+08:00")
    return number


def silent_in_the_archive(bureau: Organisation) -> str:
    number = silent(bureau)
    bureau.act(number, "archivist", "archive")
    return number


CASES: dict[str, Case] = {
    "P9.1 P9.2 P9.3 P9.4 P9.7 P9.12: filed": (
        filed,
        {
            "classify": {
                "information_centre": (
                    "product: choice cosmetics|drug|food|health_food, link: choice consumption|distribution|production"
                ),
            },
            "accept": {
                "information_centre": (
                    "conditions: conditions definite|direct_interest|in_scope|in_time|proper_statement"
                ),
            },
            "refuse": {
                "information_centre": (
                    "ground: choice condition_not_met|elsewhere|late|no_facts|settled|sub_judice|"
                    "unlawful, [conditions: conditions definite|direct_interest|in_scope|in_time|"
                    "proper_statement]"
                ),
            },
            "extend": {},
            "transfer": {"information_centre": "body"},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.4: late": (
        late,
        {"extend": {"information_centre": "reason"}},
    ),
    "P9.6 P9.7 P9.12: accepted": (
        accepted,
        {
            "assign": {"leader": "officers: people"},
            "transfer": {"leader": "body"},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.6 P9.7 P9.12: assigned": (
        assigned,
        {
            "mediate": {"officer": "participants, mediated_at: time, agreement: choice agreed|not_agreed, [mediation]"},
            "inspect": {"officer": "findings, [done_at: time]"},
            "transfer": {"leader": "body"},
            "decide": {},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.6: mediated": (
        mediated,
        {"decide": {"officer": "opinion, outcome: choice not_upheld|partly_upheld|upheld, legal_basis"}},
    ),
    "P9.6: agreed_on": (
        agreed_on,
        {"decide": {"officer": "opinion, outcome: choice mediated|not_upheld|partly_upheld|upheld, legal_basis"}},
    ),
    "P9.9 P9.12: decided": (
        decided,
        {
            "agree": {"complainant": ""},
            "dispute": {"complainant": "[reason]"},
            "notify": {"officer": ""},
            "close": {},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.9: reminded": (
        reminded,
        {"close": {}},
    ),
    "P9.9 P9.10 P9.12: settled": (
        settled,
        {
            "execute": {"officer": "[done_at: time], [not_carried_out: flag]"},
            "dispute": {"complainant": "[reason]"},
            "close": {},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.9 P9.10: executed": (
        executed,
        {"close": {"officer": "handling_record"}, "dispute": {}},
    ),
    "P9.9 P9.10 P9.12: disputed": (
        disputed,
        {
            "agree": {"complainant": ""},
            "close": {"officer": "handling_record"},
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.12: closed": (
        closed,
        {
            "recuse": {
                "archivist, information_centre, officer, officer_2": "reason",
                "leader": "reason, [person: people]",
            },
        },
    ),
    "P9.12: excluded": (
        excluded,
        {"resume": {"leader": "officers: people"}},
    ),
    "P9.9 P9.10: silent": (
        silent,
        {"archive": {"archivist": ""}, "reopen": {"complainant": ""}},
    ),
    "P9.9: silent_in_the_archive": (
        silent_in_the_archive,
        {"reopen": {"complainant": ""}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p9_who_does_what(bureau: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(bureau, "officer"))

    assert offers(bureau, number, expected) == expected


def test_p9_6_what_was_done_lies_in_the_past(bureau: Organisation) -> None:
    answer = bureau.try_act(
        assigned(bureau), "officer", "inspect", findings="属实。", done_at="2027-11-27T09:00:00+08:00"
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
