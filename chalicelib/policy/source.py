"""Reading a policy document's text: YAML for people, JSON for programs, both into plain values."""

from __future__ import annotations

from typing import Any

from chalicelib.policy.faults import Fault, PolicyFault

MOST_BYTES = 256 * 1024


def read(text: str) -> dict[str, Any]:
    """The document as plain values. Raises `PolicyFault` for text that is too large, malformed or no map."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise PolicyFault([Fault((), f"the document is larger than {MOST_BYTES // 1024} KiB")])
    from chalicelib.policy import yaml_text

    value = yaml_text.load(text)
    if not isinstance(value, dict):
        raise PolicyFault([Fault((), "the document must be a map")])
    return value
