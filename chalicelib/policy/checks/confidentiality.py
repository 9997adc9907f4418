"""Checking confidentiality: it names roles that exist, and never shows the respondent who complains (P1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.names import unknown
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault

_OWNER, _RESPONDENT = "owner", "respondent"


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    rules = document.confidentiality
    if rules is None:
        return
    known = names.roles | {_OWNER}
    seers = [doer.role for doer in rules.complainant or ()]
    if _RESPONDENT in seers:
        yield Fault(("confidentiality", "complainant"), "never-sees")
    yield from unknown(("confidentiality", "complainant"), seers, known | {_RESPONDENT}, "no-role")
    readers = [doer.role for doer in rules.content or ()]
    yield from unknown(("confidentiality", "content"), readers, known | {_RESPONDENT}, "no-role")
    yield from unknown(("confidentiality", "auditors"), rules.auditors, names.roles, "no-role")
