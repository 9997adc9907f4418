"""A closed or archived complaint accepts no file, even if it can be reopened."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared
from tests.clauses.offices.marketplace import archived, decided, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused, untouched


@pytest.fixture
def marketplace() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def test_a_closed_complaint_takes_no_file(marketplace: Organisation) -> None:
    number = decided(marketplace)
    marketplace.act(number, "handler", "close", summary="退款后归档。")

    with untouched(marketplace):
        refused(declared(marketplace, number, "screenshot"), 409, "act-not-open")


def test_an_archived_complaint_takes_no_file_until_it_is_reopened(marketplace: Organisation) -> None:
    number = archived(marketplace)
    refused(declared(marketplace, number, "screenshot"), 409, "act-not-open")
    hire(marketplace, "handler", name="second")

    marketplace.act(number, "director", "reopen", reason="复核", responsible=marketplace.subs["second"])

    assert declared(marketplace, number, "screenshot").status == 201
