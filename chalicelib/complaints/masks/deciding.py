"""The acts that decide on masks: `unmask` shows a particular to the respondent, `confirm_mask` keeps it from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.complaints import fields
from chalicelib.complaints.envelope import EventFields, Occurrence
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.masks import held_runs
from chalicelib.complaints.masks.masking import STATE_AFTER, Mask
from chalicelib.complaints.masks.waiting import begun
from chalicelib.complaints.permits import RESPONDENT, Grant
from chalicelib.complaints.requested import Requested
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.problem import Place, Problem


def decide(asked: Requested, grant: Grant, spec: FieldSpec) -> None:
    """Adds `unmasked` or `mask_confirmed`. The last decision begins the times that wait for it.

    The particulars are private values, so the event has their digest. A later decision on the same mask replaces it.
    """
    flow, event = asked.flow, EVENT_OF_ACT[asked.request.act]
    known = {} if flow.masking is None else flow.masking.masks
    if not known:
        raise Problem("act-not-open", "No text that the respondent reads has a mask.", extra={"acts": []})
    found = fields.check([spec], asked.request.fields, now=asked.now, since=None, root="fields")
    names: list[str] = found.public[spec.name]
    _refuse_others(names, known, event)
    left = _left(known, names)
    times = {} if left else begun(flow, asked.now)
    runs = [] if left else held_runs.begun(flow.policy, flow.complaint, asked.now)
    decided: EventFields = {"masks": names, "given": ["particulars"], **({"begun": times} if times else {})}
    particulars = {"internal": {"particulars": [known[one].text for one in names]}}
    at = Occurrence(asked.now, asked.asker.actor(grant), act=asked.request.act)
    flow.add(event, at, decided, secrets=particulars, changed=runs)
    for demand, until in times.items():
        flow.notify([RESPONDENT], about=demand, at=asked.now, wording="demand_begun", due=until)


def _left(known: Mapping[str, Mask], names: Sequence[str]) -> bool:
    return any(mask.state == "pending" for name, mask in known.items() if name not in names)


def _refuse_others(names: Sequence[str], known: Mapping[str, Mask], event: str) -> None:
    places = []
    for at, name in enumerate(names):
        if name not in known:
            places.append(Place(pointer("fields", "masks", str(at)), "names no mask of this complaint"))
        elif known[name].state == STATE_AFTER[event]:
            places.append(Place(pointer("fields", "masks", str(at)), "has this decision already"))
    if places:
        raise Problem("invalid", "These masks cannot be decided on.", places=places)
