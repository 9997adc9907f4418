"""How far a repair has come, and what it has found."""

from __future__ import annotations

import msgspec

from chalicelib.casework.numbers import NumberPosition

JOB_KIND = "repair"
MOST_LISTED = 100
"""Faults that a job lists, and records that it could not repair or compare. It counts all."""


class RepairCursor(msgspec.Struct, omit_defaults=True):
    """`stage`: the index of the present one. `found`, `broken`: lines for the operator, without values of a record."""

    stage: int = 0
    of: int = 0
    """Records of the organisation at the start."""
    anchor: int = 0
    """The next anchor to compare, from the latest to the first."""
    place: NumberPosition | None = NumberPosition()
    """How far the complaint numbers are done; None after the last."""
    unit: str = ""
    """The number of the last unit that is done."""
    found: list[str] = []
    broken: list[str] = []
    later: list[str] = []
    """Records that only a later release can compare."""
    jobs: list[str] = []
    """The jobs that the repair has started."""
