"""Who did what, by name, for members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.tenants.people import queries
from chalicelib.web.call import Call
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.reader import Reader


def names_of(call: Call, labels: CaseLabels, subs: Iterable[str]) -> dict[str, str]:
    """The names of members, by id, in one read. Those who have left are missing."""
    wanted = sorted(set(subs))
    found = queries.actors_by_sub(call.wiring.store, call.tenant or "", wanted) if wanted else ()
    return {one.sub: labels.person(one) for one in found}


def staff_in(events: Iterable[EnvelopeView]) -> set[str]:
    return {event.actor.id for event in events if event.actor.kind == "staff"}


def actor_text(event: EnvelopeView, names: Mapping[str, str], reader: Reader) -> str:
    """A member by name; for whom they spoke, too."""
    who = names.get(event.actor.id) or reader.of_code("desk_case.by.", event.actor.kind)
    behalf = event.actor.on_behalf_of
    if behalf is msgspec.UNSET:
        return who
    return reader.text("desk_case.for", who=who, party=reader.of_code("desk_case.by.", behalf))
