"""Command of an owner: publish a corrected edition of a period, which says why the one before it was wrong.

The difference of two editions is a figure too. So each number that both show differs by nothing or by at least ten, and
what an earlier edition leaves out stays left out. A table that cannot keep this is left out as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from chalicelib.features.figures import beside_notices, compose, edition, headline, reasons
from chalicelib.features.figures.archived import PUBLISHED
from chalicelib.features.figures.edition import EditionView, HeadlineFigures, shown_in
from chalicelib.features.figures.proposal import ProposedEdition
from chalicelib.features.figures.reasons import EditionStep, Reasons
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts, each_alone, is_small, shown, untied
from chalicelib.features.register.input import MOST_REASON, cleaned, refuse_unchecked
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.particulars.terms import Terms
from chalicelib.policy.language.parts import Label
from chalicelib.policy.worktime.periods import parse
from chalicelib.statistics.days import day_of
from chalicelib.statistics.period_figures import PeriodFigures, read_period
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

_Cells = Sequence[int | None]


def corrected(
    counts: Mapping[str, MeasureCounts], earlier: Sequence[Mapping[str, ShownCounts]]
) -> dict[str, ShownCounts]:
    """By measure, what may be published. `earlier`: what the editions before show."""
    kept = shown(counts)
    for before in earlier:
        kept = {name: _beside(one, before[name], counts[name]) for name, one in kept.items()}
    return untied(counts, kept)


def _beside(new: ShownCounts, old: ShownCounts, counts: MeasureCounts) -> ShownCounts:
    if new.total is None or old.total is None or is_small(abs(new.total - old.total)) or _shrinks(old, counts):
        return ShownCounts(None, {by: [None] * len(cells) for by, cells in new.tables.items()})
    tables = {}
    for by, cells in new.tables.items():
        hidden = [None if before is None else cell for cell, before in zip(cells, old.tables[by], strict=True)]
        is_kept = _fits(hidden, new.total, old.tables[by], old.total)
        tables[by] = hidden if is_kept else [None] * len(cells)
    return ShownCounts(new.total, tables)


def _shrinks(old: ShownCounts, counts: MeasureCounts) -> bool:
    """Whether a row that was shown is small now. The change of the total tells it to a reader who knows which row was
    wrong."""
    return any(
        before is not None and is_small(after)
        for by, cells in old.tables.items()
        for before, after in zip(cells, counts.tables[by], strict=True)
    )


def _fits(new: _Cells, total: int, old: _Cells, old_total: int) -> bool:
    """Whether both tables leave out the same rows, and what they show, and the sums of what they do not, differ enough.

    Were another row left out, a reader who takes the others for unchanged would compute it.
    """
    both = list(zip(new, old, strict=True))
    if any((after is None) != (before is None) for after, before in both):
        return False
    changes = [after - before for after, before in both if after is not None and before is not None]
    return not any(is_small(abs(change)) for change in [*changes, total - old_total - sum(changes)])


class FiguresCorrection(RequestDocument, frozen=True, kw_only=True):
    """`reason`: it is published with the edition. `checked`: the caller has checked each place of it that may name a
    particular."""

    reason: Annotated[SeenText, msgspec.Meta(max_length=MOST_REASON)]
    checked: bool = False


def correct(wiring: Wiring, command: OwnerCommand, period: str, request: FiguresCorrection) -> Answer:
    """201 with the edition. Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict` if nothing differs,
    `unavailable`."""
    reason = cleaned({"reason": request.reason}, "")["reason"]
    refuse_unchecked({"reason": reason}, Terms(), "", checked=request.checked)
    with known_policies.acting(wiring) as known:
        return owner_command.run(
            wiring.store, wiring.real_clock, command, lambda loaded: _decide(known, loaded, command, period, reason)
        )


def _decide(
    wiring: Wiring, loaded: LoadedOrganisation, command: OwnerCommand, period: str, reason: str
) -> OrganisationChange:
    tenant = loaded.organisation.id
    published = edition.read_published(wiring.store, tenant)
    editions = [edition.read_edition(wiring.store, tenant, one) for one in published.of(period)]
    if not editions:
        raise Problem("not-found", "There are no such figures.")
    view = proposed(wiring, tenant, editions, reason, command.now).view
    if view.sha256 == editions[-1].sha256:
        raise Problem("conflict", "The figures are as published, or differ by too little to be corrected.")
    after, event = record_event(loaded.organisation, PUBLISHED.event, view.on_record, command.sub, command.now)
    return OrganisationChange(after, [event, *edition.puts(tenant, published, view)], Answer.of(201, view))


def proposed(
    wiring: Wiring, tenant: str, editions: Sequence[EditionView], reason: str, now: Instant
) -> ProposedEdition:
    """The edition that would correct these: of one period, oldest first.

    It has the measures and the rows of the first. Raises `Problem("conflict")` while changes are counted.
    """
    horizon, latest = horizon_of(wiring, tenant, now), editions[-1].summary
    rows = {
        table.by: {row.key: Label(zh=row.label["zh"], en=row.label["en"]) for row in table.rows}
        for table in editions[0].tables
    }
    measures = [one.name for one in editions[0].measures]
    period = parse(latest.period)
    found = read_period(horizon, period, headline.read_for(measures), ["week"], now)
    if found is None:
        raise Problem("conflict", "The figures are being counted. Repeat the request.")
    counts = compose.counts(found, measures, rows)
    noticed = beside_notices.read(wiring.store, tenant, rows, period.first, period.last)
    alone = corrected(counts, [shown_in(one) for one in editions])
    visible = beside_notices.protected(counts, alone, noticed)
    stated, why = (UNSET, {}) if beside_notices.conceals(alone, visible) else _headline(found, editions, counts)
    steps = [*_steps(counts, alone), EditionStep("notices", visible)]
    why |= reasons.of_tables({by: [*labels] for by, labels in rows.items()}, counts, steps)
    today = day_of(horizon.calendar, now)
    summary = replace(latest, edition=latest.edition + 1, published_on=today, corrects=reason)
    return ProposedEdition(compose.edition(summary, rows, visible, stated), why)


def _steps(counts: Mapping[str, MeasureCounts], after: Mapping[str, ShownCounts]) -> list[EditionStep]:
    return [
        EditionStep("beside", each_alone(counts)),
        EditionStep("tied", shown(counts)),
        EditionStep("earlier", after),
    ]


def _headline(
    found: PeriodFigures, editions: Sequence[EditionView], counts: Mapping[str, MeasureCounts]
) -> tuple[HeadlineFigures | UnsetType, Reasons]:
    """None if an edition before has none."""
    earlier = [headline.shown_in(one.headline) for one in editions if one.headline is not UNSET]
    if len(earlier) < len(editions):
        return UNSET, {}
    promised = headline.counts(found)
    kept = corrected(promised, earlier)
    untold = headline.untold(kept, promised, counts)
    steps = [*_steps(promised, kept), EditionStep("tied", untold)]
    return headline.headline_of(untold), headline.reasons_of(promised, steps)
