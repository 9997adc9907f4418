"""An organisation that has just signed up on the pages, with its founder at the guide."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of

ADDRESS = "founder@example.com"
TENANT = "west-street"


def founded(world: InProcess, preset: str, language: str = "en") -> Browser:
    """The founder signs up, and follows the link of the last page to the guide."""
    browser = Browser(world, language)
    browser.email = ADDRESS
    browser.open(f"/sign-up/{preset}")
    browser.submit(name="西街商城", id=TENANT, email=ADDRESS)
    browser.open(next(href for href, _ in browser.page.links if href.startswith("/sign-in?")))
    browser.submit()
    assert browser.path.partition("?")[0] == f"/t/{TENANT}/desk/guide", browser.path
    return browser


def organisation_of(browser: Browser, preset: str) -> Organisation:
    """With the founder as its owner."""
    world = browser.world
    token = world.fakes.identity.token_of(ADDRESS)
    return Organisation(world, TENANT, preset, tokens={"owner": token}, emails={"owner": ADDRESS})


def say_contact(browser: Browser) -> None:
    browser.open(f"/t/{TENANT}/desk/organisation/contact")
    said = {"phone": "021-00000000", "email": "help@shop.example", "address_zh": "西街 1 号", "hours_zh": "工作日"}
    browser.submit(form=form_of(browser, "/contact"), address_en="", hours_en="", **said)
    assert "told=contact" in browser.path
