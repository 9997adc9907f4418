"""The terms of a case: from the facts of its parties, its free texts, its file names and its unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from chalicelib.casework.private_values import Record
from chalicelib.particulars.terms import Terms, of_file_name, of_free_text, of_value
from chalicelib.policy.compiled import Policy

_PARTIES = frozenset({"complainant", "respondent"})


def case_terms(policy: Policy, record: Record, number: str, others: Iterable[str]) -> Terms:
    """`others`: further names that the text must not contain, such as that of the unit."""
    found = [of_value("name", number), *(of_value("name", one) for one in others)]
    return reduce(or_, [*found, *_of_private(policy, record)], Terms())


def _of_private(policy: Policy, record: Record) -> Iterator[Terms]:
    intake = policy.document.intake
    identifying = {*intake.subject, *([] if intake.phone is None else [intake.phone]), *intake.email}
    for event in record.events:
        for value in record.private.get(event.seq, []):
            for name, one in value.values.items():
                if event.type == "evidence_declared":
                    yield of_file_name(str(one))
                elif value.holder in _PARTIES or name in identifying:
                    yield of_value(name, str(one))
                yield of_free_text(str(one))
