"""A switch that starts the clocks of open tasks: the day to which an opening at 24:00 belongs."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import to_text
from tests.kernel.complaints.amended import Amend, Life, at, dues, version


@pytest.mark.parametrize(("within", "days"), [("15 hours", 1), ("14 hours", 1), ("16 hours", 2)])
def test_a_task_that_time_opened_at_24_00_belongs_to_the_day_that_ended(within: str, days: int) -> None:
    """An act by time opens it. The day of the filing ends 15 hours after it."""

    def task(**more: str) -> Amend:
        def amend(document: dict[str, Any]) -> None:
            document["clocks"]["decision"] |= {"within": within, "missed": {"act": "inspect"}}
            document["tasks"] = {"look": {"zh": "查看", "on": "inspected", "for": "handler", **more}}

        return amend

    life = Life(version(1, task()))
    life.wait(16)
    plan = life.plan(version(2, task(within="1 calendar day")), hours=17, start_new_clocks=True)
    assert dues(plan)["look"] == (to_text(at(15 + 24 * days)), "started")


def test_a_task_that_a_person_opened_at_24_00_belongs_to_the_day_that_begins() -> None:
    def task(**more: str) -> Amend:
        return lambda document: document.update(
            tasks={"look": {"zh": "查看", "on": "inspected", "for": "handler", **more}}
        )

    life = Life(version(1, task()))
    life.act("inspect", after=15)
    plan = life.plan(version(2, task(within="1 calendar day")), hours=17, start_new_clocks=True)
    assert dues(plan)["look"] == (to_text(at(15 + 48)), "started")
