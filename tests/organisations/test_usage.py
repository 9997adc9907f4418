"""Owners see each limit of their plan, and how much of it is used."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict, force_setattr

from chalicelib.access import binding
from chalicelib.features.organisations.usage import Usage, Used, usage
from chalicelib.kit.instants import DAY, MINUTE, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.limits.budgets import Allowance, Budgets
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.across.faults.office import Office, opened

PLAN = PLANS["starter"]


@pytest.fixture
def office() -> Office:
    return opened()


def shown(office: Office, who: str = "owner") -> Usage:
    sub = office.organisation.get("/people/me", who)["sub"]
    with binding.tenant(office.id):
        return usage(office.wiring, office.id, sub, office.world.now())


def test_each_limit_of_the_plan_is_shown(office: Office) -> None:
    wiring = office.wiring
    force_setattr(wiring, "budgets", Budgets(wiring.secrets, wiring.real_clock, Allowance(500, 50_000)))
    found = shown(office)
    assert found.plan == "starter"
    lifted = {"requests_a_minute", "mails_a_day"}
    """As on the local stack: the fakes' own limits are higher than the plan's."""
    assert {name: used.most for name, used in found.limits.items() if name not in lifted} == {
        name: most for name, most in asdict(PLAN).items() if not isinstance(most, bool) and name not in lifted
    }
    assert found.limits["mails_a_day"].most == office.wiring.budgets.mails_a_day(PLAN)


def test_amounts_are_shown_until_they_are_counted_anew(office: Office) -> None:
    office.file(office.request("file"))
    with binding.tenant(office.id):
        office.store.count(keys.evidence_counter(office.id), "counter", step=4096)
    limits = shown(office).limits
    until = to_text(from_text("2026-12-01T00:00:00+08:00"))
    assert limits["complaints_a_month"] == Used(most=PLAN.complaints_a_month, used=1, until=until)
    assert limits["evidence_bytes"] == Used(most=PLAN.evidence_bytes, used=4096)
    assert limits["people"].used == len(office.organisation.get("/people", "owner")["people"])
    sent = len(office.world.fakes.mailer.outbox)
    tomorrow = to_text((office.wiring.real_clock() // DAY + 1) * DAY)
    assert (limits["mails_a_day"].used, limits["mails_a_day"].until) == (sent, tomorrow)
    next_minute = (office.wiring.real_clock() // MINUTE + 1) * MINUTE
    assert limits["requests_a_minute"].until == to_text(next_minute)


def test_others_than_owners_see_no_usage(office: Office) -> None:
    with pytest.raises(Problem) as refused:
        shown(office, "agent")
    assert (refused.value.kind, refused.value.detail) == (
        "forbidden",
        "Only the organisation's owners may see this.",
    )
