"""What an event has given stands under the labels of the policy, and what the service writes is no value of a field."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.world import InProcess
from tests.handling.pages.shops import page_of

AFTER_THE_AGEING = "2026-12-31T09:00:00+08:00"


@pytest.mark.parametrize(
    ("language", "named", "class_"),
    [("en", "Class raised", "Class Major"), ("zh", "自动升级类别", "投诉类别 重大投诉")],
)
def test_a_class_that_was_raised_is_said_by_its_name(language: str, named: str, class_: str) -> None:
    company = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = company.file()

    company.world.move_to(AFTER_THE_AGEING)

    texts = page_of(company, number, language).page.text.replace("\n", " ").replace("  ", " ")
    _, _, step = texts.partition(f" {named} ")
    assert class_ in step[:80]
    assert " major " not in texts
