"""Each walk with a silent party fails on a preset without the line that says what time does about that silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from _pytest.mark.structures import ParameterSet

from chalicelib.policy import presets
from tests.clauses.offices import bureau, estate, marketplace, workshop
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.running import seen_through
from tests.clauses.walks import (
    at_workshop,
    silent_bureau,
    silent_company,
    silent_workshop,
    test_bureau,
    test_company,
    test_estate,
    test_marketplace,
    test_regulator,
    test_unanswered,
    test_workshop,
)
from tests.clauses.walks.noticing import Noticed, escalation, without
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
BY_DAY, OF_OTHERS = 8, 3
"""By day one escalation in eight is tried, and one other line in three; at night all are."""
P1, P3, P5, P6, P7, P9 = (
    "platform",
    "auto-repair-forms",
    "telecom-regulator",
    "corporate-standard",
    "property-management",
    "food-drug-administration",
)
ESCALATED = [
    (P1, test_marketplace.LADDER, test_marketplace.SILENCES),
    (P3, silent_workshop.LADDER, silent_workshop.SILENCES),
    (P5, test_regulator.LADDER, test_regulator.SILENCES),
    (P6, silent_company.LADDER, silent_company.SILENCES),
    (P7, test_estate.LADDER, test_estate.SILENCES),
    (P9, silent_bureau.LADDER, silent_bureau.SILENCES),
]


def escalations() -> Iterator[ParameterSet]:
    found = [(preset, ladder, silence) for preset, ladder, silences in ESCALATED for silence in silences]
    for preset, ladder, silence in found:
        yield pytest.param(escalation(preset, ladder, silence), id=f"{preset}-{silence}")


OTHERS = [
    without(P3, at_workshop.parked, test_workshop.stays_away, drop=["/tasks/pending_contact", "/forms"]),
    without(P3, at_workshop.parked, test_workshop.stays_away, drop=["/clocks/liability/paused_in"]),
    without(
        P3,
        workshop.filled,
        test_workshop.cannot_be_reached,
        set={"/clocks/liability/within": "24 hours"},
    ),
    without(P6, Organisation.file, test_company.ages, drop=["/severity/ageing"]),
    without(P9, bureau.decided, test_bureau.is_reminded, drop=["/stages/decided/notify/tells"]),
    without(P9, bureau.decided, test_bureau.is_reminded, set={"/clocks/reminder/missed": "record"}),
    without(
        P9,
        bureau.decided,
        test_bureau.is_closed,
        set={"/clocks/silence/missed": "record", "/stages/decided/close/by": "leader"},
    ),
    without(
        P1, test_marketplace.demanded, test_marketplace.lapses, drop=["/stages/investigating/demand_evidence/within"]
    ),
    without(
        P1,
        test_marketplace.demanded_again,
        test_marketplace.lapses,
        drop=["/stages/re_examining/demand_evidence/within"],
    ),
    without(P5, Organisation.file, test_regulator.is_asked_again, set={"/clocks/evidence_overdue/missed": "record"}),
    without(
        P5, test_regulator.demanded_of_both, test_regulator.lapse, drop=["/stages/investigating/demand_evidence/within"]
    ),
    without(
        P7,
        estate.at_headquarters,
        test_estate.is_passed_on,
        set={"/clocks/passed_on_late/missed": "record"},
        drop=["/fields/by_time/given_by"],
    ),
]


def only_recorded(one: test_unanswered.Unanswered, clock: str) -> dict[str, str]:
    """The clock does nothing, and a person may do what only time may do in the preset: the checker demands one."""
    policy = presets.document(one.preset)
    act = policy["clocks"][clock]["missed"]["act"]
    by_time = [name for name, stage in policy["stages"].items() if stage.get(act, {}).get("by") == "time"]
    return {f"/clocks/{clock}/missed": "record"} | {f"/stages/{name}/{act}/by": one.reader for name in by_time}


UNANSWERED = [
    without(one.preset, one.until, happens, set=only_recorded(one, clock), drop=[f"/clocks/{clock}/silence"])
    for one in test_unanswered.CASES
    for clock, happens in (("reminder", test_unanswered.is_reminded), ("silence", test_unanswered.closing(one)))
]


def by_day(those: Iterable[ParameterSet], one_in: int) -> Iterator[ParameterSet]:
    for position, one in enumerate(those):
        yield one if position % one_in == 0 else one._replace(marks=[pytest.mark.nightly])


def opened(preset: str) -> Organisation:
    world = InProcess(START)
    return marketplace.marketplace_in(world) if preset == P1 else with_mails(sign_up(world, preset))


@pytest.mark.parametrize("noticed", [*by_day(escalations(), BY_DAY), *by_day([*OTHERS, *UNANSWERED], OF_OTHERS)])
def test_the_walk_fails_without_the_line_for_the_silence(noticed: Noticed) -> None:
    with seen_through(noticed.lens()):
        organisation = opened(noticed.preset)
        number = noticed.until(organisation)

        with pytest.raises(AssertionError):
            noticed.happens(organisation, number)
