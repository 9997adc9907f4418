"""Forms of public pages that are sent with a fault, after the end of a session, and again: their calls to the store."""

from __future__ import annotations

from tests.across.budgets.counting import SUPPLEMENT, Calls, counting, form_to
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.left_out import kept
from tests.kernel.web.openapi.examples.scenes_of_records import demanded
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk
from tests.supervision.reporting import reported_on_page

WRONG = "AAAA-AAAA-AAAA-AAAA"
"""The form of a receipt, but no one's."""


def end_session(browser: Browser) -> None:
    """Its cookie ends with its time. Other cookies stay."""
    browser.cookies = {key: kept for key, kept in browser.cookies.items() if not key.startswith("case ")}


def _service(world: InProcess) -> Calls:
    calls, browser = counting(world), Browser(world)
    browser.open("/sign-up/platform")
    for email in ("founder", "founder@example.com"):
        browser.submit(name="西街商城", id="west-street", email=email)
    browser.open("/sign-in")
    for email in ("handler", "handler@example.com"):
        browser.submit(email=email)
    return calls


def _case(world: InProcess) -> Calls:
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    number = office.file()
    receipt, calls = office.filed[number].receipt, counting(world)
    browser.open(f"/t/{office.id}/lost-receipt")
    for email in ("stranger", "stranger@mail.example"):
        browser.submit(number=number, email=email)
    browser.open(f"/t/{office.id}/case")
    for typed in (WRONG, "", receipt):
        browser.submit(number=number, receipt=typed)
    path = browser.path
    browser.open(f"{path}/files")
    browser.submit()
    browser.open(f"{path}/acts/supplement")
    browser.submit(fact__statement="")
    end_session(browser)
    browser.submit(fact__statement=SUPPLEMENT)
    for typed in (WRONG, receipt):
        browser.submit(receipt=typed)
    browser.submit()
    assert "?told=done" in browser.path
    browser.submit(form=form_to(browser, "/leave"))
    return calls


def _tabs(world: InProcess) -> Calls:
    """Two tabs answer one question of a filing."""
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    calls = counting(world)
    browser.open(f"/t/{office.id}/file")
    while not _texts(browser):
        browser.submit(**filing.answers(browser.page.forms[0]))
    step = browser.path
    browser.submit(**filing.answers(browser.page.forms[0]))
    browser.open(step)
    other = Browser(world)
    other.continue_from(browser)
    other.submit(**dict.fromkeys(_texts(browser), SUPPLEMENT))
    browser.submit(**dict.fromkeys(_texts(browser), SUPPLEMENT * 2))
    assert browser.answer.status == 409
    browser.submit()
    return calls


def _texts(browser: Browser) -> list[str]:
    """The inputs of the page that take a text."""
    return [one.name.replace(".", "__") for one in browser.page.forms[0].controls if one.tag == "textarea"]


def _demand(world: InProcess) -> Calls:
    asked, browser = demanded(world), Browser(world)
    number, demand = asked.names["number"], asked.names["demand"]
    receipt = str(asked.at.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"])
    calls, path = counting(world), f"/t/{asked.at.id}/demand/{number}/{demand}"
    browser.open(path)
    for typed in (WRONG, receipt):
        browser.submit(receipt=typed)
    _answer(browser, text="")
    end_session(browser)
    _answer(browser, text=SUPPLEMENT)
    for typed in (WRONG, receipt):
        browser.submit(receipt=typed)
    _answer(browser)
    assert "?told=uploaded" in browser.path
    browser.submit(form=form_to(browser, "/leave"))
    return calls


def _answer(browser: Browser, **typed: str) -> None:
    at = form_to(browser, "/text")
    chosen = {name: value for name, value in filing.answers(browser.page.forms[at]).items() if name != "text"}
    browser.submit(form=at, **chosen, **typed)


def _report(world: InProcess) -> Calls:
    office, browser = marketplace_in(world), Browser(world)
    calls = counting(world)
    reported_on_page(browser, office, text="")
    page = browser.submit(text=SUPPLEMENT)
    receipt = dict(page.forms[0].values())["receipt"]
    browser.submit()
    path = browser.path
    browser.submit(form=form_to(browser, "/messages"), text="")
    end_session(browser)
    browser.submit(form=form_to(browser, "/messages"), text=SUPPLEMENT)
    for typed in (WRONG, receipt):
        browser.submit(receipt=typed)
    browser.submit(form=form_to(browser, "/messages"))
    browser.submit(form=form_to(browser, "/leave"))
    _come_back(browser, office, path.rpartition("/")[2], receipt)
    return calls


def _come_back(browser: Browser, office: Organisation, reference: str, receipt: str) -> None:
    browser.open(f"/t/{office.id}/reports")
    for typed in (WRONG, receipt):
        browser.submit(reference=reference, receipt=typed)
    browser.open(f"/t/{office.id}/report/{reference}/lost-receipt")
    for email in ("reporter", "reporter@mail.example"):
        browser.submit(email=email)


def _desk(world: InProcess) -> Calls:
    """A member sends forms with a fault."""
    office = marketplace_in(world)
    number, calls = office.file(), counting(world)
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}?tab=mine")
    browser.submit(form=form_to(browser, "/views"), name="")
    browser.open(f"{desk(office)}/bulk?act=note&number={number}")
    browser.submit(form=form_to(browser, "/bulk"), fact__text="")
    return calls


WALKS = (_service, _case, _tabs, _demand, _desk, *kept({"get_report_page": _report}).values())
