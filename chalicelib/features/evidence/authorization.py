"""Identifies the caller of an evidence request: a member, a party, or the holder of a demand's link (P1.4, P5.3).

The holder of a demand's link can give the evidence demanded, and sees nothing else. The receipt in the link has the
form `<key id>.d<number of the demand's event>.<HMAC>`. It is derived from the demand, so nothing is stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework import authorization
from chalicelib.casework.authorization import Credential
from chalicelib.casework.loading import Case, complaint_unknown, parse_complaint, read_entries
from chalicelib.complaints.envelope import Actor, Event
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.permits import Asker, covering_grant
from chalicelib.features.evidence.item import Evidence
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef, InCase
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

_PURPOSE = "receipt"
_RECEIPT = r"([^.]{1,64})\.d([1-9][0-9]{0,7})\.([A-Za-z0-9_-]{43})"


def issue_demand_receipt(secrets: Secrets, ref: CaseRef, demand: int) -> str:
    """`demand`: the number of the event that made the demand."""
    key = secrets.current(_PURPOSE)
    return f"{key.id}.d{demand}.{_hmac(key, ref, demand)}"


def demand_number(secrets: Secrets, ref: CaseRef, receipt: str) -> int | None:
    """Verifies the receipt in constant time. Returns the number of the demand's event.

    None if it is not a demand's receipt, or belongs to another complaint.
    """
    match = re.fullmatch(_RECEIPT, receipt)
    key = None if match is None else secrets.by_id(_PURPOSE, match[1])
    if match is None or key is None:
        return None
    demand = int(match[2])
    is_valid = hmac.compare_digest(_hmac(key, ref, demand).encode(), match[3].encode())
    return demand if is_valid else None


def _hmac(key: ServerKey, ref: CaseRef, demand: int) -> str:
    raw = hmac.new(key.secret, canonical.encode(["demand", ref.tenant, ref.number, demand]), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class EvidenceRequest(InCase, frozen=True, kw_only=True):
    credential: Credential
    now: Instant


class EvidenceCaller(msgspec.Struct, frozen=True):
    """`demand` and `kinds` are set for the holder of a demand's link, who has access to that demand only.

    `demand`: the event (`<number>/<seq>`) that made the demand; `kinds`: the kinds of evidence it asks for.
    """

    actor: Actor
    asker: Asker
    demand: str | None = None
    kinds: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.actor.kind

    @property
    def is_staff(self) -> bool:
        return self.demand is None and self.kind == "staff"

    def gave(self, evidence: Evidence) -> bool:
        """True if the caller declared this evidence, or a member did on the caller's behalf.

        For a demand's link, true if it was declared with that link.
        """
        if self.demand is not None:
            return self.demand == evidence.demand
        if self.actor.kind == evidence.by.on_behalf_of == "complainant":
            return True
        return self.actor.kind == evidence.by.kind and self.actor.id == evidence.by.id


class AuthorizedCase(NamedTuple):
    """The complaint, its caller, and all items that were read."""

    caller: EvidenceCaller
    case: Case
    entries: Mapping[Key, Entry]


def load_case(wiring: Wiring, request: EvidenceRequest, also: Sequence[Key] = ()) -> AuthorizedCase:
    """Reads the complaint, the caller's items and the keys in `also` in one call.

    Raises `Problem`: `unauthenticated`, `forbidden`, `complaint-unknown`.
    """
    tenant, credential = request.tenant, request.credential
    demand = _demand_number(wiring.secrets, request)
    if demand is not None:
        key = event_log.of_complaint(request.ref, demand)
        entries = read_entries(wiring.store, request.ref, [*also, key])
        holder = _link_holder(event_log.find(entries, key))
        return AuthorizedCase(holder, parse_complaint(wiring.compiled, request.ref, entries), entries)
    entries = read_entries(wiring.store, request.ref, [*also, *credential.keys(tenant)])
    member = authorization.identify_caller(wiring.store, credential, tenant, entries, request.now)
    case = parse_complaint(wiring.compiled, request.ref, entries)
    party = authorization.authorize(wiring.secrets, tenant, case, credential, member)
    return AuthorizedCase(caller_of(case, party), case, entries)


def caller_of(case: Case, asker: Asker) -> EvidenceCaller:
    """A member or party who may see the complaint."""
    return EvidenceCaller(asker.actor(covering_grant(asker, case.complaint.unit)), asker)


def on_behalf_of(loaded: AuthorizedCase, party: str | None) -> AuthorizedCase:
    """The caller as the one who hands in a file of this party (None: their own file).

    Raises `Problem("forbidden")` unless the caller is a member who may record the party's acts.
    """
    if party is None:
        return loaded
    caller, case = loaded.caller, loaded.case
    speaker = confidentiality.speaker_for(case.policy, case.complaint, caller.asker, party)
    if speaker is None:
        places = [Place("/on_behalf_of", "is only for members who may see who the complainant is")]
        why = "Only members who may see who the complainant is may act on their behalf."
        raise Problem("forbidden", why, places=places)
    actor = speaker.actor(speaker.grants[0])
    return loaded._replace(caller=replace(caller, actor=actor))


def _link_holder(event: Event | None) -> EvidenceCaller:
    if event is None or event.type != "evidence_demanded":
        raise complaint_unknown()
    party = str(event.fields["of"])
    return EvidenceCaller(Actor(party, party), Asker(party, event.id), event.id, tuple(event.fields["kinds"]))


def _demand_number(secrets: Secrets, request: EvidenceRequest) -> int | None:
    receipt = request.credential.receipt
    if receipt is None:
        return None
    return demand_number(secrets, request.ref, receipt)
