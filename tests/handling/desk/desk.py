"""A member at the desk, with a complaint or one of its acts open."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


def case_path(office: Organisation, number: str) -> str:
    return f"{desk(office)}/complaints/{number}"


def opened(office: Organisation, number: str, who: str, query: str = "", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(case_path(office, number) + query)
    return browser


def at_act(office: Organisation, number: str, who: str, act: str, query: str = "") -> Browser:
    """With the form of the act open."""
    browser = at_the_desk(office, who)
    browser.open(f"{case_path(office, number)}/acts/{act}{query}")
    return browser


def form_of(browser: Browser) -> int:
    """The place of the act's form: the first one signs out."""
    return next(at for at, form in enumerate(browser.page.forms) if "/acts/" in form.action)
