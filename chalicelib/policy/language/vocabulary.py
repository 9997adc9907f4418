"""The language's own vocabulary: kinds of facts, acts and their events, and names that a policy may not define."""

from __future__ import annotations

from typing import Literal

DocumentKind = Literal["text", "choice", "choices", "time", "date", "number", "flag", "email"]
"""The kinds that a document may give facts and fields. `fact_kinds` has an entry for each."""

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
    "mediate": "mediated",
    "recuse": "recused",
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

CANCELLING_EVENTS = frozenset({"refused", "transferred", "withdrawn", "closed"})
"""Events that cancel running clocks, except clocks that list the event in `survives`."""

UNDONE_BY_REOPENING = frozenset({"decided", "agreed", "disputed", "executed", "closed", "archived", "withdrawn"})
"""Events that no longer count after a complaint is reopened: `after` needs them to happen again, and ageing continues
until they do."""

RESERVED_ACTORS = frozenset({"complainant", "respondent", "owner", "system"})

EVIDENCE_KINDS = ("document", "photo", "recording", "video")
"""The kinds of evidence in a policy that defines none. The record shows the kind publicly, so it is never free text."""

UNLISTED_ACTS = frozenset({"approve", "reject", "do_task", "link", "hold", "release"})
"""Acts that stages do not list. Every policy has them, where there is a proposal or a task to act on."""

BUILT_IN_CONDITIONS = frozenset({"channel", "severity", "stage", "unit", "hours"})
"""Names that conditions can use for every complaint. No fact, category or flag may use them."""

CLOCK_STATES = ("none", "running", "paused", "met", "missed", "cancelled")
"""The states of a clock's latest run. `none`: it never ran."""

UNIT_CALENDAR = "unit"
"""The name of the calendar that the owners choose for the complaint's unit."""

EVENTS_OF_PEOPLE = frozenset(EVENT_OF_ACT.values()) | {"registered", "proposed", "switched"}
"""Events that a person can have caused."""
