"""The events that the parties read in the record: a new type of event needs a row in one of the two lists."""

from __future__ import annotations

from chalicelib.casework.queries.complaint import BEFORE_EFFECT
from chalicelib.policy.language.vocabulary import EVENTS

SHOWN_TO_PARTIES = {
    "accepted",
    "agreed",
    "archived",
    "assigned",
    "classified",
    "closed",
    "confirmed",
    "decided",
    "demand_lapsed",
    "disputed",
    "erased",
    "escalated",
    "evidence_declared",
    "evidence_demanded",
    "evidence_expired",
    "evidence_received",
    "evidence_refused",
    "evidence_sealed",
    "evidence_uploaded",
    "executed",
    "extended",
    "forwarded",
    "held",
    "inspected",
    "liability_found",
    "linked",
    "mediated",
    "missed",
    "noted",
    "notified",
    "objected",
    "offered",
    "parked",
    "promised",
    "published",
    "rated",
    "recalculated",
    "reclassified",
    "recused",
    "refused",
    "registered",
    "released",
    "reopened",
    "replied",
    "resumed",
    "signed",
    "supplemented",
    "switched",
    "task_done",
    "task_opened",
    "ticked",
    "transferred",
    "unpublished",
    "unreachable",
    "warned",
    "withdrawn",
}


def test_each_type_of_event_is_shown_to_the_parties_or_kept_from_them() -> None:
    assert EVENTS - BEFORE_EFFECT == SHOWN_TO_PARTIES
