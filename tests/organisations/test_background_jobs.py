"""Owners see the organisation's background jobs, of all features."""

from __future__ import annotations

from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess


def test_only_owners_have_access_to_jobs() -> None:
    office = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")

    def status(path: str, who: str) -> int:
        return office.world.call("GET", f"{office.path}{path}", auth=office.auth(who)).status

    started = office.world.call("POST", f"{office.path}/statistics/rebuild", auth=office.auth("owner"))
    assert (status(f"/jobs/{started.json['id']}", "owner"), status(f"/jobs/{started.json['id']}", "agent")) == (
        200,
        403,
    )
    assert status("/jobs/numbers-202611", "owner") == 404
