"""The texts of a complaint that can be searched for, and its posting, from its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import Event, PrivateValue, unit_after
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.kit import observability
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.ports import Sealer
from chalicelib.ports.search_index import IndexRow, Posting, TextPlace
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Store

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

_FILING = "registered"
_PAGE = 200


class ReadTexts(NamedTuple):
    """`may_be_erased`: the posting has private texts, and the complaint has ended, so they may be erased meanwhile."""

    posting: Posting
    may_be_erased: bool


def read_texts(store: Store, sealer: Sealer, compiled: CompiledPolicies, ref: CaseRef, tokens: Tokens) -> ReadTexts:
    """The posting is without tokens for a number that no complaint has.

    Texts of class `complainant` are left out: look-ups find a customer, and nothing else should.
    """
    record = event_log.read_record(store, ref.pk, _PAGE)
    events = list(_decoded(ref.tenant, record.events))
    indexed = {event.seq for event in events if event.type in INDEXED_EVENTS}
    found: set[str] = set()
    places: list[TextPlace] = []
    for entry in record.private_values:
        seq, position = keys.private_place(entry.key)
        value = private_values.try_open(sealer, ref, entry) if seq in indexed else None
        if value is None or value.holder == IDENTITY or not any(True for _ in texts_in(value)):
            continue
        places.append(TextPlace(seq, position, value.holder))
        for _, text in texts_in(value):
            found |= tokens.of_text(value.holder, text)
    for name, choice in _choices(compiled, ref.tenant, events):
        found.add(tokens.of_choice(name, choice))
    unit = None
    for event in events:
        unit = unit_after(event, unit)
    posting = Posting(IndexRow(int(ref.number[-6:]), events[-1].seq if events else 0, unit, places), found)
    return ReadTexts(posting, may_be_erased=bool(places) and _may_have_ended(compiled, ref.tenant, events))


def _may_have_ended(compiled: CompiledPolicies, tenant: str, events: list[Event]) -> bool:
    """Also true for a complaint that went on after its closing."""
    if any(event.type == "closed" for event in events):
        return True
    stages = compiled.get(tenant, events[-1].policy).document.stages
    return stages[events[-1].result["stage"]].is_end


def _decoded(tenant: str, entries: list[Entry]) -> Iterator[Event]:
    """Without damaged events, which are logged: the rest of the complaint must stay searchable."""
    for entry in entries:
        try:
            yield event_log.decode(entry)
        except msgspec.DecodeError as error:
            observability.error("An event does not open", tenant=tenant, error=observability.frames(error))


def texts_in(value: PrivateValue) -> Iterator[tuple[str, str]]:
    """The names and the texts of the values that are text."""
    return ((name, content) for name, content in value.values.items() if isinstance(content, str))


def _choices(compiled: CompiledPolicies, tenant: str, events: list[Event]) -> Iterator[tuple[str, str]]:
    """The last public choice of each field that an act recorded, such as the outcome of a decision."""
    last: dict[str, str] = {}
    for event in events:
        if event.type == _FILING or not event.fields:
            continue
        fields = compiled.get(tenant, event.policy).document.fields
        last.update(
            (name, value)
            for name, value in event.fields.items()
            if isinstance(value, str) and name in fields and fact_kinds.of(fields[name].kind).is_choice
        )
    return iter(last.items())
