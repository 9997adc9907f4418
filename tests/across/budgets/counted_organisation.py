"""Requests of the desk's pages of the organisation, whose calls to the store are counted."""

from __future__ import annotations

from chalicelib.policy import presets
from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.guide.founded import founded, organisation_of, say_contact
from tests.policies.drafts.shop import DRAFT, PUBLISH, ask
from tests.sign_in.door import at_the_desk, desk


def _organisation(world: InProcess) -> Calls:
    """An owner opens the index, and the pages that have no form."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/plan"):
        browser.open(f"{desk(office)}/organisation{path}")
        assert browser.answer.status == 200, path
    return calls


def _contact(world: InProcess) -> Calls:
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/contact")
    browser.submit(form=form_to(browser, "/contact"), phone="021-00000000")
    assert "?told=contact" in browser.path
    return calls


def _procedure(world: InProcess) -> Calls:
    """An owner reads the procedure in force, a version, the list of versions, and the draft."""
    office = sign_up(world, "telecom-regulator")
    text = presets.text("telecom-regulator")
    assert ask(office, "PUT", DRAFT, {"policy": text}).status == 200
    assert ask(office, "POST", PUBLISH, {}).status == 201
    assert ask(office, "PUT", DRAFT, {"policy": text}).status == 200
    calls, browser = counting(world), at_the_desk(office, "owner")
    for below in (
        "",
        "/versions",
        "/versions/1",
        "/versions/1?text=true",
        "/draft",
        "/comparison",
        "/comparison?before=1",
    ):
        browser.open(f"{desk(office)}/procedure{below}")
        assert browser.answer.status == 200, below
    return calls


def _people(world: InProcess) -> Calls:
    """An owner invites a person, gives and takes roles, appoints a deputy, and removes a person."""
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    path, sub = f"{desk(office)}/organisation/people", office.subs["inspector"]
    browser.open(path)
    browser.open(f"{path}/invite")
    browser.submit(form=form_to(browser, "/invite"), email="li@example.com", name="李明", role="inspector")
    assert "?told=invited" in browser.path
    browser.open(f"{path}/import")
    browser.submit(form=form_to(browser, "/import"), table="email,name,roles\nwang@example.com,王芳,inspector\n")
    browser.submit(form=form_to(browser, "/import"), button="do")
    assert browser.answer.status == 200
    browser.open(f"{path}/matrix")
    browser.submit(
        form=form_to(browser, "/matrix"), has=[one for one in _ticked(browser) if sub not in one] + [f"{sub}/director"]
    )
    assert "?told=grants" in browser.path
    browser.open(f"{path}/{sub}")
    browser.submit(form=form_to(browser, "/grants"), role="inspector")
    assert "?told=grants" in browser.path
    days = {"from": "2026-11-28", "until": "2026-11-30"}
    browser.submit(form=form_to(browser, "/deputy"), sub=office.subs["director"], **days)
    assert "?told=deputy" in browser.path
    browser.submit(form=form_to(browser, "/deputy/end"))
    assert "?told=back" in browser.path
    browser.submit(form=form_to(browser, "/remove"), to=office.subs["director"])
    assert "?told=removed" in browser.path
    browser.ask(f"{path}/second-factor", [("required", "yes")])
    return calls


def _ticked(browser: Browser) -> list[str]:
    controls = browser.page.forms[form_to(browser, "/matrix")].controls
    return [one.value for one in controls if one.name == "has" and one.checked]


def _units(world: InProcess) -> Calls:
    office = sign_up(world, "telecom-regulator")
    calls, browser = counting(world), at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/units")
    for name in ("hall", "east"):
        browser.submit(form=form_to(browser, "/units"), name=name, id=name)
    browser.submit(form=form_to(browser, "/units/east"), parent="hall")
    assert "?told=changed" in browser.path
    return calls


def _first_day(world: InProcess) -> Calls:
    """A founder gives a role and opens the organisation."""
    browser = founded(world, "telecom-regulator")
    office = organisation_of(browser, "telecom-regulator")
    invited = {"email": "clerk@example.com", "name": "李明", "grants": [{"role": "complaint_centre"}]}
    sub = world.call("POST", f"{office.path}/people", invited, auth=office.auth("owner")).json["sub"]
    calls = counting(world)
    say_contact(browser)
    browser.open(f"{desk(office)}/guide")
    browser.ask(f"{desk(office)}/guide/roles", [("role.inspector", sub)])
    browser.submit(form=form_to(browser, "/guide/open"))
    assert "?told=open" in browser.path
    return calls


WALKS = (_organisation, _contact, _procedure, _people, _units, _first_day)
