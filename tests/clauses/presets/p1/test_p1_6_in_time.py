"""P1.6 `platform`: closing and archiving have their time, and escalate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import LATE, OWED, missed
from tests.clauses.offices.marketplace import closed, decided, reopened
from tests.clauses.organisation import Organisation


def test_p1_6_a_decided_complaint_that_is_not_closed_goes_to_the_director(marketplace: Organisation) -> None:
    number = decided(marketplace)

    marketplace.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(marketplace, number, "completion") == ["12-04 18:00"]
    assert marketplace.told("director", number)[0] == LATE.format(number)


def test_p1_6_the_archive_has_its_own_time(marketplace: Organisation) -> None:
    number = decided(marketplace)
    marketplace.world.move_to("2026-12-03T09:00:00+08:00")
    marketplace.act(number, "handler", "close", summary="退款后归档。")

    marketplace.world.move_to("2026-12-10T18:00:00+08:00")

    assert missed(marketplace, number, "completion") == ["12-10 18:00"]
    assert marketplace.told("director", number)[0] == LATE.format(number)


def test_p1_6_a_re_examination_is_warned_about_and_goes_to_the_director(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    marketplace.world.move_to("2026-12-02T18:00:00+08:00")

    warning = f"投诉 {number} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。"
    assert warning in marketplace.told("second", number)
    assert missed(marketplace, number, "re_examination") == ["12-02 18:00"]
    assert marketplace.told("director", number)[0] == LATE.format(number)


def test_p1_6_after_the_archive_no_time_runs(marketplace: Organisation) -> None:
    number = closed(marketplace)
    marketplace.act(number, "archivist", "archive")

    marketplace.world.move_to("2027-02-01T09:00:00+08:00")

    assert missed(marketplace, number, "completion") == []
    assert marketplace.deadline(number, "completion")["state"] == "met"


@pytest.mark.parametrize(
    ("story", "who", "late"),
    [
        (Organisation.file, "screener", "2026-11-28T10:00:00+08:00"),
        (closed, "archivist", "2026-12-05T10:00:00+08:00"),
    ],
)
def test_p1_6_an_escalation_also_reaches_the_person_who_owes_the_step(
    marketplace: Organisation, story: Callable[[Organisation], str], who: str, late: str
) -> None:
    number = story(marketplace)

    marketplace.world.move_to(late)

    assert marketplace.told("director", number)[0] == LATE.format(number)
    assert marketplace.told(who, number)[0] == OWED.format(number)
