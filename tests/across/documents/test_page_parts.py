"""Parts of documents that follow from rows are written by `make openapi`, and no part is forgotten."""

from __future__ import annotations

import pytest

from chalicelib.policy.language.parts import EventTerm
from infra.documents import page_parts


@pytest.mark.parametrize("name", page_parts.PAGES)
def test_a_part_follows_from_its_rows(name: str) -> None:
    assert (page_parts.DOCS / name).read_text("utf-8") == page_parts.page(name), "run make openapi"


def test_each_part_stands_in_a_document() -> None:
    assert {part for name in page_parts.PAGES for part in page_parts.parts_of(name)} == page_parts.PARTS.keys()


def test_no_other_document_has_parts() -> None:
    found = {path.name for path in page_parts.DOCS.rglob("*.md") if "<!-- from " in path.read_text("utf-8")}
    assert found == set(page_parts.PAGES)


def test_an_event_without_a_row_of_its_own_has_the_fields_by_which_policies_select_it() -> None:
    assert page_parts.of_event(EventTerm("levitated", "悬浮", "Levitated", writes="by to")) == (
        "`by`, `to`",
        "the program",
    )
    assert page_parts.of_event(EventTerm("accepted", "受理", "Accepted"))[1] == "act"
