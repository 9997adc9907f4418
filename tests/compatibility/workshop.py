"""What happens at a garage on `auto-repair-forms`: pauses, approvals, a pending matter, a parked deadline."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.compatibility.asking import asked
from tests.compatibility.at_workshop import closed, handed_over, parked, reported, workshop_in
from tests.compatibility.world import FixedWorld


def approvals(workshop: Organisation) -> None:
    """A matter that waits, one that was taken up again, a proposal that was rejected, and one that is open."""
    parked(workshop)
    resumed = parked(workshop, reason="no_time", severity="major")
    workshop.act(resumed, "customer_manager", "resume", changes="配件已到。")
    rejected = reported(workshop)
    workshop.act(rejected, "customer_manager", "park", reason="quality", asked="done")
    workshop.act(rejected, "general_manager", "reject", reason="可以当场处理。")
    proposed = reported(workshop)
    workshop.act(proposed, "customer_manager", "park", reason="quality", asked="done")


def negotiated(workshop: Organisation) -> str:
    """Two sign."""
    number = handed_over(workshop)
    workshop.act(number, "management", "object", objection="不是我方过失。")
    workshop.act(number, "customer_manager", "sign", agreement="共同责任。")
    workshop.act(number, "respondent_department", "sign", agreement="共同责任。")
    return number


def play(world: FixedWorld) -> Organisation:
    workshop = workshop_in(world)
    closed(workshop, return_visit_wanted=True)
    visited = closed(workshop, return_visit_wanted=True)
    workshop.act(visited, "service_centre", "do_task", task="return_visit", satisfied=True)
    negotiated(workshop)
    approvals(workshop)
    unreachable = reported(workshop, channel="phone")
    workshop.act(unreachable, "customer_manager", "mark_unreachable")
    asked(workshop, "GET", f"/complaints/{unreachable}", who="service_centre")
    asked(workshop, "POST", "/complaints/search", {"phone": "00000000000"}, who="service_centre")
    return workshop
