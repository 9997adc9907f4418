"""Faults of parts that no case can reach or satisfy, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_DECIDE, _PROMISE = "stages/open/decide", "stages/open/promise"
_OPTION = {"valid": {"zh": "是"}, "void": {"zh": "否"}}


def option(when: dict[str, str]) -> dict[str, Any]:
    return {**_OPTION, "void": {"zh": "否", "when": when}}


def proposer(*others: str) -> list[Any]:
    return [{"role": "bob", "same": "proposed"}, *others]


IMPOSSIBLE: dict[str, tuple[str, Any, str, str]] = {
    "a clock that starts where its flag has another value": (
        "clocks/late",
        {"from": "decided", "until": "promised", "within": "1 day", "missed": "record", "when": {"done": "none"}},
        "clocks/late/from",
        "cannot-start",
    ),
    "a choice on a demand that nobody makes": (
        "fields/verdict/choices",
        option({"demand": "lapsed"}),
        "fields/verdict/choices/void/when/demand",
        "never-holds",
    ),
    "a choice on a condition that is none": (
        "fields/verdict/choices",
        option({"moon": "full"}),
        "fields/verdict/choices/void/when/moon",
        "no-condition",
    ),
    "a choice on an unknown channel": (
        "fields/verdict/choices",
        option({"channel": "fax"}),
        "fields/verdict/choices/void/when/channel",
        "no-value",
    ),
    "a flag from a number without bands": (
        f"{_DECIDE}/sets",
        {"done": "field.amount"},
        f"{_DECIDE}/sets/done",
        "flag-without-values",
    ),
    "a flag from a time": (f"{_PROMISE}/sets", {"x": "field.until"}, f"{_PROMISE}/sets/x", "flag-without-values"),
    "a flag from a text": (
        "stages/open/assign/sets",
        {"x": "field.who"},
        "stages/open/assign/sets/x",
        "flag-without-values",
    ),
    "an act for the assigned of another role": (
        f"{_PROMISE}/by",
        ["ann", {"role": "bob", "of": "assigned"}],
        f"{_PROMISE}/by",
        "role-not-assigned",
    ),
    "content for the assigned of another role": (
        "confidentiality",
        {"content": ["ann", {"role": "bob", "of": "assigned"}]},
        "confidentiality/content",
        "role-not-assigned",
    ),
    "a name for the assigned of another role": (
        "confidentiality",
        {"complainant": {"role": "bob", "of": "assigned"}},
        "confidentiality/complainant",
        "role-not-assigned",
    ),
    "people named by a number of the filing": (
        "stages/open/assign",
        {"by": "bob", "needs": "size", "assigns": {"ann": "size"}},
        "stages/open/assign/assigns/ann",
        "names-no-people",
    ),
    "all of one role, named twice": (
        "stages/open/mediate",
        {"by": ["ann", {"role": "ann", "of": "unit"}], "all": True},
        "stages/open/mediate/all",
        "all-of-one",
    ),
    "all of two roles, one of them named twice": (
        "stages/open/mediate",
        {"by": ["ann", "bob", {"role": "ann", "of": "unit"}], "all": True},
        "stages/open/mediate/all",
        "all-of-one",
    ),
    "telling in the stage before the act": (
        f"{_DECIDE}/tells",
        {"to": "bob", "when": {"stage": "open"}},
        f"{_DECIDE}/tells/when/stage",
        "never-holds",
    ),
    "an approval in the stage before the act": (
        f"{_DECIDE}/approval",
        {"by": "bob", "when": {"stage": "open"}},
        f"{_DECIDE}/approval/when/stage",
        "never-holds",
    ),
    "telling of a filing in a later stage": (
        "intake/tells",
        {"to": "ann", "when": {"stage": "open"}},
        "intake/tells/when/stage",
        "never-holds",
    ),
    "a clock that starts in another stage": (
        "clocks/decision/when",
        {"stage": ["registered", "end"]},
        "clocks/decision/when/stage",
        "never-holds",
    ),
    "a clock from a field that its event lacks": (
        "clocks/decision/from",
        {"accepted": {"verdict": "valid"}},
        "clocks/decision/from/accepted/verdict",
        "event-without-field",
    ),
    "a clock from the stage to which its event leads": (
        "clocks/decision/from",
        {"accepted": {"stage": "open"}},
        "clocks/decision/from/accepted/stage",
        "event-without-field",
    ),
    "a clock until a field that is misspelt": (
        "clocks/decision/until",
        {"decided": {"verdikt": "valid"}},
        "clocks/decision/until/decided/verdikt",
        "event-without-field",
    ),
    "a clock until a field that its event lacks": (
        "clocks/decision/until",
        {"promised": {"verdict": "valid"}},
        "clocks/decision/until/promised/verdict",
        "event-without-field",
    ),
    "a task from a fact of the filing": (
        "tasks/report/on",
        {"registered": {"size": "l"}},
        "tasks/report/on/registered/size",
        "no-field-of-event",
    ),
    "points for a field that the event lacks": (
        "points/on",
        {"classified": {"verdict": "valid"}},
        "points/on/classified/verdict",
        "event-without-field",
    ),
    "a promise that states no time": (f"{_PROMISE}/needs", [], "clocks/promised/stated", "never-stated"),
    "a time stated by another event": ("clocks/promised/from", "accepted", "clocks/promised/stated", "never-stated"),
    "a task whose event states no time": (
        "tasks/audit",
        {"zh": "x", "on": "classified", "for": "bob", "stated": "until"},
        "tasks/audit/stated",
        "never-stated",
    ),
    "a task whose due time only one of its acts states": (
        "tasks/audit",
        {"zh": "x", "on": ["promised", "classified"], "for": "bob", "stated": "until"},
        "stages/registered/classify/needs",
        "act-states-no-time",
    ),
    "a clock of a miss by what no miss has": (
        "clocks/decision/until",
        ["decided", {"escalated": {"foo": "bar"}}],
        "clocks/decision/until/1/escalated/foo",
        "no-field-of-event",
    ),
    "a clock of the miss of no clock": (
        "clocks/decision/until",
        ["decided", {"escalated": {"clock": "lunch"}}],
        "clocks/decision/until/1/escalated/clock",
        "no-value",
    ),
    "a clock of a miss on a tier by its number": (
        "clocks/decision/until",
        ["decided", {"escalated": {"tier": 2}}],
        "clocks/decision/until/1/escalated/tier",
        "wrong-kind",
    ),
    "an approval by the proposer": (
        f"{_DECIDE}/approval/by",
        {"role": "bob", "same": "proposed"},
        f"{_DECIDE}/approval/by/same",
        "approved-by-proposer",
    ),
    "an approval by the proposer or another role": (
        f"{_DECIDE}/approval/by",
        proposer("ann"),
        f"{_DECIDE}/approval/by/0/same",
        "approved-by-proposer",
    ),
    "a mediation that its proposer approves": (
        "stages/open/mediate",
        {"by": "ann", "approval": {"by": proposer()}},
        "stages/open/mediate/approval/by/0/same",
        "approved-by-proposer",
    ),
    "a stage that respondents leave, for a complaint without a unit": (
        "stages/registered",
        {
            "accept": {"by": "respondent", "to": "open"},
            "note": {"by": "ann"},
            "classify": {"by": "respondent", "needs": "severity"},
        },
        "stages/registered",
        "stage-depends-on-omitted",
    ),
}
