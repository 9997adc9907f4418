"""Checks what must happen before the next version of the policy is published."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.deadlines.clocks import limit_faults
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_PATH: Path = ("amendment",)


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    amendment = document.amendment
    if amendment is None:
        return
    if amendment.lasting is not None:
        yield from _time_faults((*_PATH, "for"), amendment.lasting, open_to_groups=bool(amendment.comments))
    if amendment.approval is not None:
        by: Path = (*_PATH, "approval", "by")
        if not amendment.approval.by:
            yield Fault(by, "publication-without-approver")
        yield from undefined_names(by, amendment.approval.by, names.roles, "no-role")


def _time_faults(path: Path, text: str, *, open_to_groups: bool) -> Iterator[Fault]:
    wrong = list(limit_faults(path, text))
    yield from wrong
    if not open_to_groups:
        yield Fault(path, "time-without-comments")
    elif not wrong and parse_limit(text).kind == "none":
        yield Fault(path, "no-time-for-comments")
