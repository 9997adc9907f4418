"""People at the door: browsers that sign in where the pages lead to the issuer."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser

START = "2026-11-27T09:00:00+08:00"
SESSION, FLOW = "__Host-session /", "__Host-sign-in /"
"""Keys of the cookies in `Browser.cookies`."""


def desk(office: Organisation) -> str:
    return f"/t/{office.id}/desk"


def at_the_desk(office: Organisation, who: str, *, language: str = "en") -> Browser:
    """The browser of a person who has signed in, with the desk open."""
    browser = Browser(office.world, language)  # type: ignore[arg-type]
    browser.email = office.emails[who]
    browser.open(desk(office))
    browser.submit()
    assert (browser.path, browser.answer.status) == (desk(office), 200), browser.answer.text
    return browser


def sign_out(browser: Browser) -> None:
    """Presses the button that every page of the desk has."""
    forms = browser.page.forms
    browser.submit(form=next(at for at, one in enumerate(forms) if one.action.startswith("/sign-out")))


def browser_of(world: InProcess, office: Organisation, who: str = "handler") -> Browser:
    browser = Browser(world, "en")
    browser.email = office.emails[who]
    return browser


def begun(browser: Browser) -> str:
    """The address of the issuer's page after the first step."""
    email, browser.email = browser.email, ""
    browser.open("/sign-in")
    browser.submit(email=email)
    browser.email = email
    return browser.answer.headers["Location"]


def heading(browser: Browser) -> str:
    return browser.page.headings[0]


NOT_SIGNED_IN = "You are not signed in"
