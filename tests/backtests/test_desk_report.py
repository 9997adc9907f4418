"""A report under the draft at the desk: an owner starts the back-test there, and reads both columns."""

from __future__ import annotations

import copy

import pytest

from chalicelib.policy import presets
from tests.across.budgets.counting import form_to
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

PERIOD = "from=2026-11-01&to=2026-12-31"


@pytest.fixture
def office() -> Organisation:
    """Two complaints of November that nobody has resolved a month later."""
    found = sign_up(InProcess("2026-11-02T09:00:00+08:00"), "corporate-standard")
    for _ in range(2):
        found.file()
    found.world.move_to("2026-12-16T09:00:00+08:00")
    return found


def save_draft(office: Organisation) -> None:
    """Under which every limit of a resolution is a year away."""
    document = {**copy.deepcopy(presets.document("corporate-standard")), "examples": []}
    document["clocks"]["resolution"]["within"] = ["300 days"]
    answer = office.world.call("PUT", f"{office.path}/policy/draft", {"policy": document}, auth=office.auth("owner"))
    assert answer.status == 200, answer.text


def replayed(office: Organisation) -> Browser:
    save_draft(office)
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/inflow?{PERIOD}")
    browser.follow("This report under the draft procedure")
    browser.submit(form=form_to(browser, "/draft"))
    office.world.settle()
    browser.open(browser.path)
    return browser


def test_an_owner_starts_it_from_the_report_and_reads_both_columns(office: Organisation) -> None:
    browser = replayed(office)
    assert "with the acts that people did then: 2." in browser.page.text
    assert "The replay goes on" not in browser.page.text
    for column in ("before", "after"):
        [href] = [one for one, _ in browser.page.links if f"column={column}" in one and "measure=received&" in one]
        assert browser.ask(href).text.count("/desk/complaints/") == 2


def test_the_form_that_is_sent_twice_starts_one_backtest(office: Organisation) -> None:
    save_draft(office)
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/inflow/draft?{PERIOD}")
    form, page = browser.page.forms[form_to(browser, "/draft")], browser.path
    for _ in range(2):
        assert browser.ask(form.action, form.values()).status == 200
    office.world.settle()
    browser.open(page)
    assert browser.page.text.count("As it was") == 1
    jobs = [one for one in office.get("/jobs", "owner")["jobs"] if one["kind"] == "backtest"]
    assert len(jobs) == 1


def test_without_a_draft_the_page_says_so(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/inflow/draft")
    assert "There is no draft procedure." in browser.page.text


def test_only_owners_open_it_and_only_for_reports_that_a_replay_has(office: Organisation) -> None:
    path = f"{desk(office)}/reports/inflow/draft"
    agent, owner = at_the_desk(office, "agent"), at_the_desk(office, "owner")
    assert [agent.ask(one).status for one in (path, f"{path}/cases?measure=received&test=x")] == [403, 403]
    agent.open(f"{desk(office)}/reports/inflow")
    assert not any("/draft" in href for href, _ in agent.page.links)
    assert owner.ask(f"{desk(office)}/reports/workload/draft").status == 404
