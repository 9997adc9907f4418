"""Who gives evidence or looks at it: a member, the complainant, or whoever was asked for it (a demand's link)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework import authorization
from chalicelib.casework.authorization import Credential
from chalicelib.casework.case import Case, case_in, unknown
from chalicelib.complaints.envelope import Actor, Event
from chalicelib.complaints.permits import Asker, covering
from chalicelib.evidence import demand_links
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


class EvidenceCaller(msgspec.Struct, frozen=True):
    """`demand`: the event (`<number>/<seq>`) whose link was shown, and the kinds of evidence that it asked for; nothing
    but that demand is then the caller's."""

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
        """Whether the caller is who gave it."""
        if self.demand is not None:
            return self.demand == evidence.demand
        return self.actor.kind == evidence.by.kind and self.actor.id == evidence.by.id


def keys_of(wiring: Wiring, tenant: str, number: str, credential: Credential) -> list[Key]:
    """What has to be read to know the caller."""
    demand = _demand(wiring, tenant, number, credential)
    if demand is not None:
        return [keys.event(keys.complaint(tenant, number), demand)]
    return credential.keys(tenant)


def caller(
    wiring: Wiring, tenant: str, number: str, credential: Credential, entries: Mapping[Key, Entry], now: Instant
) -> tuple[EvidenceCaller, Case]:
    """Raises `Problem` (unauthenticated, forbidden, complaint-unknown)."""
    demand = _demand(wiring, tenant, number, credential)
    if demand is not None:
        asked = _asked(entries.get(keys.event(keys.complaint(tenant, number), demand)))
        return asked, case_in(wiring, tenant, number, entries)
    asker = authorization.member(wiring, credential, tenant, entries, now)
    case = case_in(wiring, tenant, number, entries)
    who = authorization.party(wiring, tenant, case, credential, asker)
    return EvidenceCaller(who.actor(covering(who, case.complaint.unit)), who), case


def _asked(entry: Entry | None) -> EvidenceCaller:
    event = None if entry is None else msgspec.json.decode(entry.body, type=Event)
    if event is None or event.type != "evidence_demanded":
        raise unknown()
    of = str(event.fields["of"])
    return EvidenceCaller(Actor(of, of), Asker(of, event.id), event.id, tuple(event.fields["kinds"]))


def _demand(wiring: Wiring, tenant: str, number: str, credential: Credential) -> int | None:
    receipt = credential.receipt
    return None if receipt is None else demand_links.demand_of(wiring.secrets, tenant, number, receipt)
