"""What a report can be narrowed to and divided by, in the words of the policy in force, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chalicelib.casework.authorization import Member
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.features.reports.pages.asked import ReportPageQuery, dimension_label, here, possible_dimensions
from chalicelib.features.reports.query import REPORTS
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY, Labels
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.web.pages.reader import Reader

_DUTIES = ("office", "complainant", "respondent", "service")


class Offered(NamedTuple):
    value: str
    label: str
    is_chosen: bool


class OfferedGroup(NamedTuple):
    """`name`: of the parameter."""

    name: str
    label: str
    options: list[Offered]


class ChosenPart(NamedTuple):
    """A filter of the address. `without`: the address without it."""

    label: str
    without: str


class Choices(NamedTuple):
    """Whose choices are offered. `report`: its name."""

    member: Member
    reader: Reader
    query: ReportPageQuery
    report: str

    @property
    def labels(self) -> Labels:
        return Labels(self.member.policy.document, self.member.org)

    def dimensions(self) -> list[tuple[str, str]]:
        document = self.member.policy.document
        return [(name, self._name(name)) for name in possible_dimensions(document, self.report)]

    def measures(self) -> list[Offered]:
        named = ((name, self.reader.say(MEASURES[name].texts.label)) for name in REPORTS[self.report])
        return [Offered(name, label, name in self.query.measure) for name, label in named]

    def filters(self) -> list[OfferedGroup]:
        """Dimensions with more than one known value."""
        found = [self._group(name) for name in possible_dimensions(self.member.policy.document, self.report)]
        return [one for one in found if len(one.options) > 1]

    def chosen(self) -> list[ChosenPart]:
        """A value that no filter offers is shown as it is, so that it can be taken away."""
        parts = []
        for name in (*dimensions.filters(), "category"):
            values: list[str] = getattr(self.query, name)
            for value in values:
                rest = [one for one in values if one != value]
                kind, _, choice = value.partition(":")
                dimension, own = (CATEGORY + kind, choice) if name == "category" else (name, value)
                label = f"{self._name(dimension)}{self.reader.text('queue.colon')}{self._value(dimension, own)}"
                parts.append(ChosenPart(label, here(self.query, "", **{name: rest})))
        return parts

    def _name(self, dimension: str) -> str:
        return dimension_label(self.member.policy.document, dimension, self.reader)

    def _value(self, dimension: str, value: str) -> str:
        return self.labels.of(dimension, value)[self.reader.language] or self.reader.text("reports.absent")

    def _group(self, dimension: str) -> OfferedGroup:
        kind = dimension.removeprefix(CATEGORY) if dimension.startswith(CATEGORY) else ""
        name, begin = ("category", f"{kind}:") if kind else (dimension, "")
        chosen = getattr(self.query, name, [])
        options = [
            Offered(begin + one, self._value(dimension, one), begin + one in chosen) for one in self._values(dimension)
        ]
        return OfferedGroup(name, self._name(dimension), options)

    def _values(self, dimension: str) -> Iterable[str]:
        document = self.member.policy.document
        if dimension.startswith(CATEGORY):
            return document.intake.categories[dimension.removeprefix(CATEGORY)]
        severity = document.severity
        known: dict[str, Iterable[str]] = {
            "channel": document.intake.channels,
            "severity": () if severity is None else severity.order or severity.classes,
            "unit": self._units(),
            "clock": document.clocks,
            "duty": _DUTIES,
            "ground": document.intake.refusals,
        }
        return known.get(dimension, ())

    def _units(self) -> Iterator[str]:
        """Those whose complaints the member sees."""
        grants = [one for one in self.member.asker.grants if one.role != RESPONDENT]
        every = any(one.unit is None for one in grants)
        yield from (name for name in self.member.org.units if every or any(one.unit == name for one in grants))
