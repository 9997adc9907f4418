"""What the tenants' room needs of the policy language: checked documents, and the roles that one names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

Document = dict[str, Any] | str
"""A policy as JSON, or as YAML text."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A document that may be published."""

    body: bytes
    """Canonical JSON (RFC 8785) of the full form, at most 256 KB."""
    roles: list[str]


class PolicySource(Protocol):
    """Stands before `chalicelib.policy`; wired in `wiring`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        """A ready-made document. Raises `Problem("invalid")` with the place `/preset` where there is none."""
        ...

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        """Check a document and run its examples, as publishing needs it.

        Raises `Problem("policy-invalid")` with each fault's place below `/policy`.
        """
        ...

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        """Check a document, its examples not run: for trying out one that is still being written. Raises likewise."""
        ...
