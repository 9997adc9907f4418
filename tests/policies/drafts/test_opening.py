"""Drafts opened for comments over HTTP (P4.10)."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.policies.drafts.shop import DOCUMENT, DRAFT, OPEN, ask, saved


def test_a_draft_with_faults_cannot_be_opened(shop: Organisation) -> None:
    ask(shop, "PUT", DRAFT, {"policy": {"language": 1}})
    assert ask(shop, "POST", OPEN, {}).problem == "policy-invalid"


def test_members_read_a_draft_that_is_open_to_departments(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {"to": ["departments"]})
    assert ask(shop, "GET", DRAFT, who="agent").json["policy"] == DOCUMENT


def test_complainants_read_a_draft_that_is_open_to_them(shop: Organisation) -> None:
    number = shop.file()
    path = f"{DRAFT}?complaint={number}"
    saved(shop)
    before = ask(shop, "GET", path, who="complainant", number=number).status
    ask(shop, "POST", OPEN, {"to": ["complainants"]})
    assert (before, ask(shop, "GET", path, who="complainant", number=number).status) == (403, 200)


def test_members_do_not_read_a_draft_that_is_open_to_complainants_alone(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {"to": ["complainants"]})
    assert ask(shop, "GET", DRAFT, who="agent").status == 403


def test_a_receipt_reads_it_only_with_its_own_complaint(shop: Organisation) -> None:
    number, other = shop.file(), shop.file()
    saved(shop)
    ask(shop, "POST", OPEN, {})
    answer = ask(shop, "GET", f"{DRAFT}?complaint={other}", who="complainant", number=number)
    assert answer.problem == "complaint-unknown"


def test_a_receipt_without_its_complaint_is_told_what_is_missing(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    answer = ask(shop, "GET", DRAFT, who="complainant", number=number)
    assert [error["pointer"] for error in answer.json["errors"]] == ["/query/complaint"]


@pytest.mark.parametrize("until", ["2026-11-27T09:00:00+08:00", "tomorrow"])
def test_the_time_for_comments_ends_in_the_future(shop: Organisation, until: str) -> None:
    saved(shop)
    answer = ask(shop, "POST", OPEN, {"until": until})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/until"]
