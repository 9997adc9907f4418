"""What a corrected edition may show beside those before it (pure).

The difference of two editions is a figure too. So each number that both show differs by nothing or by at least ten, and
what an earlier edition leaves out stays left out. A table that cannot keep this is left out as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.features.figures.protection import is_small
from chalicelib.features.figures.tables import Counts, Shown, shown, untied

_Cells = Sequence[int | None]


def corrected(counts: Mapping[str, Counts], earlier: Sequence[Mapping[str, Shown]]) -> dict[str, Shown]:
    """By measure, what may be published. `earlier`: what the editions before show."""
    kept = shown(counts)
    for edition in earlier:
        kept = {name: _beside(one, edition[name], counts[name]) for name, one in kept.items()}
    return untied(counts, kept)


def _beside(new: Shown, old: Shown, counts: Counts) -> Shown:
    if new.total is None or old.total is None or is_small(abs(new.total - old.total)) or _shrinks(old, counts):
        return Shown(None, {by: [None] * len(cells) for by, cells in new.tables.items()})
    tables = {}
    for by, cells in new.tables.items():
        hidden = [None if before is None else cell for cell, before in zip(cells, old.tables[by], strict=True)]
        is_kept = _fits(hidden, new.total, old.tables[by], old.total)
        tables[by] = hidden if is_kept else [None] * len(cells)
    return Shown(new.total, tables)


def _shrinks(old: Shown, counts: Counts) -> bool:
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
