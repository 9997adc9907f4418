"""A stranger's text costs no more time than another one of its length, also when a notice is published."""

from __future__ import annotations

import time

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.register.notices import closed_major, on

LONGEST = 4_000
"""Characters of a fact."""
ORDINARY = "订单2026-1127-0099一直没有发货，客服不回复，请核实并答复。"
HOSTILE = {
    "spaces": "微信" + " " * 98,
    "one word": "a",
    "cities": "1市",
    "addresses": "a@b.c ",
}
MOST = 10
"""Times as long as with an ordinary text. A quadratic search took a hundred times as long."""


def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def seconds_to_publish(part: str) -> float:
    """Of processor time, from the notice's text to the answer. The part is repeated in the complaint."""
    found = office()
    found.always = {"facts": {"reason": "我" + (part * LONGEST)[: LONGEST - 2] + "。"}, "unit": "seller"}
    number = closed_major(found, summary=None)
    began = time.process_time()
    on(found, number, "director", "edit", texts={"summary_for_public": "商家发错货，已退款并受到警告。"})
    return time.process_time() - began


def test_white_space_without_end_is_refused_at_its_place() -> None:
    answer = office().try_file(facts={"reason": "微信" + " " * 1_300})

    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, ["/facts/reason"])


@pytest.mark.slow
def test_a_hostile_text_does_not_hold_up_its_notice() -> None:
    seconds_to_publish("请核实并答复。")  # what the first search imports does not count
    ordinary = seconds_to_publish(ORDINARY)

    took = {name: seconds_to_publish(part) / ordinary for name, part in HOSTILE.items()}

    assert {name: times for name, times in took.items() if times > MOST} == {}
