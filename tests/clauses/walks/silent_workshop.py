"""Who can be silent in P3 `auto-repair-forms`, stage by stage, and the deadline that runs out then."""

from __future__ import annotations

from tests.clauses.offices import workshop as at
from tests.clauses.organisation import Organisation
from tests.clauses.walks import at_workshop as here
from tests.clauses.walks.silence import Silence

LADDER = (("management",), ("general_manager",))
SILENCES = [
    Silence("registered", Organisation.file, "staff", "forward", "report"),
    Silence(
        "registered",
        Organisation.file,
        "staff",
        "forward",
        "report",
        instead=[("service_centre", "forward", {"to": "service_centre"})],
    ),
    Silence("handling", at.reported, "customer_manager", "accept", "form"),
    Silence("handling", at.filled, "customer_manager", "find_liability", "liability"),
    Silence("handling", at.found, "customer_manager", "forward", "liability"),
    Silence("handling", here.to_be_parked, "general_manager", "approve", "liability"),
    Silence(
        "pending",
        here.to_be_contacted,
        "customer_manager",
        "do_task",
        "pending_contact",
        instead=[("service_centre", "resume", {})],
        without={"drop": ["/tasks/pending_contact", "/forms"]},
    ),
    Silence("pending", here.to_be_visited_at_home, "general_manager", "approve", "visit_approval"),
    Silence("review", at.handed_over, "management", "confirm", "review"),
    Silence("negotiation", here.negotiated, "customer_manager", "sign", "review"),
    Silence("negotiation", here.signed_by_the_manager, "respondent_department", "approve", "review"),
    Silence(
        "negotiation",
        here.signed_by_the_manager,
        "respondent_department",
        "approve",
        "review",
        instead=[("management", "notify", {})],
    ),
    Silence("opinion", at.confirmed, "management", "notify", "review"),
    Silence("final_opinion", here.reported_upwards, "general_manager", "decide", "review"),
    Silence("accountability", at.decided, "management", "execute", "accountability"),
    Silence("handover", at.executed, "management", "close", "handover"),
    Silence("closed", at.closed, "service_centre", "archive", "archiving"),
    Silence(
        "closed",
        here.to_be_visited,
        "service_centre",
        "do_task",
        "return_visit",
        instead=[("service_centre", "do_task", {"task": "return_visit", "satisfied": True})],
        without={"drop": ["/tasks/return_visit/within"]},
    ),
]
