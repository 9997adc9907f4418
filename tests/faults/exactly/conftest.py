from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from chalicelib import observability
from chalicelib.deadlines import sweep as sweeping
from chalicelib.store import keys


@pytest.fixture(autouse=True)
def _few_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else most calls of a program would ask empty shards. A round is short, so that one sweep has several."""
    monkeypatch.setattr(keys, "DUE_SHARDS", 2)
    monkeypatch.setattr(sweeping, "MAX_ROUND_HITS", 2)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fault is logged where it happens; here it happens a hundred thousand times."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    logger = observability.logger()
    level = logger.log_level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
