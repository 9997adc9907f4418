from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from chalicelib.features.deadlines import sweep as sweeping
from chalicelib.kit import observability
from chalicelib.store import keys
from chalicelib.store.keys import deployment


@pytest.fixture(autouse=True)
def _few_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise most calls of a program would read empty shards. Short rounds give each sweep several rounds."""
    for module in (keys, deployment):  # the sweep reads the one, the shard of a key follows from the other
        monkeypatch.setattr(module, "DUE_SHARDS", 2)
    monkeypatch.setattr(sweeping, "MAX_ROUND_HITS", 2)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log is disabled: the search causes a hundred thousand errors."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    logger = observability.logger()
    level = logger.log_level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
