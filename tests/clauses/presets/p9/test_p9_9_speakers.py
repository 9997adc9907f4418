"""P9.9 `food-drug-administration`: who gave the opinion records no answer of the complainant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import decided, disputed, executed, settled
from tests.clauses.organisation import Organisation


def silent(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    return number


def archived(bureau: Organisation) -> str:
    number = silent(bureau)
    bureau.act(number, "archivist", "archive")
    return number


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        (decided, "agree"),
        (decided, "dispute"),
        (settled, "dispute"),
        (disputed, "agree"),
        (silent, "reopen"),
        (archived, "reopen"),
    ],
)
def test_p9_9_who_gave_the_opinion_records_no_answer_of_the_complainant(
    bureau: Organisation, stage: Callable[[Organisation], str], act: str
) -> None:
    number = stage(bureau)
    path = f"{bureau.path}/complaints/{number}/acts/{act}"
    body = {"fields": {}, "on_behalf_of": "complainant"}

    found = [
        bureau.world.call("POST", path, body, auth=bureau.auth(who)).status for who in ("officer", "information_centre")
    ]

    assert found == [403, 200]
    assert "已代您登记" in bureau.told("complainant", number)[0]


def test_p9_9_the_complainant_takes_back_an_acceptance_that_a_member_recorded(bureau: Organisation) -> None:
    number = decided(bureau)
    body = {"fields": {}, "on_behalf_of": "complainant"}
    path = f"{bureau.path}/complaints/{number}/acts/agree"
    assert bureau.world.call("POST", path, body, auth=bureau.auth("information_centre")).status == 200

    view = bureau.act(number, "complainant", "dispute", reason="我没有接受。")

    assert view["stage"] == "disputed"
    superior = f"您不接受投诉 {number} 的处理意见，可向市食品药品监督管理局相关部门作进一步投诉。"
    assert bureau.told("complainant", number)[0] == superior
    assert bureau.told("officer", number)[0] == f"投诉 {number}：投诉人不接受处理意见。"
    assert bureau.deadline(number, "conclusion")["run"] == 2


def test_p9_9_the_complainant_accepts_after_a_dispute(bureau: Organisation) -> None:
    number = disputed(bureau)

    view = bureau.act(number, "complainant", "agree")

    assert view["stage"] == "settled"
    assert bureau.told("officer", number)[0] == f"投诉 {number}：投诉人已接受处理意见。"
    assert bureau.act(number, "officer", "execute")["stage"] == "settled"


def test_p9_9_what_was_carried_out_is_not_taken_back(bureau: Organisation) -> None:
    assert bureau.try_act(executed(bureau), "complainant", "dispute").problem == "act-not-open"
