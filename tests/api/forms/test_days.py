"""A policy's own field `until` may be a day. Printed forms and the case file show it as one."""

from __future__ import annotations

import json

from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess
from tests.unit.policy.test_guide import SMALLEST, added, read

EXTENDED = {
    "fields": {"until": {"en": "New day", "kind": "date", "tense": "future"}},
    "stages": {"registered": {"extend": {"by": "agent", "needs": ["clock", "until"], "tells": "complainant"}}},
    "forms": {"note": {"en": "Note", "sections": [{"lines": ["until"]}]}},
    "sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}},
}


def test_a_day_until_which_a_deadline_is_extended_is_printed() -> None:
    shop = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(added(read(SMALLEST), EXTENDED)))
    number = shop.file()
    shop.act(number, "agent", "extend", clock="answer", until="2026-12-31")
    for path in ("forms/note", "case-file"):
        answer = shop.world.call("GET", f"{shop.path}/complaints/{number}/{path}", auth=shop.auth("agent"))
        assert answer.status == 200
        assert "2026年12月31日" in answer.text
