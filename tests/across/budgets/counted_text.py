"""Requests of the page on which an owner writes the text of the draft."""

from __future__ import annotations

from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


def _text(world: InProcess) -> Calls:
    """Without a draft, then with one; checked, saved, and refused because another has saved."""
    office = sign_up(world, "platform")
    path = f"{desk(office)}/procedure/draft/text"
    browser = at_the_desk(office, "owner")
    calls = counting(world)
    browser.open(path)
    other = at_the_desk(office, "owner")
    other.open(path)
    _press(browser, "check")
    _press(browser, "save")
    assert "told=saved" in browser.path
    _press(other, "save")
    assert "form=" in other.path
    assert browser.ask(f"{path}/check", [("text", "language: 1")]).status == 200
    shown = next(one for one in browser.page.forms if one.action.partition("?")[0].endswith("/draft/text"))
    assert browser.ask(f"{path}/save", shown.values()).status == 200
    return calls


def _press(browser: Browser, go: str) -> None:
    browser.submit(form=form_to(browser, "/draft/text"), button=go)


WALKS = (_text,)
