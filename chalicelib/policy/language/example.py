"""Examples in a policy: given / when / then cases that must hold before a version is published (design §3).

Structs only; `normal_examples` writes the short forms out, `complaints.trial.examples` runs them.
"""

from __future__ import annotations

from typing import Any

import msgspec

ABOUT_THE_CASE = frozenset({"stage", "severity", "tier", "points", "open", "not_open", "provisional"})
"""What `then` can say besides clocks, by name."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Base: a key that the language does not know is a fault, never ignored."""


class ExampleSetup(_Part, frozen=True, kw_only=True):
    """The complaint. Facts that the example does not turn on may be left out."""

    channel: str
    facts: dict[str, Any] = {}
    severity: str | None = None
    category: str | dict[str, str] | None = None
    unit: str | None = None


class ExampleEvent(_Part, frozen=True, kw_only=True):
    """An event. A time without an offset is read in the policy's zone."""

    event: str
    at: str
    fields: dict[str, Any] = {}


class ExpectedOutcome(_Part, frozen=True, kw_only=True):
    """What a clock is to be. What is not said is not compared."""

    due: str | None = None
    state: str | None = None
    """`running paused met missed cancelled`, or `none`: the clock never ran."""
    provisional: bool | None = None
    run: int | None = None
    """Which run; the latest where not said."""


class Example(_Part, frozen=True, kw_only=True):
    """`then` says, by clock, `Expected`; and `stage`, `severity`, `tier`, the acts that are `open` or `not_open` to
    somebody, whether any deadline is `provisional`, and how many `points` it counts against its unit."""

    name: str | None = None
    clause: str | None = None
    given: ExampleSetup
    events: list[ExampleEvent]
    now: str | None = None
    """When `then` is asked; at the last event where not said."""
    then: dict[str, ExpectedOutcome | str | int | bool | list[str]]
