"""Checking fields, facts and wordings: names that the language needs for itself, and what must stay public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.policy.default_wording import PLACEHOLDERS
from chalicelib.policy.faults import Fault, Path
from chalicelib.policy.model import Document

EVENT_MEMBERS = frozenset({"act", "approvers", "assigned", "given", "opened", "proposal", "task"})
"""What events say in the language's own words: no field of a policy can be called so."""
SITUATION = frozenset({"channel", "severity", "stage", "unit", "hours"})
"""What conditions ask of every complaint: no fact, category or flag can be called so."""
_GONE_BY = frozenset({"severity", "ground", "clock", "conditions", "until"})
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def faults(document: Document) -> Iterator[Fault]:
    for name in sorted(EVENT_MEMBERS & set(document.fields)):
        yield Fault(("fields", name), "this name is reserved by the language")
    yield from _shadows(document)
    yield from _public(document)
    yield from _wording(document)


def _shadows(document: Document) -> Iterator[Fault]:
    for part in ("facts", "categories"):
        for name in sorted(SITUATION & set(getattr(document.intake, part))):
            yield Fault(("intake", part, name), "conditions ask for this name of every complaint; choose another")
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            path: Path = ("stages", stage_name, "acts", act_name, "sets")
            for name in sorted(SITUATION & set(act.sets)):
                yield Fault((*path, name), "conditions ask for this name of every complaint; choose another")


def _public(document: Document) -> Iterator[Fault]:
    """The procedure itself goes by these fields: were they private, it could not."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    people = {name for act in acts for name in act.assigns.values()}
    for name, fact in document.fields.items():
        if fact.holder is not None and (name in _GONE_BY or name in people):
            yield Fault(("fields", name, "holder"), "the procedure goes by this field, so it cannot be private")


def _wording(document: Document) -> Iterator[Fault]:
    known = ", ".join(sorted(PLACEHOLDERS))
    for name, label in document.wording.items():
        for language, text in label.to_json().items():
            for found in _PLACEHOLDER.findall(text):
                if found not in PLACEHOLDERS:
                    yield Fault(("wording", name, language), f"there is no placeholder {{{found}}}; there is: {known}")
