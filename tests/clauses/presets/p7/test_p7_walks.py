"""P7 `property-management` from filing to the archive: everybody answers, and the customer silent after each answer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import handled, notified, replied
from tests.clauses.organisation import Organisation
from tests.clauses.walks.test_walks import archived

CENTRE = "service_centre"


def to_the_archive(estate: Organisation, number: str) -> None:
    if "close" in estate.complaint(number, CENTRE)["acts"]:
        estate.act(number, CENTRE, "close", summary="已修复。")
    else:
        estate.world.move_to(estate.deadline(number, "silence")["due"])
    estate.act(number, CENTRE, "archive")
    archived(estate, number, CENTRE)


def judged(estate: Organisation, number: str) -> None:
    estate.act(number, CENTRE, "decide", opinion="已修复。", outcome="invalid")


def test_x6_everybody_answers(estate: Organisation) -> None:
    number = replied(estate)
    estate.act(number, "complainant", "dispute", reason="还是不亮")
    estate.act(number, "management_office", "reply", text="已再次修理。")
    estate.act(number, "complainant", "agree")
    judged(estate, number)

    to_the_archive(estate, number)


def on_the_spot(estate: Organisation) -> str:
    number = estate.file()
    estate.act(number, CENTRE, "reply", text="灯已换好。")
    return number


def disputed(estate: Organisation) -> str:
    """Disputed on the spot, then forwarded, and the customer says no more."""
    number = on_the_spot(estate)
    estate.act(number, "complainant", "dispute", reason="还是不亮")
    estate.act(number, CENTRE, "forward", **notified(estate))
    estate.act(number, "office_head", "assign", responsible=estate.subs["management_office"])
    estate.act(number, "management_office", "reply", text="已再次修理。")
    return number


@pytest.mark.parametrize("stage", [on_the_spot, replied, disputed])
def test_x6_a_customer_who_is_silent_after_the_answer_stops_nothing(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]
    estate.world.move_to("2026-12-31T18:00:00+08:00")

    judged(estate, number)

    to_the_archive(estate, number)


def test_x6_a_late_office_can_still_answer(estate: Organisation) -> None:
    number = handled(estate)
    estate.world.move_to("2026-12-31T18:00:00+08:00")

    estate.act(number, "management_office", "reply", text="灯已换好。")
    judged(estate, number)

    to_the_archive(estate, number)
    assert estate.deadline(number, "reply")["state"] == "missed"
