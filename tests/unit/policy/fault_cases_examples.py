"""Faults of a policy's examples, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

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
}
