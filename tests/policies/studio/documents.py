"""The presets and the example documents, as the studio tells them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.web.pages.reader import Reader

EXAMPLES = Path(__file__).parents[3] / "docs/examples"
TEXTS = {
    **{name: presets.text(name) for name in presets.names()},
    **{path.stem: path.read_text() for path in sorted(EXAMPLES.glob("*.yaml"))},
}
LANGUAGES = ("zh", "en")


@cache
def policy(name: str) -> Policy:
    """As a published version has it: without the order of most of its keys."""
    return compiled(TEXTS[name])


def compiled(text: str) -> Policy:
    body = publishing.prepare(text).body
    return compile_policy(msgspec.json.decode(body, type=PolicyDocument), "1")


def words(name: str, language: str) -> ProcedureWords:
    return ProcedureWords(policy(name), Reader(language, chosen=False))
