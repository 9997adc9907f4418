"""Checks that each case has exactly one limit, or one target of an act.

The cases are all combinations of the values that the conditions use. Each case is one bit of an integer, so a rule is a
bit set of cases, and bit operations find gaps and overlaps without a loop over the cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import prod

import msgspec

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.reading.faults import Fault, Path

HOURS_VALUES = {"hours": ("closed", "open")}
MAX_CASES = 20_000
"""The maximum number of combinations of values in one clock, act or stage."""


class CaseDimension(msgspec.Struct, frozen=True):
    """A name that the conditions use. Its value changes every `stride` cases and repeats after the last value."""

    name: str
    values: Sequence[str]
    stride: int
    total: int

    def cases(self, selected: Collection[str]) -> int:
        """The bit set of the cases in which the name has one of the values."""
        period = self.stride * len(self.values)
        once = ((1 << self.total) - 1) // ((1 << period) - 1)
        block = (1 << self.stride) - 1
        found, wanted = 0, set(selected)
        for at, value in enumerate(self.values):
            if value in wanted:
                found |= block << (at * self.stride)
        return found * once

    def value(self, case: int) -> str:
        return self.values[case // self.stride % len(self.values)]


class CaseSpace(msgspec.Struct, frozen=True):
    """The combinations of values that some conditions distinguish."""

    dimensions: Mapping[str, CaseDimension]
    total: int

    @classmethod
    def of(cls, conditions: Sequence[Condition], values: Mapping[str, Collection[str]]) -> CaseSpace:
        """`values`: the possible values by name. Names without an entry are ignored; other checks report them."""
        used = {name: sorted(values[name], key=_none_last) for when in conditions for name in when if name in values}
        total = prod(map(len, used.values()))
        return cls(_dimensions(used, total) if 0 < total <= MAX_CASES else {}, total)

    @property
    def everything(self) -> int:
        return (1 << self.total) - 1

    def cases(self, when: Condition) -> int:
        """The bit set of the cases in which the condition holds."""
        own = self.everything
        for name, selected in when.items():
            if name in self.dimensions:
                own &= self.dimensions[name].cases(selected)
        return own

    def first(self, cases: int) -> str:
        """The first case of the set, as text."""
        first = (cases & -cases).bit_length() - 1
        return ", ".join(f"{name}: {one.value(first)}" for name, one in self.dimensions.items()) or "(always)"


class CaseKinds(msgspec.Struct, frozen=True):
    """Kinds of faults."""

    overlap: str
    gap: str


LIMITS = CaseKinds("two-limits", "no-limit-for-case")
TARGETS = CaseKinds("two-targets", "no-target-for-case")


def faults(
    path: Path,
    conditions: Sequence[Condition],
    values: Mapping[str, Collection[str]],
    kinds: CaseKinds,
    within: Condition | None = None,
) -> Iterator[Fault]:
    """A fault for cases that match no condition, and for each condition that overlaps earlier ones.

    `within`: only these cases count.
    """
    space = CaseSpace.of([*conditions, within or {}], values)
    if space.total > MAX_CASES:
        yield Fault(path, "too-many-cases", count=space.total, most=MAX_CASES)
    if not space.dimensions and space.total != 1:  # a name without values is reported where it is defined
        return
    left = space.cases(within or {})
    covered = 0
    for index, when in enumerate(conditions):
        own = space.cases(when) & left
        if own & covered:
            shared = own & covered
            yield Fault((*path, index), kinds.overlap, count=shared.bit_count(), case=space.first(shared))
        covered |= own
    gap = left & ~covered
    if gap and not _has_undefined(conditions, values):
        yield Fault(path, kinds.gap, count=gap.bit_count(), case=space.first(gap))


def _none_last(value: str) -> tuple[bool, str]:
    return value == "none", value


def _dimensions(values_by_name: dict[str, list[str]], total: int) -> dict[str, CaseDimension]:
    dimensions: dict[str, CaseDimension] = {}
    stride = 1
    for name, values in sorted(values_by_name.items()):
        dimensions[name] = CaseDimension(name, values, stride, total)
        stride *= len(values)
    return dimensions


def _has_undefined(conditions: Sequence[Condition], values: Mapping[str, Collection[str]]) -> bool:
    """True if a rule uses an undefined name or value. That is reported elsewhere, and the gap is its consequence."""
    return any(
        name not in values or any(value not in values[name] and value != "none" for value in selected)
        for when in conditions
        for name, selected in when.items()
    )
