"""Faults of what staff say, what people see, and whose duty a clock is, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.fault_cases_reaching import REACHING
from tests.kernel.policy.faulty_policies.faulty import GOOD

_CLOCK, _INTAKE = "clocks/decision", "intake"
_TELLS = "stages/open/decide/tells"
_OUTSIDE = {"zh": "监察机构"}


def told(way: Any) -> dict[str, Any]:
    return {"to": "complainant", "wording": "result", "way": way}


def intake(**more: Any) -> dict[str, Any]:
    return {**GOOD["intake"], **more}


def number(**more: Any) -> dict[str, Any]:
    return {"zh": "数", "kind": "number", **more}


SEEN: dict[str, tuple[str, Any, str, str]] = {
    **REACHING,
    "a telephone call to staff": (
        _TELLS,
        [{"to": "ann", "way": "telephone"}],
        f"{_TELLS}/0/way",
        "telephone-of-complainant",
    ),
    "a telephone call that is no person's task": (
        _TELLS,
        [told(["mail", "telephone"])],
        f"{_TELLS}/0/way/1",
        "telephone-without-task",
    ),
    "a field that staff give": ("fields/who/given_by", "staff", "fields/who/given_by", "given-by-of-fact"),
    "a field that the complainant gives": (
        "fields/verdict/given_by",
        "complainant",
        "fields/verdict/given_by",
        "given-by-of-fact",
    ),
    "a fact that is also a field": (
        "intake/facts/verdict",
        {"zh": "结论", "given_by": "staff"},
        "intake/facts/verdict/given_by",
        "staff-fact-is-field",
    ),
    "a fact that the owner gives": ("intake/facts/size/given_by", "owner", "intake/facts/size/given_by", "wrong-kind"),
    "a limitation from what staff may say later": (
        "intake/facts/when",
        {"zh": "何时", "kind": "time", "required": True, "given_by": "staff"},
        "intake/limitation/latest",
        "limitation-may-be-missing",
    ),
    "a category of staff that is none": (
        f"{_INTAKE}/chosen_by_staff",
        "colour",
        f"{_INTAKE}/chosen_by_staff",
        "no-category",
    ),
    "a name of a category that is none": (
        f"{_INTAKE}/category_names",
        {"colour": {"en": "Colour"}},
        f"{_INTAKE}/category_names/colour",
        "no-category",
    ),
    "names of categories as a number": (
        f"{_INTAKE}/category_names",
        3,
        f"{_INTAKE}/category_names",
        "wrong-kind",
    ),
    "a name of a category without a text": (
        f"{_INTAKE}/category_names",
        {"kind": {}},
        f"{_INTAKE}/category_names/kind/zh",
        "missing",
    ),
    "a category that filings and staff choose": (
        _INTAKE,
        intake(required="kind", chosen_by_staff="kind"),
        f"{_INTAKE}/chosen_by_staff",
        "required-and-chosen-by-staff",
    ),
    "categories of staff as a map": (
        f"{_INTAKE}/chosen_by_staff",
        {"kind": True},
        f"{_INTAKE}/chosen_by_staff",
        "wrong-kind",
    ),
    "a sum of texts": ("fields/who/sum", "money", "fields/who/sum", "sum-without-number"),
    "a sum of private numbers": (
        "fields/amount",
        number(sum="hours", holder="internal"),
        "fields/amount/sum",
        "sum-of-private",
    ),
    "a sum of apples": ("fields/amount", number(sum="apples"), "fields/amount/sum", "wrong-kind"),
    "a web channel that is none": (f"{_INTAKE}/web", "fax", f"{_INTAKE}/web", "no-channel"),
    "two web channels": (f"{_INTAKE}/web", ["phone", "letter"], f"{_INTAKE}/web", "wrong-kind"),
    "a web channel of staff": (
        _INTAKE,
        intake(web="phone", filed_by={"phone": "ann"}),
        f"{_INTAKE}/web",
        "web-of-staff",
    ),
    "a duty of the owner": (f"{_CLOCK}/duty", "owner", f"{_CLOCK}/duty", "wrong-kind"),
    "a duty of two": (f"{_CLOCK}/duty", ["office", "service"], f"{_CLOCK}/duty", "wrong-kind"),
    "a duty of a task": ("tasks/report/duty", "office", "tasks/report/duty", "key-elsewhere"),
    "a public name in another language": (
        f"{_CLOCK}/public_name",
        {"en": "A", "fr": "B"},
        f"{_CLOCK}/public_name/fr",
        "unknown-key",
    ),
    "a public name that is a number": (f"{_CLOCK}/public_name", 5, f"{_CLOCK}/public_name", "wrong-kind"),
    "a public name in no language": (f"{_CLOCK}/public_name", {}, f"{_CLOCK}/public_name/zh", "missing"),
    "a public actor that is a list": (f"{_CLOCK}/public_actor", ["ann"], f"{_CLOCK}/public_actor", "wrong-kind"),
    "a public actor of a stage": (
        "stages/open/public_actor",
        {"zh": "安"},
        "stages/open/public_actor",
        "no-act-of-stage",
    ),
    "a public actor in another language": (
        f"{_CLOCK}/public_actor",
        {"zh": "安", "fr": "Anne"},
        f"{_CLOCK}/public_actor/fr",
        "unknown-key",
    ),
    "a miss that staff are told": (f"{_CLOCK}/tells_missed", "ann", f"{_CLOCK}/tells_missed", "wrong-kind"),
    "a miss that is told or not": (f"{_CLOCK}/tells_missed", True, f"{_CLOCK}/tells_missed", "wrong-kind"),
    "a miss of a clock without due time": (
        _CLOCK,
        {"from": "accepted", "until": "decided", "within": "none", "tells_missed": "complainant"},
        f"{_CLOCK}/tells_missed",
        "never-missed",
    ),
    "a text message": (_TELLS, told("text"), f"{_TELLS}/way", "no-text-messages"),
    "two mails": (_TELLS, told(["mail", "mail"]), f"{_TELLS}/way/1", "way-twice"),
    "a message by fax": (_TELLS, told("fax"), f"{_TELLS}/way", "wrong-kind"),
    "no way to reach the organisation": ("contact", {}, "contact", "contact-says-nothing"),
    "an e-mail address without a host": ("contact", {"email": "help"}, "contact/email", "contact-no-email"),
    "an outside body at a script": (
        "contact",
        {"outside": {**_OUTSIDE, "url": "javascript:alert(1)"}},
        "contact/outside/url",
        "contact-no-url",
    ),
    "an outside body without name": (
        "contact",
        {"outside": {"url": "https://a.example"}},
        "contact/outside/name",
        "missing",
    ),
    "a retention without end": ("retention/closed", "none", "retention/closed", "retention-without-end"),
    "a retention of nothing": ("retention", {}, "retention/closed", "missing"),
    "a retention from the filing": (
        "retention",
        {"closed": "5 calendar years", "registered": "6 calendar years"},
        "retention/registered",
        "unknown-key",
    ),
    "a retention as a text": ("retention", "5 calendar years", "retention", "wrong-kind"),
    "a retention that is no limit": ("retention/closed", "5 lustra", "retention/closed", "no-limit"),
    "a retention that ends before that of files": (
        f"{_INTAKE}/evidence_kept",
        "6 calendar years",
        "retention/closed",
        "retention-too-short",
    ),
    "a retention that ends before repeats are forgotten": (
        _INTAKE,
        intake(subject="content", repeats={"same": "subject", "within": "6 calendar years"}),
        "retention/closed",
        "retention-too-short",
    ),
    "a retention that ends before a clock": (
        "clocks/settlement",
        {"from": "refused", "until": "decided", "within": "6 calendar years"},
        "retention/closed",
        "retention-too-short",
    ),
    "a retention that ends before a clock that survives the end": (
        _CLOCK,
        {"from": "accepted", "until": "decided", "within": "6 calendar years", "survives": "withdrawn"},
        "retention/closed",
        "retention-too-short",
    ),
    "a telephone number that is a number": ("contact", {"phone": 110}, "contact/phone", "wrong-kind"),
}
