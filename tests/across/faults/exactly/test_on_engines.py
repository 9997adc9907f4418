"""The same search with real botocore requests: on moto, and at night also on ministack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import botocore.session
import pytest
from moto import mock_aws

from infra.engines import __main__ as engines
from infra.moto import lighter_moto, moto_shim
from tests.across.faults.exactly.kiosk import opened
from tests.across.faults.exactly.searching import search
from tests.across.faults.exactly.tables import Engine, Moto
from tests.kernel.store.conftest import Table

PARTS, IN_A_PART = 1, 5
"""Programs in an ordinary test run. About 90 ms each on moto, because each call is a request."""
BY_DAY, BY_NIGHT = PARTS * IN_A_PART, 1_250


@pytest.fixture
def on_moto() -> Iterator[Engine]:
    session = botocore.session.Session()
    with moto_shim.installed(), lighter_moto.installed(), mock_aws():
        yield Moto(Table(session), opened().store.everything())


@pytest.fixture
def on_ministack() -> Iterator[Engine]:
    session = botocore.session.Session()
    with ExitStack() as stack:
        try:
            endpoint = stack.enter_context(engines.run_engine("ministack"))
        except engines.EngineUnavailable as reason:
            pytest.skip(str(reason))
        yield Engine(lambda: Table(session, endpoint), opened().store.everything())


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_x3_each_interleaving_has_the_result_of_a_single_worker_on_moto(on_moto: Engine, part: int) -> None:
    assert search(range(part * IN_A_PART, (part + 1) * IN_A_PART), store=on_moto)


@pytest.mark.nightly
def test_x3_more_interleavings_on_moto(on_moto: Engine) -> None:
    assert search(range(BY_DAY, BY_DAY + BY_NIGHT), store=on_moto)


@pytest.mark.nightly
def test_x3_each_interleaving_has_the_result_of_a_single_worker_on_ministack(on_ministack: Engine) -> None:
    assert search(range(BY_NIGHT), store=on_ministack)
