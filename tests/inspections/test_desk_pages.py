"""Inspections at the desk: listed and opened by those who may read them, and by no one else."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.inspections.inspecting import produced
from tests.sign_in.door import at_the_desk, desk


@pytest.fixture
def inspection(office: Organisation) -> str:
    return str(produced(office, "2026-11")["id"])


def test_an_owner_finds_the_report_in_the_list(office: Organisation, inspection: str) -> None:
    browser = at_the_desk(office, "owner")
    path = f"{desk(office)}/reports/inspections"
    browser.follow("Reports")
    assert any(href.partition("?")[0] == path for href, _ in browser.page.links)
    browser.open(path)
    assert f'href="{path}/{inspection}"' in browser.answer.text
    browser.open(f"{path}/{inspection}")
    assert (browser.answer.status, "<svg" in browser.answer.text) == (200, True)


def test_an_agent_has_no_link_and_is_refused(office: Organisation, inspection: str) -> None:
    browser = at_the_desk(office, "agent")
    path = f"{desk(office)}/reports/inspections"
    browser.follow("Reports")
    assert not any(path in href for href, _ in browser.page.links)
    assert [browser.ask(f"{path}{end}").status for end in ("", f"/{inspection}")] == [403, 403]


def test_an_unknown_inspection_is_not_found(office: Organisation) -> None:
    assert at_the_desk(office, "owner").ask(f"{desk(office)}/reports/inspections/none").status == 404
