"""An office that can link complaints, with people whose contact details and subjects tell which belong together."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import DOCUMENT, council
from tests.helpers.fakes.client import Answer

PARTS: dict[str, Any] = {
    "intake": {
        **DOCUMENT["intake"],
        "facts": {
            "content": {"en": "What happened", "required": True},
            "complainant.phone": {"en": "Telephone", "kind": "phone"},
            "complainant.email": {"en": "E-mail", "kind": "email"},
        },
        "phone": "complainant.phone",
        "email": "complainant.email",
    },
    "tiers": [{"roles": "officer"}, {"roles": "manager", "again": "5 working days"}],
    "fields": {"outcome": {"en": "Outcome", "kind": "choice", "choices": {"valid": {"en": "Valid", "zh": "属实"}}}},
    "stages": {
        "waiting": {"name": {"en": "Waiting"}, "resume": {"by": "officer", "to": "open"}},
    },
    "clocks": {
        "answer": {
            "name": {"en": "Answer"},
            "from": ["registered", "reopened"],
            "until": "decided",
            "within": "10 calendar days",
            "warn": "1 calendar day before",
            "missed": "escalate",
            "paused_in": "waiting",
            "duty": "office",
        }
    },
}
PROCEDURE: dict[str, Any] = {
    "decide": {"by": "officer", "needs": "outcome"},
    "close": {"by": ["officer", "manager"], "to": "done"},
    "park": {"by": "officer", "to": "waiting"},
    "withdraw": {"by": "complainant", "to": "done"},
    "recuse": {"by": ["officer", "manager"]},
}
ANNA = {"complainant.phone": "00000000001", "complainant.email": "anna@example.com"}
BERT = {"complainant.phone": "00000000002", "complainant.email": "bert@example.com"}
WHY = "这是同一只垃圾箱。"


def linking_office(**parts: Any) -> Organisation:
    return council(PROCEDURE, **{**PARTS, **parts})


def file(office: Organisation, who: dict[str, str], **changes: Any) -> str:
    return office.file(facts=who, **changes)


def ended(office: Organisation, who: dict[str, str]) -> str:
    """A complaint that was decided and closed."""
    number = file(office, who)
    office.act(number, "officer", "decide", outcome="valid")
    office.act(number, "officer", "close")
    return number


def link(office: Organisation, number: str, to: str, who: str = "officer", **fields: Any) -> Answer:
    return office.try_act(number, who, "link", to=to, **fields)


def linked_to_ended(office: Organisation, who: dict[str, str] = ANNA) -> str:
    """A complaint that was closed with one of another person, by two members."""
    first, second = ended(office, BERT), file(office, who)
    assert link(office, second, first, reason=WHY).status == 200
    office.act(second, "manager", "approve")
    office.world.settle()
    return second


def contest(office: Organisation, number: str, **fields: Any) -> Answer:
    return office.try_act(number, "complainant", "contest_link", **fields)


def types(office: Organisation, number: str) -> list[str]:
    office.world.settle()
    return [event["type"] for event in office.events(number)]


def wrong(answer: Answer) -> list[tuple[str, str]]:
    return [(error["pointer"], error["detail"].partition(",")[0]) for error in answer.json.get("errors", [])]


def dry(office: Organisation, number: str, act: str, who: str = "officer", **fields: Any) -> dict[str, Any]:
    path = f"{office.path}/complaints/{number}/acts/{act}?dry_run=true"
    answer = office.world.call("POST", path, {"fields": fields}, auth=office.auth(who))
    assert answer.status == 200, answer.text
    would: dict[str, Any] = answer.json["would"]
    return would
