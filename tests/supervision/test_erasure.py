"""An organisation's erasure includes the reports about its office, wherever they are kept."""

from __future__ import annotations

from chalicelib.kit.instants import DAY
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.supervision.reporting import about, operate, report


def left(office: Organisation) -> None:
    answer = office.world.call("POST", f"{office.path}/leave", {"id": office.id}, auth=office.auth("owner"))
    assert answer.status < 300, answer.text
    assert isinstance(office.world, InProcess)
    for _ in range(32):
        office.world.fakes.clock.move_to(office.world.fakes.clock() + DAY)
        office.world.sweep()


def test_the_erasure_removes_reports_of_this_organisation_only() -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, other = marketplace_in(world), marketplace_in(world)
    ids = []
    for one in (office, other):
        one.subs["owner"] = one.get("/people/me", "owner")["sub"]
        ids += [report(one).id, report(one, about(one, "owner", "supervisor")).id]

    left(office)

    stored = [str(entry.key) for entry in world.fakes.store.everything() if "#M#" not in entry.key.pk]
    assert [one for one in ids if any(one in key for key in stored)] == ids[2:]
    assert [row["id"] for row in operate(world, "GET", "").json["reports"]] == [other.id]
