"""A policy's own field may be named `until` and be a day, or be named as an event. Printed forms show it as it is."""

from __future__ import annotations

import json

from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read

EXTENDED = {
    "fields": {"until": {"en": "New day", "kind": "date", "tense": "future"}, "extended": {"en": "Told by telephone"}},
    "stages": {
        "registered": {
            "extend": {"by": "agent", "needs": ["clock", "until"], "takes": ["extended"], "tells": "complainant"}
        }
    },
    "forms": {"note": {"en": "Note", "sections": [{"lines": ["until", "extended"]}]}},
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


def test_a_field_that_is_named_as_an_event_is_printed_under_its_own_name() -> None:
    shop = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(added(read(SMALLEST), EXTENDED)))
    number = shop.file()
    shop.act(number, "agent", "extend", clock="answer", until="2026-12-31", extended="On Monday.")
    page = shop.world.call("GET", f"{shop.path}/complaints/{number}/forms/note", auth=shop.auth("agent")).text
    assert "Told by telephone" in page
    assert "延长期限" not in page
