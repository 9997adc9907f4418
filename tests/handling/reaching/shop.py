"""A small shop that takes a customer's silence for an answer, if the customer was reached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.workers import entries
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read

FRIDAY = "2026-11-27T09:00:00+00:00"
MAIL, NUMBER = "customer@mail.example", "00000000000"
FACTS = {"complainant.name": "A Customer", "content": "It broke."}
WITH_MAIL = {**FACTS, "complainant.email": MAIL}
WITH_NUMBER = {**FACTS, "complainant.phone": NUMBER}
POLICY: dict[str, Any] = {
    "intake": {
        "phone": "complainant.phone",
        "facts": {
            "complainant.email": {"en": "E-mail address", "kind": "email"},
            "complainant.phone": {"en": "Telephone", "kind": "phone"},
        },
    },
    "tasks": {"telephone": {"en": "Telephone the customer", "for": "agent", "within": "3 working days"}},
    "stages": {
        "registered": {"reply": {"by": "agent", "takes": "reason", "tells": "complainant"}},
        "decided": {"close": {"by": "agent", "to": "closed", "needs": [], "tells": "complainant"}},
    },
    "clocks": {
        "first_response": {
            "name": {"en": "First response"},
            "from": "registered",
            "until": {"replied": {"reached": "yes"}},
            "within": "20 hours",
        },
        "silence": {
            "name": {"en": "The customer's answer"},
            "from": "decided",
            "until": "disputed",
            "within": "14 calendar days",
            "missed": {"act": "close"},
            "silence": {"asked": "telephone"},
        },
    },
    "sample": {"channel": "shop", "facts": WITH_MAIL},
}


def policy(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = added(added(read(SMALLEST), POLICY), changes)
    return whole


def open_shop(**changes: Any) -> Organisation:
    return sign_up_with(InProcess(FRIDAY), json.dumps(policy(**changes)))


def decided(shop: Organisation, facts: Mapping[str, str | None]) -> str:
    """The number of a complaint that is decided on Friday at 10:00."""
    number = filed(shop, facts)
    shop.world.move_to("2026-11-27T10:00:00+00:00")
    shop.act(number, "agent", "decide", solution="Repaired.")
    shop.world.settle()
    return number


def replied(shop: Organisation, facts: Mapping[str, str | None] = WITH_MAIL) -> str:
    """The number of a complaint that is answered on Friday at 20:00, nine hours before the first response is due."""
    number = filed(shop, facts)
    shop.world.move_to("2026-11-27T20:00:00+00:00")
    shop.act(number, "agent", "reply")
    shop.world.settle()
    return number


def filed(shop: Organisation, facts: Mapping[str, str | None]) -> str:
    nothing = {"complainant.email": None, "complainant.phone": None}
    return shop.file(facts={**nothing, **facts})


def tried(shop: Organisation, number: str, reached: str, by: str = "phone") -> dict[str, Any]:
    return shop.act(number, "agent", "attempt", by=by, reached=reached)


def runs(shop: Organisation, number: str, clock: str) -> list[tuple[str, str | None]]:
    """State and due time of each run of the clock."""
    found = shop.get(f"/complaints/{number}/deadlines", "agent")["deadlines"]
    return [(one["state"], one["due"]) for one in found if one["clock"] == clock]


def tasks(shop: Organisation, number: str) -> list[str]:
    return [task["task"] for task in shop.complaint(number, "agent")["tasks"]]


def bounce(shop: Organisation, *, kind: str = "Permanent", said: str = "bounced", nth: int = -1) -> None:
    """The mail service reports a mail to the customer, by default the latest."""
    sent = shop.world.fakes.mailer
    theirs = [tags for mail, tags in zip(sent.outbox, sent.tags, strict=True) if mail.to == MAIL and "effect" in tags]
    tags = {name: [value] for name, value in theirs[nth].items()}
    body = json.dumps({"type": "feedback", "said": said, "kind": kind, "tags": tags})
    record = {"messageId": "m", "body": body, "eventSource": "aws:sqs"}
    assert entries.effects(shop.world.fakes.wiring, {"Records": [record]}, None) == {"batchItemFailures": []}
    shop.world.settle()
