"""Requests of the pages on which a complaint is tried."""

from __future__ import annotations

from tests.across.budgets.counting import Calls, counting
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import at_the_desk, desk


def _trials(world: InProcess) -> Calls:
    """Of an example, of other events, of a complaint; kept as an example, under the draft and under a version."""
    office = sign_up(world, "platform")
    number = office.file()
    browser = at_the_desk(office, "owner")
    calls = counting(world)
    for page in ("/procedure/draft/try", "/procedure/versions/1/try"):
        browser.open(f"{desk(office)}{page}?complaint={number}")
        assert browser.answer.status == 200
        browser.open(f"{desk(office)}{page}?example=1")
        browser.submit(form=form_of(browser, page), button="add")
        browser.submit(form=form_of(browser, page), button="remove 1")
    browser.open(f"{desk(office)}/procedure/draft/try?example=1")
    browser.submit(form=form_of(browser, "/procedure/draft/try"), button="keep", name="kept")
    assert "told=kept" in browser.path
    return calls


WALKS = (_trials,)
