"""A policy source for tests of package `tenants`: it returns a document's roles and whether it is valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import canonical
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.reading import source
from chalicelib.ports.policy_source import Prepared

DOCUMENT: dict[str, Any] = {"people": {"agent": "坐席", "team_lead": "班长"}}


class FakePolicies:
    """`PolicySource`: a document is valid if it names people. Every preset is `DOCUMENT`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        if name != "corporate-standard":
            place = Place("/preset", Text("must be one of: {known}", known="corporate-standard"))
            raise Problem("invalid", "There is no such preset.", places=[place])
        return DOCUMENT

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        read = source.read(document) if isinstance(document, str) else dict(document)
        if not read.get("people"):
            place = Place("/policy/people", "There are no people.")
            raise Problem("policy-invalid", "The policy cannot be published as it is.", places=[place])
        return Prepared(body=canonical.encode(read), roles=list(read["people"]))

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        return self.prepare(document)
