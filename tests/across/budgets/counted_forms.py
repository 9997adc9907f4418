"""Requests of the pages on which an owner changes the draft by forms."""

from __future__ import annotations

from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


def _forms(world: InProcess) -> Calls:
    """A saved change, one that is refused, and one on a draft that another person has changed."""
    office = sign_up(world, "platform")
    path = f"{desk(office)}/procedure/draft/deadlines?item=/clocks/handling"
    browser = at_the_desk(office, "owner")
    calls = counting(world)
    browser.open(path)
    other = at_the_desk(office, "owner")
    other.open(path)
    _save(browser, "4")
    assert "told=saved" in browser.path
    _save(other, "5")
    assert "form=" in other.path
    _save(other, "many")
    assert "form=" in other.path
    return calls


def _save(browser: Browser, days: str) -> None:
    browser.submit(form=form_to(browser, "/draft/deadlines"), button="save", **{"within.0.number": days})


def _beginning(world: InProcess) -> Calls:
    """A draft is begun from a preset, a limit is answered, and the examples take over the new due times."""
    office = sign_up(world, "platform")
    browser = at_the_desk(office, "owner")
    calls = counting(world)
    browser.open(f"{desk(office)}/procedure/begin")
    browser.submit(form=form_to(browser, "/procedure/begin"), start="preset corporate-standard")
    browser.open(f"{desk(office)}/procedure/draft/questions/limits")
    limit = "/clocks/resolution:within.0."
    given = {f"{limit}number": "70", f"{limit}unit": "working hour"}
    browser.submit(form=form_to(browser, "/questions/limits"), **given)
    browser.open(f"{desk(office)}/procedure/draft/steps")
    browser.submit(form=form_to(browser, "/draft/steps"))
    assert "told=renewed" in browser.path
    return calls


WALKS = (_forms, _beginning)
