from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from chalicelib import observability


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fault is logged where it happens; here it happens a hundred thousand times."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    logger = observability.logger()
    level = logger.log_level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
