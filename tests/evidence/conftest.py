from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.features.evidence.check.pdf import other_process
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.helpers.fakes.warm_reader import WarmReader, warm_reader

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def company() -> Organisation:
    """`corporate-standard` in process, one person in each role, on Friday 2026-11-27 at nine."""
    return company_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture(scope="session")
def reader() -> Iterator[WarmReader]:
    with warm_reader() as running:
        yield running


@pytest.fixture
def read_by_children(reader: WarmReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are read by children of one process, instead of a new interpreter each."""
    monkeypatch.setattr(other_process, "_run", reader.run)
