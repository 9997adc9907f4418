"""An organisation on each preset, in process, on Friday 2026-11-27 at nine; P9's on 2026-09-23, before the holidays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clauses.local_stack import local_stack
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.offices.company import company_in
from tests.clauses.offices.estate import estate_in
from tests.clauses.offices.garage import garage_in
from tests.clauses.offices.hall import hall_in
from tests.clauses.offices.helpdesk import helpdesk_in
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.offices.workshop import workshop_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess, World

__all__ = ["pytest_runtest_setup", "repeated_steps"]

START = "2026-11-27T09:00:00+08:00"


@pytest.fixture(params=["in process", pytest.param("local stack", marks=pytest.mark.nightly)])
def world(request: pytest.FixtureRequest) -> World:
    """By day in process, at night also the local stack, whose clock is shared and keeps running: times are relative."""
    in_process = request.param == "in process"
    found: World = InProcess(START) if in_process else request.getfixturevalue("stack_of_the_module")
    return found


@pytest.fixture(scope="module")
def stack_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Each walk leaves an organisation, in which the following days are played as well."""
    with local_stack(tmp_path_factory.mktemp("stack"), START) as running:
        yield running


@pytest.fixture
def company() -> Organisation:
    return company_in(InProcess(START))


@pytest.fixture
def estate() -> Organisation:
    return estate_in(InProcess(START))


@pytest.fixture
def bureau() -> Organisation:
    return bureau_in(InProcess("2026-09-23T09:00:00+08:00"))


@pytest.fixture
def marketplace() -> Organisation:
    return marketplace_in(InProcess(START))


@pytest.fixture
def garage() -> Organisation:
    return garage_in(InProcess(START))


@pytest.fixture
def workshop() -> Organisation:
    return workshop_in(InProcess(START))


@pytest.fixture
def hall() -> Organisation:
    return hall_in(InProcess(START))


@pytest.fixture
def regulator() -> Organisation:
    return regulator_in(InProcess(START))


@pytest.fixture
def helpdesk() -> Organisation:
    return helpdesk_in(InProcess(START))


@pytest.fixture
def autumn_hall() -> Organisation:
    return hall_in(InProcess("2026-09-18T09:00:00+08:00"))
