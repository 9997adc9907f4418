"""P1.6 `platform`: archived cases are found by their words, and are examined again in the same record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import archived, reopened
from tests.clauses.organisation import Organisation


def found(marketplace: Organisation, who: str, **criteria: Any) -> list[str]:
    marketplace.world.settle()
    path = f"{marketplace.path}/complaints/search"
    answer = marketplace.world.call("POST", path, criteria, auth=marketplace.auth(who))
    assert answer.status == 200, answer.text
    return [row["number"] for row in answer.json["complaints"]]


@pytest.mark.parametrize("words", ["拒绝", "描述不符", "归档"])
def test_p1_6_an_archived_case_is_found_by_its_content_and_its_summary(marketplace: Organisation, words: str) -> None:
    number = archived(marketplace)
    marketplace.file()

    assert found(marketplace, "archivist", words=words, archived=True) == [number]
    assert number in found(marketplace, "archivist", words=words)


def test_p1_6_the_respondent_finds_the_content_and_not_the_summary(marketplace: Organisation) -> None:
    number = archived(marketplace)

    assert found(marketplace, "seller", words="描述不符") == [number]
    assert found(marketplace, "seller", words="归档") == []


def test_p1_6_a_case_that_is_examined_again_is_the_same_record_and_not_in_the_archive(
    marketplace: Organisation,
) -> None:
    number = reopened(marketplace)

    assert found(marketplace, "archivist", words="描述不符", archived=False) == [number]
    assert found(marketplace, "archivist", words="描述不符", archived=True) == []
    types = [event["type"] for event in marketplace.events(number)]
    assert types.index("archived") < types.index("reopened")
