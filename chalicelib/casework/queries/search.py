"""Search: complaints of a customer, by phone or e-mail, through keyed hashes."""

from __future__ import annotations

from typing import Any

from chalicelib.casework import lookups, read_log
from chalicelib.casework.authorization import known_as
from chalicelib.casework.case import asker_in
from chalicelib.casework.queries import history
from chalicelib.casework.read_log import Looked
from chalicelib.complaints import confidentiality
from chalicelib.complaints.confidentiality import IDENTITY
from chalicelib.instants import Instant
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring


def search(
    wiring: Wiring, tenant: str, sub: str, wanted: dict[str, str], route: str, now: Instant
) -> list[dict[str, Any]]:
    """The newest 50 whose complainant the member may know; each is a read of who it is. `wanted`: `phone` or `email`.

    Raises `forbidden`, `invalid`.
    """
    ((kind, value),) = wanted.items() if len(wanted) == 1 else [("", "")]
    partitions = list(lookups.partition(wiring.secrets, tenant, kind, value)) if kind else []
    if not partitions:
        raise Problem("invalid", "Nobody can be looked for like this.", places=[_place(kind)])
    key = keys.membership(tenant, sub)
    asker = asker_in(wiring, tenant, wiring.store.get([key]), sub, now)
    found = []
    for complaint in history.complaints(wiring, tenant, history.numbers(wiring, partitions)[: history.MOST]):
        policy = wiring.compiled.get(wiring.store, tenant, complaint.policy)
        who = known_as(asker, complaint.unit)
        if who is not None and IDENTITY in confidentiality.visible_classes(policy, complaint, who):
            found.append((policy, complaint, [IDENTITY]))
    read_log.note(wiring, tenant, Looked(asker, route, now), found)
    return [history.row(policy, complaint) for policy, complaint, _ in found]


def _place(kind: str) -> Place:
    if not kind:
        return Place("", "give one of phone and email")
    least = f"has at least {lookups.SHORTEST_PHONE} digits" if kind == lookups.PHONE else "has an @"
    return Place(f"/{kind}", least)
