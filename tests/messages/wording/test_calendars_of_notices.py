"""A notice shows a due time in the calendar of its clock: in its zone, and at the end of its days."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.filing import Filing
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.kit.instants import DAY, from_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play

START = from_text("2026-11-25T09:00:00+08:00")
"""A Wednesday morning in Shanghai, and 14:00 in Auckland."""
IN_AUCKLAND = "by the end of Thu 26 Nov 2026 (Auckland time)"
ZH_IN_AUCKLAND = "2026年11月26日24时前（奥克兰时间）"
AUCKLAND = {"timezone": "Pacific/Auckland", "hours": {"mon-sun": ["09:00-17:00"]}, "day_ends": "midnight"}


def policy(**parts: Any) -> Policy:
    document = {
        "language": 1,
        "name": {"en": "One"},
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "calendars": {"plant": AUCKLAND},
        "people": {"ann": {"en": "Ann"}},
        "tiers": [{"roles": "ann"}],
        "intake": {"channels": {"a": {"en": "A"}}, "unit": "optional", "tells": "ann"},
        "fields": {"until": {"en": "Until", "kind": "date"}, "reason": {"en": "Reason"}},
        "stages": {
            "registered": {
                "close": {"by": "ann", "to": "over"},
                "promise": {"by": "ann", "needs": "until", "tells": "complainant"},
                "extend": {"by": "ann", "needs": ["clock", "until"], "tells": "complainant"},
            },
            "over": {"name": {"en": "Over"}},
        },
        **parts,
    }
    return compile_policy(publishing.prepare(document).document, "1")


def clock(**parts: Any) -> dict[str, Any]:
    return {"name": {"en": "Repair"}, "from": "registered", "until": "closed", "within": "1 working day", **parts}


def notices(under: Policy, end: int, **act: Any) -> list[MessageSource]:
    """All notices up to `end`; a person does an act first, if one is given."""
    life = play.filed(under, Filing("a", unit="north"), START)
    if act:
        assert life.act(play.ActRequest(act.pop("name"), act), play.staff(under)[0], START + 60_000) is None
    life.wait(end)
    events = [msgspec.convert(json.loads(msgspec.json.encode(event)), Event) for event in life.events]
    about = {event.id: event for event in events}
    told = [event for event in events if event.type == "notified"]
    return [MessageSource(under, event, play.NUMBER, about[event.fields["about"]]) for event in told]


def texts(under: Policy, wording: str, language: str = "en", **act: Any) -> list[str]:
    found = notices(under, START + 3 * DAY, **act)
    reader = "complainant" if act else "staff"
    return [render(one, reader)[language] for one in found if one.event.fields["wording"] == wording]  # type: ignore[arg-type]


@pytest.mark.parametrize("wording", ["registered", "warned", "missed"])
def test_the_placeholder_of_a_policys_own_wording_is_in_the_clocks_calendar(wording: str) -> None:
    own = {wording: {"en": "{due}", "zh": "{due}"}}
    under = policy(wording=own, clocks={"repair": clock(calendar="plant", warn="4 hours before")})

    assert texts(under, wording)[0] == "Thu 26 Nov 2026 24:00"


def test_a_warning_says_by_the_end_of_which_day_and_in_which_zone() -> None:
    under = policy(clocks={"repair": clock(calendar="plant", warn="4 hours before")})

    assert IN_AUCKLAND in texts(under, "warned")[0]
    assert ZH_IN_AUCKLAND in texts(under, "warned", "zh")[0]


@pytest.mark.parametrize(("chosen", "shown"), [("plant", IN_AUCKLAND), ("", "by Thu 26 Nov 2026 18:00 (Beijing time")])
def test_a_clock_on_the_units_calendar_is_shown_in_the_one_that_the_owners_chose(chosen: str, shown: str) -> None:
    under = policy(clocks={"repair": clock(calendar="unit", warn="4 hours before")})

    assert shown in texts(replace(under, unit_calendar=chosen), "warned")[0]


def test_the_notice_of_a_task_shows_its_due_time_in_the_tasks_calendar() -> None:
    task = {"en": "Look", "on": "registered", "for": "ann", "within": "1 working day", "calendar": "plant"}

    assert IN_AUCKLAND in texts(policy(tasks={"look": task}), "task_opened")[0]


def test_a_promised_date_is_the_end_of_that_day_in_the_calendar_of_the_promises_clock() -> None:
    promised = clock(**{"from": "promised", "stated": "until", "calendar": "plant"})
    del promised["within"]

    [text] = texts(policy(clocks={"repair": promised}), "promised", name="promise", until="2026-11-26")

    assert IN_AUCKLAND in text


def test_an_extension_shows_the_new_due_time_in_the_calendar_of_its_clock() -> None:
    under = policy(clocks={"repair": clock(within="4 hours", calendar="plant")})

    [text] = texts(under, "extended", name="extend", clock="repair", until="2026-11-26")

    assert IN_AUCKLAND in text


def test_the_earliest_due_time_is_shown_in_the_calendar_of_its_clock() -> None:
    """The message about the filing names no clock."""
    clocks = {"repair": clock(calendar="plant"), "answer": clock(within="5 working days")}

    told = notices(policy(clocks=clocks), START)[0].event.fields
    assert (told["due"], told["calendar"]) == ("2026-11-26T11:00:00.000Z", "plant")


def test_a_message_in_the_policys_own_calendar_names_none() -> None:
    told = notices(policy(clocks={"repair": clock()}), START)[0].event.fields

    assert "due" in told
    assert "calendar" not in told
