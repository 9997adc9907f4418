"""The acts that decide on masks: `unmask` shows a particular to the respondent, `confirm_mask` keeps it from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.complaints import fields
from chalicelib.complaints.acting.masks import waiting
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.masking import STATE_AFTER, Mask, Masking
from chalicelib.complaints.envelope import EventFields, Occurrence
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.rights.permits import Grant
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


def decide(asked: Requested, grant: Grant, spec: FieldSpec) -> None:
    """Adds `unmasked` or `mask_confirmed`. The last decision begins the times that wait for it.

    The particulars are private values, so the event has their digest. A later decision on the same mask replaces it.
    If no mask is pending any more and a time still waits, this time begins, also if the request names no mask of now.
    """
    flow, event = asked.flow, EVENT_OF_ACT[asked.request.act]
    masking = flow.masking or Masking({})
    known, stale = masking.masks, waiting.waits(flow.complaint) and not masking.is_left
    if not known and not stale:
        raise Problem("act-not-open", "No text that the respondent reads has a mask.", extra={"acts": []})
    found = fields.check([spec], asked.request.fields, now=asked.now, since=None, root="fields")
    names: list[str] = found.public[spec.name]
    wrong = list(_wrong(names, known, event))
    if wrong and not stale:
        raise Problem("invalid", "These masks cannot be decided on.", places=wrong)
    if wrong:
        waiting.begin(flow, asked.now)
        return
    particulars = {"internal": {"particulars": [known[one].text for one in names]}}
    at = Occurrence(asked.now, asked.asker.actor(grant), act=asked.request.act)
    decided: EventFields = {"masks": names, "given": ["particulars"]}
    if _left(known, names):
        flow.add(event, at, decided, secrets=particulars, changed=[])
        return
    waiting.add_with_times(flow, event, at, decided, particulars)


def begin_if_free(flow: Flow, at: Instant) -> None:
    """Begins the times that wait although no mask is pending: a later search can find less, and texts are erased."""
    masking = flow.masking
    if masking is None or not waiting.waits(flow.complaint):
        return
    if not masking.is_left and not any(masking.finds(draft.secrets) for draft in flow.drafts):
        waiting.begin(flow, at)


def _left(known: Mapping[str, Mask], names: Sequence[str]) -> bool:
    return any(mask.state == "pending" for name, mask in known.items() if name not in names)


def _wrong(names: Sequence[str], known: Mapping[str, Mask], event: str) -> Iterator[Place]:
    for at, name in enumerate(names):
        if name not in known:
            yield Place(pointer("fields", "masks", str(at)), "names no mask of this complaint")
        elif known[name].state == STATE_AFTER[event]:
            yield Place(pointer("fields", "masks", str(at)), "has this decision already")
