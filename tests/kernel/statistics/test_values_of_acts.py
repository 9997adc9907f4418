"""The value of a field counts only for acts that ask for it: what else an event holds, the service wrote."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.statistics.counting.contribution import contribution
from tests.kernel.complaints.amended import Life, version

VALUES: dict[str, Any] = {"paid": 12, "matter": "noise", "done": "2026-11-27"}


def asking(document: dict[str, Any]) -> None:
    document["fields"] |= {
        "paid": {"zh": "金额", "kind": "number", "sum": "money"},
        "matter": {"zh": "事项", "kind": "choice", "choices": {"noise": "噪声"}},
        "done": {"zh": "办理日期", "kind": "date", "tense": "past"},
    }
    document["stages"]["open"]["forward"] = {"by": "handler", "takes": [*VALUES]}


POLICY = version(1, asking)


def counted(act: str, series: str) -> set[tuple[str, ...]]:
    """Of an act that has the values on record."""
    life = Life(POLICY)
    life.act(act, 30, **(VALUES if act == "forward" else {}))
    [at] = [at for at, one in enumerate(life.events) if one.act == act]
    held = {**life.events[at].fields, **VALUES}
    life.events[at] = msgspec.structs.replace(life.events[at], fields=held)
    found = contribution(life.events, lambda _version: POLICY)
    return {key for keys in found.values() for key in keys if key[0] == series}


@pytest.mark.parametrize("series", ["amount", "said"])
def test_a_value_counts_for_an_act_that_asks_for_it_alone(series: str) -> None:
    assert (len(counted("forward", series)), counted("inspect", series)) == (1, set())


@pytest.mark.parametrize(("act", "earlier"), [("forward", "yes"), ("inspect", "no")])
def test_a_day_counts_for_an_act_that_asks_for_it_alone(act: str, earlier: str) -> None:
    assert {key[-1] for key in counted(act, "staff_act")} == {earlier}
