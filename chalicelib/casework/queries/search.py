"""Search for a customer's complaints by phone or e-mail, through keyed hashes."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import asdict

from chalicelib.casework import fact_lookups, read_log
from chalicelib.casework.authorization import load_asker, restrict_to_unit
from chalicelib.casework.queries import history
from chalicelib.casework.queries.history import EarlierComplaint
from chalicelib.casework.read_log import Disclosure, ReadContext
from chalicelib.complaints import confidentiality
from chalicelib.complaints.confidentiality import IDENTITY
from chalicelib.decoding import RequestDocument
from chalicelib.instants import Instant
from chalicelib.problem import Place, Problem, Text
from chalicelib.store import keys
from chalicelib.wiring import Wiring


class CustomerSearch(RequestDocument, frozen=True, kw_only=True):
    """Give one: the phone number or the email address from the customer's complaint."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254)] | None = None


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[EarlierComplaint]


def search(wiring: Wiring, tenant: str, sub: str, criteria: CustomerSearch, route: str, now: Instant) -> SearchResult:
    """The complaints whose complainant the member may know, among the newest 50. Each counts as a read of the identity.

    Raises `Problem`: `forbidden`, `invalid` (not exactly one criterion, or one that cannot be searched for).
    """
    given = [(kind, value) for kind, value in asdict(criteria).items() if value is not None]
    ((kind, value),) = given if len(given) == 1 else [("", "")]
    partitions = list(fact_lookups.partitions_of(wiring.secrets, tenant, kind, value)) if kind else []
    if not partitions:
        raise Problem("invalid", "These search criteria are not valid.", places=[_place(kind)])
    key = keys.membership(tenant, sub)
    asker = load_asker(wiring.store, tenant, wiring.store.get([key]), sub, now)
    found: list[Disclosure] = []
    for complaint in history.read_complaints(
        wiring.store, tenant, history.newest_numbers(wiring.store, partitions)[: history.MOST]
    ):
        policy = wiring.compiled.get(tenant, complaint.policy)
        restricted = restrict_to_unit(asker, complaint.unit)
        if restricted is not None and IDENTITY in confidentiality.visible_classes(policy, complaint, restricted):
            found.append(Disclosure(policy, complaint, [IDENTITY]))
    read_log.record_reads(wiring.store, tenant, ReadContext(asker, route, now), found)
    return SearchResult(complaints=[history.earlier_complaint_view(one.policy, one.complaint) for one in found])


def _place(kind: str) -> Place:
    if not kind:
        return Place("", "give one of phone and email")
    least = (
        Text("has at least {least} digits", least=fact_lookups.SHORTEST_PHONE)
        if kind == fact_lookups.PHONE
        else "has an @"
    )
    return Place(f"/{kind}", least)
