"""`GET …/analysis/groups`: groups of complaints with similar texts in a period."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.analysis import groups as analysis
from infra.memory_store.store import RecordedCall
from tests.clauses.offices import helpdesk
from tests.clauses.offices.bureau import bureau_in, filed
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.similar.test_similar import AGAIN, ENGLISH, LEAK, NOISE, file

MONTHS = "from=2026-11-01&to=2026-12-31"


@pytest.fixture
def desk() -> Organisation:
    return helpdesk.helpdesk_in(InProcess("2026-11-27T09:00:00+08:00"))


def groups(at: Organisation, query: str = MONTHS, who: str = "manager") -> list[dict[str, Any]]:
    answer = at.get(f"/analysis/groups?{query}", who)
    assert answer["complete"] is True
    found: list[dict[str, Any]] = answer["groups"]
    return found


def test_p8_3_complaints_with_the_same_content_are_one_group(desk: Organisation) -> None:
    first, _, third = file(desk, LEAK), file(desk, NOISE), file(desk, AGAIN)
    desk.world.move_to("2026-12-07T09:00:00+08:00")
    last = file(desk, LEAK, category={"kind": "other"})

    [group] = groups(desk)

    assert (group["complaints"], group["numbers"]) == (3, [last, third, first])
    assert group["category"] == {"kind": {"after_sales": 2, "other": 1}}
    assert desk.local(group["first_at"]) == "2026-11-27T09:00:00+08:00"


def test_only_complaints_of_the_period_are_compared(desk: Organisation) -> None:
    file(desk, LEAK)
    desk.world.move_to("2026-11-30T09:00:00+08:00")
    file(desk, AGAIN)

    assert groups(desk, "from=2026-11-28&to=2026-12-31") == []
    assert len(groups(desk, "from=2026-11-27&to=2026-12-31")) == 1


def test_the_largest_group_comes_first(desk: Organisation) -> None:
    for text in (NOISE, LEAK, NOISE, LEAK, LEAK):
        file(desk, text)

    assert [group["complaints"] for group in groups(desk)] == [3, 2]


def test_only_what_the_reader_may_see_is_compared() -> None:
    estate = estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    for unit in ("north", "south"):
        body = {"id": unit, "name": f"{unit}区"}
        assert estate.world.call("POST", f"{estate.path}/units", body, auth=estate.auth("owner")).status == 201
    hire(estate, "management_office", name="northerner", unit="north")
    numbers = [file(estate, text, unit=unit) for text, unit in ((LEAK, "north"), (LEAK, "south"), (AGAIN, "north"))]

    [group] = groups(estate, who="northerner")

    assert group["numbers"] == [numbers[2], numbers[0]]


def seen_beside(hidden: list[str]) -> tuple[dict[str, Any], list[RecordedCall]]:
    """The answer to a reader of one office, and its calls to the store, beside these texts of another office."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    estate = estate_in(world)
    for unit in ("north", "south"):
        body = {"id": unit, "name": f"{unit}区"}
        assert estate.world.call("POST", f"{estate.path}/units", body, auth=estate.auth("owner")).status == 201
    hire(estate, "management_office", name="northerner", unit="north")
    for text, unit in ((LEAK, "north"), *((text, "south") for text in hidden), (AGAIN, "north")):
        file(estate, text, unit=unit)
    estate.get(f"/analysis/groups?{MONTHS}", "northerner")  # fills the caches
    before = len(world.fakes.store.calls)
    answer = estate.get(f"/analysis/groups?{MONTHS}", "northerner")
    return answer, list(world.fakes.store.calls)[before:]


def test_neither_the_answer_nor_the_calls_to_the_store_depend_on_hidden_texts() -> None:
    alike, different, short = seen_beside([LEAK, LEAK]), seen_beside([NOISE, ENGLISH]), seen_beside(["漏水", "噪声"])

    assert alike == different == short
    assert len(alike[0]["groups"]) == 1


def test_the_answer_says_if_more_numbers_were_given_out_than_are_looked_at(
    desk: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "MOST_COMPARED", 2)
    numbers = [file(desk, LEAK) for _ in range(3)]

    found = desk.get(f"/analysis/groups?{MONTHS}", "manager")

    assert (found["complete"], found["groups"][0]["numbers"]) == (False, numbers[:0:-1])


def test_a_complaint_is_in_no_group_for_a_recused_person() -> None:
    bureau = bureau_in(InProcess("2026-11-27T09:00:00+08:00"))
    first, _ = (filed(bureau, reasons=text) for text in (LEAK, AGAIN))
    bureau.world.settle()

    bureau.act(first, "officer", "recuse", reason="被投诉者是亲属。")

    assert groups(bureau, who="officer") == []
    assert len(groups(bureau, who="leader")) == 1


def test_listed_complaints_count_as_read(desk: Organisation) -> None:
    numbers = [file(desk, LEAK), file(desk, LEAK)]
    groups(desk)

    for number in numbers:
        [read] = desk.get(f"/complaints/{number}/reads", "owner")["reads"]
        assert (read["by"], read["route"]) == (desk.subs["manager"], "GET /v1/t/{tenant}/analysis/groups")
