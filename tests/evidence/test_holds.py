"""Legal holds: permissions, and the files they apply to."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, to_text
from tests.clauses.giving import given
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.waiting import Waiting
from tests.helpers.fakes.files import image
from tests.kernel.web.untouched import in_process, refused, untouched


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def holds(company: Organisation) -> set[bool]:
    stored = in_process(company).fakes.objects.stored
    return {one.hold for key, versions in stored.items() if "/sealed/" in key for one in versions.values()}


def test_a_hold_applies_to_present_and_later_files_until_it_is_released(company: Organisation, number: str) -> None:
    given(company, number, "document")
    company.act(number, "owner", "hold", reason="诉讼")
    assert holds(company) == {True}

    given(company, number, "photo", image(), "image/jpeg")
    assert holds(company) == {True}

    company.act(number, "owner", "release", reason="结案")
    assert holds(company) == {False}


@pytest.mark.parametrize("who", ["agent", "team_lead", "complainant"])
def test_only_owners_and_named_roles_may_set_a_hold(company: Organisation, number: str, who: str) -> None:
    with untouched(company):
        refused(company.try_act(number, who, "hold", reason="x"), 403, "forbidden")


def test_a_second_hold_and_a_release_without_a_hold_are_refused(company: Organisation, number: str) -> None:
    refused(company.try_act(number, "owner", "release", reason="x"), 409, "act-not-open")
    company.act(number, "owner", "hold", reason="x")
    refused(company.try_act(number, "owner", "hold", reason="x"), 409, "act-not-open")


def test_a_hold_whose_event_was_lost_is_applied_within_a_day() -> None:
    world = Waiting("2026-11-27T09:00:00+08:00")
    company = company_in(world)
    number = company.file()
    given(company, number, "document")
    world.held = True
    company.act(number, "owner", "hold", reason="诉讼")
    world.forget()
    world.held = False
    assert holds(company) == {False}

    world.move_to(to_text(world.now() + DAY + 2 * HOUR))

    assert holds(company) == {True}
