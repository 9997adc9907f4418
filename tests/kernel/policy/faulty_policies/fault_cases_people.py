"""Faults of who approves, who is excluded and who is assigned, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_DECIDE, _ASSIGN = "stages/open/decide", "stages/open/assign"
_APPROVALS, _IN_HIGH = "stages/open/decide/approval", {"severity": "high"}
_BY, _APPROVERS, _TOLD = f"{_DECIDE}/by", f"{_DECIDE}/approval/by", f"{_DECIDE}/tells"


def ann(**said: Any) -> dict[str, Any]:
    return {"role": "ann", **said}


def bob(**said: Any) -> dict[str, Any]:
    return {"role": "bob", **said}


def named(**said: Any) -> dict[str, Any]:
    return {"zh": "谁", "kind": "people", **said}


PEOPLE: dict[str, tuple[str, Any, str, str]] = {
    "an approval behind one that always applies": (
        _APPROVALS,
        [{"by": "bob"}, {"by": "ann", "when": _IN_HIGH}],
        f"{_APPROVALS}/1",
        "approval-never",
    ),
    "one of several approvals by no role": (
        _APPROVALS,
        [{"by": "eve", "when": _IN_HIGH}, {"by": "bob"}],
        f"{_APPROVALS}/0/by",
        "no-role",
    ),
    "one of several approvals in no case": (
        _APPROVALS,
        [{"by": "ann", "when": {"severity": "huge"}}, {"by": "bob"}],
        f"{_APPROVALS}/0/when/severity",
        "no-value",
    ),
    "several approvals, of which one is a role": (
        _APPROVALS,
        ["bob", {"by": "ann", "when": _IN_HIGH}],
        f"{_APPROVALS}/0",
        "wrong-kind",
    ),
    "several approvals, of which one names no role": (
        _APPROVALS,
        [{"by": "bob", "when": _IN_HIGH}, {"when": {"severity": "low"}}],
        f"{_APPROVALS}/1",
        "approval-without-approver",
    ),
    "a time for comments that is none": (
        "amendment",
        {"comments": "departments", "for": "none"},
        "amendment/for",
        "no-time-for-comments",
    ),
    "a time for comments that is no limit": (
        "amendment",
        {"comments": "departments", "for": "a week"},
        "amendment/for",
        "no-limit",
    ),
    "a time for comments of no group": (
        "amendment",
        {"for": "7 calendar days"},
        "amendment/for",
        "time-without-comments",
    ),
    "a publication by an unknown role": (
        "amendment",
        {"approval": {"by": "eve"}},
        "amendment/approval/by",
        "no-role",
    ),
    "a publication by no role": (
        "amendment",
        {"approval": {"by": []}},
        "amendment/approval/by",
        "publication-without-approver",
    ),
    "a publication by the complainant": (
        "amendment",
        {"approval": {"by": "complainant"}},
        "amendment/approval/by",
        "no-role-here",
    ),
    "a publication in some cases": (
        "amendment",
        {"approval": {"by": "bob", "when": {"channel": "phone"}}},
        "amendment/approval/when",
        "unknown-key",
    ),
    "a channel of a role that is none": ("intake/filed_by", {"phone": "eve"}, "intake/filed_by/phone", "no-role"),
    "a channel of a role that is none in a list": (
        "intake/filed_by",
        {"phone": ["ann", "eve"]},
        "intake/filed_by/phone",
        "no-role",
    ),
    "a channel of the complainant": (
        "intake/filed_by",
        {"phone": "complainant"},
        "intake/filed_by/phone",
        "no-role-here",
    ),
    "a role for a channel that is none": ("intake/filed_by", {"fax": "ann"}, "intake/filed_by/fax", "no-channel"),
    "a channel of a number": ("intake/filed_by", {"phone": 7}, "intake/filed_by/phone", "wrong-kind"),
    "not those of an event that is none": (_BY, ann(**{"not": "judged"}), f"{_BY}/not", "no-event"),
    "not those of what nobody does": (_BY, ann(**{"not": ["accepted", "missed"]}), f"{_BY}/not", "event-without-actor"),
    "not those of what cannot happen": (_BY, ann(**{"not": "inspected"}), f"{_BY}/not", "cannot-happen"),
    "not those of a number": (_BY, ann(**{"not": 7}), f"{_BY}/not", "wrong-kind"),
    "the same as of an event that is none": (_BY, ann(same="judged"), f"{_BY}/same", "no-event"),
    "the same as several": (_BY, ann(same=["accepted"]), f"{_BY}/same", "wrong-kind"),
    "the same and not the same": (_BY, ann(same="accepted", **{"not": "accepted"}), f"{_BY}/same", "not-and-same"),
    "the same complainant": (_BY, {"role": "complainant", "same": "accepted"}, _BY, "party-restricted"),
    "another respondent": (_BY, {"role": "respondent", "not": "accepted"}, _BY, "party-restricted"),
    "an approval by those who were told": (
        _APPROVERS,
        bob(**{"not": "warned"}),
        f"{_APPROVERS}/not",
        "event-without-actor",
    ),
    "an approval by the same of nothing": (_APPROVERS, bob(same="forwarded"), f"{_APPROVERS}/same", "cannot-happen"),
    "an approval by the assigned": (_APPROVERS, bob(of="assigned"), f"{_APPROVERS}/of", "wrong-kind"),
    "the complainant of the parent": (_BY, {"role": "complainant", "of": "parent"}, f"{_BY}/of", "parent-of-no-role"),
    "telling the assigned of the parent": (
        _TOLD,
        {"to": {"role": "assigned", "of": "parent"}},
        f"{_TOLD}/to/of",
        "parent-of-no-role",
    ),
    "an approval by a grandparent": (_APPROVERS, bob(of="grandparent"), f"{_APPROVERS}/of", "wrong-kind"),
    "what the parent alone reads": (
        "confidentiality",
        {"content": ["ann", {"role": "bob", "of": "parent"}]},
        "confidentiality/content/1/of",
        "wrong-kind",
    ),
    "not those who were assigned to what no act assigns": (
        _BY,
        ann(**{"not": "assigned.bob"}),
        f"{_BY}/not",
        "never-assigned",
    ),
    "not those who were assigned to nothing": (_BY, ann(**{"not": ["assigned."]}), f"{_BY}/not", "never-assigned"),
    "the same as was assigned": (_BY, ann(same="assigned.ann"), f"{_BY}/same", "no-event"),
    "an approval by others than were assigned": (
        _APPROVERS,
        bob(**{"not": "assigned.eve"}),
        f"{_APPROVERS}/not",
        "never-assigned",
    ),
    "an approval by others of no role": (_APPROVERS, {"role": "eve", "not": "accepted"}, _APPROVERS, "no-role"),
    "a complainant who is told unless": (
        _TOLD,
        {"to": {"role": "complainant", "not": "accepted"}},
        f"{_TOLD}/to",
        "party-restricted",
    ),
    "others told that are no role": (_TOLD, {"to": {"role": "eve", "not": "accepted"}}, f"{_TOLD}/to", "no-role"),
    "others told than of no event": (_TOLD, {"to": bob(**{"not": "sunset"})}, f"{_TOLD}/to/not", "no-event"),
    "an assignment of others from no field": (
        f"{_ASSIGN}/assigns",
        {"ann": {"not": "accepted"}},
        f"{_ASSIGN}/assigns/ann/field",
        "missing",
    ),
    "an assignment of others than of no event": (
        f"{_ASSIGN}/assigns",
        {"ann": {"field": "who", "not": "sunset"}},
        f"{_ASSIGN}/assigns/ann/not",
        "no-event",
    ),
    "an assignment of the same of nothing": (
        f"{_ASSIGN}/assigns",
        {"ann": {"field": "who", "same": "forwarded"}},
        f"{_ASSIGN}/assigns/ann/same",
        "cannot-happen",
    ),
    "an assignment from a choice": (
        "fields/who",
        {"zh": "谁", "kind": "choice", "choices": ["a", "b"]},
        f"{_ASSIGN}/assigns/ann",
        "names-no-people",
    ),
    "people in the role of nobody": ("fields/who", named(role="eve"), "fields/who/role", "no-role"),
    "people in the role of a choice of no roles": (
        "fields/who",
        named(role="field.verdict"),
        "fields/who/role",
        "no-role",
    ),
    "people in the role of no field": ("fields/who", named(role="field.post"), "fields/who/role", "no-field"),
    "people whom only some see": ("fields/who", named(holder="internal"), "fields/who/holder", "cannot-be-private"),
    "names in an act other than recuse": (f"{_DECIDE}/names", "ann", f"{_DECIDE}/names", "no-effect"),
    "undoing no event": (f"{_DECIDE}/undoes", "sunset", f"{_DECIDE}/undoes", "undoes-nothing"),
    "undoing what no act waits for": (
        f"{_DECIDE}/undoes",
        ["assigned", "decided"],
        f"{_DECIDE}/undoes",
        "undoes-nothing",
    ),
    "one role of several that is none": (
        "fields/who",
        named(role=["ann", "eve"]),
        "fields/who/role",
        "no-role",
    ),
    "a routed role without routing": ("fields/who", named(role="routed"), "fields/who/role", "no-role"),
    "a role of what names no people": ("fields/amount/role", "ann", "fields/amount/role", "role-without-people"),
    "people in a filing": ("intake/facts/content", named(), "intake/facts/content/kind", "people-outside-acts"),
    "people in a task": ("fields/amount", named(), "fields/amount/kind", "people-outside-acts"),
    "a done task that tells no role": (
        "tasks/report/tells",
        "eve",
        "tasks/report/tells",
        "no-role",
    ),
    "a done task of a unit in words for complaints": (
        "tasks/letter/tells",
        {"to": "bob", "wording": "result"},
        "tasks/letter/tells/wording",
        "no-wording",
    ),
    "an assignment of another role": (f"{_ASSIGN}/assigns", {"bob": "who"}, f"{_DECIDE}/by", "role-not-assigned"),
    "telling the assigned where nobody is": (
        "stages/open",
        {
            "decide": {
                "by": "ann",
                "to": "end",
                "takes": ["amount", "verdict"],
                "tells": "assigned",
                "sets": {"done": "yes"},
            },
            "promise": {"by": "ann", "needs": "until"},
        },
        "stages/open/decide/tells",
        "role-not-assigned",
    ),
}
