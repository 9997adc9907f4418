"""P7 `property-management`: a warning reaches the people who can end the delay, not only the management office."""

from __future__ import annotations

from tests.clauses.offices.estate import handled
from tests.clauses.organisation import Organisation

WARNED = "投诉 {} 即将到期"


def warned(estate: Organisation, number: str) -> set[str]:
    start = WARNED.format(number)
    return {who for who in estate.tokens if any(one.startswith(start) for one in estate.told(who, number))}


def test_p7_6_the_centre_is_warned_before_it_forwards_too_late(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:20:00+08:00")

    assert warned(estate, number) == {"service_centre", "management_office"}


def test_p7_6_the_office_is_warned_of_a_late_reply_that_its_supervisor_owes(estate: Organisation) -> None:
    number = handled(estate, by="service_supervisor")

    estate.world.move_to("2026-11-28T07:00:00+08:00")

    assert warned(estate, number) == {"management_office", "service_supervisor"}
