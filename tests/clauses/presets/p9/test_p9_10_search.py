"""P9.10 `food-drug-administration`: filed cases are found, by number, respondent and words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bureau import closed
from tests.clauses.organisation import Organisation


@pytest.fixture
def number(bureau: Organisation) -> str:
    number = closed(bureau)
    bureau.act(number, "archivist", "archive")
    bureau.world.settle()
    return number


def found(bureau: Organisation, who: str, **criteria: Any) -> list[str]:
    path = f"{bureau.path}/complaints/search"
    answer = bureau.world.call("POST", path, criteria, auth=bureau.auth(who))
    assert answer.status == 200, answer.text
    return [row["number"] for row in answer.json["complaints"]]


def test_p9_10_a_filed_case_is_found_by_its_number_and_its_handling_record(bureau: Organisation, number: str) -> None:
    assert found(bureau, "archivist", number=number, archived=True) == [number]
    assert found(bureau, "archivist", words="退款并处罚") == [number]
    assert found(bureau, "archivist", words="并处罚款") == []


def test_p9_10_a_filed_case_is_found_by_its_respondent(bureau: Organisation, number: str) -> None:
    """That of the preset's example."""
    assert found(bureau, "archivist", respondent="示例食品店") == [number]
    assert found(bureau, "archivist", respondent="示例药店") == []
