"""The work of P9 `food-drug-administration`, who can be silent, and the deadline that runs out then."""

from __future__ import annotations

from tests.clauses.offices import bureau as at
from tests.clauses.organisation import Organisation
from tests.clauses.walks.silence import Silence
from tests.clauses.walks.working import Work

LADDER = (("information_centre",), ("leader",))
RECORD = {"handling_record": "已退款并处罚。"}


def work_of(bureau: Organisation, officer: str = "officer") -> Work:
    return {
        "registered": [("information_centre", "accept", {"conditions": at.CONDITIONS})],
        "accepted": [("leader", "assign", {"officers": [bureau.subs[officer]]})],
        "investigating": [
            (officer, "inspect", {"findings": "现场核实，食品已过保质期。"}),
            (officer, "mediate", at.mediation(bureau)),
            (officer, "decide", at.DECISION),
        ],
        "decided": [("complainant", "agree", {})],
        "settled": [(officer, "execute", {}), (officer, "close", RECORD)],
        "disputed": [(officer, "close", RECORD)],
        "closed": [("archivist", "archive", {})],
    }


SILENCES = [
    Silence("accepted", at.accepted, "leader", "assign", "decision"),
    Silence("investigating", at.assigned, "officer", "inspect", "decision"),
    Silence("investigating", at.inspected, "officer", "mediate", "decision"),
    Silence("investigating", at.mediated, "officer", "decide", "decision"),
]
