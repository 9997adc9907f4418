"""Tasks whose numbers end alike: doing task 14 does not end the time of task 4."""

from __future__ import annotations

import pytest

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.kit.instants import HOUR, from_text
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.complaints.switching.test_tasks_of_one_name import ANN, START, policy

JANUARY = from_text("2027-01-01T00:00:00+08:00")


@pytest.fixture
def life() -> Life:
    """December's task and January's are open. The number of January's ends with that of December's."""
    life = play.filed(policy(), Filing("a"), START)
    assert life.act(ActRequest("park"), ANN, START) is None
    life.wait(JANUARY - HOUR)
    [first] = life.complaint.tasks
    while not str(life.complaint.seq + 1).endswith(first):
        assert life.act(ActRequest("note", {"text": "."}), ANN, JANUARY - HOUR) is None
    life.wait(JANUARY)
    return life


def test_the_task_that_was_done_ends_its_own_time_only(life: Life) -> None:
    first, second = life.complaint.tasks
    assert second.endswith(first)
    assert life.act(ActRequest("do_task", {"task": f"{play.NUMBER}/{second}"}), ANN, JANUARY + HOUR) is None
    assert [str(run.task) for run in life.complaint.runs if run.task] == [first]
