"""Files a complaint through the pages, as a complainant would."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from tests.across.leaks import planted
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.kept import Kept
from tests.helpers.fakes.trail import Node
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document, Form

THINKS = 5_000
"""Milliseconds that a complainant takes for the form."""
TEXT = "排队三小时无人受理，请核实并答复。"


def answers(form: Form) -> dict[str, str]:
    """A sensible answer to every input of the page: the first choice, a text, a time in the past."""
    found: dict[str, str] = {}
    for one in form.controls:
        if one.tag == "button" or one.type == "hidden" or one.name in found or one.name == "website":
            continue
        typed = {
            "datetime-local": "2026-11-26T10:00",
            "date": "2026-11-26",
            "number": "3",
            "email": "a@example.com",
            "tel": "00000000000",
        }
        text = typed["tel"] if one.name.endswith(".contact") else TEXT
        found[one.name] = one.value if one.type in ("radio", "checkbox") else typed.get(one.type, text)
    return found


def to_check(browser: Browser, organisation: Organisation, **changed: str) -> Document:
    """Answers every question, up to the page that shows all answers."""
    page = browser.open(f"/t/{organisation.id}/file")
    assert browser.answer.status == 200, page.text
    for _ in range(20):
        if "website" in {one.name for form in page.forms for one in form.controls}:
            return page
        given = {name.replace(".", "__"): value for name, value in answers(page.forms[0]).items()}
        given |= {name: value for name, value in changed.items() if name in given}
        page = browser.submit(**given)
        if browser.answer.status == 422:  # a time that must lie in the future
            page = browser.submit(**{name: value.replace("-11-26T", "-12-26T") for name, value in given.items()})
        assert browser.answer.status == 200, page.text
    raise AssertionError("the questions have no end")


def send(browser: Browser, world: InProcess) -> Document:
    """Files what the page shows, after some time."""
    world.fakes.real_clock.now += THINKS
    return browser.submit(button="send")


def filed(browser: Browser, organisation: Organisation, **changed: str) -> tuple[str, str]:
    """The number and the receipt of a complaint that was filed through the pages."""
    world = organisation.world
    assert isinstance(world, InProcess)
    to_check(browser, organisation, **changed)
    page = send(browser, world)
    assert browser.answer.status == 200, page.text
    shown = [given for tag, given in page.tags if given.get("name") in ("number", "receipt")]
    return shown[0]["value"], shown[1]["value"]


class Case(NamedTuple):
    """A complaint that was filed through the pages, and the browser that shows its page."""

    number: str
    receipt: str
    browser: Browser
    start: Node


_cases: dict[Hashable, Case] = {}
"""By what they began with. Each is filed once per process."""


def opened_case(browser: Browser, organisation: Organisation) -> str:
    """The number of a complaint whose page is open. From there, the world of each browser is its own."""
    began = organisation.id, browser.language, Kept.marks(browser.world.fakes)
    if began not in _cases:
        number, receipt = filed(browser, organisation)
        browser.submit()
        shown = Browser(browser.world)
        shown.continue_from(browser)
        _cases[began] = Case(number, receipt, shown, browser.world.keep())
    found = _cases[began]
    planted.plant_secret("receipt", found.receipt)
    browser.world.begin_at(found.start)
    browser.continue_from(found.browser)
    return found.number
