"""Examples in a policy: given/when/then cases that must hold before a version is published.

Structs only. `reading.example_short_forms` expands the short forms; `complaints.trial.examples` runs the examples.
"""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language.parts import LanguagePart

CASE_EXPECTATIONS = frozenset({"stage", "severity", "tier", "points", "open", "not_open", "provisional"})
"""Keys of `then` that describe the case. Every other key names a clock."""


class _ExamplePart(LanguagePart, frozen=True, kw_only=True, omit_defaults=True):
    pass


class ExampleReceipt(_ExamplePart, frozen=True, kw_only=True):
    """The time of receipt of a complaint that arrived before it was registered (`intake.received`)."""

    at: str
    fields: dict[str, Any] = {}


class ExampleSetup(_ExamplePart, frozen=True, kw_only=True):
    """The complaint. Facts that do not affect the example may be left out."""

    channel: str
    facts: dict[str, Any] = {}
    severity: str | None = None
    category: str | dict[str, str] | None = None
    unit: str | None = None
    received: ExampleReceipt | None = None
    unit_calendars: dict[str, str] = {}
    """By unit, the name of the calendar that the owners would have chosen for it."""
    repeat: Literal["first", "second", "third"] | None = None
    """Which complaint about the same matter it is, by default the first."""
    filed_by: str | None = None
    """The role of the member who files, by default the complainant."""
    reached: Literal["yes", "no"] | None = None
    """`no` if messages do not reach the complainant. By default they do. Attempts on record count."""


class ExampleEvent(_ExamplePart, frozen=True, kw_only=True):
    """An event. A time without an offset is local time in the calendar's time zone."""

    event: str
    at: str
    fields: dict[str, Any] = {}


class ExpectedOutcome(_ExamplePart, frozen=True, kw_only=True):
    """The expected result of a clock. Keys that are not set are not compared."""

    due: str | None = None
    state: str | None = None
    """`running`, `paused`, `met`, `missed`, `cancelled`, or `none` for a clock that never ran."""
    provisional: bool | None = None
    run: int | None = None
    """The number of the run; by default the latest."""


class Example(_ExamplePart, frozen=True, kw_only=True):
    """A complaint (`given`), its events, and the expected results (`then`).

    `then` maps a clock's name to an `ExpectedOutcome`. It may also hold the `stage`, `severity` and `tier` of the case,
    acts that are `open` or `not_open` to at least one party, whether any due time is `provisional`, and the `points`
    that the complaint scores against its unit.
    """

    name: str | None = None
    clause: str | None = None
    given: ExampleSetup
    events: list[ExampleEvent]
    now: str | None = None
    """When `then` is evaluated; by default at the last event."""
    then: dict[str, ExpectedOutcome | str | int | bool | list[str]]
