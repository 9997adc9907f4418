"""Who reads a proposal in the record: the staff, and the party that made it, also if a member recorded it for them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.casework.views.complaint_queries import may_read
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights.permits import Asker
from chalicelib.policy.language.vocabulary import BEFORE_EFFECT

AGENT = {"kind": "staff", "id": "sub-agent", "role": "agent"}


def event(type_: str, actor: dict[str, Any]) -> Event:
    time, none = "2026-11-27T01:00:00.000Z", "0" * 64
    return Event(
        **{"id": "202611-000001/2", "seq": 2, "type": type_, "v": 1, "at": time, "recorded_at": time, "actor": actor},
        **{"fields": {}, "result": {}, "policy": "1", "calendar": "none", "private": [], "prev": none, "hash": none},
    )


def readers(type_: str, actor: dict[str, Any]) -> set[str]:
    kinds = ("staff", "complainant", "respondent")
    return {kind for kind in kinds if may_read(event(type_, actor), Asker(kind, kind))}


@pytest.mark.parametrize("type_", sorted(BEFORE_EFFECT))
@pytest.mark.parametrize(
    ("actor", "seen_by"),
    [
        (AGENT, {"staff"}),
        ({"kind": "complainant", "id": "complainant"}, {"staff", "complainant"}),
        ({**AGENT, "on_behalf_of": "complainant"}, {"staff", "complainant"}),
        ({"kind": "respondent", "id": "sub-shop", "role": "respondent"}, {"staff", "respondent"}),
    ],
    ids=["a member", "the complainant", "a member for the complainant", "the respondent"],
)
def test_a_proposal_is_read_by_the_staff_and_by_the_party_that_made_it(
    type_: str, actor: dict[str, Any], seen_by: set[str]
) -> None:
    assert readers(type_, actor) == seen_by


def test_what_was_approved_is_read_by_both_parties() -> None:
    assert readers("decided", AGENT) == {"staff", "complainant", "respondent"}
