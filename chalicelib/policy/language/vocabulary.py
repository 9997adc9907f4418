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


ACT_TERMS = {
    "supplement": ActTerm("supplemented"),
    "accept": ActTerm("accepted"),
    "refuse": ActTerm("refused", cancels=True),
    "transfer": ActTerm("transferred", cancels=True),
    "classify": ActTerm("classified"),
    "assign": ActTerm("assigned"),
    "forward": ActTerm("forwarded"),
    "demand_evidence": ActTerm("evidence_demanded"),
    "receive_evidence": ActTerm("evidence_received"),
    "inspect": ActTerm("inspected"),
    "find_liability": ActTerm("liability_found"),
    "mediate": ActTerm("mediated"),
    "recuse": ActTerm("recused"),
    "offer": ActTerm("offered"),
    "decide": ActTerm("decided", undone_by_reopening=True),
    "confirm": ActTerm("confirmed"),
    "object": ActTerm("objected"),
    "sign": ActTerm("signed"),
    "approve": ActTerm("approved", listed=False, on_proposals=True),
    "reject": ActTerm("rejected", listed=False, on_proposals=True),
    "reply": ActTerm("replied"),
    "notify": ActTerm("notified"),
    "agree": ActTerm("agreed", undone_by_reopening=True),
    "dispute": ActTerm("disputed", undone_by_reopening=True),
    "park": ActTerm("parked"),
    "resume": ActTerm("resumed"),
    "mark_unreachable": ActTerm("unreachable"),
    "promise": ActTerm("promised"),
    "extend": ActTerm("extended"),
    "execute": ActTerm("executed", undone_by_reopening=True),
    "rate": ActTerm("rated"),
    "do_task": ActTerm("task_done", listed=False),
    "tick": ActTerm("ticked"),
    "note": ActTerm("noted", in_any_stage=True),
    "link": ActTerm("linked", listed=False, in_any_stage=True),
    "hold": ActTerm("held", listed=False, in_any_stage=True),
    "release": ActTerm("released", listed=False, in_any_stage=True),
    "close": ActTerm("closed", cancels=True, undone_by_reopening=True),
    "archive": ActTerm("archived", undone_by_reopening=True),
    "reopen": ActTerm("reopened", reopens=True),
    "publish": ActTerm("published"),
    "unpublish": ActTerm("unpublished"),
    "withdraw": ActTerm("withdrawn", cancels=True, undone_by_reopening=True),
}
"""Every act. The sets below follow from it; `complaints.act_hooks` has the rules of acts."""

EVENT_OF_ACT = {name: act.event for name, act in ACT_TERMS.items()}
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

CANCELLING_EVENTS = frozenset(act.event for act in ACT_TERMS.values() if act.cancels)
"""Events that cancel running clocks, except clocks that list the event in `survives`."""

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

OVERDUE = "overdue"
"""The built-in wording for the people who can act after a miss, besides those of the tier."""
CATEGORY = "category"
"""The key of an event with the categories that it chose or corrected, by name."""

PROGRESS = "progress"
"""The placeholder of a wording for what has happened since the last event of the type that the message is about."""
