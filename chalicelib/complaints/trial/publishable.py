"""Everything that must hold before a policy is published: the document's own checks, then its examples (design §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints.trial import examples
from chalicelib.policy import publishing
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.publishing import Publishable
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.policy.reading.source import to_source


def publishable(document: Mapping[str, Any] | str) -> Publishable:
    """Of plain values, or of YAML text. Raises `PolicyFault`, each fault at its place."""
    source = to_source(document)
    ready = publishing.prepare_source(source)
    failing = examples.failures(compile_policy(ready.document, "draft"))
    if failing:
        raise PolicyFault([publishing.locate_fault(one, source) for one in failing])
    return ready
