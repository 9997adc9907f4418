"""Every page of the desk against every role of a policy: who gets it is what the API says, and none fails."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pytest
import yaml

from chalicelib.policy import presets
from chalicelib.tenants.names import OWNER
from chalicelib.web.contract import Contract
from tests.across.isolation.desk.test_desk import READ
from tests.across.isolation.test_pages import FORM
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.searches import at_night_unless
from tests.register.notices import closed_major, prepared
from tests.sign_in.door import SESSION, START, at_the_desk
from tests.supervision.reporting import WORDS, Reported, about, report

SELLER = "seller"
"""The respondent."""
PEOPLE = [*yaml.safe_load(presets.text("platform"))["people"], OWNER, SELLER]
BY_DAY = ("director", SELLER)
"""Some rights and hardly any. All roles take six seconds of CPU time, these four."""
PAGES = [one for one in READ if one.tenanted]
FORBIDDEN, UNKNOWN = 403, 404
SHOWN = (200, 303)
"""Some pages lead to another one, such as the next complaint."""
OF_THE_CASE = ("/complaints/{number}/files",)
"""Pages on which the stage and the part of the reader decide, too: who may give a file now."""
OF_OWNERS = (
    "/organisation",
    "/complaints/{number}/reads",
    "/oversight/improvements/new",
    "/procedure/backtests",
    "/procedure/begin",
    "/procedure/draft/questions/{part}",
    "/procedure/draft/steps",
    "/procedure/draft/text",
    "/procedure/draft/try",
    "/procedure/draft/{section}",
    "/procedure/open-complaints",
    "/reports/inspections",
    "/reports/schedule",
    "/reports/{report}/draft",
)
"""How the paths of pages begin that only owners have, under this policy."""
OF_STAFF = (
    "/file",
    "/oversight$",
    "/oversight/analysis",
    "/oversight/figures",
    "/oversight/improvements",
    "/practice$",
    "/reports",
    "/text-blocks",
)
"""The same of pages that respondents have not. `$` ends the path."""
OF_POLICY = "/procedure"
"""These pages show the preset's example, which is the complaint that the scene files."""
OF_API: Mapping[str, str] = {
    "/complaints/{number}": "/complaints/{number}",
    "/complaints/{number}/history": "/complaints/{number}/history",
    "/complaints/{number}/reads": "/complaints/{number}/reads",
    "/complaints/{number}/record": "/complaints/{number}/record",
    "/complaints/{number}/similar": "/complaints/{number}/similar",
    "/organisation/effects": "/effects",
    "/organisation/plan": "/usage",
    "/organisation/webhooks": "/webhooks",
    "/oversight/notices/{number}/{notice}": "/complaints/{number}/notices",
    "/oversight/reports/{reference}": "/supervision/{reference}",
}
"""By page: the route that shows the same, and decides alike."""


class Scene(NamedTuple):
    """`names`: by path parameter, what exists; others name nothing. `texts`: what is told of the complaint."""

    office: Organisation
    filed: Reported
    names: Mapping[str, str]
    texts: list[str]


@cache
def scene() -> Scene:
    office = marketplace_in(InProcess(START))
    number = closed_major(office)
    filed = report(office, about(office, "handler"))
    facts = office.get(f"/complaints/{number}", "handler")["facts"]
    names = {
        "tenant": office.id,
        "number": number,
        "act": "note",
        "section": "deadlines",
        "part": "limits",
        "sub": office.subs["handler"],
        "version": "1",
        "notice": prepared(office, number)["id"],
        "reference": filed.id,
        "report": "deadlines",
    }
    return Scene(office, filed, names, [one for one in facts.values() if isinstance(one, str) and len(one) > 3])


@pytest.fixture(params=[pytest.param(one, marks=at_night_unless(one in BY_DAY)) for one in PEOPLE])
def who(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@cache
def shown_to(who: str) -> Mapping[str, Answer]:
    """The answer of each page, by the end of its path."""
    browser = at_the_desk(scene().office, who)
    cookie = {"Cookie": f"{SESSION.partition(' ')[0]}={browser.cookies[SESSION][0]}"}
    return {
        ending(one): browser.world.client.request("GET", filled(one.path, one), headers={**FORM, **cookie})
        for one in PAGES
    }


def ending(one: Contract) -> str:
    return one.path.partition("/desk")[2]


def filled(path: str, one: Contract) -> str:
    return path.format(**{**dict.fromkeys(one.params, "0"), **scene().names})


def by_api(path: str, who: str) -> Answer:
    office = scene().office
    return office.world.call("GET", office.path + path.format(**scene().names), auth=office.auth(who))


def begins(path: str, beginnings: tuple[str, ...]) -> bool:
    return any(f"{path}$".startswith(one) for one in beginnings)


def test_the_matrix_has_all_roles_of_the_policy_and_existing_pages() -> None:
    office = scene().office
    assert {*office.get("/policy", OWNER)["policy"]["people"], OWNER, SELLER} == {*PEOPLE}
    paths = [ending(one) for one in PAGES]
    assert [one for one in (*OF_OWNERS, *OF_STAFF) if not any(begins(path, (one,)) for path in paths)] == []
    assert OF_API.keys() - {*paths} == set()


def test_a_page_is_forbidden_to_those_for_whom_it_is_not(who: str) -> None:
    kept = (OF_OWNERS if who != OWNER else ()) + (OF_STAFF if who == SELLER else ())
    found = {page: answer.status for page, answer in shown_to(who).items()}
    assert {page for page in found if begins(page, kept) and found[page] not in (FORBIDDEN, UNKNOWN)} == set()
    others = {page for page in found if not begins(page, kept) and page not in OF_THE_CASE}
    assert {page: found[page] for page in others if found[page] not in (*SHOWN, UNKNOWN)} == {}
    assert {page for page, status in found.items() if status not in (*SHOWN, FORBIDDEN, UNKNOWN)} == set()


@pytest.mark.parametrize("page", OF_API)
def test_a_page_is_shown_to_those_to_whom_the_api_shows_the_same(who: str, page: str) -> None:
    by_page, status = shown_to(who)[page].status, by_api(OF_API[page], who).status
    assert by_page in SHOWN if status == 200 else by_page == status


def test_no_page_tells_what_the_api_keeps_from_the_reader(who: str) -> None:
    told = by_api("/complaints/{number}", who).text
    hidden = [one for one in scene().texts if one not in told]
    hidden += [] if by_api("/supervision/{reference}", who).status == 200 else [WORDS, scene().filed.receipt]
    shown = {page: answer.text for page, answer in shown_to(who).items() if not page.startswith(OF_POLICY)}
    leaks = {page for page, text in shown.items() if any(one in text for one in hidden)}
    assert leaks == set()


def test_pages_that_are_listed_or_in_the_menu_are_shown(who: str) -> None:
    """No link leads to a page that the member may not have."""
    office = scene().office
    browser = at_the_desk(office, who)
    start = f"/t/{office.id}/desk"
    links = {href for href, _ in browser.page.links if href.startswith(start)}
    for further in links & {f"{start}/oversight", f"{start}/guide"}:
        browser.open(further)
        links |= {href for href, _ in browser.page.links if href.startswith(start)}
    answers = shown_to(who)
    refused = {href for href in links if (one := answers.get(href.removeprefix(start))) and one.status not in SHOWN}
    assert refused == set()
