"""A text block at a complaint: its placeholders have the complaint's values, or become gaps."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.handling.text_blocks.blocks import inserted, retired, written
from tests.helpers.fakes.client import Answer


def text(office: Organisation, number: str, block: str) -> tuple[str, list[str]]:
    answer = inserted(office, number, block)
    assert answer.status == 200, answer.text
    return answer.json["text"], answer.json["missing"]


def test_each_placeholder_has_the_value_that_a_message_would_have(office: Organisation, accepted: str) -> None:
    block = written(office, text="{number}|{stage}|{tier}|{unit}|{role}|{clock}|{due}", language="en")
    found, missing = text(office, accepted, block)
    number, stage, tier, unit, role, clock, due = found.split("|")
    assert (number, tier, unit) == (accepted, "1", "seller")
    assert (stage, role) == ("Under investigation", "The responsible party")
    assert clock
    assert due.startswith("Fri") or "2026" in due
    assert missing == []


def test_a_placeholder_without_a_value_becomes_a_gap_that_is_named(office: Organisation, waiting: str) -> None:
    block = written(office, text="{unit}的{task}", language="zh")
    assert text(office, waiting, block) == (
        "【待填：相关单位】的【待填：待办任务的名称】",
        ["【待填：相关单位】", "【待填：待办任务的名称】"],
    )


def test_gaps_of_an_english_block_are_english(office: Organisation, waiting: str) -> None:
    block = written(office, text="About {unit}.", language="en")
    assert text(office, waiting, block)[0] == "About [fill in: unit]."


def test_an_optional_part_without_its_time_is_left_out(office: Organisation, accepted: str) -> None:
    block = written(office, text="您好。[已于 {done_at} 执行。]谢谢。")
    assert text(office, accepted, block) == ("您好。谢谢。", [])


def test_no_placeholder_stays_in_braces(office: Organisation, waiting: str) -> None:
    block = written(office, text="{number}{stage}{tier}{unit}{role}{clock}{due}{task}{done_at}")
    assert "{" not in text(office, waiting, block)[0]


def test_a_retired_block_is_not_inserted(office: Organisation, accepted: str) -> None:
    block = written(office)
    retired(office, block)
    assert inserted(office, accepted, block).problem == "not-found"


def test_an_unknown_block_is_not_inserted(office: Organisation, accepted: str) -> None:
    assert inserted(office, accepted, "999").problem == "not-found"


def test_respondents_insert_none(office: Organisation, accepted: str) -> None:
    assert inserted(office, accepted, written(office), "seller").problem == "forbidden"


def test_members_who_do_not_see_the_complaint_insert_none(office: Organisation, accepted: str) -> None:
    hire(office, "handler", name="elsewhere", unit=other_unit(office))
    assert inserted(office, accepted, written(office), "elsewhere").problem == "complaint-unknown"


def other_unit(office: Organisation) -> str:
    body = {"id": "other", "name": "other"}
    answer: Answer = office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner"))
    assert answer.status == 201, answer.text
    return "other"


@pytest.mark.parametrize("who", ["handler", "owner"])
def test_every_member_who_sees_the_complaint_inserts_it(office: Organisation, accepted: str, who: str) -> None:
    assert inserted(office, accepted, written(office), who).status == 200
