"""Practice over the API and at the desk."""

from __future__ import annotations

from typing import cast

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

KEY = "practice-key-0123456789abcdef"


def world_of(office: Organisation) -> InProcess:
    return cast(InProcess, office.world)


def ask(office: Organisation, who: str = "handler", key: str = KEY) -> Answer:
    return office.world.call("POST", f"{office.path}/practice", auth=office.auth(who), headers={"Idempotency-Key": key})


def listed(office: Organisation, who: str = "handler") -> list[str]:
    return [one["id"] for one in office.get("/practice", who)["practices"]]


def practice_of(office: Organisation, who: str = "handler", key: str = KEY) -> Organisation:
    """The practice organisation that the member starts, who is `owner` in it."""
    answer = ask(office, who, key)
    assert answer.status == 201, answer.text
    return in_practice(office, who, answer.json["id"])


def in_practice(office: Organisation, who: str, tenant: str) -> Organisation:
    """The practice organisation that the member has started."""
    return Organisation(
        office.world,
        tenant,
        office.preset,
        tokens={"owner": office.tokens[who]},
        subs={"owner": office.subs[who]},
        emails={"owner": office.emails[who]},
    )


def form_of(browser: Browser, action: str) -> int:
    """The place of the form whose address ends so."""
    forms = browser.page.forms
    return next(at for at, one in enumerate(forms) if one.action.partition("?")[0].endswith(action))


def started_at_the_desk(office: Organisation, who: str = "handler") -> Browser:
    """The browser of the member, on the page of the practice organisation that they have started."""
    browser = at_the_desk(office, who)
    browser.open(f"{desk(office)}/practice")
    browser.submit(form=form_of(browser, "/practice"))
    return browser
