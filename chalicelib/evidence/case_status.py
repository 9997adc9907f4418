"""Whether a case is over: it takes no more files, and retention may erase those that it has."""

from __future__ import annotations

from chalicelib.casework.case import Case

_OVER = frozenset({"closed", "archived"})


def has_ended(case: Case) -> bool:
    """Closed or archived and not reopened since, or in a stage that nothing leads out of."""
    return not case.policy.document.stages[case.complaint.stage].acts or bool(_OVER & case.complaint.seen.keys())
