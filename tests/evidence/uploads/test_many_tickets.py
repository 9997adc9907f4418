"""A thousand concurrent declarations: each gets a ticket for its own file, and the quota is exact."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence import declare
from chalicelib.kit.problem import Problem
from chalicelib.wiring import Wiring
from tests.clauses.giving import declared, given
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import EICAR, PDF, sha256
from tests.kernel.web.untouched import in_process

TOGETHER = 8
"""Threads, in place of concurrent Lambda functions."""


@pytest.fixture
def company() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard", plan="large")


def ask(company: Organisation, wiring: Wiring, number: str, size: int) -> str:
    """Returns `declared` or the problem's kind. Repeats the request after a conflict, as a client would."""
    command = declare.DeclareEvidence(
        tenant=company.id,
        number=number,
        credential=Credential(receipt=company.filed[number].receipt),
        file=declare.NewEvidence(
            kind="document", name="账单.pdf", size=size, media_type="application/pdf", sha256=sha256(str(size).encode())
        ),
        request=None,
        now=wiring.clock(),
    )
    while True:
        try:
            with binding.tenant(company.id):
                return str(declare.declare(wiring, command).body["state"])
        except Problem as problem:
            if problem.kind != "conflict":
                return problem.kind


def used(company: Organisation) -> int:
    found: int = company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"]
    return found


@pytest.mark.slow
def test_a_thousand_concurrent_declarations_reserve_exactly_their_bytes(company: Organisation) -> None:
    numbers = [company.file() for _ in range(25)]
    wanted = [(number, size) for size in range(1, 41) for number in numbers]

    fakes = in_process(company).fakes

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = Counter(threads.map(lambda one: ask(company, fakes.wiring, *one), wanted))

    tickets = fakes.objects.tickets
    assert answers == {"declared": 1_000}
    assert len({ticket.key for ticket in tickets}) == 1_000
    assert used(company) == sum(size for _, size in wanted) == sum(ticket.size for ticket in tickets)


def test_a_thousand_concurrent_declarations_for_one_complaint_get_fifty_tickets(company: Organisation) -> None:
    number, wiring = company.file(), in_process(company).fakes.wiring

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = Counter(threads.map(partial(ask, company, wiring, number), [1] * 1_000))

    assert answers == {"declared": declare.MOST_AWAITED, "quota-exceeded": 1_000 - declare.MOST_AWAITED}
    assert used(company) == declare.MOST_AWAITED
    assert len(company.events(number, type_="evidence_declared")) == declare.MOST_AWAITED


@pytest.mark.parametrize("content", [PDF, EICAR], ids=["sealed", "refused"])
def test_a_checked_file_frees_a_place_for_the_next(company: Organisation, number: str, content: bytes) -> None:
    media_type = "application/pdf" if content == PDF else "text/plain"
    last = [declared(company, number, "document", content, media_type).json for _ in range(declare.MOST_AWAITED)][-1]
    full = declared(company, number, "document")
    assert (full.status, full.json["limit"], full.json["most"]) == (402, "awaited_files", declare.MOST_AWAITED)

    company.world.upload(last["ticket"], content)

    assert given(company, number, "document")["state"] == "sealed"


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()
