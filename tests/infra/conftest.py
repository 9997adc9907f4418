"""The local stack around the stub app, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from chalicelib.kit.instants import from_text
from infra.local.stack import run_stack
from tests.infra.stub_app import StubApp

START = from_text("2026-11-27T09:00:00+08:00")


class Local(NamedTuple):
    """The running stack: its address, and the calls that its app received."""

    url: str
    app: StubApp


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    app = StubApp()
    with run_stack(0, START, app.load) as url:
        yield Local(url, app)
