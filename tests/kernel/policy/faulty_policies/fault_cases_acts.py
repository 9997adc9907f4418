"""Faults of the options, targets and conditions of acts, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GONE

_PROMISE, _DECIDE, _REFUSE = "stages/open/promise", "stages/open/decide", "stages/registered/refuse"
_TO = f"{_DECIDE}/to"
LOW, HIGH = {"severity": "low"}, {"severity": "high"}
_APPROVAL, _ASSIGN = "stages/open/decide/approval", "stages/open/assign"
_HIGH = {"severity": "high"}
_LIFT, _UNTIL = "stages/open/lift", "clocks/decision/until"
ACTS: dict[str, tuple[str, Any, str, str]] = {
    "a message to people whom another act names": (
        "stages/open/decide/tells",
        {"to": ["complainant", "field.who"]},
        "stages/open/decide/tells/to",
        "no-field-of-act",
    ),
    "a message with the text of another act": (
        "stages/open/decide/tells",
        {"to": "complainant", "encloses": "until"},
        "stages/open/decide/tells/encloses",
        "no-field-of-act",
    ),
    "another unit from no field": (f"{_ASSIGN}/sets_unit", "amount", f"{_ASSIGN}/sets_unit", "no-field-of-act"),
    "another unit from those who are assigned": (
        f"{_ASSIGN}/sets_unit",
        "who",
        f"{_ASSIGN}/sets_unit",
        "names-no-unit",
    ),
    "another unit from a number": (
        "stages/open/decide/sets_unit",
        "amount",
        "stages/open/decide/sets_unit",
        "names-no-unit",
    ),
    "another unit from a list": (f"{_ASSIGN}/sets_unit", ["who"], f"{_ASSIGN}/sets_unit", "wrong-kind"),
    "a lower class that needs nothing": ("severity/lowering", {}, "severity/lowering", "lowering-needs-nothing"),
    "a lower class that needs no field": ("severity/lowering", {"needs": "why"}, "severity/lowering/needs", "no-field"),
    "a lower class that no role approves": (
        "severity/lowering",
        {"approval": {"by": "eve"}},
        "severity/lowering/approval/by",
        "no-role",
    ),
    "a lower class with an unknown key": (
        "severity/lowering",
        {"needs": "amount", "tells": "bob"},
        "severity/lowering/tells",
        "unknown-key",
    ),
    "a sign struck out by whom nothing protects": (
        "stages/registered/classify",
        {"by": "ann", "needs": "severity", "takes": "struck"},
        "stages/registered/classify/takes",
        "struck-without-lowering",
    ),
    "a sign struck out by a decision": (f"{_PROMISE}/takes", "struck", f"{_PROMISE}/takes", "struck-without-lowering"),
    "a clock until a sign is struck out": (_UNTIL, "struck", _UNTIL, "no-event"),
    "a lifting of what is nothing": (_LIFT, {"by": "ann", "needs": "sanction"}, f"{_LIFT}/needs", "no-field"),
    "a lifting by an unknown role": (_LIFT, {"by": "eve"}, f"{_LIFT}/by", "no-role"),
    "a clock until no lifting": (_UNTIL, "lifted", _UNTIL, "cannot-happen"),
    "an act of all roles that has one role": (f"{_PROMISE}/all", True, f"{_PROMISE}/all", "all-of-one"),
    "an act of nearly all roles": (f"{_PROMISE}/all", "most", f"{_PROMISE}/all", "wrong-kind"),
    "a refusal by all of one": (f"{_REFUSE}/all", True, f"{_REFUSE}/all", "all-of-one"),
    "a late decision": (f"{_DECIDE}/late", True, f"{_DECIDE}/late", "no-effect"),
    "a promise that is somewhat late": (f"{_PROMISE}/late", "somewhat", f"{_PROMISE}/late", "wrong-kind"),
    "a late extension of no clock": (
        "stages/open/extend",
        {"by": "ann", "needs": "until", "late": True},
        "stages/open/extend/late",
        "never-late",
    ),
    "a decision of at most a week": (f"{_DECIDE}/most", "1 week", f"{_DECIDE}/most", "no-effect"),
    "a promise of at most a while": (f"{_PROMISE}/most", "a while", f"{_PROMISE}/most", "no-limit"),
    "an extension by at most a week of nothing": (
        "stages/open/extend",
        {"by": "ann", "needs": "clock", "most": "1 week"},
        "stages/open/extend/most",
        "most-of-nothing",
    ),
    "an extension that gives no time": (
        "stages/open/extend",
        {"by": "ann", "needs": "clock"},
        "stages/open/extend/needs",
        "extend-needs-both",
    ),
    "an extension of no clock": (
        "stages/open/extend",
        {"by": "ann", "needs": "until"},
        "stages/open/extend/needs",
        "extend-needs-both",
    ),
    "an extension of nothing": (
        "stages/open/extend",
        {"by": "ann", "needs": "who"},
        "stages/open/extend/needs",
        "extends-nothing",
    ),
    "a decision within a week": (f"{_DECIDE}/within", "1 week", f"{_DECIDE}/within", "no-effect"),
    "an act that leads to no targets": (_TO, [], _TO, "no-targets"),
    "an act that leads to a stage that is none": (
        _TO,
        [{"when": LOW, "stage": "limbo"}, {"when": HIGH, "stage": "end"}],
        f"{_TO}/0/stage",
        "no-stage",
    ),
    "an act with two targets for a case": (
        _TO,
        [{"when": LOW, "stage": "end"}, {"stage": "registered"}],
        f"{_TO}/1",
        "two-targets",
    ),
    "an act without a target for a case": (_TO, [{"when": LOW, "stage": "end"}], _TO, "no-target-for-case"),
    "a target for a value that is none": (
        _TO,
        [{"when": {"severity": ["low", "tiny"]}, "stage": "end"}, {"when": HIGH, "stage": "end"}],
        f"{_TO}/0/when/severity",
        "no-value",
    ),
    "a target for an outcome that is none": (
        _TO,
        [
            {"when": {"verdict": "maybe"}, "stage": "registered"},
            {"when": {"verdict": ["valid", "void", "none"]}, "stage": "end"},
        ],
        f"{_TO}/0/when/verdict",
        "no-value",
    ),
    "more targets than there may be": (_TO, [{"when": LOW, "stage": "end"}] * 21, _TO, "too-many-of"),
    "an act while no clock runs": (
        f"{_PROMISE}/when",
        {"clock.lunch": "running"},
        f"{_PROMISE}/when/clock.lunch",
        "no-condition",
    ),
    "an act while a clock sleeps": (
        f"{_PROMISE}/when",
        {"clock.decision": "sleeping"},
        f"{_PROMISE}/when/clock.decision",
        "no-value",
    ),
    "an act while a clock is paused that never is": (
        f"{_PROMISE}/when",
        {"clock.decision": "paused"},
        f"{_PROMISE}/when/clock.decision",
        "no-value",
    ),
    "a message while a clock sleeps": (
        f"{_DECIDE}/tells",
        {"to": "ann", "when": {"clock.decision": "sleeping"}},
        f"{_DECIDE}/tells/when/clock.decision",
        "no-value",
    ),
    "a message of the filing while a clock runs": (
        "intake/tells",
        {"to": "ann", "when": {"clock.decision": "running"}},
        "intake/tells/when/clock.decision",
        "no-condition",
    ),
    "a message of an act that asks for an address": (
        f"{_DECIDE}/tells",
        {"to": "ann", "when": {"complainant.email": "none"}},
        f"{_DECIDE}/tells/when/complainant.email",
        "no-condition",
    ),
    "an approval while a clock runs": (
        f"{_DECIDE}/approval/when",
        {"clock.decision": "running"},
        f"{_DECIDE}/approval/when/clock.decision",
        "no-condition",
    ),
    "an act after a demand that nobody makes": (
        f"{_PROMISE}/when",
        {"demand": "lapsed"},
        f"{_PROMISE}/when/demand",
        "never-holds",
    ),
    "a class that needs the sign of none": ("severity/needs_sign", "high", "severity/needs_sign", "no-class"),
    "signs of no class": ("severity/signs", {"urgent": ["hurt"]}, "severity/signs/urgent", "no-class"),
    "a class whose sign no act gives": (
        "severity",
        {"classes": ["low", "high"], "signs": {"high": ["hurt"]}, "needs_sign": "high"},
        "stages/registered/classify",
        "classify-takes-sign",
    ),
    "a class that is never asked": (
        "stages/registered/classify",
        {"by": "ann", "needs": "who"},
        "stages/registered/classify/needs",
        "classify-needs-severity",
    ),
    "a correction that can leave everything out": (
        "stages/registered/classify",
        {"by": "ann", "needs": "who", "takes": "kind"},
        "stages/registered/classify/needs",
        "classify-needs-severity",
    ),
    "a correction with a class that can be left out": (
        "stages/registered/classify",
        {"by": "ann", "needs": "kind", "takes": "severity"},
        "stages/registered/classify/needs",
        "classify-needs-severity",
    ),
    "an act in another stage": (f"{_PROMISE}/when", {"stage": "end"}, f"{_PROMISE}/when/stage", "never-holds"),
    "an act in no case": (f"{_PROMISE}/when", {"channel": []}, f"{_PROMISE}/when/channel", "never-holds"),
    "an act that needs what is nothing": (f"{_PROMISE}/needs", ["until", "stars"], f"{_PROMISE}/needs", "no-field"),
    "an act that takes what is nothing": (f"{_PROMISE}/takes", "stars", f"{_PROMISE}/takes", "no-field"),
    "a task that needs what is nothing": ("tasks/report/needs", "stars", "tasks/report/needs", "no-field"),
    "a stage where all depends on a category": (
        "stages/registered",
        {
            "accept": {"by": "ann", "to": "open", "needs": "conditions", "when": {"kind": "goods"}},
            "classify": {"by": "ann", "needs": "severity", "when": {"kind": ["goods", "service"]}},
        },
        "stages/registered",
        "stage-depends-on-omitted",
    ),
    "a mediation of what is nothing": (
        "stages/open/mediate",
        {"by": "ann", "takes": "peace"},
        "stages/open/mediate/takes",
        "no-field",
    ),
    "an act that says nothing of who may do it": (
        "stages/open/promise/by",
        GONE,
        "stages/open/promise",
        "act-without-actor",
    ),
    "an act of the system": ("stages/open/promise/by", "system", "stages/open/promise/by", "role-of-time"),
    "a message to the system": ("stages/open/promise/tells", "system", "stages/open/promise/tells", "no-role-here"),
    "an approval by the owner": (
        "stages/open/decide/approval/by",
        "owner",
        "stages/open/decide/approval/by",
        "no-role-here",
    ),
    "an approval by nobody": (
        "stages/open/decide/approval/by",
        [],
        "stages/open/decide/approval/by",
        "approval-without-approver",
    ),
    "an approval by time": (
        "stages/open/decide/approval/by",
        "time",
        "stages/open/decide/approval/by",
        "no-role-here",
    ),
    "a list of no approval": (
        "stages/open/decide/approval",
        [],
        "stages/open/decide/approval",
        "approval-without-approver",
    ),
    "a mediation by nobody": ("stages/open/mediate", {"by": []}, "stages/open/mediate/by", "act-without-actor"),
    "a mediation into no stage": (
        "stages/open/mediate",
        {"by": "ann", "to": "peace"},
        "stages/open/mediate/to",
        "no-stage",
    ),
    "a recusal by an unknown role": ("stages/open/recuse", {"by": "eve"}, "stages/open/recuse/by", "no-role"),
    "a recusal of what is nothing": (
        "stages/open/recuse",
        {"by": "ann", "takes": ["person", "stars"]},
        "stages/open/recuse/takes",
        "no-field",
    ),
    "a recusal within a week": (
        "stages/open/recuse",
        {"by": "ann", "within": "1 week"},
        "stages/open/recuse/within",
        "no-effect",
    ),
}
