"""Requests of the desk's pages of an organisation's systems, records and data, whose calls to the store are counted."""

from __future__ import annotations

from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import hour
from tests.messages.webhooks.hooks import URL
from tests.sign_in.door import at_the_desk, desk


def _webhooks(world: InProcess) -> Calls:
    """An owner adds a webhook, tests it, sends its calls again, and removes it."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    pages = f"{desk(office)}/organisation"
    browser.open(f"{pages}/webhooks/new")
    browser.submit(form=form_to(browser, "/new"), url=URL, which="some", events=["registered"])
    browser.follow("I have copied it")
    page = browser.path
    office.file()
    browser.submit(form=form_to(browser, page))
    browser.submit(form=form_to(browser, "/ping"))
    browser.open(page)
    browser.submit(form=form_to(browser, f"{page}/replay"), since="2026-11-01T00:00")
    browser.open(f"{pages}/effects?state=any&way=webhook")
    browser.submit(form=form_to(browser, "/effects/replay"))
    assert "told=again" in browser.path
    browser.open(f"{pages}/webhooks")
    browser.open(page)
    browser.submit(form=form_to(browser, "/remove"))
    assert "told=removed" in browser.path
    return calls


def _accounts(world: InProcess) -> Calls:
    """An owner adds a program account and a key, changes the account, revokes the key, and removes the account."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    pages = f"{desk(office)}/organisation/accounts"
    browser.open(pages)
    browser.open(f"{pages}/new")
    browser.submit(form=form_to(browser, "/new"), name="Hotline", grants="inspector/-", operations="get_complaint")
    assert "told=added" in browser.path
    page = browser.path.partition("?")[0]
    browser.submit(form=form_to(browser, f"{page}/keys"))
    browser.open(page)
    browser.submit(form=form_to(browser, page), name="Hotline 2")
    assert "told=changed" in browser.path
    browser.submit(form=form_to(browser, "/revoke"))
    assert "told=revoked" in browser.path
    browser.submit(form=form_to(browser, "/remove"))
    assert "told=removed" in browser.path
    return calls


def _exports(world: InProcess) -> Calls:
    """An owner exports all data, downloads the archive, and opens the page that verifies it."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    calls, browser = counting(world), at_the_desk(office, "owner")
    pages = f"{desk(office)}/organisation"
    browser.open(f"{pages}/exports")
    browser.submit(form=form_to(browser, "/exports"))
    page = browser.path
    for path in (page, f"{pages}/exports", f"{pages}/verify"):
        browser.open(path)
        assert browser.answer.status == 200, path
    browser.ask(f"{page}/file")
    return calls


def _records(world: InProcess) -> Calls:
    """An owner reads the organisation's record, its anchors and read log, and sets its origins."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    hour(office)
    calls, browser = counting(world), at_the_desk(office, "owner")
    pages = f"{desk(office)}/organisation"
    for path in ("record", "anchors", "reads", "origins"):
        browser.open(f"{pages}/{path}")
        assert browser.answer.status == 200, path
    browser.submit(form=form_to(browser, "/origins"), origins="https://www.example.com")
    assert "told=saved" in browser.path
    return calls


def _leave(world: InProcess) -> Calls:
    """An owner begins to leave, and stays."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/leave")
    browser.submit(form=form_to(browser, "/leave"), id=office.id)
    assert "told=leaving" in browser.path
    browser.submit(form=form_to(browser, "/stay"))
    assert "told=stays" in browser.path
    return calls


WALKS = (_webhooks, _accounts, _exports, _records, _leave)
