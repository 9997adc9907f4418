"""A real browser for the pages of the local stack. Without an installed Chromium, its tests are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.across.browser.served import served
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--lang=en-US"]
"""CI runs as root, in a container with little shared memory. The browser's own language orders the parts of a day."""
ALL = os.environ.get("PAGES") == "all"
"""`make test-pages`. `make test` plays one journey through each of two presets, and signs in."""
ALL_PAGES = pytest.mark.skipif(not ALL, reason="`make test-pages`, which CI calls too")
NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """The path of an installed browser."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """`PAGES=all` (`make test-pages`) needs a browser; `make test` says that it skips the tests without one."""
    found = installed()
    if found is None:
        assert not ALL, f"no browser is installed: {', '.join(NAMES)}"
        pytest.skip(f"no browser is installed: {', '.join(NAMES)}")
    with sync_playwright() as playwright:
        # Chromium hangs under `faketime` (`make test-dates`), so the browser alone has the real date.
        environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, env=environment)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def closed_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Closes what the test has opened: each window that stays open takes 40 MB until the end of all tests."""
    if "chromium" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("chromium")
    before = browser.contexts
    yield
    for context in browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture
def url(office: Organisation) -> Iterator[str]:
    """Of the pages of the module's `office`, served in this process."""
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address
