"""The summary of what is wrong leads to each input, in the order in which the page asks, on every public form."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.clauses.offices.marketplace import decided, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import THINKS, report

Opened = Callable[[Browser, Organisation], int | None]
SLIPS = {"empty": "", "wrong": "\u200b", "long": "长" * 11_000}
"""What is typed into each text input: nothing, nothing that is seen, and more than any text may have."""


def page(path: str, form: int = 0) -> Opened:
    def open_page(browser: Browser, office: Organisation) -> int:
        browser.open(path.format(t=office.id))
        return form

    return open_page


def own(path: str) -> Opened:
    """A page of the case, opened with its receipt."""

    def open_page(browser: Browser, office: Organisation) -> int:
        number = decided(office) if "acts/object" in path else office.file()
        browser.open(f"/t/{office.id}/case")
        browser.submit(number=number, receipt=office.filed[number].receipt)
        browser.open(f"/t/{office.id}/case/{number}{path}")
        return 0

    return open_page


def filing(browser: Browser, office: Organisation) -> int:
    """Each step of a filing is one form."""
    browser.open(f"/t/{office.id}/file")
    return 0


def reporting(browser: Browser, office: Organisation) -> int:
    browser.open(f"/t/{office.id}/report")
    browser.world.fakes.real_clock.now += THINKS
    return 0


def own_report(browser: Browser, office: Organisation) -> int:
    made = report(office)
    browser.open(f"/t/{office.id}/reports")
    browser.submit(reference=made.id, receipt=made.receipt)
    return 0


FORMS: dict[str, Opened] = {
    "sign-up": page("/sign-up/platform"),
    "case": page("/t/{t}/case"),
    "lost receipt": page("/t/{t}/lost-receipt"),
    "reports": page("/t/{t}/reports"),
    "report": reporting,
    "message about a report": own_report,
    "filing": filing,
    "write": own("/acts/write"),
    "correct": own("/acts/correct"),
}


def summary(browser: Browser) -> list[str]:
    """The ids to which the summary leads, in its order."""
    found = re.search(r'<div class="faults".*?</ul>', browser.answer.text, re.DOTALL)
    return re.findall(r'href="#([^"]+)"', found[0]) if found else []


@pytest.fixture(scope="module")
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("form", FORMS)
def test_the_summary_has_the_order_of_the_inputs(office: Organisation, form: str, slip: str) -> None:
    assert isinstance(office.world, InProcess)
    browser = Browser(office.world)
    at = FORMS[form](browser, office) or 0
    typed = [
        one.name
        for one in browser.page.forms[at].controls
        if one.name and (one.tag == "textarea" or one.type in ("text", "email", "tel", "url", ""))
    ]
    browser.submit(form=at, **{name.replace(".", "__"): SLIPS[slip] for name in typed})

    assert browser.answer.status == 422, browser.page.text
    found = summary(browser)
    places = [browser.answer.text.index(f'id="{one}"') for one in found]
    assert found
    assert places == sorted(places), found
    assert len(found) == len(set(found)), found
