"""Tasks that events open, in all presets: each ends with its case, or is still work for those whom its alarms reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from chalicelib.kit.instants import DAY, to_text
from chalicelib.policy import presets
from chalicelib.policy.reading import parsing
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.walks import at_workshop, test_estate, test_regulator
from tests.clauses.walks.working import Work, to_the_archive
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
LEAVES_NO_TASK = {"closed", "decided", "rated"}
"""Events without which no case that has such a task comes to the archive."""


class Outliving(NamedTuple):
    """A task that is owed after the archiving. `until`: brings a case to where it is, or will be, owed."""

    until: Callable[[Organisation], str]
    work: Callable[[Organisation], Work]
    who: str
    fields: dict[str, object]


def workshop_work(_workshop: Organisation) -> Work:
    return at_workshop.WORK


OUTLIVING = {
    ("auto-repair-forms", "return_visit"): Outliving(  # P3.10: after the handling is complete
        at_workshop.to_be_visited, workshop_work, "service_centre", {"satisfied": True}
    ),
    ("telecom-regulator", "rectification"): Outliving(  # P5.4: it stays open until it is done
        test_regulator.found_for_a_unit,
        test_regulator.work_of,
        "inspector",
        {"rectified": "done", "verified": "已整改。"},
    ),
    ("property-management", "written_report"): Outliving(  # P7.2: 事后补报书面材料
        test_estate.major, test_estate.work_of, "management_office", {"report": "附件一"}
    ),
}


def test_each_task_ends_with_its_case_or_is_known_to_outlive_it() -> None:
    opened_by_events = {
        (preset, name): set(task.until)
        for preset in presets.names()
        for name, task in parsing.parse(presets.document(preset)).tasks.items()
        if task.on
    }

    ending = {one for one, until in opened_by_events.items() if LEAVES_NO_TASK & until}

    assert ending | OUTLIVING.keys() == opened_by_events.keys()
    assert not ending & OUTLIVING.keys()


@pytest.mark.parametrize(("preset", "name"), list(OUTLIVING))
def test_the_alarms_of_a_task_that_outlives_its_case_reach_a_person_who_does_it(preset: str, name: str) -> None:
    until, work, who, fields = OUTLIVING[preset, name]
    organisation = sign_up(InProcess(START), preset)
    number = until(organisation)
    to_the_archive(organisation, number, work(organisation))
    before = len(organisation.told(who, number))

    organisation.world.move_to(to_text(organisation.world.now() + 40 * DAY))

    assert len(organisation.told(who, number)) > before
    organisation.act(number, who, "do_task", task=name, **fields)
    after = {one: len(organisation.told(one, number)) for one in organisation.tokens}
    organisation.world.move_to(to_text(organisation.world.now() + 40 * DAY))
    assert {one: len(organisation.told(one, number)) for one in organisation.tokens} == after
