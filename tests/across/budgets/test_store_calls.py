"""The calls to the store of every route and page. `store_calls.json` states them, a line for each contract.

A request with more calls fails, and so does one with fewer: the table then gets the lower number.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import app
from tests.across.budgets import counted
from tests.across.budgets.counted import Calls
from tests.helpers.left_out import kept

STATED: Calls = kept(json.loads(Path(__file__).with_name("store_calls.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def found() -> Calls:
    return counted.of_operations() | counted.of_pages()


def test_every_route_and_page_has_a_line() -> None:
    assert sorted(STATED) == sorted(one.name for one in app.app.all_contracts)


@pytest.mark.slow
def test_a_request_takes_the_calls_that_are_stated(found: Calls) -> None:
    assert found == STATED
