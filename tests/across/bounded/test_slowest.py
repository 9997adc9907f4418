"""The slowest accepted document that a search has found, and the search."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, target
from hypothesis import strategies as st

from chalicelib.limits.exceeded import REQUEST_STEPS, WAKE_STEPS
from chalicelib.policy.reading.faults import PolicyFault
from tests.across.bounded import shapes
from tests.across.bounded.requests import ROUNDS
from tests.across.bounded.shapes import HOURS, LIMITS, STARTS, Shape
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching

FOUND = Path(__file__).parent / "slowest.json"
SECONDS_A_STEP = 6e-6
"""CPU time; a step takes one to four microseconds. Work that is not counted makes it more."""
UNCOUNTED = 0.4
"""Seconds for reading and checking the largest document, apart from counted steps."""


class Slowest(msgspec.Struct):
    """The document of the most steps that a search of ten minutes found, written by hand from its output."""

    shape: Shape
    steps: dict[str, int]


SHAPES = st.builds(
    Shape,
    clocks=st.integers(0, 97),
    limits=st.lists(st.integers(0, len(LIMITS) - 1), min_size=1, max_size=4).map(tuple),
    warnings=st.integers(0, 20),
    start=st.integers(0, len(STARTS) - 1),
    hours=st.integers(0, len(HOURS) - 1),
    calendars=st.integers(0, 10),
    tiers=st.integers(0, 20),
    tasks=st.integers(0, 90),
    routes=st.integers(0, 50),
    choices=st.integers(0, 3_000),
    examples=st.integers(0, 8),
    last_day=st.booleans(),
    rules=st.integers(0, 40),
    moves=st.booleans(),
    next_day=st.booleans(),
    parts=st.sampled_from([0, 2, 4]),
)


@pytest.mark.slow
def test_the_slowest_document_takes_no_more_steps_than_it_took() -> None:
    """A tenth more is no failure, so that a small change elsewhere needs no new figures."""
    found = msgspec.json.decode(FOUND.read_bytes(), type=Slowest)

    steps = shapes.steps(shapes.document(found.shape))

    assert steps.keys() == found.steps.keys()
    assert all(count <= 1.1 * found.steps[kind] for kind, count in nonempty(steps.items())), steps


@pytest.mark.nightly
@searching(15, suppress_health_check=list(HealthCheck))
@given(SHAPES)
def test_no_accepted_document_takes_longer_than_its_steps(shape: Shape) -> None:
    made = shapes.document(shape)
    try:
        steps = shapes.steps(made)
    except PolicyFault:
        assume(False)
    for kind, count in steps.items():
        target(float(count), label=kind)

    assert all(count <= REQUEST_STEPS for count in steps.values())
    assert steps["wake"] <= WAKE_STEPS
    most = UNCOUNTED + SECONDS_A_STEP * sum(steps.values())
    assert any(seconds(made) < most for _ in range(ROUNDS)), (shape, steps, most)


def seconds(made: shapes.Document) -> float:
    """Of processor time. Another program can make it twice as long, so one measurement proves nothing."""
    began = time.process_time()
    shapes.steps(made)
    return time.process_time() - began
