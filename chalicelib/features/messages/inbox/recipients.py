"""Recipients: the e-mail address and language of a message's readers.

A notice is about an event. Its id has the event's number, or the clock whose due time performed the act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.features.messages.inbox.rendering import needs_subject
from chalicelib.limits import plans
from chalicelib.limits.plans import Plan
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import ABOVE
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.ports import MailTrouble, Sealer
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.names import RESPONDENT
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


_BY_TIME = "/act"
"""The end of the id of an act that time performed: `<number>/<clock>/<run>/act`."""
_MOST_BEFORE = 40
"""A notice follows its act in the same commit, which has no more events."""


def possible_keys(ref: CaseRef, notice: Event) -> list[Key]:
    """The keys under which the event can be stored. None for an event of another record, or for a missed deadline."""
    about, pk = notice.fields["about"], ref.pk
    number, _, seq = about.rpartition("/")
    if number == ref.number and seq.isdecimal():
        return [event_log.key(pk, int(seq))]
    if not about.startswith(f"{ref.number}/") or not about.endswith(_BY_TIME):
        return []
    return [event_log.key(pk, before) for before in range(max(1, notice.seq - _MOST_BEFORE), notice.seq)]


def find(entries: Mapping[Key, Entry], item_keys: list[Key], notice: Event) -> Event | None:
    """The event among entries that were read under `possible_keys`. None if it was erased."""
    found = (event_log.find(entries, key) for key in reversed(item_keys))
    return next((event for event in found if event is not None and event.id == notice.fields["about"]), None)


class Recipient(NamedTuple):
    address: str
    language: str
    organisation: str
    """The organisation's name, for the mail's footer."""
    kind: ReaderKind
    mail: MailTrouble | None = None
    """The recorded state of a member's mail."""


class Addressed(NamedTuple):
    recipients: dict[str, Recipient]
    """By reader. A reader without an e-mail address is missing."""
    subject: Event | None
    """The event that the notice is about. None if the text does not need it, or it was erased."""
    units: dict[str, str]
    """The names of the organisation's units, by id."""
    limits: Plan

    def kind_of(self, reader: str) -> ReaderKind:
        """Members have an address, so a reader without one is a complainant or was removed."""
        if reader in self.recipients:
            return self.recipients[reader].kind
        return "complainant" if keys.is_complainant(reader) else "staff"


def addressed(wiring: Wiring, ref: CaseRef, notice: Event, readers: Sequence[str]) -> Addressed:
    """Return the recipients, and the event that the notice is about.

    Active members have an address; a complainant has one if it was given at filing.
    """
    if not readers:
        return Addressed({}, None, {}, plans.of(None))
    about = _keys_of_subject(wiring.compiled, ref, notice)
    members = [membership.key(ref.tenant, sub) for sub in _subs(readers)]
    entries = reads.read_all(
        wiring.store, list(dict.fromkeys([organisation.key(ref.tenant), *_filing_keys(ref, readers), *members, *about]))
    )
    org = organisation.among(entries, ref.tenant)
    found: dict[str, Recipient] = {}
    for sub in _subs(readers):
        entry = entries.get(membership.key(ref.tenant, sub))
        member = None if entry is None else membership.stored(entry)
        if member is not None and member.active:
            found[sub] = Recipient(
                member.email, member.language, org.name, kind_of(member, notice), member.mail or None
            )
    for reader in readers:
        contact = (
            _complainant_contact(wiring.compiled, wiring.sealer, ref, entries) if keys.is_complainant(reader) else None
        )
        if contact is not None:
            address, language = contact
            found[reader] = Recipient(address, language or org.language, org.name, "complainant")
    units = {unit: one.name for unit, one in org.units.items()}
    return Addressed(found, find(entries, about, notice), units, org.limits)


def kind_of(member: Membership, notice: Event) -> ReaderKind:
    """A person who is told as a respondent, and as nothing else, reads as one, and so does their deputy."""
    unit = notice.fields.get("unit")
    staff = [name for name in notice.fields["to"] if name not in PARTIES]
    if RESPONDENT not in notice.fields["to"]:
        return "respondent" if member.roles == [RESPONDENT] else "staff"
    is_told_as_staff = any(name == f"@{member.sub}" or _may(member, name, unit) for name in staff)
    is_respondent = member.may(RESPONDENT, unit) or not staff
    return "respondent" if is_respondent and not is_told_as_staff else "staff"


def _may(member: Membership, name: str, unit: str | None) -> bool:
    """The people of a parent unit have the role for another unit than the message is about."""
    return member.may(name.removeprefix(ABOVE), None if name.startswith(ABOVE) else unit)


def _keys_of_subject(compiled: CompiledPolicies, ref: CaseRef, notice: Event) -> list[Key]:
    found = possible_keys(ref, notice)
    return found if found and needs_subject(compiled.get(ref.tenant, notice.policy), notice) else []


def _subs(readers: Sequence[str]) -> list[str]:
    return [reader for reader in readers if not keys.is_complainant(reader)]


def _filing_keys(ref: CaseRef, readers: Sequence[str]) -> list[Key]:
    """Return the keys of the filing's event and the complainant's data, if the complainant is among the readers."""
    if not any(map(keys.is_complainant, readers)):
        return []
    return [event_log.of_complaint(ref, 1), private_values.complainant_key(ref)]


def _complainant_contact(
    compiled: CompiledPolicies, sealer: Sealer, ref: CaseRef, entries: dict[Key, Entry]
) -> tuple[str, str | None] | None:
    """Return the address and the language given at filing. None if they were erased or cannot be decrypted."""
    event = event_log.find(entries, event_log.of_complaint(ref, 1))
    if event is None:
        return None
    document = compiled.get(ref.tenant, event.policy).document
    key = private_values.complainant_key(ref)
    value = private_values.try_open(sealer, ref, entries[key]) if key in entries else None
    values: dict[str, Any] = {} if value is None else value.values
    address = next((values[name] for name in _address_facts(document) if name in values), None)
    return None if address is None else (address, event.fields.get("language"))


def _address_facts(document: PolicyDocument) -> Iterator[str]:
    return (
        name
        for name, fact in document.intake.facts.items()
        if fact_kinds.of(fact.kind).is_email_address and _is_complainants(name, fact.holder)
    )


def _is_complainants(name: str, holder: str | None) -> bool:
    return holder == "complainant" or (holder is None and name.partition(".")[0] == "complainant")
