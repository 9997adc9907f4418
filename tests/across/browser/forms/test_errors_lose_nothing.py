"""Where a form is answered by a page of an error that passes, this page keeps what was typed, and sends it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import force_setattr
from playwright.sync_api import Browser

from chalicelib.limits.sources import RequestSources
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.forms.test_forms_lead_on import BUTTON, FORMS, Place, place, seen
from tests.across.browser.reader import Reader
from tests.clauses.world import InProcess

__all__ = ["place"]
pytestmark = ALL_PAGES
SOURCE = ""
"""The address of all requests of the server in process."""


@contextmanager
def no_room(world: InProcess) -> Iterator[None]:
    """The address of the browser has sent its requests of the minute."""
    wiring = world.fakes.wiring
    usual, few = wiring.sources, RequestSources(addresses=1, people=1, real_clock=wiring.real_clock)
    few.take(1, SOURCE)
    force_setattr(wiring, "sources", few)
    yield
    force_setattr(wiring, "sources", usual)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_too_many_requests_lose_nothing(chromium: Browser, place: Place, name: str, scripts: bool) -> None:
    form, world = FORMS[name], place.office.world
    assert isinstance(world, InProcess)
    reader = Reader(chromium, place.url, language="zh-CN", width=320, scripts=scripts, rules=False)
    form.fill(reader, place)

    with no_room(world):
        reader.press(form.button)
    assert "您填写的内容保留在本页" in (reader.page.text_content("main") or "")
    reader.press(BUTTON)

    shown = seen(reader)
    assert [one for one in (shown[0], *shown[1]) if form.shows in one] != []
