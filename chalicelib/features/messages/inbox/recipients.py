"""Recipients: the e-mail address and language of a message's readers.

A notice is about an event. Its id has the event's number, or the clock whose due time performed the act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.casework import private_values, snapshot
from chalicelib.complaints.applying import contact
from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.features.messages.inbox import subject_line
from chalicelib.features.messages.inbox.rendering import needs_subject
from chalicelib.limits import plans
from chalicelib.limits.plans import Plan
from chalicelib.policy.language.parts import ABOVE
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.ports import MailTrouble
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.names import RESPONDENT
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Mails, Membership
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


_BY_TIME = "/act"
"""The end of the id of an act that time performed: `<number>/<clock>/<run>/act`."""
_FILING = 1
"""The number of the event of the filing."""
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
    mails: Mails = "at_once"
    """When the reader wants mails: a member's choice, for what they are told as staff."""


class Addressed(NamedTuple):
    recipients: dict[str, Recipient]
    """By reader. A reader without an e-mail address is missing."""
    subject: Event | None
    """The event that the notice is about. None if the text does not need it, or it was erased."""
    units: dict[str, str]
    """The names of the organisation's units, by id."""
    limits: Plan
    people: dict[str, str] = {}
    """The names of the people whom the notice names, by `sub`."""

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
    named = {sub: membership.key(ref.tenant, sub) for sub in notice.fields.get("people", [])}
    wanted = [organisation.key(ref.tenant), *_filing_keys(ref, notice, readers), *members, *named.values(), *about]
    entries = reads.read_all(wiring.store, list(dict.fromkeys(wanted)))
    entries, given_in = _with_present_address(wiring, ref, notice, entries)
    org = organisation.among(entries, ref.tenant)
    found: dict[str, Recipient] = {}
    for sub in _subs(readers):
        entry = entries.get(membership.key(ref.tenant, sub))
        member = None if entry is None else membership.stored(entry)
        if member is not None and member.active:
            found[sub] = _member(member, org.name, notice)
    for reader in readers:
        theirs = _complainant_contact(wiring, ref, given_in, entries) if keys.is_complainant(reader) else None
        if theirs is not None:
            address, language = theirs
            found[reader] = Recipient(address, language or org.language, org.name, "complainant")
    units = {unit: one.name for unit, one in org.units.items()}
    people = {sub: membership.stored(entries[key]).name for sub, key in named.items() if key in entries}
    return Addressed(found, find(entries, about, notice), units, org.limits, people)


def _member(member: Membership, organisation: str, notice: Event) -> Recipient:
    kind = kind_of(member, notice)
    mails = member.chosen.mails if kind == "staff" else "at_once"
    return Recipient(member.email, member.spoken, organisation, kind, member.mail or None, mails)


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
    policy = compiled.get(ref.tenant, notice.policy)
    is_needed = needs_subject(policy, notice) or subject_line.needs_subject(policy, notice)
    return found if found and is_needed else []


def _subs(readers: Sequence[str]) -> list[str]:
    return [reader for reader in readers if not keys.is_complainant(reader)]


def _filing_keys(ref: CaseRef, notice: Event, readers: Sequence[str]) -> list[Key]:
    """Return the keys of the filing's event and the complainant's data, if the complainant is among the readers.

    Also of the data that a later event noted, which the notice names.
    """
    if not any(map(keys.is_complainant, readers)):
        return []
    seq = _address_in(notice)
    given = [event_log.of_complaint(ref, seq), *_keys_of_address(ref, seq)]
    return [event_log.of_complaint(ref, _FILING), *given, *([] if _is_to_replaced(notice) else [snapshot.key(ref)])]


def _address_in(notice: Event) -> int:
    """The number of the event that gave the address to which the notice was addressed."""
    found: int = notice.fields.get("address", _FILING)
    return found


def _is_to_replaced(notice: Event) -> bool:
    """Whether it tells an address that it was replaced. Every other notice goes to the present address."""
    return notice.fields.get("replaced") is True


def _keys_of_address(ref: CaseRef, seq: int) -> list[Key]:
    """Where the complainant's address is: among the private values of the filing, or of a later event."""
    return [private_values.complainant_key(ref)] if seq == _FILING else private_values.keys_of_event(ref, seq)


def _with_present_address(
    wiring: Wiring, ref: CaseRef, notice: Event, entries: dict[Key, Entry]
) -> tuple[dict[Key, Entry], int]:
    """With the data of the address that the complainant has given since, and the number of its event.

    0 if they have taken the address away.
    """
    found, seq = entries.get(snapshot.key(ref)), _address_in(notice)
    if found is None or found.kind != snapshot.KIND:
        return entries, seq
    ways = snapshot.COMPLAINT.read(found).contact
    if contact.NO_MAIL in ways:
        return entries, 0
    newest = ways.get(contact.MAIL, seq)
    if newest <= seq:
        return entries, seq
    given = [event_log.of_complaint(ref, newest), *_keys_of_address(ref, newest)]
    return {**entries, **reads.read_all(wiring.store, given)}, newest


def _complainant_contact(
    wiring: Wiring, ref: CaseRef, address: int, entries: dict[Key, Entry]
) -> tuple[str, str | None] | None:
    """Return the address, and the language given at filing. None if they were erased or cannot be decrypted.

    `address`: the number of the event that gave it.
    """
    event = event_log.find(entries, event_log.of_complaint(ref, _FILING))
    if event is None or not address:
        return None
    given = event_log.find(entries, event_log.of_complaint(ref, address)) or event
    document = wiring.compiled.get(ref.tenant, given.policy).document
    found = [entries[key] for key in _keys_of_address(ref, address) if key in entries]
    opened = [value for entry in found if (value := private_values.try_open(wiring.sealer, ref, entry)) is not None]
    shown = contact.address(document, private_values.visible_values(opened, [contact.COMPLAINANT]))
    return None if shown is None else (shown, event.fields.get("language"))
