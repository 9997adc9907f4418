"""An edition: what was published about a period. It is stored as it is read, and never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.complaints.envelope import EventFields
from chalicelib.features.figures.tables import ShownCounts
from chalicelib.kit import canonical
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Put, Store, Write
from chalicelib.store.stored_form import Form

KIND = "figures-edition"
HEAD_KIND = "figures-head"


class FiguresMeasure(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    label: dict[str, str]
    definition: str
    definition_zh: str | msgspec.UnsetType = UNSET


class FiguresRow(msgspec.Struct, frozen=True, kw_only=True):
    """`values`: by measure; null for one that is left out, so that no count from 1 to 9 can be computed.

    `met_rate`: of the deadlines met or missed. Null unless both are shown and there are at least 30.
    """

    key: str
    label: dict[str, str]
    values: dict[str, int | None]
    met_rate: float | None


class FiguresTable(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: `channel`, `week` or `category.<kind>`."""

    by: str
    rows: list[FiguresRow]


class HeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """`key`: whose duty the deadlines are, or why they were cancelled. `values`: by measure; null where left out.

    `share`: of those met as first promised. Null unless all parts of it are shown, and there are at least 30 deadlines.
    """

    key: str
    label: dict[str, str]
    values: dict[str, int | None]
    share: float | None = None


class HeadlineFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the deadlines whose first due day is in the period. `rows`: by duty, the office's first.

    `cancelled`: of the office's deadlines those that count in no share, in all and by cause.
    """

    measures: list[FiguresMeasure]
    rows: list[HeadlineRow]
    cancelled: list[HeadlineRow]


class EditionSummary(StoredPart, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`edition`: 1, and more for each correction. `published_on`, `first`, `last`: civil days in `timezone`."""

    period: str
    first: str
    last: str
    timezone: str
    edition: int
    published_on: str
    audience: Audience
    corrects: str | None
    """Of a correction: why the edition before it was wrong."""


class EditionView(msgspec.Struct, frozen=True, kw_only=True):
    summary: EditionSummary
    measures: list[FiguresMeasure]
    total: FiguresRow
    tables: list[FiguresTable]
    headline: HeadlineFigures | msgspec.UnsetType = UNSET
    """Absent in editions without deadlines, and in those from before it was published."""
    sha256: str
    """Of `total`, `tables` and the rows of `headline`, as canonical JSON. The organisation's record has it too."""

    @property
    def on_record(self) -> EventFields:
        return {"period": self.summary.period, "edition": self.summary.edition, "sha256": self.sha256}


def digest_of(edition: Mapping[str, Any]) -> str:
    """The hash of an edition, given as JSON."""
    headline = edition.get("headline")
    of_headline = [] if headline is None else [headline["rows"], headline["cancelled"]]
    return canonical.digest([edition["total"], edition["tables"], *of_headline])


def shown_in(view: EditionView) -> dict[str, ShownCounts]:
    """By measure, what the edition shows."""
    return {
        one.name: ShownCounts(
            view.total.values[one.name],
            {table.by: [row.values[one.name] for row in table.rows] for table in view.tables},
        )
        for one in view.measures
    }


class PublishedEditions(StoredPart, frozen=True):
    """The organisation's editions, oldest first."""

    editions: list[EditionSummary] = []
    version: int = 0

    def of(self, period: str) -> list[EditionSummary]:
        return [one for one in self.editions if one.period == period]

    def overlaps(self, first: str, last: str) -> bool:
        """Whether a period has a day in common with a published one: the difference of the two would be a figure."""
        return any(one.first <= last and first <= one.last for one in self.editions)


FORM = Form(KIND, EditionView, version=2, keeps=False)
HEAD = Form(HEAD_KIND, PublishedEditions)


def read_published(store: Store, tenant: str) -> PublishedEditions:
    entry = reads.find(store, keys.figures_head(tenant))
    return PublishedEditions() if entry is None else HEAD.read(entry)


def read_edition(store: Store, tenant: str, found: EditionSummary) -> EditionView:
    key = keys.figures_edition(tenant, found.period, found.edition)
    return FORM.read(store.get([key])[key])


def stored(store: Store, tenant: str, period: str, number: int) -> Entry | None:
    """The item of an edition, whether or not its digest agrees; None if it is gone."""
    return reads.find(store, keys.figures_edition(tenant, period, number))


def puts(tenant: str, before: PublishedEditions, view: EditionView) -> list[Write]:
    """The writes of a new edition. They fail if another was published since `before` was read."""
    found = view.summary
    after = replace(before, editions=[*before.editions, found], version=before.version + 1)
    edition = FORM.entry(keys.figures_edition(tenant, found.period, found.edition), view)
    return [HEAD.write(keys.figures_head(tenant), after, before.version), Put(edition)]


def listed(store: Store, tenant: str, audiences: Sequence[Audience]) -> list[EditionSummary]:
    """The editions for these audiences, newest first."""
    return [one for one in reversed(read_published(store, tenant).editions) if one.audience in audiences]


def find(store: Store, tenant: str, audiences: Sequence[Audience], period: str, number: int | None) -> EditionView:
    """`number`: of the edition; by default the newest. Raises `Problem("not-found")`, also for another audience."""
    found = [one for one in listed(store, tenant, audiences) if one.period == period and number in (None, one.edition)]
    if not found:
        raise Problem("not-found", "There are no such figures.")
    return read_edition(store, tenant, found[0])
