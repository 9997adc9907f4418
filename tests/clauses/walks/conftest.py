"""The worlds of the walks. Their times are relative, because the local stack is shared and its clock keeps running."""

from __future__ import annotations

import pytest

from tests.clauses.world import InProcess, World


@pytest.fixture(params=["in process", pytest.param("local stack", marks=pytest.mark.nightly)])
def world(request: pytest.FixtureRequest) -> World:
    in_process = request.param == "in process"
    found: World = InProcess("2026-11-27T09:00:00+08:00") if in_process else request.getfixturevalue("stack")
    return found
