"""Improvement actions as documents of a period state them: without the texts that people wrote."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.wiring import Wiring


class ImprovementBrief(msgspec.Struct, frozen=True, kw_only=True):
    """`by` and `value`: the cause, as a dimension and its value. `number_before`, `number_after`: how often it occurred
    for each 28 days; None until it is counted. `trend`: `up`, `down` or `unclear`."""

    id: str
    by: str
    value: str
    state: str
    due: Instant
    overdue: bool
    number_before: float
    number_after: float | None
    trend: str | None


ListActions = Callable[[Wiring, str, Instant], list[ImprovementBrief]]
"""Of a tenant: the actions that are open, or done and still watched. The caller binds the tenant."""
