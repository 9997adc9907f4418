"""Policies with one fault each: the good one of `faulty`, changed at one place."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.fault_cases_acts import ACTS
from tests.kernel.policy.faulty_policies.fault_cases_by_time import BY_TIME
from tests.kernel.policy.faulty_policies.fault_cases_calendars import CALENDARS
from tests.kernel.policy.faulty_policies.fault_cases_counting import COUNTING
from tests.kernel.policy.faulty_policies.fault_cases_evidence import EVIDENCE
from tests.kernel.policy.faulty_policies.fault_cases_examples import EXAMPLES
from tests.kernel.policy.faulty_policies.fault_cases_forms import FORMS
from tests.kernel.policy.faulty_policies.fault_cases_identity import IDENTITY
from tests.kernel.policy.faulty_policies.fault_cases_impossible import IMPOSSIBLE
from tests.kernel.policy.faulty_policies.fault_cases_ledgers import LEDGERS
from tests.kernel.policy.faulty_policies.fault_cases_limits import LIMITS
from tests.kernel.policy.faulty_policies.fault_cases_people import PEOPLE
from tests.kernel.policy.faulty_policies.fault_cases_points import POINTS
from tests.kernel.policy.faulty_policies.fault_cases_publicity import PUBLICITY
from tests.kernel.policy.faulty_policies.fault_cases_repeats import REPEATS
from tests.kernel.policy.faulty_policies.fault_cases_seen import SEEN
from tests.kernel.policy.faulty_policies.fault_cases_sizes import SIZES
from tests.kernel.policy.faulty_policies.fault_cases_values import VALUES
from tests.kernel.policy.faulty_policies.faulty import GONE

_TOPIC = {"zh": "x", "topic": {"zh": "{number} 紧急", "en": "urgent"}}
FAULTS: dict[str, tuple[str, Any, str, str]] = {
    "no language": ("language", GONE, "language", "missing"),
    "a language to come": ("language", 2, "language", "wrong-kind"),
    "an unknown part": ("extras", {}, "extras", "unknown-key"),
    "an unknown part of a stage's act": (
        "stages/open/decide/colour",
        "red",
        "stages/open/decide/colour",
        "unknown-key",
    ),
    "a time zone that is none": ("calendar/timezone", "Asia/Atlantis", "calendar/timezone", "calendar-timezone"),
    "hours that end before they begin": (
        "calendar/hours/mon-fri",
        ["12:00-09:00"],
        "calendar/hours/mon-fri/0",
        "calendar-hours",
    ),
    "a reserved role": ("people/owner", "主", "people/owner", "reserved"),
    "a tier with nobody on it": ("tiers/0/roles", [], "tiers/0/roles", "tier-empty"),
    "a tier that perhaps acts": ("tiers/0/acting", "perhaps", "tiers/0/acting", "wrong-kind"),
    "a tier of an unknown role": ("tiers/1/roles", "eve", "tiers/1/roles", "no-role"),
    "a tier's limit that is none": ("tiers/1/within", "soon", "tiers/1/within", "no-limit"),
    "no channel": ("intake/channels", [], "intake/channels", "no-channels"),
    "a first stage that is none": ("intake/first", "limbo", "intake/first", "no-first-stage"),
    "a choice without choices": ("intake/facts/size/choices", [], "intake/facts/size/choices", "no-choices"),
    "a fact required on no channel": (
        "intake/facts/when/required",
        ["fax"],
        "intake/facts/when/required",
        "no-channel",
    ),
    "a ground on a condition that is none": (
        "intake/refusals/late/when",
        {"moon": "full"},
        "intake/refusals/late/when/moon",
        "no-condition",
    ),
    "a ground that needs no field": ("intake/refusals/late/needs", "stars", "intake/refusals/late/needs", "no-field"),
    "a limitation that is none": ("intake/limitation/within", "2 moons", "intake/limitation/within", "no-limit"),
    "a limitation from a text": ("intake/limitation/latest", "content", "intake/limitation/latest", "no-public-time"),
    "a limitation from a private time": (
        "intake/facts/when/holder",
        "internal",
        "intake/limitation/latest",
        "no-public-time",
    ),
    "telling nobody that exists": ("intake/tells", "eve", "intake/tells", "no-role"),
    "a fact named like the stage": ("intake/facts/stage", "optional", "intake/facts/stage", "shadows"),
    "a category named like the channel": ("intake/categories/channel", ["x"], "intake/categories/channel", "shadows"),
    "an ageing into no class": ("severity/ageing/to", "worst", "severity/ageing/to", "no-class"),
    "an ageing until no event": ("severity/ageing/until", "doomsday", "severity/ageing/until", "no-event"),
    "an ageing limit that is none": ("severity/ageing/after", "a while", "severity/ageing/after", "no-limit"),
    "a field with a reserved name": ("fields/approvers", {"zh": "x"}, "fields/approvers", "reserved"),
    "a private field that names people": ("fields/who/holder", "internal", "fields/who/holder", "cannot-be-private"),
    "an act that the language has not": (
        "stages/open/dance",
        {"by": "ann", "to": "end"},
        "stages/open/dance",
        "no-act-of-stage",
    ),
    "an act of the language itself": (
        "stages/open/approve",
        {"by": "ann", "to": "end"},
        "stages/open/approve",
        "no-act-of-stage",
    ),
    "an act that nobody may do": ("stages/open/decide/by", [], "stages/open/decide/by", "act-without-actor"),
    "an act by an unknown role": ("stages/open/decide/by", "eve", "stages/open/decide/by", "no-role"),
    "an act that leads nowhere": ("stages/open/decide/to", "limbo", "stages/open/decide/to", "no-stage"),
    "an act after no event": ("stages/open/decide/after", "sunset", "stages/open/decide/after", "no-event"),
    "an assignment to no role": ("stages/open/assign/assigns", {"eve": "who"}, "stages/open/assign/assigns", "no-role"),
    "an assignment by a field that is not asked": (
        "stages/open/assign/assigns",
        {"ann": "amount"},
        "stages/open/assign/assigns",
        "no-field-of-act",
    ),
    "an approval by an unknown role": (
        "stages/open/decide/approval/by",
        "eve",
        "stages/open/decide/approval/by",
        "no-role",
    ),
    "a condition with a value that is none": (
        "stages/open/decide/approval/when",
        {"severity": "huge"},
        "stages/open/decide/approval/when/severity",
        "no-value",
    ),
    "a wording that is none": (
        "stages/open/decide/tells/wording",
        "song",
        "stages/open/decide/tells/wording",
        "no-wording",
    ),
    "a flag named like the class": (
        "stages/open/decide/sets",
        {"severity": "low"},
        "stages/open/decide/sets/severity",
        "shadows",
    ),
    "a refusal without grounds": ("intake/refusals", {}, "stages/registered/refuse", "refuse-without-grounds"),
    "a refusal that names no ground": (
        "stages/registered/refuse/needs",
        [],
        "stages/registered/refuse/needs",
        "refuse-needs-ground",
    ),
    "classes, but none of them": ("severity/classes", [], "severity/classes", "no-classes"),
    "an order that leaves a class out": ("severity/order", ["low"], "severity/order", "class-order"),
    "a stage that nobody can leave": ("stages/open/decide/to", GONE, "stages/open", "stage-closed-in"),
    "a clock that nothing starts": ("clocks/decision/from", [], "clocks/decision/from", "never-starts"),
    "a clock that nothing stops": ("clocks/decision/until", [], "clocks/decision/until", "never-stops"),
    "a clock started by no event": ("clocks/decision/from", "dawn", "clocks/decision/from", "no-event"),
    "a clock started by what cannot happen": (
        "clocks/decision/from",
        "forwarded",
        "clocks/decision/from",
        "cannot-happen",
    ),
    "a clock stopped by a miss": ("clocks/decision/until", "missed", "clocks/decision/until", "silent-event"),
    "a limit that is none": (
        "clocks/decision/within/0/limit",
        "5 banking days",
        "clocks/decision/within/0/limit",
        "no-limit",
    ),
    "a limit for a value that is none": (
        "clocks/decision/within/0/when",
        {"severity": "tiny"},
        "clocks/decision/within/0/when/severity",
        "no-value",
    ),
    "no limit for a case": ("clocks/decision/within/1", GONE, "clocks/decision/within", "no-limit-for-case"),
    "no limit where there is no category": (
        "clocks/decision/within",
        [{"when": {"kind": ["goods", "service"]}, "limit": "1 day"}],
        "clocks/decision/within",
        "no-limit-for-case",
    ),
    "two limits for a case": ("clocks/decision/within/0/when", {}, "clocks/decision/within/1", "two-limits"),
    "a warning that is none": ("clocks/decision/warn", ["at noon"], "clocks/decision/warn/0", "no-warning"),
    "a pause in no stage": ("clocks/decision/paused_in", "limbo", "clocks/decision/paused_in", "no-stage"),
    "surviving no event": ("clocks/decision/survives", "the flood", "clocks/decision/survives", "no-event"),
    "neither limit nor stated time": ("clocks/promised/stated", GONE, "clocks/promised", "limit-or-stated"),
    "both limit and stated time": ("clocks/promised/within", "1 day", "clocks/promised", "limit-or-stated"),
    "a time stated by a number": ("clocks/promised/stated", "amount", "clocks/promised/stated", "no-public-time"),
    "an escalation without tiers": ("tiers", [], "clocks/decision", "no-tiers"),
    "a task named like a clock": (
        "tasks/decision",
        {"zh": "x", "on": "classified", "for": "bob"},
        "tasks/decision",
        "task-named-like-clock",
    ),
    "a task of an unknown role": ("tasks/report/for", "eve", "tasks/report/for", "no-role"),
    "a task opened by what cannot happen": ("tasks/report/on", "forwarded", "tasks/report/on", "cannot-happen"),
    "a task's limit that is none": ("tasks/report/within", "soon", "tasks/report/within", "no-limit"),
    "a task opened by what opens none": ("tasks/report/on", "escalated", "tasks/report/on", "opens-no-task"),
    "a topic with a placeholder": ("wording/result", _TOPIC, "wording/result/topic/zh", "topic-placeholder"),
    "a placeholder that is none": ("wording/result/en", "{nmuber}", "wording/result/en", "no-placeholder"),
    **IDENTITY,
    **IMPOSSIBLE,
    **LIMITS,
    "content shown to a role that is none": (
        "confidentiality",
        {"content": ["respondent", {"role": "eve", "of": "assigned"}]},
        "confidentiality/content",
        "no-role",
    ),
    "an auditor that is none": ("confidentiality", {"auditors": "eve"}, "confidentiality/auditors", "no-role"),
    "reads half logged": ("confidentiality", {"reads": "sometimes"}, "confidentiality/reads", "wrong-kind"),
    "a role that is never given anything": ("people/cat", "猫", "people/cat", "role-unused"),
    "no classes": ("severity/classes", [], "severity/classes", "no-classes"),
    "a stage that nobody can come into": (
        "stages/attic",
        {"decide": {"by": "ann", "to": "end"}},
        "stages/attic",
        "stage-unreachable",
    ),
    "stages that only lead into each other": (
        "stages/attic",
        {"decide": {"by": "ann", "to": "end"}, "reopen": {"by": "ann", "to": "attic"}},
        "stages/attic",
        "stage-unreachable",
    ),
    "stages out of which no way leads to an end": (
        "stages/end",
        {"inspect": {"by": "ann", "to": "open"}},
        "stages/open",
        "endless",
    ),
    "stages that lead to an end only by themselves": (
        "stages/end",
        {"inspect": {"by": "ann", "to": "end"}, "supplement": {"by": "ann", "to": "open"}},
        "stages/open",
        "endless",
    ),
    "an act after what only comes later": (
        "stages/registered/accept/after",
        "decided",
        "stages/registered/accept/after",
        "never-before",
    ),
    "an act after what no act leads to": (
        "stages/open/decide/after",
        "forwarded",
        "stages/open/decide/after",
        "never-before",
    ),
    "an act after its own event": ("stages/open/decide/after", "decided", "stages/open/decide/after", "never-before"),
    "an act for the assigned where nobody is": (
        "stages/open/assign/assigns",
        GONE,
        "stages/open/decide/by",
        "role-not-assigned",
    ),
    "a required fact that a channel cannot give": (
        "intake/facts/size/choices",
        {"s": {"zh": "小", "when": {"channel": "letter"}}},
        "intake/facts/size/required",
        "cannot-give",
    ),
    "a text of no length": ("intake/facts/content", {"most": 0}, "intake/facts/content/most", "no-length"),
    "a choice for a channel that is none": (
        "intake/facts/size/choices",
        {"s": "小", "l": {"zh": "大", "when": {"channel": "fax"}}},
        "intake/facts/size/choices/l/when/channel",
        "no-value",
    ),
    "a field of choices without any": ("fields/amount", {"zh": "数", "kind": "choice"}, "fields/amount", "no-choices"),
    "a clock started by a class that is none": (
        "clocks/decision/from",
        {"classified": {"severity": "huge"}},
        "clocks/decision/from/classified/severity",
        "no-value",
    ),
    "a clock told of that is none": (
        "stages/open/decide/tells",
        {"to": "ann", "due": "lunch"},
        "stages/open/decide/tells/due",
        "no-clock",
    ),
    "a flag taken from a field that is not asked": (
        "stages/open/promise/sets",
        {"big": "field.amount"},
        "stages/open/promise/sets",
        "no-field-of-act",
    ),
    "a task opened by event and calendar": (
        "tasks/report",
        {"zh": "x", "on": "classified", "for": "bob", "monthly": {"day": 1, "due_day": 5, "stages": ["open"]}},
        "tasks/report",
        "task-opened-how",
    ),
    "a name that is a number": ("name", 7, "name", "wrong-kind"),
    "a list for a map": ("clocks", [], "clocks", "wrong-kind"),
    **EXAMPLES,
    **POINTS,
    **EVIDENCE,
    **SIZES,
    **REPEATS,
    **CALENDARS,
    **COUNTING,
    **PEOPLE,
    **SEEN,
    **VALUES,
    **ACTS,
    **BY_TIME,
    **FORMS,
    **LEDGERS,
    **PUBLICITY,
}
"""What is wrong: the place that is changed, what is put there, the place that is named, and the kind of the fault."""
