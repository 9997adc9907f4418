"""Checks ledgers: each has roles that keep it, and stages whose complaints stand on one list of the staff queue."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, ledger in document.ledgers.items():
        path: Path = ("ledgers", name)
        if not ledger.roles:
            yield Fault((*path, "roles"), "ledger-without", of="roles")
        yield from undefined_names((*path, "roles"), ledger.roles, names.roles, "no-role")
        if not ledger.stages:
            yield Fault((*path, "stages"), "ledger-without", of="stages")
        wrong = list(undefined_names((*path, "stages"), ledger.stages, names.stages, "no-stage"))
        yield from wrong
        if not wrong and len({document.stages[stage].shelf for stage in ledger.stages}) > 1:
            yield Fault((*path, "stages"), "ledger-of-several-shelves")
