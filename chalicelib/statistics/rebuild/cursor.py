"""How far a rebuild has come."""

from __future__ import annotations

import msgspec

from chalicelib.casework.numbers import Month, NumberPosition

JOB_KIND = "statistics-rebuild"


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The numbers of the months come first, then the units, then the removal of the generations before."""

    generation: int = 0
    """0 before the first step."""
    months: list[Month] = []
    place: NumberPosition | None = None
    """None after the last number."""
    unit: str = ""
    """The number of the last unit that is counted."""
    units: bool = False
    """True once the units are counted and queries read the generation."""
    definition: str = ""
    """The definition by which the rebuild began. Empty if it began before cursors named it."""

    @property
    def total(self) -> int:
        return sum(month.count for month in self.months)
