"""The language's own vocabulary: acts and their events, and names that a policy may not define."""

from __future__ import annotations

import msgspec

YES_NO = frozenset({"yes", "no"})
"""The values of a flag in conditions."""


class ActTerm(msgspec.Struct, frozen=True):
    """An act as the language knows it: the event that records it, and the act's place in every policy."""

    event: str
    listed: bool = True
    """False if stages cannot list the act: every policy has it, where there is a proposal or a task to act on."""
    on_proposals: bool = False
    """True if it decides on a proposal."""
    in_any_stage: bool = False
    """True if it can be done in every stage, whatever the stage lists."""
    cancels: bool = False
    """True if its event cancels running clocks, except clocks that list the event in `survives`."""
    reopens: bool = False
    """True if it leads out of a stage in which the case has ended."""
    undone_by_reopening: bool = False
    """True if its event no longer counts after a complaint is reopened."""
    writes: frozenset[str] = frozenset()
    """What its event can have besides the fields that a stage lists for the act, and `given`."""


_OF_FILES = frozenset({"by", "evidence", "kind"})
ACT_TERMS = {
    "supplement": ActTerm("supplemented"),
    "accept": ActTerm("accepted"),
    "refuse": ActTerm("refused", cancels=True),
    "transfer": ActTerm("transferred", cancels=True),
    "classify": ActTerm("classified"),
    "assign": ActTerm("assigned", writes=frozenset({"again", "handed_over"})),
    "forward": ActTerm("forwarded"),
    "demand_evidence": ActTerm(
        "evidence_demanded", writes=frozenset({"decide_by", "every", "kinds", "of", "until", "within"})
    ),
    "receive_evidence": ActTerm("evidence_received", writes=frozenset({"demand"})),
    "inspect": ActTerm("inspected"),
    "find_liability": ActTerm("liability_found"),
    "mediate": ActTerm("mediated"),
    "recuse": ActTerm("recused", writes=frozenset({"person"})),
    "offer": ActTerm("offered"),
    "decide": ActTerm("decided", undone_by_reopening=True),
    "confirm": ActTerm("confirmed"),
    "object": ActTerm("objected"),
    "sign": ActTerm("signed"),
    "approve": ActTerm("approved", listed=False, on_proposals=True, writes=frozenset({"act", "proposal"})),
    "reject": ActTerm("rejected", listed=False, on_proposals=True, writes=frozenset({"act", "proposal"})),
    "reply": ActTerm("replied"),
    "notify": ActTerm("notified"),
    "agree": ActTerm("agreed", undone_by_reopening=True),
    "dispute": ActTerm("disputed", undone_by_reopening=True),
    "park": ActTerm("parked"),
    "resume": ActTerm("resumed"),
    "mark_unreachable": ActTerm("unreachable"),
    "promise": ActTerm("promised"),
    "extend": ActTerm("extended", writes=frozenset({"until"})),
    "execute": ActTerm("executed", undone_by_reopening=True),
    "rate": ActTerm("rated"),
    "do_task": ActTerm("task_done", listed=False, writes=frozenset({"opened", "task"})),
    "tick": ActTerm("ticked"),
    "note": ActTerm("noted", in_any_stage=True, writes=_OF_FILES | {"conflict", "hold", "asked_by"}),
    "link": ActTerm("linked", listed=False, in_any_stage=True, writes=frozenset({"to"})),
    "hold": ActTerm("held", listed=False, in_any_stage=True),
    "release": ActTerm("released", listed=False, in_any_stage=True),
    "unmask": ActTerm("unmasked", listed=False, in_any_stage=True, writes=frozenset({"begun", "masks"})),
    "confirm_mask": ActTerm("mask_confirmed", listed=False, in_any_stage=True, writes=frozenset({"begun", "masks"})),
    "close": ActTerm("closed", cancels=True, undone_by_reopening=True, writes=frozenset({"cause", "follows"})),
    "archive": ActTerm("archived", undone_by_reopening=True),
    "reopen": ActTerm("reopened", reopens=True),
    "publish": ActTerm("published", writes=frozenset({"kind", "notice", "sha256", "steps"})),
    "unpublish": ActTerm("unpublished", writes=frozenset({"kind", "notice"})),
    "withdraw": ActTerm("withdrawn", cancels=True, undone_by_reopening=True),
}
"""Every act. The sets below follow from it; `complaints.act_hooks` has the rules of acts."""

EVENT_OF_ACT = {name: act.event for name, act in ACT_TERMS.items()}
"""Each act and the event that records it."""

_OF_RUNS = frozenset({"clock", "run"})
_ARRIVED = _OF_FILES | {"checking_at", "sha256", "size", "version"}
EVENTS_WITHOUT_ACT = {
    "registered": frozenset({"channel", "given", "language", "received_at", "severity", "unit"}),
    "proposed": frozenset({"act", "approvers", "task", "until"}),
    "demand_lapsed": frozenset({"demand", "kinds", "of", "reached"}),
    "warned": _OF_RUNS | {"due"},
    "missed": _OF_RUNS | {"rung"},
    "escalated": _OF_RUNS | {"roles", "rung", "tier"},
    "reclassified": frozenset({"after", "cause", "from", "to"}),
    "task_opened": frozenset({"role", "task", "until"}),
    "switched": frozenset({"accept_breaches", "calendar", "from", "job", "mode", "start_new_clocks", "to"}),
    "recalculated": frozenset[str](),
    "evidence_declared": _OF_FILES | {"demand", "given", "media_type", "most", "sha256", "size"},
    "evidence_uploaded": _ARRIVED,
    "evidence_sealed": _ARRIVED | {"demand", "media_type", "scanner", "stand_in", "uploaded_at"},
    "evidence_refused": _OF_FILES | {"reason"},
    "evidence_expired": _OF_FILES,
    "erased": _OF_FILES | {"asked_by"},
}
"""The events that no act records, each with the fields by which a policy can select it."""

EVENTS = frozenset(EVENT_OF_ACT.values()) | EVENTS_WITHOUT_ACT.keys()

CANCELLING_EVENTS = frozenset(act.event for act in ACT_TERMS.values() if act.cancels)
"""Events that cancel running clocks, except clocks that list the event in `survives`."""

INDEXED_EVENTS = frozenset({"registered", "supplemented"}) | CANCELLING_EVENTS
"""Events whose texts can be searched for: the filing, what was added to it, and the ends with their summaries."""

REOPENING_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.reopens)
UNDONE_BY_REOPENING = frozenset(act.event for act in ACT_TERMS.values() if act.undone_by_reopening)
"""Events that no longer count after a complaint is reopened: `after` needs them to happen again, and ageing continues
until they do."""

RESERVED_ACTORS = frozenset({"complainant", "respondent", "owner", "system"})

EVIDENCE_KINDS = ("document", "photo", "recording", "video")
"""The kinds of evidence in a policy that defines none. The record shows the kind publicly, so it is never free text."""

LISTABLE_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.listed)
UNLISTED_ACTS = frozenset(ACT_TERMS) - LISTABLE_ACTS
"""Acts that stages do not list. Every policy has them, where there is a proposal or a task to act on."""

PROPOSAL_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.on_proposals)
PROPOSAL_EVENTS = frozenset(EVENT_OF_ACT[name] for name in PROPOSAL_ACTS)
BEFORE_EFFECT = PROPOSAL_EVENTS | {"proposed"}
"""The events of a proposed act. The other party does not see them."""

EVENTS_IN_ANY_STAGE = frozenset(act.event for act in ACT_TERMS.values() if act.in_any_stage)
"""Events of acts that every policy allows in every stage."""

TASK_OPENING_EVENTS = frozenset(EVENT_OF_ACT[name] for name in {*LISTABLE_ACTS, "do_task"}) | {
    "registered",
    "reclassified",
}
"""Events that can open a task: of filing, of acts that stages list, of tasks, and of ageing."""

BUILT_IN_CONDITIONS = frozenset({"channel", "severity", "stage", "unit", "hours"})
"""Names that conditions can use for every complaint. No fact, category or flag may use them."""

COMPLAINT_CONDITIONS = BUILT_IN_CONDITIONS | {"reachable", "in_time", "demand", "routed"}
"""Those, and the flags that the system sets. A field of this name does not replace the complaint's value."""

CLOCK_STATES = ("none", "running", "paused", "met", "missed", "cancelled")
"""The states of a clock's latest run. `none`: it never ran."""

UNIT_CALENDAR = "unit"
"""The name of the calendar that the owners choose for the complaint's unit."""

EVENTS_OF_PEOPLE = frozenset(EVENT_OF_ACT.values()) | {"registered", "proposed", "switched"}
"""Events that a person can have caused."""

ASSIGNED = "assigned"
HANDING_ON = frozenset({ASSIGNED, "forwarded"})
"""Built-in wordings that ask their reader for work."""
WITHOUT_WORK, TO_OTHERS = "_without_work", "_to_others"
"""The ends of the wordings for readers who have none, and for a role that learns who has it."""
OVERDUE = "overdue"
"""The built-in wording for the people who can act after a miss, besides those of the tier."""
CATEGORY = "category"
"""The key of an event with the categories that it chose or corrected, by name."""

PROGRESS = "progress"
"""The placeholder of a wording for what has happened since the last event of the type that the message is about."""
