"""Offices whose procedure asks for a consultation and a second person, and the forms of their pages."""

from __future__ import annotations

from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.policies.drafts.shop import DOCUMENT, PUBLISH, ask, saved
from tests.sign_in.door import START, at_the_desk, desk

WEEK = {"comments": ["departments", "complainants"], "for": "7 calendar days"}
TWO = {"approval": {"by": "team_lead"}}


def deliberating(**amendment: object) -> Organisation:
    """With a draft that no group can read yet, a member `member` and a team lead `lead`."""
    office = sign_up(InProcess(START), "corporate-standard")
    hire(office, "agent", name="member")
    hire(office, "team_lead", name="lead")
    assert ask(office, "POST", PUBLISH, {"policy": {**DOCUMENT, "amendment": amendment}}).status == 201
    saved(office, name={"zh": "新的办理程序", "en": "New procedure"}, amendment=amendment)
    return office


def at(office: Organisation, page: str, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/procedure/draft/{page}")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def send(browser: Browser, ending: str, **typed: str | list[str]) -> str:
    """Sends the form and answers with the page that it leads to."""
    browser.submit(form=form_of(browser, ending), **typed)  # type: ignore[arg-type]
    return browser.answer.text
