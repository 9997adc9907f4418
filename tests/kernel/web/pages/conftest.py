from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import opened_case


@pytest.fixture
def world() -> InProcess:
    """Friday 2026-11-27 at nine."""
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def hall(world: InProcess) -> Organisation:
    """P4, a service centre: categories, conditions, an act of the complainant at the end."""
    return sign_up(world, "government-service-centre")


@pytest.fixture
def browser(world: InProcess) -> Browser:
    return Browser(world)


@pytest.fixture
def number(hall: Organisation, browser: Browser) -> str:
    """The number of a complaint of the hall, whose page is open."""
    return opened_case(browser, hall)
