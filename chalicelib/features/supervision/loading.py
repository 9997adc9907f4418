"""Reading one report with its events, wherever it is kept."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.features.supervision import events, report
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.events import Stored
from chalicelib.features.supervision.report import Particulars, Report
from chalicelib.kit.problem import Problem
from chalicelib.ports import Sealer
from chalicelib.store.port import Store


class Loaded(NamedTuple):
    custody: Custody
    report: Report
    particulars: Particulars
    events: list[Stored]


def read(store: Store, sealer: Sealer, custody: Custody) -> Loaded | None:
    """One query, whether the report exists or not."""
    found = events.read(store, custody)
    if found is None:
        return None
    head, stored = found
    return Loaded(custody, head, report.particulars(sealer, custody, head), stored)


def find(store: Store, sealer: Sealer, tenant: str, report_id: str) -> Loaded | None:
    """With the organisation or with the operators. Always looks in both places: the time does not tell which."""
    here, there = (read(store, sealer, Custody(tenant, report_id, operators)) for operators in (False, True))
    return there or here


def not_found() -> Problem:
    """One problem for an unknown id, a wrong receipt and an involved member, so that callers cannot tell them apart."""
    return Problem("not-found", "There is no such report, or it is not yours to read.")
