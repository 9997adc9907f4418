"""Shows a demand for evidence, and issues the link with which a party answers it (P1.4, P5.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.loading import Case, complaint_unknown
from chalicelib.casework.private_values import Record, ShownValues
from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.complaints.rights.confidentiality import OWN_CLASSES, TO_RESPONDENT
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.features.evidence import authorization, evidence_queries, item
from chalicelib.features.evidence.authorization import EvidenceCaller, EvidenceRequest
from chalicelib.features.evidence.evidence_queries import EvidenceView, VisibleEvidence, VisibleFiles
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.parts import Label
from chalicelib.store import event_log
from chalicelib.store.port import Key
from chalicelib.wiring import Wiring

_SEQ = r"[1-9][0-9]{0,7}"


class DemandLink(msgspec.Struct, frozen=True, kw_only=True):
    """`receipt` is valid for this demand only. Its holder sends `Authorization: Receipt <receipt>`.

    `page`: for a person with a browser. The receipt is in its fragment, which browsers do not send.
    """

    demand: str
    receipt: str
    url: str
    page: str


class Demanded(NamedTuple):
    event: Event
    caller: EvidenceCaller
    case: Case


class SaidValue(msgspec.Struct, frozen=True, kw_only=True):
    """What the act that demanded says to the party: a field with its label, such as what is wanted and why."""

    field: str
    name: dict[str, str]
    text: str


class ReadDemand(NamedTuple):
    """`evidence`: the files given for it that the caller may see. `said`: for the party only."""

    event: Event
    state: Literal["open", "ended"]
    evidence: VisibleFiles
    said: list[SaidValue]


class DemandView(msgspec.Struct, frozen=True, kw_only=True):
    demand: str
    of: str
    kinds: list[str]
    every: bool
    until: str | None
    state: Literal["open", "ended"]
    evidence: list[EvidenceView]
    said: list[SaidValue] = []


def answer_link(wiring: Wiring, request: EvidenceRequest, demand: str) -> DemandLink:
    """Members pass the link on to the party; a role answers a demand by signing in.

    Raises `Problem`: `forbidden` (not a member), `not-found` (also if no party can answer the demand any more).
    """
    event, caller, case = _load(wiring, request, demand)
    if not caller.is_staff:
        raise Problem("forbidden", "Only members of the organisation can get a demand's link.")
    if event.fields["of"] not in PARTIES or _state(case, event) != "open":
        raise Problem("not-found", "No party can answer this demand any more.")
    receipt = authorization.issue_demand_receipt(wiring.secrets, request.ref, event.seq)
    url = f"{wiring.address}/v1/t/{request.tenant}/complaints/{request.number}/demands/{event.seq}"
    page = f"{wiring.address}/t/{request.tenant}/demand/{request.number}/{event.seq}#{receipt}"
    return DemandLink(demand=event.id, receipt=receipt, url=url, page=page)


def view(wiring: Wiring, request: EvidenceRequest, demand: str) -> DemandView:
    """The demand and the evidence given for it. A link's holder sees this and nothing else of the complaint.

    Raises `Problem("not-found")`, also if the demand concerns another party.
    """
    found = read(wiring, request, demand)
    fields = found.event.fields
    return DemandView(
        demand=found.event.id,
        of=fields["of"],
        kinds=fields["kinds"],
        every=fields["every"],
        until=_until(found),
        state=found.state,
        evidence=[evidence_queries.view(one) for one in found.evidence.files],
        said=found.said,
    )


def read(wiring: Wiring, request: EvidenceRequest, demand: str, also: Sequence[Key] = ()) -> ReadDemand:
    """As `view`. The items of `also` are read with the complaint."""
    event, caller, case = asked(wiring, request, demand, also)
    said: list[SaidValue] = []
    if caller.is_staff or not event.private:
        evidence = item.all_of(wiring.store, request.ref)
    else:
        record = private_values.read_record(wiring.store, wiring.sealer, request.ref, evidence=True)
        evidence, said = item.among(record.stored.others), _said(wiring, request, event, case, record)
    answers = [one for one in evidence if one.demand == event.id and evidence_queries.may_see(case, caller, one)]
    files = [VisibleEvidence(case, caller, one) for one in answers]
    return ReadDemand(event, _state(case, event), VisibleFiles(case, caller, files), said)


def _said(wiring: Wiring, request: EvidenceRequest, event: Event, case: Case, record: Record) -> list[SaidValue]:
    """The texts of the demand as its party may read them: a respondent with masks."""
    shown, classes = ShownValues(record.private), OWN_CLASSES
    if event.fields["of"] == RESPONDENT:
        from chalicelib.casework import masking  # not at a cold start

        shown, classes = masking.as_read(case.policy, request.number, record.events, record.private), TO_RESPONDENT
    document = wiring.compiled.get(request.tenant, event.policy).document
    values = private_values.visible_values(shown.of(event.seq), classes)
    found = ((name, document.fields.get(name), value) for name, value in values.items() if isinstance(value, str))
    return [
        SaidValue(field=name, name=((fact and fact.name) or Label(zh=name, en=name)).to_json(), text=value)
        for name, fact, value in found
    ]


def check_link(wiring: Wiring, request: EvidenceRequest, demand: str) -> None:
    """Raises `Problem("complaint-unknown")` unless the request's receipt is that of the demand's link."""
    event = f"{request.number}/{demand}"
    if authorization.load_case(wiring, request).caller.demand != event:
        raise complaint_unknown()


def asked(wiring: Wiring, request: EvidenceRequest, demand: str, also: Sequence[Key] = ()) -> Demanded:
    """The demand, for a caller who may see it. Raises as `view`."""
    found = _load(wiring, request, demand, also)
    event, caller, _ = found
    if not (caller.is_staff or caller.demand == event.id or caller.kind == event.fields["of"]):
        raise _unknown()
    return found


def _load(wiring: Wiring, request: EvidenceRequest, demand: str, also: Sequence[Key] = ()) -> Demanded:
    if not re.fullmatch(_SEQ, demand):
        raise _unknown()
    key = event_log.of_complaint(request.ref, int(demand))
    caller, case, entries = authorization.load_case(wiring, request, [key, *also])
    event = event_log.find(entries, key)
    if event is None or event.type != "evidence_demanded" or caller.demand not in (None, event.id):
        raise _unknown()
    return Demanded(event, caller, case)


def _state(case: Case, event: Event) -> Literal["open", "ended"]:
    """`open` while an answer is awaited. The record tells whether it was answered or lapsed."""
    return "ended" if case.complaint.demand_to_answer(str(event.seq)) is None else "open"


def _until(found: ReadDemand) -> str | None:
    """The end of the time for an answer. It can have begun after the demand, when masks were decided on."""
    demand = found.evidence.case.complaint.demand_to_answer(str(found.event.seq))
    return found.event.fields.get("until") if demand is None or demand.due is None else to_text(demand.due)


def _unknown() -> Problem:
    return Problem("not-found", "There is no such demand.")
