"""Port to the policy language: presets, checked documents and their roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Protocol

import msgspec

from chalicelib.kit.problem import Place

PolicyPart = Annotated[Any, msgspec.Meta(description="Any JSON value: a part of a policy (`GET /v1/policy-schema`).")]
PolicyObject = dict[str, PolicyPart]
Document = PolicyObject | str
"""A policy as JSON, or as YAML text."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A checked document."""

    body: bytes
    """Canonical JSON (RFC 8785) of the full form, at most 256 KB."""
    roles: list[str]
    hints: list[Place] = []
    """What the author may not have meant, each with its place below `/policy`."""


class PolicySource(Protocol):
    """Implemented by `policy_language.PolicyLanguage`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        """The document of a preset. Raises `Problem("invalid")` with the place `/preset` for an unknown name."""
        ...

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        """Check a document and run its examples, as required for publication.

        Raises `Problem("policy-invalid")` with each fault's place below `/policy`.
        """
        ...

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        """Check a document without running its examples, for unfinished documents. Raises as `prepare`."""
        ...
