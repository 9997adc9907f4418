"""Where a form is answered by a page of an error, one step back is the form with what was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.forms.test_forms_lead_on import FORMS, Place, place, seen
from tests.across.browser.reader import Reader

__all__ = ["place"]
pytestmark = ALL_PAGES
TOO_LARGE = b"text=" + b"x" * 7_000_000


def _grown(route: Route) -> None:
    """The form as it is sent with a text that no page takes."""
    route.continue_(post_data=TOO_LARGE if route.request.method == "POST" else None)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_one_step_back_has_what_was_typed(chromium: Browser, place: Place, name: str, scripts: bool) -> None:
    form = FORMS[name]
    reader = Reader(chromium, place.url, language="zh-CN", width=320, scripts=scripts, rules=False)
    form.fill(reader, place)
    before, address = seen(reader)[1], reader.page.url
    reader.page.route("**", _grown)
    reader.press(form.button)
    assert "太长" in (reader.page.text_content("h1") or ""), reader.page.text_content("main")
    reader.page.unroute("**")

    reader.page.go_back()

    assert (reader.page.url, seen(reader)[1]) == (address, before)
