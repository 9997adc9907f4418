"""Of several deadlines that pass at one instant, each person gets one message, which names each of them."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.kit.instants import DAY, to_text
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.silent_parties import moved
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
BOTH_LATE = "2026-12-04T18:00:00+08:00"
FIRST = "“首次回应”已逾期，请尽快处理。原应于2026年11月28日（周六）09:00前（北京时间）完成。待办："
FURTHER = "另外，“{}”已逾期，原应于2026年12月4日（周五）18:00前（北京时间）完成。待办："


def alarms(organisation: Organisation, number: str) -> Counter[tuple[str, str]]:
    """How many messages about deadlines each reader gets in each minute."""
    told = [one for one in organisation.events(number, type_="notified") if "clock" in one["fields"]]
    return Counter(
        (reader, one["at"][:16]) for one in told for reader in one["fields"]["to"] if reader != "complainant"
    )


@pytest.mark.parametrize("preset", presets.names())
def test_x6_no_person_gets_two_alarms_of_a_case_in_one_minute(preset: str) -> None:
    organisation = sign_up(InProcess(START), preset)
    number = organisation.file()
    moved(organisation, number, 7, 2)

    organisation.world.move_to(to_text(organisation.world.now() + 30 * DAY))

    assert [one for one, times in alarms(organisation, number).items() if times > 1] == []


def test_x6_the_one_message_names_each_deadline_with_its_time_and_what_is_owed(helpdesk: Organisation) -> None:
    number = helpdesk.file()

    helpdesk.world.move_to(BOTH_LATE)

    text = helpdesk.told_in_full("agent", number)[0]
    assert FIRST in text
    assert FURTHER.format("提出解决方案") in text
