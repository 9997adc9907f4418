"""Verification follows a record's anchors back to its first: each must be readable and agree (X.4)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.features.record import anchor
from chalicelib.store import object_keys
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, hour, world_of
from tests.record.test_anchoring import verified


@pytest.fixture
def number() -> tuple[Organisation, str]:
    """A complaint that is in three anchors."""
    company = sign_up(InProcess(START), "corporate-standard")
    filed = company.file()
    hour(company)
    company.act(filed, "agent", "accept", **WORK_ORDER)
    hour(company)
    company.act(filed, "team_lead", "confirm")
    hour(company)
    found = verified(company, filed)
    assert (found["anchor"]["n"], found["anchor"]["agrees"], found["intact"]) == (3, True, True)
    return company, filed


def changed(company: Organisation, n: int, body: bytes) -> None:
    world_of(company).fakes.vault.written[object_keys.anchor(company.id, n)] = [body]


def read(company: Organisation, n: int) -> anchor.Anchor:
    return anchor.parse(world_of(company).fakes.vault.written[object_keys.anchor(company.id, n)][0])


@pytest.mark.parametrize("n", [1, 2])
def test_an_earlier_anchor_that_cannot_be_read_does_not_agree(number: tuple[Organisation, str], n: int) -> None:
    company, filed = number
    changed(company, n, b"{")
    found = verified(company, filed)
    assert (found["anchor"]["n"], found["anchor"]["agrees"], found["intact"]) == (3, False, False)


@pytest.mark.parametrize("n", [1, 2])
def test_an_earlier_anchor_with_another_head_does_not_agree(number: tuple[Organisation, str], n: int) -> None:
    """As when the record was rewritten between the two anchors."""
    company, filed = number
    made = read(company, n)
    heads = [head._replace(hash="0" * 64) if head.aggregate == filed else head for head in made.heads]
    position = anchor.ChainPosition(made.tenant, made.n, made.at, made.prev)
    changed(company, n, anchor.make(position, heads, made.numbers, made.before).body())
    found = verified(company, filed)
    assert (found["anchor"]["agrees"], found["cut_off"], found["intact"]) == (False, False, False)


@pytest.mark.parametrize("before", [2, 3])
def test_an_anchor_that_names_no_earlier_one_as_its_predecessor_does_not_agree(
    number: tuple[Organisation, str], before: int
) -> None:
    company, filed = number
    changed(company, 2, replace(read(company, 2), before={filed: before}).body())
    found = verified(company, filed)
    assert (found["anchor"]["agrees"], found["intact"]) == (False, False)
