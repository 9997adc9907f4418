"""A member at the desk with the intake open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.clauses.organisation import Organisation
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Form
from tests.sign_in.door import at_the_desk, desk

TAKERS = {"auto-repair-forms": "staff", "customer-service": "agent", "food-drug-administration": "information_centre"}
"""By preset: who takes down complaints. Two have what only staff say, one has letters."""
Values = dict[str, str | list[str]]


def file_path(office: Organisation) -> str:
    return f"{desk(office)}/file"


def at_intake(office: Organisation, who: str, language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(file_path(office))
    assert browser.answer.status == 200, browser.answer.text
    return browser


def form_at(browser: Browser) -> int:
    """The place of the intake among the forms of the page."""
    return next(at for at, form in enumerate(browser.page.forms) if urlsplit(form.action).path.endswith("/desk/file"))


def intake_of(browser: Browser) -> Form:
    return browser.page.forms[form_at(browser)]


def sensible(browser: Browser) -> Values:
    """An answer to every input, as of a complaint that comes now, from a complainant whom mails do not reach."""
    given: Values = {name.replace(".", "__"): value for name, value in filing.answers(intake_of(browser)).items()}
    given |= {name: "" for name in given if name.startswith("received") or name == "fact__complainant__email"}
    return {name: value for name, value in given.items() if name not in ("q", "lang")}


def press(browser: Browser, go: str, **values: str | list[str]) -> None:
    browser.submit(form=form_at(browser), button=go, **values)


def checked(browser: Browser, **changed: str | list[str]) -> None:
    """Fills everything in, and goes to the page to check it."""
    press(browser, "check", **(sensible(browser) | changed))


def number_and_receipt(browser: Browser) -> tuple[str, str]:
    """What the page after a filing shows."""
    number = re.search(r'class="number">([^<]+)<', browser.answer.text)
    receipt = re.search(r'class="secret">([^<]+)<', browser.answer.text)
    assert number is not None, browser.page.text
    assert receipt is not None, browser.page.text
    return number[1], receipt[1]


def taken_down(office: Organisation, who: str, **changed: str | list[str]) -> tuple[str, str]:
    """The number and the receipt of a complaint that the member filed for somebody."""
    browser = at_intake(office, who)
    checked(browser, **changed)
    assert browser.answer.status == 200, browser.page.text
    press(browser, "file")
    return number_and_receipt(browser)


def fault_at(browser: Browser, name: str) -> str:
    """The fault that stands at the input, to which the summary links."""
    assert any(href == f"#{name}" for href, _ in browser.page.links), browser.page.links
    found = re.search(rf'id="{re.escape(name)}-fault">(?:<span[^>]*>[^<]*</span>)?([^<]+)<', browser.answer.text)
    assert found is not None, browser.page.text
    return found[1]
