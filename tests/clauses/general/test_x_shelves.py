"""P9.10 and its like: a complaint that is refused or transferred leaves the open shelf."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.organisation import Organisation

_ACTS_OF_AN_END = {"reopen"}


def shelves(office: Organisation, number: str, who: str) -> list[str]:
    names = ("open", "pending", "archived")
    rows = {name: office.get(f"/complaints?shelf={name}", who)["complaints"] for name in names}
    return [name for name in names if number in [row["number"] for row in rows[name]]]


def test_p9_10_a_refused_complaint_leaves_the_open_shelf(bureau: Organisation) -> None:
    number = at_bureau.filed(bureau)
    before = shelves(bureau, number, "information_centre")

    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    assert (before, shelves(bureau, number, "information_centre")) == (["open"], ["archived"])


def test_p9_10_a_transferred_complaint_leaves_the_open_shelf(bureau: Organisation) -> None:
    number = at_bureau.filed(bureau)

    bureau.act(number, "information_centre", "transfer", body="示例市市场监督管理局")

    assert shelves(bureau, number, "information_centre") == ["archived"]


@pytest.mark.parametrize("preset", presets.names())
def test_no_end_of_a_preset_is_on_the_open_shelf(preset: str) -> None:
    stages = presets.document(preset)["stages"]
    ends = {
        name: stage for name, stage in stages.items() if stage.keys() - {"name", "guidance", "shelf"} <= _ACTS_OF_AN_END
    }

    assert ends
    assert {name for name, stage in ends.items() if stage.get("shelf") != "archived"} == set()
