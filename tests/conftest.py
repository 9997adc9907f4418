"""What several rooms' tests share: a running local stack, started once by each process that runs tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clauses.local_stack import local_stack
from tests.clauses.world import LocalStack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Its clock starts on Friday 2026-11-27 at nine, runs on, and is moved by tests: times are relative to its own."""
    with local_stack(tmp_path_factory.mktemp("stack"), "2026-11-27T09:00:00+08:00") as running:
        yield running
