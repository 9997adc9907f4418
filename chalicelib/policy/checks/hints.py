"""Hints: what an author may not have meant. A hint has the form of a fault, and does not block publication."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from chalicelib.policy.checks.limits import deadlines
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault
from chalicelib.policy.worktime import parse_limit


def hints(document: PolicyDocument) -> list[Fault]:
    """For a document without faults. Each hint has its path in the full form."""
    return list(islice(_elapsed_days(document), MAX_FAULTS))


def _elapsed_days(document: PolicyDocument) -> Iterator[Fault]:
    """Laws count whole days; `30 days` is elapsed time and ends at the time of day at which it began."""
    for limit in deadlines(document):
        if parse_limit(limit.text).is_elapsed_days:
            yield Fault(limit.path, "elapsed-days", name=limit.text)
