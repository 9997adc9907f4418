"""Ids of evidence in addresses: what an address can name is a file, and no other item beside the files."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import PDF, sha256

PARTS = {"parts": [{"number": 1, "etag": "a", "sha256": "0" * 64}]}


@pytest.fixture
def market() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(market: Organisation) -> str:
    """A complaint for which the complainant gave a file, which the holder of a demand's link may not see."""
    number = demanded(market)
    given(market, number, "transaction")
    return number


@pytest.mark.parametrize(("method", "tail"), [("GET", ""), ("GET", "/link"), ("POST", "/complete")])
@pytest.mark.parametrize("who", ["complainant", "link"])
def test_the_digest_of_a_file_finds_nothing(
    market: Organisation, number: str, who: str, method: str, tail: str
) -> None:
    """An item with this key tells which file has these bytes. Who asks by it does not learn whether there is one."""
    demand = str(market.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = market.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"]
    auth = market.auth("complainant", number) if who == "complainant" else f"Receipt {link}"

    def asked(digest: str) -> Answer:
        path = f"{market.path}/complaints/{number}/evidence/%23{digest}{tail}"
        return market.world.call(method, path, PARTS if method == "POST" else None, auth=auth)

    known, unknown = asked(sha256(PDF)), asked("0" * 64)
    assert (known.status, known.problem) == (unknown.status, unknown.problem) == (404, "not-found")
