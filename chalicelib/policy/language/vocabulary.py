"""The words of the language itself: acts, the events they cause, and the names no policy may take (design §5)."""

from __future__ import annotations

EVENT_OF_ACT = {
    "supplement": "supplemented",
    "accept": "accepted",
    "refuse": "refused",
    "transfer": "transferred",
    "classify": "classified",
    "assign": "assigned",
    "forward": "forwarded",
    "demand_evidence": "evidence_demanded",
    "receive_evidence": "evidence_received",
    "inspect": "inspected",
    "find_liability": "liability_found",
    "offer": "offered",
    "decide": "decided",
    "confirm": "confirmed",
    "object": "objected",
    "sign": "signed",
    "approve": "approved",
    "reject": "rejected",
    "reply": "replied",
    "notify": "notified",
    "agree": "agreed",
    "dispute": "disputed",
    "park": "parked",
    "resume": "resumed",
    "mark_unreachable": "unreachable",
    "promise": "promised",
    "extend": "extended",
    "execute": "executed",
    "rate": "rated",
    "do_task": "task_done",
    "tick": "ticked",
    "note": "noted",
    "link": "linked",
    "hold": "held",
    "release": "released",
    "close": "closed",
    "archive": "archived",
    "reopen": "reopened",
    "publish": "published",
    "unpublish": "unpublished",
    "withdraw": "withdrawn",
}
"""Each act and the event that records it."""

EVENTS = frozenset(EVENT_OF_ACT.values()) | {
    "registered",
    "proposed",
    "demand_lapsed",
    "warned",
    "missed",
    "escalated",
    "reclassified",
    "task_opened",
    "switched",
    "recalculated",
    "evidence_declared",
    "evidence_uploaded",
    "evidence_sealed",
    "evidence_refused",
    "evidence_expired",
    "erased",
}

CANCELLING = frozenset({"refused", "transferred", "withdrawn", "closed"})
"""Events that cancel running clocks unless the clock survives them (design §4 rule 8)."""

UNDONE_BY_REOPENING = frozenset({"decided", "agreed", "disputed", "executed", "closed", "archived", "withdrawn"})
"""What a reopened complaint has not seen any more: it has to come again, and ageing goes on until it does."""

RESERVED_ACTORS = frozenset({"complainant", "respondent", "owner", "system"})

EVIDENCE_KINDS = ("document", "photo", "recording", "video")
"""Kinds of evidence where the policy names none: a kind is public in the record, so it is never free text."""

ACTS_OF_THE_LANGUAGE = frozenset({"approve", "reject", "do_task", "link", "hold", "release"})
"""Acts that no stage lists: they exist while there is a proposal or a task, and under any policy."""

SITUATION = frozenset({"channel", "severity", "stage", "unit", "hours"})
"""What conditions ask of every complaint: no fact, category or flag can be called so."""
