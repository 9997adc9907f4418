"""A policy version of each organisation as it was published, and what it means: the outcome of each of its examples."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from chalicelib.complaints import runs
from chalicelib.complaints.trial import examples
from chalicelib.complaints.trial.preview import Preview
from chalicelib.kit import canonical
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.model import PolicyDocument
from tests.across.recorded import files

FILE = "policies.json.gz"


def source(name: str) -> str:
    """The text that the organisation signs up with: that of its preset when it was recorded."""
    text: str = files.load(FILE)[name]["source"]
    return text


def meaning(published: dict[str, Any]) -> list[dict[str, Any]]:
    """The outcome of each example of a published document, with the due time and the state of each run."""
    document = msgspec.json.decode(canonical.encode(published), type=PolicyDocument)
    policy = compile_policy(document, "1")
    return [_outcome(examples.run(policy, one)) for one in document.examples]


def _outcome(found: Preview) -> dict[str, Any]:
    complaint = found.complaint
    outcome = {
        "stage": complaint.stage,
        "severity": complaint.severity,
        "tier": complaint.tier,
        "flags": complaint.flags,
        "events": complaint.seq,
        "points": found.points,
        "acts": found.acts,
        "runs": [runs.to_json(run) for run in found.runs],
    }
    as_json: dict[str, Any] = json.loads(msgspec.json.encode(outcome))
    return as_json
