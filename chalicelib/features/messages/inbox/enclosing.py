"""What a message encloses: the values that an act gave and the policy names, for parties only.

A respondent reads them with masks, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from chalicelib.casework import private_values
from chalicelib.casework.views.complaint_queries import (
    ComplaintRequest,
    ReaderRequest,
    load_reader,
    load_visible_complaint,
)
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights.confidentiality import OWN_CLASSES, TO_RESPONDENT
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.features.messages.inbox import message, recipients
from chalicelib.features.messages.inbox.message import Enclosure, InboxPage
from chalicelib.kit import catalogue
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

_BETWEEN = {"zh": "、", "en": ", "}
"""Between the choices of a list, by language."""


def list_messages(wiring: Wiring, request: ReaderRequest, limit: int, after: Mapping[str, str] | None) -> InboxPage:
    """As `read_inbox`, for a member, or for the complainant who shows the receipt. Raises as `load_reader`."""
    reader = load_reader(wiring, request).id
    page = read_inbox(wiring, request.tenant, reader, limit, after)
    if keys.is_complainant(reader):
        return page
    refused = {
        number for number in {one.number for one in page.messages if one.enclosed} if not _may(wiring, request, number)
    }
    return replace(
        page, messages=[replace(one, enclosed=[]) if one.number in refused else one for one in page.messages]
    )


def _may(wiring: Wiring, request: ReaderRequest, number: str) -> bool:
    """Whether the member can still read the complaint of whose content they were told as the respondent."""
    asked = ComplaintRequest(
        tenant=request.tenant, number=number, credential=request.credential, now=request.now, route=request.route
    )
    try:
        return load_visible_complaint(wiring, asked).asker.kind == RESPONDENT
    except Problem:
        return False


def read_inbox(wiring: Wiring, tenant: str, reader: str, limit: int, after: Mapping[str, str] | None) -> InboxPage:
    """As `message.read_inbox`, with what the messages enclose."""
    page = message.read_inbox(wiring.store, tenant, reader, limit, after)
    if not page.enclosing:
        return page
    refs = {one.id: CaseRef(tenant, one.number) for one in page.messages if one.id in page.enclosing}
    wanted = {name: event_log.key(ref.pk, int(name.rpartition("/")[2])) for name, ref in refs.items()}
    acts = [(refs[one.id], seq) for one in page.messages if one.id in refs and (seq := _number(one.about)) is not None]
    known = reads.read_all(wiring.store, [*wanted.values(), *(key for act in acts for key in _keys(*act))])
    notices = {name: event_log.find(known, key) for name, key in wanted.items()}
    found = {
        name: enclosures(wiring, refs[name], event, reader, known)
        for name, event in notices.items()
        if event is not None
    }
    return replace(page, messages=[replace(one, enclosed=found.get(one.id, [])) for one in page.messages])


def lines(found: Sequence[Enclosure], language: str) -> list[str]:
    """What a person wrote in their own words as it is, if this is all; otherwise each behind the label of its field."""
    between = "：" if language == "zh" else ": "
    if len(found) == 1 and found[0].own_words:
        return [found[0].text[language]]
    return [f"{one.label[language]}{between}{one.text[language]}" for one in found]


def enclosures(
    wiring: Wiring, ref: CaseRef, notice: Event, reader: str, known: Mapping[Key, Entry] = MappingProxyType({})
) -> list[Enclosure]:
    """In the order of the policy. Erased texts are missing. `known`: what was read already.

    `reader`: as in `message.read_inbox`; of those to whom messages enclose something, a member is the respondent.
    """
    names, about = notice.fields.get("encloses", []), notice.fields["about"]
    by_time = _number(about) is None
    seq = _number(about) if not by_time else _number_of(wiring, ref, notice) if names else None
    if not names or seq is None:
        return []
    policy = wiring.compiled.get(ref.tenant, notice.policy)
    if keys.is_complainant(reader):
        given = _given(wiring, ref, seq, None if by_time else known)
    else:
        given = _masked(wiring, policy, ref, seq)
    missed = _missed_act(policy, about.partition("/")[2]) if by_time else None
    return [_enclosure(policy, name, given[name], missed) for name in names if name in given]


def _number(about: str) -> int | None:
    """Of the event with this id; None for one that time caused."""
    act = about.partition("/")[2]
    return int(act) if act.isdecimal() else None


def _keys(ref: CaseRef, seq: int) -> list[Key]:
    return [event_log.key(ref.pk, seq), *private_values.keys_of_event(ref, seq)]


def _given(wiring: Wiring, ref: CaseRef, seq: int, known: Mapping[Key, Entry] | None) -> dict[str, Any]:
    key, *private = _keys(ref, seq)
    found = known or wiring.store.get([key, *private])
    event = event_log.find(found, key)
    values = [private_values.open_value(wiring.sealer, ref, found[one]) for one in private if one in found]
    return {**({} if event is None else event.fields), **private_values.visible_values(values, OWN_CLASSES)}


def _masked(wiring: Wiring, policy: Policy, ref: CaseRef, seq: int) -> dict[str, Any]:
    """As the respondent may read them. Masks depend on the whole record."""
    from chalicelib.casework import masking  # not at a cold start

    record = private_values.read_record(wiring.store, wiring.sealer, ref)
    shown = masking.as_read(policy, ref.number, record.events, record.private)
    public = next((event.fields for event in record.events if event.seq == seq), {})
    return {**public, **private_values.visible_values(shown.of(seq), TO_RESPONDENT)}


def _enclosure(policy: Policy, name: str, value: Any, missed: MissedAct | None) -> Enclosure:
    fact = policy.document.fields.get(name)
    text = {language: between.join(_texts(fact, value, language)) for language, between in _BETWEEN.items()}
    if missed is not None:
        text = {language: missed.text_in(language, name, one) for language, one in text.items()}
    label = _own_label(name) if fact is None or fact.name is None else fact.name
    own_words = fact is None or fact_kinds.of(fact.kind).is_free_text
    return Enclosure(name=name, own_words=own_words, label=label.to_json(), text=text)


def _own_label(name: str) -> Label:
    """Of a field of a built-in act, such as a message."""
    found = catalogue.texts("field_names").get(name)
    return Label(zh=name, en=name) if found is None else Label(zh=found.zh, en=found.en)


def _texts(fact: Fact | None, value: Any, language: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        label = None if fact is None else fact.choices.get(str(one))
        yield str(one) if label is None else label.to_json()[language]


def _number_of(wiring: Wiring, ref: CaseRef, notice: Event) -> int | None:
    """The number of the event that the notice is about, which time caused. Only acts have enclosures."""
    about = recipients.possible_keys(ref, notice)
    event = recipients.find(wiring.store.get(about), about, notice) if about else None
    return None if event is None else event.seq


def _missed_act(policy: Policy, act: str) -> MissedAct | None:
    clock = policy.clocks.get(act.partition("/")[0])
    missed = None if clock is None else clock.clock.missed
    return missed if isinstance(missed, MissedAct) else None
