"""The search after the private values of a complaint were erased."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.retention.office import AFTER, bureau, later, refused
from tests.search.offices import found, index_of, merge

__all__ = ["bureau"]


@pytest.mark.parametrize("merged", [False, True])
def test_the_search_does_not_find_it(bureau: Organisation, *, merged: bool) -> None:
    number = refused(bureau)
    if merged:
        merge(bureau)
    assert found(bureau, "leader", words="酸奶") == [number]

    later(bureau, AFTER)

    assert found(bureau, "leader", words="酸奶") == []


def test_after_the_merge_no_segment_has_its_words(bureau: Organisation) -> None:
    refused(bureau)
    merge(bureau)
    later(bureau, AFTER)
    merge(bureau)
    merge(bureau)

    assert [*index_of(bureau).segments.values()] == [{}]
