"""The work of P3 `auto-repair-forms`, and the stories that bring a complaint to the stages of the walks."""

from __future__ import annotations

from tests.clauses.offices import workshop as at
from tests.clauses.organisation import Organisation
from tests.clauses.walks.silence import next_month
from tests.clauses.walks.working import Work

SIGNED = {"agreement": "各担一半。"}
WORK: Work = {
    "registered": [("staff", "forward", {"to": "customer_manager"})],
    "handling": [
        ("customer_manager", "accept", at.FILLED),
        ("customer_manager", "find_liability", at.FINDING),
        ("customer_manager", "forward", {"to": "management"}),
    ],
    "pending": [("customer_manager", "resume", {"changes": "客户已到店。"})],
    "review": [("management", "confirm", at.REVIEW)],
    "negotiation": [
        ("respondent_department", "approve", {}),
        ("customer_manager", "sign", SIGNED),
        ("respondent_department", "approve", {}),
    ],
    "opinion": [("management", "notify", {})],
    "final_opinion": [("general_manager", "decide", {"final_opinion": "同意。", "outcome": "resolved"})],
    "accountability": [("management", "execute", at.FORM)],
    "handover": [("management", "close", {"note": "已转客服中心。"})],
    "closed": [("service_centre", "archive", {})],
}


def negotiated(workshop: Organisation) -> str:
    number = at.handed_over(workshop)
    workshop.act(number, "management", "object", **at.OBJECTION)
    return number


def signed_by_the_manager(workshop: Organisation) -> str:
    number = negotiated(workshop)
    workshop.act(number, "customer_manager", "sign", **SIGNED)
    return number


def reported_upwards(workshop: Organisation) -> str:
    number = at.confirmed(workshop)
    workshop.act(number, "management", "notify")
    return number


def to_be_visited(workshop: Organisation) -> str:
    return at.closed(workshop, return_visit_wanted=True)


def to_be_parked(workshop: Organisation) -> str:
    """The general manager has not yet approved that it is parked."""
    number = at.filled(workshop)
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")
    return number


def parked(workshop: Organisation) -> str:
    number = to_be_parked(workshop)
    workshop.act(number, "general_manager", "approve")
    return number


def to_be_visited_at_home(workshop: Organisation) -> str:
    """A major pending matter: the general manager has not yet approved the home visit."""
    number = at.filled(workshop, severity="major")
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")
    workshop.act(number, "general_manager", "approve")
    return number


def to_be_contacted(workshop: Organisation) -> str:
    number = parked(workshop)
    next_month(workshop.world)
    return number
