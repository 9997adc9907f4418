"""Trials of presets, and the timelines that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints.trial.preview import Preview
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.features.studio.trying import told, trial
from chalicelib.features.studio.trying.drawing import NARROW, WIDE, drawn
from chalicelib.features.studio.trying.timeline import Timeline, timeline
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.reader import Reader

YEAR = {
    "given": {"channel": "phone"},
    "events": [{"event": "registered", "at": "2026-01-05T09:00"}],
    "now": "2026-12-31T18:00",
}


def preview(policy: Policy, example: Mapping[str, Any]) -> Preview:
    tried = trial.run(policy, example, []).tried
    assert tried.preview is not None, tried.faults
    return tried.preview


def line(policy: Policy, example: Mapping[str, Any]) -> Timeline:
    return timeline(policy, preview(policy, example))


def drawings(policy: Policy, made: Timeline, language: str) -> tuple[str, str]:
    """Wide and narrow."""
    words = ProcedureWords(policy, Reader(language, chosen=False))
    said = told.captions(told.words_of(words), made)
    return (
        str(drawn(policy, made, said, words.reader, WIDE)),
        str(drawn(policy, made, said.without_reasons, words.reader, NARROW)),
    )
