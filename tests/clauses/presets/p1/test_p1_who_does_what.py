"""P1 `platform`: at each stage, who can do what, and what it asks for. Only the assigned handler investigates."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers, with_colleagues
from tests.clauses.offices.marketplace import (
    accepted,
    answered,
    answers_by_link,
    archived,
    asked_elsewhere_again,
    asked_otherwise,
    asked_outside,
    changed,
    closed,
    decided,
    examined_again,
    kept,
    now_upheld,
    recorded,
    reopened,
    reopened_elsewhere,
)
from tests.clauses.organisation import Organisation


def filed(marketplace: Organisation) -> str:
    return marketplace.file(unit="seller")


def about_an_outsider(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=None)


def not_reached(marketplace: Organisation) -> str:
    """It answered by itself."""
    number = asked_outside(marketplace, contact="not_reached")
    answers_by_link(marketplace, number)
    return number


MADE = "opinion, outcome: choice not_upheld|upheld, [sanctions: choice no_measure|penalty|warning|warning_and_penalty]"
DEMAND = "wanted, why, [of: choice respondent], [kinds: choices other|screenshot|transaction]"
EXAMINATION = {
    "classify": {"screener, second": "severity: choice general|major"},
    "assign": {"director, screener": "responsible: people"},
    "inspect": {"second": "findings, [done_at: time]"},
    "demand_evidence": {
        "second": "wanted, why, [of: choice respondent], [kinds: choices other|screenshot|transaction]"
    },
    "receive_evidence": {"second": "received, [demand: reference], [of: choice respondent]"},
    "notify": {"second": "asked_how, [done_at: time]"},
    "decide": {},
}
OUTSIDE = {
    "demand_evidence": (
        "wanted, why, asked_how, contact: choice not_reached|reached, [of: choice respondent], "
        "[kinds: choices other|screenshot|transaction], [done_at: time]"
    ),
    "receive_evidence": "received, told_back, [demand: reference], [of: choice respondent]",
}
EXAMINATION_OUTSIDE = {
    **EXAMINATION,
    **{act: {"second": fields} for act, fields in OUTSIDE.items()},
    "notify": {},
}
DECISION_AGAIN = {"decide": {"second": MADE}}
CLOSING_AGAIN = {
    "notify": {"second": "told_how, [done_at: time]"},
    "close": {"second": "summary, [summary_for_public], [told_how]"},
}
CASES: dict[str, Case] = {
    "P1.3 P1.7: filed": (
        filed,
        {
            "classify": {"screener": "severity: choice general|major"},
            "accept": {"screener": "responsible: people"},
            "refuse": {"screener": "ground: choice not_valid, [reason]"},
        },
    ),
    "P1.3 P1.4 P1.5 P1.7: accepted": (
        accepted,
        {
            "classify": {"handler, screener": "severity: choice general|major"},
            "assign": {"director, screener": "responsible: people"},
            "inspect": {"handler": "findings, [done_at: time]"},
            "demand_evidence": {
                "handler": "wanted, why, [of: choice respondent], [kinds: choices other|screenshot|transaction]"
            },
            "receive_evidence": {"handler": "received, [demand: reference], [of: choice respondent]"},
            "notify": {"handler": "asked_how, [done_at: time]"},
            "decide": {},
        },
    ),
    "P1.5: answered": (
        answered,
        {"decide": {"handler": MADE}},
    ),
    "P1.3 P1.4 P1.5 P1.7: about_an_outsider": (
        about_an_outsider,
        {
            "classify": {"handler, screener": "severity: choice general|major"},
            "assign": {"director, screener": "responsible: people"},
            "inspect": {"handler": "findings, [done_at: time]"},
            **{act: {"handler": fields} for act, fields in OUTSIDE.items()},
            "notify": {},
            "decide": {},
        },
    ),
    "P1.4: recorded": (
        recorded,
        {"assign": {"director, screener": "responsible: people"}, "object": {"seller": "objection"}, "decide": {}},
    ),
    "P1.4: not_reached": (
        not_reached,
        {"notify": {"handler": "asked_how"}},
    ),
    "P1.5: asked_otherwise": (
        asked_otherwise,
        {"decide": {"handler": MADE}},
    ),
    "P1.5 P1.6: decided": (
        decided,
        {
            "notify": {"handler": "told_how, [done_at: time]"},
            "close": {"handler": "summary, [summary_for_public], [told_how]"},
        },
    ),
    "P1.6: closed": (
        closed,
        {"archive": {"archivist": ""}},
    ),
    "P1.6: archived": (
        archived,
        {"reopen": {"director": "reason, responsible: people"}},
    ),
    "P1.6: reopened": (reopened, EXAMINATION),
    "P1.6: reopened_elsewhere": (reopened_elsewhere, EXAMINATION_OUTSIDE),
    "P1.6: examined_again": (examined_again, DECISION_AGAIN),
    "P1.6: asked_elsewhere_again": (asked_elsewhere_again, DECISION_AGAIN),
    "P1.6: kept": (kept, CLOSING_AGAIN),
    "P1.6: now_upheld": (now_upheld, CLOSING_AGAIN),
    "P1.6: changed": (changed, CLOSING_AGAIN),
}


@pytest.mark.parametrize("case", CASES)
def test_p1_who_does_what(marketplace: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(marketplace, "handler"))

    assert offers(marketplace, number, expected) == expected


def test_p1_4_what_was_done_lies_in_the_past(marketplace: Organisation) -> None:
    answer = marketplace.try_act(
        accepted(marketplace), "handler", "inspect", findings="属实。", done_at="2027-11-27T09:00:00+08:00"
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
