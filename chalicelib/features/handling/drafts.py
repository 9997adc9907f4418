"""Drafts of acts: what a person typed for an act on a complaint and has not done yet, for a day.

A draft is never sent by itself. It belongs to the person who typed it, the complaint, the act, and the version of the
complaint from which its form was made. All drafts of a person on a complaint are one item, encrypted with the
organisation's data key, so that the desk's page of the complaint finds them with its own read. Of a complainant there
are only those with faults, which the form shows again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.erased import Erased, commit_unless_erased
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.features.handling.act import Beside
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import erasing, keys, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Remove, Write
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "act-draft"
LASTS = DAY
"""Real time from the last time that something was typed."""
MOST = 5
"""Drafts of one member on one complaint. A further one takes the place of the oldest."""
MAX_BYTES = 200_000
"""What a member has typed for acts on one complaint, as JSON. An item of the table has at most 400 KB."""
COMPLAINANT = "complainant"
"""In place of a member's id, which is a UUID."""
_ERASED = "The time to keep the texts of the complaint has ended. What you typed is not kept either."
_ID = re.compile(r"[0-9a-f-]{36}")


class Drawer(NamedTuple):
    """Where the drafts of a person on a complaint are. Without their id there is no way to them.

    `sub`: of a member, or `COMPLAINANT`.
    """

    tenant: str
    number: str
    sub: str

    @property
    def key(self) -> Key:
        return keys.act_drafts_of(self.tenant, self.number, self.sub)

    @property
    def context(self) -> str:
        """Of the encryption, in place of a complaint's number, which has no `/`."""
        return f"act-drafts/{self.number}/{self.sub}"


class ActDraft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`id`: of the form, so two tabs have two drafts. `key`: with which the act is done, once; what is typed anew gets
    another. `version`: of the complaint from which the form was made. `given`: the values of each input by name.
    `at`: when it was typed, in domain time; `until`: in real time.
    """

    id: str
    key: str
    act: str
    behalf: str | None = None
    version: str
    given: Mapping[str, Sequence[str]] = {}
    at: Instant
    until: Instant

    def __repr__(self) -> str:
        return "ActDraft()"  # a log must not contain what was typed

    @property
    def is_too_large(self) -> bool:
        return len(msgspec.json.encode(self)) > MAX_BYTES


class ActDrafts(msgspec.Struct, frozen=True, kw_only=True):
    """The stored item. `sealed`: a list of `ActDraft`, the oldest first."""

    sealed: str


FORM = Form(KIND, ActDrafts, keeps=False)


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def among(wiring: Wiring, drawer: Drawer, entries: Mapping[Key, Entry]) -> list[ActDraft]:
    """The drafts in items that were read with `drawer.key`, without those whose time is over. The oldest first."""
    return _opened(wiring, drawer, entries.get(drawer.key))


def _opened(wiring: Wiring, drawer: Drawer, entry: Entry | None) -> list[ActDraft]:
    if entry is None:
        return []
    try:
        plain = wiring.sealer.open(drawer.tenant, drawer.context, FORM.read(entry).sealed)
        kept = msgspec.json.decode(plain, type=list[ActDraft])
    except (CannotOpen, msgspec.DecodeError):
        return []
    return [one for one in kept if one.until > wiring.real_clock()]


def find(wiring: Wiring, drawer: Drawer, id_: str, act: str) -> ActDraft | None:
    kept = _opened(wiring, drawer, reads.find(wiring.store, drawer.key))
    return next((one for one in kept if (one.id, one.act) == (id_, act)), None)


def keep(wiring: Wiring, drawer: Drawer, draft: ActDraft) -> None:
    """Keeps the draft in place of an earlier one of its form.

    Raises `Problem("conflict")`, also if the values of the complaint are being erased.
    """

    def attempt() -> None:
        entry = reads.find(wiring.store, drawer.key)
        others = [one for one in _opened(wiring, drawer, entry) if one.id != draft.id]
        writes = _writes(wiring, drawer, entry, _fitting([*others, draft]))
        if not commit_unless_erased(wiring.store, CaseRef(drawer.tenant, drawer.number), writes):
            raise Problem("conflict", _ERASED)

    retry_or_refuse(attempt, "Another tab kept a draft at the same time. Send the form again.")


def forget(wiring: Wiring, drawer: Drawer, id_: str) -> None:
    """Raises `Problem("conflict")`."""

    def attempt() -> None:
        if writes := _without(wiring, drawer, reads.find(wiring.store, drawer.key), id_):
            wiring.store.commit(writes)

    retry_or_refuse(attempt, "Another tab kept a draft at the same time. Send the form again.")


def done_with(wiring: Wiring, drawer: Drawer, id_: str) -> Beside:
    """Removes the draft in the commit of its act."""
    return Beside(drawer.key, lambda entry: _without(wiring, drawer, entry, id_))


def _without(wiring: Wiring, drawer: Drawer, entry: Entry | None, id_: str) -> list[Write]:
    found = _opened(wiring, drawer, entry)
    rest = [one for one in found if one.id != id_]
    return [] if rest == found else _writes(wiring, drawer, entry, rest)


def _fitting(drafts: list[ActDraft]) -> list[ActDraft]:
    """Without the oldest, as long as they are too many or too large."""
    while len(drafts) > MOST or len(msgspec.json.encode(drafts)) > MAX_BYTES + MOST:  # brackets and commas
        drafts = drafts[1:]
    return drafts


def _writes(wiring: Wiring, drawer: Drawer, entry: Entry | None, drafts: Sequence[ActDraft]) -> list[Write]:
    if not drafts:
        return [] if entry is None else [Remove(drawer.key, expected=entry.version)]
    sealed = wiring.sealer.seal(drawer.tenant, drawer.context, msgspec.json.encode(drafts))
    expires = max(one.until for one in drafts) // SECOND
    return [FORM.write(drawer.key, ActDrafts(sealed=sealed), entry, plain=True, expires=expires)]


def _erase(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    mark = keys.erasure_mark(*committed.ref)
    erasing.clear(wiring.store, mark.pk, kept=[mark.sk])


ERASED = Erased(record=lambda ref: [keys.act_drafts(ref.tenant, ref.number)], values_of=_erase)
