"""Requests of the desk's pages of oversight, whose calls to the store are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.across.budgets.counting import SUPPLEMENT, Calls, counting, form_to
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.openapi.examples.scenes_of_records import figured
from tests.register.notices import closed_major, prepared
from tests.sign_in.door import at_the_desk, desk
from tests.supervision.reporting import about, report


def _figures(world: InProcess) -> Calls:
    """An owner looks at the figures to publish, and corrects those of a period."""
    asked = figured(wrong=True)(world)
    office, period = asked.at, asked.names["period"]
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/next", f"/{period}"):
        browser.open(f"{desk(office)}/oversight/figures{path}")
        assert browser.answer.status == 200, path
    browser.submit(form=form_to(browser, f"/{period}"), reason="Each complaint was counted three times.")
    assert "?told=corrected" in browser.path
    return calls


def _register(world: InProcess) -> Calls:
    """The director looks at what waits, and approves a notice."""
    office = marketplace_in(world)
    number = closed_major(office)
    notice = prepared(office, number)["id"]
    browser = at_the_desk(office, "director")
    calls = counting(world)
    path = f"{desk(office)}/oversight/notices"
    for each in (path, f"{path}/{number}/{notice}"):
        browser.open(each)
        assert browser.answer.status == 200, each
    browser.submit(form=form_to(browser, "/acts/approve"))
    assert "?told=approve" in browser.path
    return calls


def _office_reports(world: InProcess) -> Calls:
    """A supervisor reads a report about the office, and takes it."""
    office = marketplace_in(world)
    filed = report(office, about(office, "handler"))
    browser = at_the_desk(office, "supervisor")
    calls, path = counting(world), f"{desk(office)}/oversight/reports"
    for each in (path, f"{path}/{filed.id}"):
        browser.open(each)
        assert browser.answer.status == 200, each
    browser.submit(form=form_to(browser, "/acts/take"))
    assert "?told=take" in browser.path
    return calls


WALKS = (_register, _office_reports)


def _improvements(world: InProcess) -> Calls:
    """An owner opens an improvement action, looks at it, and says that it is done."""
    office = sign_up(world, "customer-service")
    owner = office.get("/people/me", "owner")["sub"]
    browser = at_the_desk(office, "owner")
    calls, path = counting(world), f"{desk(office)}/oversight/improvements"
    for each in (path, f"{path}/table.csv", f"{path}/new"):
        browser.open(each)
        assert browser.answer.status == 200, each
    browser.open(f"{path}/new")
    wanted = {"title": SUPPLEMENT, "cause": "category.kind product_quality", "due": "2026-12-31"}
    browser.submit(form=form_to(browser, "/new"), **wanted, owner=owner)
    assert "?told=opened" in browser.path
    browser.submit(form=form_to(browser, "/acts/done"))
    assert "?told=done" in browser.path
    return calls


OF_LEAVES: Mapping[str, Callable[[InProcess], Calls]] = {
    "get_desk_figures": _figures,
    "get_desk_improvements": _improvements,
}
"""By a page that is left out with the others of its feature."""
