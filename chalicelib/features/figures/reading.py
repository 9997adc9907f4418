"""Reads published figures: the list of editions, and one of them."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.features.figures.edition import EditionSummary, EditionView, read_edition, read_published
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.store.port import Store


def listed(store: Store, tenant: str, audiences: Sequence[Audience]) -> list[EditionSummary]:
    """The editions for these audiences, newest first."""
    return [one for one in reversed(read_published(store, tenant).editions) if one.audience in audiences]


def find(store: Store, tenant: str, audiences: Sequence[Audience], period: str, number: int | None) -> EditionView:
    """`number`: of the edition; by default the newest. Raises `Problem("not-found")`, also for another audience."""
    found = [one for one in listed(store, tenant, audiences) if one.period == period and number in (None, one.edition)]
    if not found:
        raise Problem("not-found", "There are no such figures.")
    return read_edition(store, tenant, found[0])
