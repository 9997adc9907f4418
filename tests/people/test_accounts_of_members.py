"""The hourly job removes accounts whose invitation was never completed, and no account of a member."""

from __future__ import annotations

from chalicelib.tenants.people.accounts import ABANDONED_AFTER
from tests.clauses.organisation import Organisation
from tests.clauses.world import advance
from tests.kernel.web.untouched import in_process


def test_a_member_who_is_invited_again_keeps_the_account(company: Organisation) -> None:
    email, fakes = company.emails["agent"], in_process(company).fakes
    body = {"email": email, "name": "agent", "grants": [{"role": "agent"}]}
    answer = company.world.call("POST", f"{company.path}/people", body, auth=company.auth("owner"))
    assert (answer.status, answer.json["sub"]) == (201, company.subs["agent"])

    fakes.real_clock.advance(ABANDONED_AFTER)
    advance(company.world, "2 hours")
    in_process(company).sweep()

    assert email in fakes.identity.people
