"""Every route with a key: those for program accounts work, others refuse it, and none opens another organisation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import app
from chalicelib.web.contract import Contract
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.helpers import left_out
from tests.kernel.web.well_formed import NOT_AT_ONCE, Target, request_to, target_in
from tests.people.programs.accounts import program
from tests.sign_in.door import START

FOR_PROGRAMS = sorted(one.name for one in app.app.contracts if one.programs)
CONTRACTS: Mapping[str, Contract] = {one.name: one for one in app.app.contracts}
TAKE_TOKENS = sorted(one.name for one in app.app.contracts if one.takes_tokens and one.tenanted)
REFUSED = {**NOT_AT_ONCE, **dict.fromkeys(("run_bulk", "cancel_bulk", "get_bulk"), 404)}
"""The bulk of the target is its owner's; `test_bulk_of_a_program.py` has those of accounts."""
PAGE = Path(__file__).resolve().parents[3] / "docs" / "integration" / "program-accounts.md"


@pytest.fixture(scope="module")
def target() -> Target:
    """With a program account that holds every role and may use all that an account can be given."""
    found = target_in(InProcess(START))
    roles = [{"role": role} for role in found.organisation.get("/policy", "owner")["roles"]]
    program(found.organisation, grants=roles, operations=FOR_PROGRAMS)
    return found


@pytest.fixture(scope="module")
def key_of_another(target: Target) -> str:
    other = sign_up(target.organisation.world, "platform")
    program(other, operations=FOR_PROGRAMS)
    return other.auth("program")


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_an_account_uses_what_it_was_given(target: Target, name: str) -> None:
    contract, asked = CONTRACTS[name], request_to(target, name, CONTRACTS[name].path)
    answer = target.organisation.world.call(
        contract.method, contract.path.format(**asked.params), asked.body, auth=target.organisation.auth("program")
    )
    assert answer.status == REFUSED.get(name, contract.status), answer.text


@pytest.mark.parametrize("name", sorted({*TAKE_TOKENS} - {*FOR_PROGRAMS}))
def test_what_no_account_may_use_takes_no_key(target: Target, name: str) -> None:
    contract, office = CONTRACTS[name], target.organisation
    params = {"tenant": office.id, **target.params(contract.path)}
    answer = office.world.call(contract.method, contract.path.format(**params), {}, auth=office.auth("program"))
    assert (answer.status, answer.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_a_key_opens_no_other_organisation_and_reads_nothing(target: Target, key_of_another: str, name: str) -> None:
    contract, world = CONTRACTS[name], target.organisation.world
    assert isinstance(world, InProcess)
    answers = set()
    for tenant in (target.organisation.id, "no-such-place"):
        params = {**target.params(contract.path), "tenant": tenant}
        before = len(world.fakes.store.calls)
        answer = world.call(contract.method, contract.path.format(**params), {}, auth=key_of_another)
        assert len(world.fakes.store.calls) == before
        problem = {member: text for member, text in json.loads(answer.text).items() if member != "correlation_id"}
        answers.add((answer.status, json.dumps(problem)))
    assert [status for status, _ in answers] == [403]


@pytest.mark.skipif(bool(left_out.NAMES), reason="the page lists the operations of all features")
def test_the_page_for_integrators_lists_them() -> None:
    listed = [line.split("`")[1::2] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    known = {name: f"{CONTRACTS[name].method} {CONTRACTS[name].path}" for name in FOR_PROGRAMS}
    assert {row[0]: row[1] for row in listed} == known
