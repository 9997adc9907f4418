"""Files that the form of a page sends straight to the bucket, from a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.features.evidence import evidence_queries, tickets
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.tickets import UploadForm
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Key
from chalicelib.wiring import Wiring


def form(
    wiring: Wiring, request: EvidenceRequest, evidence_id: str, back: str, also: Sequence[Key]
) -> tuple[VisibleEvidence, UploadForm]:
    """The declared file and the form's ticket. `back`: the URL to which the bucket sends the browser afterwards.

    The items of `also` are read with the complaint.

    Raises `Problem`: `not-found` for another person's file; `act-not-open` if a file has arrived, or its time is over.
    """
    visible = evidence_queries.get_visible(wiring, request, evidence_id, also)
    if not visible.caller.gave(visible.evidence):
        raise Problem("not-found", "The complaint has no such evidence.")
    ticket = tickets.form(wiring.objects, wiring.real_clock, request.ref, visible.evidence, back)
    if ticket is None:
        raise Problem("act-not-open", "The file has arrived, or the time for its upload is over.", extra={"acts": []})
    return visible, ticket
