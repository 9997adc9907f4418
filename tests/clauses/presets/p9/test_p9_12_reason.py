"""P9.12 `food-drug-administration`: the reason of an exclusion is for staff only."""

from __future__ import annotations

import json

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.bureau import assigned
from tests.clauses.organisation import Organisation, hire

REASON = "被投诉者是亲属甲。"


@pytest.fixture
def number(bureau: Organisation) -> str:
    hire(bureau, "officer", name="second")
    number = assigned(bureau)
    bureau.act(number, "officer", "recuse", reason=REASON)
    return number


@pytest.mark.parametrize("path", ["", "/record", "/case-file"])
def test_p9_12_the_complainant_reads_no_reason_of_an_exclusion(bureau: Organisation, number: str, path: str) -> None:
    whole = f"{bureau.path}/complaints/{number}{path}"

    theirs = bureau.world.call("GET", whole, auth=bureau.auth("complainant", number))

    assert (theirs.status, REASON in theirs.text) == (200, False)


def test_p9_12_no_message_to_the_complainant_has_the_reason(bureau: Organisation, number: str) -> None:
    assert REASON not in json.dumps(bureau.told("complainant", number), ensure_ascii=False)


def test_p9_12_staff_read_the_reason_of_an_exclusion(bureau: Organisation, number: str) -> None:
    [event] = bureau.events(number, type_="recused")

    assert bureau.get(f"/complaints/{number}/record", "leader")["values"][event["id"]] == {"reason": REASON}
    printed = printed_page.printed(bureau, number, "complaint_record", "leader").values
    assert printed["回避的理由"] == [f"{REASON} 2026年9月23日 09:00 执法人员"]
