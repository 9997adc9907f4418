"""Requests of the desk's pages of the organisation, whose calls to the store are counted."""

from __future__ import annotations

from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import at_the_desk, desk


def _organisation(world: InProcess) -> Calls:
    """An owner opens the index, and the pages that have no form."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/plan"):
        browser.open(f"{desk(office)}/organisation{path}")
        assert browser.answer.status == 200, path
    return calls


def _contact(world: InProcess) -> Calls:
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/contact")
    browser.submit(form=form_to(browser, "/contact"), phone="021-00000000")
    assert "?told=contact" in browser.path
    return calls


WALKS = (_organisation, _contact)
