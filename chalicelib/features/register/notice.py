"""A notice (`T#t#N#<number>` / `<cause>#<kind>`): an item of its own, composed for publication. It is not the case.

An archive has it with its complaint, and with its texts decrypted. A repair compares its look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.casework.composing import derived
from chalicelib.casework.composing.archived import Archived, ArchiveObject
from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.derived import Derived, DerivedPart, Faults, Replayed
from chalicelib.casework.composing.erased import Erased
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.features.register.notice_view import FieldKind, NoticeView
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.language.publicity import Audience
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, IndexKey, Key, Put, Store, Update, Write
from chalicelib.store.stored_form import Form, read_json
from chalicelib.wiring import Wiring

KIND = "notice"
NoticeKind = Literal["notice", "result"]
NoticeState = Literal["prepared", "rejected", "superseded", "published", "withdrawn"]
Party = Literal["complainant", "respondent"]


class PreparedField(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """A field of a notice. `source`: the event that gave the value; `by`: the id of the event's actor."""

    name: str
    kind: FieldKind
    label: dict[str, str]
    source: str
    by: str
    value: str | list[str] = ""
    """Codes of choices, or a week. Empty for a text, which is encrypted until publication."""
    text: dict[str, str] | None = None
    """The value in both languages. None for a text."""
    needs_consent: bool = False
    """True if the field is left out until the complainant consents to it by name."""

    @property
    def is_text(self) -> bool:
        return self.kind == "text"


class NoticeStep(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """An act on the notice. Its reason is among the encrypted texts."""

    act: str
    at: Instant
    by: str
    role: str | None = None
    on_behalf_of: str | None = None
    sha256: str = ""
    """Of a consent, and of its lapse: the digest of what it was given for."""


class ObjectionRight(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """The party that may object until then, and what became of its objection."""

    by: Party
    until: Instant
    state: Literal["none", "open", "dismissed"] = "none"


class Notice(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`cause`: the number of the event after which it was prepared; `on`: that event's type; `made`: its time."""

    id: str
    number: str
    cause: int
    on: str
    made: Instant
    kind: NoticeKind
    audience: Audience
    policy: str
    fields: list[PreparedField]
    version: int = 1
    state: NoticeState = "prepared"
    texts: str = ""
    """Encrypted (`NoticeTexts`)."""
    not_before: Instant = 0
    consent: Literal["none", "asked", "given"] = "none"
    """Of the complainant, to the notice as a whole."""
    consented: list[str] = []
    """The fields with a consent of their own that is given."""
    objection: ObjectionRight | None = None
    changed: bool = False
    """Whether its text has changed since the parties were first asked."""
    pending: bool | None = None
    """Of a correction that waits for consent: whether it conceals the former text. None without one."""
    approval: Literal["none", "asked", "given"] = "none"
    unsafe: list[str] = []
    """The texts in which a particular of the case was found."""
    steps: list[NoticeStep] = []
    public: NoticeView | None = None
    """What is published."""


FORM = Form(KIND, Notice, version=2)
_ID = "[0-9a-f]{32}"
PLACE = Form(keys.LOOKUP_KIND, str, of="notice")


class NoticeTexts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`fields`: texts by field. `reasons`: by the number of the step. `before`: the texts to which the complainant
    consented before they changed or, without a consent, about which the parties were asked."""

    fields: dict[str, str] = {}
    reasons: dict[str, str] = {}
    before: dict[str, str] | None = None


def key_of(tenant: str, notice: Notice) -> Key:
    return keys.notice(tenant, notice.number, notice.cause, notice.kind)


def sealed(sealer: Sealer, tenant: str, notice: Notice, texts: NoticeTexts) -> Notice:
    """The notice with these texts, encrypted. The caller binds the tenant."""
    if texts == NoticeTexts():
        return replace(notice, texts="")
    return replace(notice, texts=sealer.seal(tenant, notice.number, msgspec.json.encode(texts)))


def opened(sealer: Sealer, tenant: str, notice: Notice) -> NoticeTexts:
    if not notice.texts:
        return NoticeTexts()
    return msgspec.json.decode(sealer.open(tenant, notice.number, notice.texts), type=NoticeTexts)


def of(store: Store, tenant: str, number: str) -> Iterator[Entry]:
    """The notices of a complaint, in the order of their events. Reads page by page."""
    return reads.items(store, keys.notices_of(tenant, number))


def find_key(store: Store, tenant: str, notice_id: str) -> Key | None:
    """The key of the notice with this id."""
    if not re.fullmatch(_ID, notice_id):
        return None
    named = reads.find(store, keys.notice_lookup(tenant, notice_id))
    return None if named is None else keys.notice_at(tenant, named.body)


def is_of(key: Key, ref: CaseRef) -> bool:
    """Whether it is the key of a notice of this complaint."""
    return key.pk == keys.notices_of(*ref)


def newest(store: Store, tenant: str, audience: Audience, first: str, last: str | None, limit: int) -> list[Entry]:
    """The newest published notices for an audience, with `first` and `last` of their place in index `list`."""
    return store.listed(keys.register(tenant, audience), first=first, last=last, limit=limit, newest_first=True).entries


def all_since(store: Store, tenant: str, audience: str, day: str) -> Iterator[tuple[str, Entry]]:
    """The listed notices since a day, each with its complaint's number. Reads page by page."""
    for entry in reads.entries(partial(store.listed, keys.register(tenant, audience), first=day)):
        yield number_of(tenant, entry.key), entry


def parse(entry: Entry) -> Notice:
    return FORM.read(entry)


def puts(tenant: str, notice: Notice, wakes: Instant | None) -> list[Write]:
    """The writes of a new notice. They fail if it exists. `wakes`: when it may be published."""
    return [Put(_entry(tenant, notice, wakes)), Put(lookup_of(tenant, notice))]


def lookup_of(tenant: str, notice: Notice) -> Entry:
    """The item that finds the notice by its id."""
    place = keys.notice_place(notice.number, key_of(tenant, notice))
    return PLACE.entry(keys.notice_lookup(tenant, notice.id), place)


def change(tenant: str, notice: Notice, wakes: Instant | None) -> Write:
    """The write of a changed notice. `notice.version` is that of the notice as it was read."""
    return Update(_entry(tenant, replace(notice, version=notice.version + 1), wakes), notice.version)


def _entry(tenant: str, notice: Notice, wakes: Instant | None) -> Entry:
    item = FORM.entry(
        key_of(tenant, notice),
        notice,
        version=notice.version,
        due=None if wakes is None else keys.due(tenant, keys.notices_name(notice.number), wakes),
    )
    if notice.public is None:
        is_waiting = notice.state == "prepared"
        return replace(item, listed=_waiting(tenant, notice)) if is_waiting else item
    listed = keys.registered_notice(tenant, notice.audience, notice.public.published_on, notice.id)
    return replace(item, listed=listed, row=msgspec.json.encode(notice.public).decode())


def _waiting(tenant: str, notice: Notice) -> IndexKey:
    return keys.waiting_notice(tenant, to_text(notice.made), notice.id)


def waiting(
    store: Store, tenant: str, limit: int, after: Mapping[str, str] | None
) -> tuple[list[Key], Mapping[str, str] | None]:
    """The notices that are prepared and not decided, the oldest first, with the position of the next page."""
    found = store.listed(keys.waiting_notices(tenant), limit=limit, after=after)
    return [entry.key for entry in found.entries], found.after


def number_of(tenant: str, key: Key) -> str:
    """The complaint of the notice with this key."""
    return key.pk.removeprefix(keys.notices_of(tenant, ""))


def _erase_texts(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    """What is published stays, with what was published of it. The texts beside it are erased."""
    retry_on_conflict(lambda: _without_texts(wiring.store, committed.ref))


def _without_texts(store: Store, ref: CaseRef) -> None:
    for entry in of(store, *ref):
        found = parse(entry)
        state: NoticeState = "superseded" if found.state == "prepared" else found.state
        after = replace(found, texts="", state=state)
        if after != found:
            store.commit([change(ref.tenant, after, None)])


ERASED = Erased(record=lambda ref: [keys.notices_of(ref.tenant, ref.number)], values_of=_erase_texts)


def _archived(store: Store, sealer: Sealer, ref: CaseRef) -> ArchiveObject:
    """Most complaints have none, and then no such member."""
    found = [_archived_notice(sealer, ref, entry) for entry in of(store, ref.tenant, ref.number)]
    return {"notices": found} if found else {}


def _archived_notice(sealer: Sealer, ref: CaseRef, entry: Entry) -> ArchiveObject:
    stored = read_json(entry)
    try:
        texts = opened(sealer, ref.tenant, parse(entry))
    except CannotOpen:
        return {**stored, "texts": None}
    return {**stored, "texts": msgspec.to_builtins(texts)}


ARCHIVED = Archived(complaint=_archived)


def _lookup_faults(record: Replayed) -> Faults:
    found = of(record.store, *record.ref)
    lookups = [lookup_of(record.ref.tenant, parse(one)) for one in found if one.kind == KIND]
    return derived.compared(record.store, map(Derived, lookups))


PART = DerivedPart("notices", _lookup_faults, lookups=("notice",))
