"""Faults of a policy's examples, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any


def _of_receipt(received: dict[str, Any]) -> dict[str, Any]:
    given = {"channel": "phone", "received": received}
    return {"given": given, "events": {"registered": "2026-11-23T10:00"}, "then": {"stage": "registered"}}


EXAMPLES: dict[str, tuple[str, Any, str, str]] = {
    "an example that says nothing": (
        "examples",
        [{"given": {"channel": "phone"}, "events": {"registered": "2026-11-23T10:00"}, "then": {}}],
        "examples/0/then",
        "example-says-nothing",
    ),
    "an example of a clock that is none": (
        "examples",
        [{"given": {"channel": "phone"}, "events": {"registered": "2026-11-23T10:00"}, "then": {"lunch": "met"}}],
        "examples/0/then/lunch",
        "example-no-clock",
    ),
    "an example in a stage that is none": (
        "examples",
        [{"given": {"channel": "phone"}, "events": {"registered": "2026-11-23T10:00"}, "then": {"stage": "limbo"}}],
        "examples/0/then/stage",
        "no-stage",
    ),
    "an example of a complaint that arrived earlier, where no receipt is recorded": (
        "examples",
        [_of_receipt({"at": "2026-11-20T10:00"})],
        "examples/0/given/received",
        "example-not-received",
    ),
    "an example of a receipt without its time": (
        "examples",
        [_of_receipt({"fields": {"reason": "Post"}})],
        "examples/0/given/received/at",
        "missing",
    ),
    "an example of a receipt whose time is a number": (
        "examples",
        [_of_receipt({"at": 2026})],
        "examples/0/given/received/at",
        "wrong-kind",
    ),
    "an example of a receipt with an unknown key": (
        "examples",
        [_of_receipt({"at": "2026-11-20T10:00", "when": "2026-11-20T10:00"})],
        "examples/0/given/received/when",
        "unknown-key",
    ),
}
