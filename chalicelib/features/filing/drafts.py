"""Drafts of filings: the answers so far, for a day, until the complaint is filed or the person forgets them.

The address of a draft has a random id; the browser has its secret in a cookie, and the item the secret's hash. The
answers are encrypted with the organisation's data key. So neither the address nor the table opens a draft. The item is
written with the first answers: reading a page stores nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework.composing.erased import Erased
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, HOUR, SECOND, Instant
from chalicelib.store import keys, reads
from chalicelib.store.port import Remove
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "filing-draft"
LASTS = DAY
"""Real time from the first answers to the end of the draft."""
SHOWN = HOUR
"""Real time for which the page with the receipt can be shown again. The answers are gone by then."""
MAX_BYTES = 100_000
"""Answers as JSON. A complaint has far less; an item of the table has at most 400 KB."""
_BYTES_OF_ID, _BYTES_OF_SECRET = 16, 16
_ID = re.compile(r"[A-Za-z0-9_-]{22}")

Given = dict[str, list[str]]


class DraftRef(NamedTuple):
    tenant: str
    id: str
    secret: str

    @property
    def context(self) -> str:
        """Of the encryption, in place of a complaint's number, which has no `/`."""
        return f"filing-draft/{self.id}"

    @property
    def owner(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()


class FilingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The stored item. `owner`: the hash of the secret. `sealed`: a `FilingAnswers`."""

    owner: str
    sealed: str
    until: Instant


FORM = Form(KIND, FilingDraft, keeps=False)


class FilingAnswers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`answers`: by the name of the input. `key`: with which it is filed, once. `policy`: the version that asked last.

    `filed`: a `FiledComplaint` as JSON; then there are no answers any more, but what its page shows: `lines` (label and
    text), and `mail`, the complainant's address.
    """

    answers: Given = {}
    key: str
    policy: str = ""
    filed: dict[str, Any] | None = None
    at: str = ""
    lines: list[tuple[str, str]] = []
    mail: str = ""

    def __repr__(self) -> str:
        return "FilingAnswers()"  # a log must not contain the answers

    def seen(self, names: Sequence[str]) -> str:
        """A digest of the answers to these inputs: a form carries it, and shows whether another tab changed them."""
        return canonical.digest([[name, self.answers.get(name, [])] for name in names])[:16]

    def with_answers(self, given: Mapping[str, Sequence[str]], policy: str) -> FilingAnswers:
        """`given`: the values of each input of a step; without values, it has no answer any more."""
        merged = {**self.answers, **{name: list(values) for name, values in given.items()}}
        return replace(self, answers={name: values for name, values in merged.items() if values}, policy=policy)

    @property
    def is_too_large(self) -> bool:
        return len(msgspec.json.encode(self.answers)) > MAX_BYTES


class LoadedDraft(NamedTuple):
    """`version`: of the stored item; 0 if there is none yet."""

    content: FilingAnswers
    version: int = 0
    until: Instant = 0


def new_ref(tenant: str) -> DraftRef:
    return DraftRef(tenant, secrets.token_urlsafe(_BYTES_OF_ID), secrets.token_urlsafe(_BYTES_OF_SECRET))


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def load(wiring: Wiring, ref: DraftRef) -> LoadedDraft | None:
    """An empty draft if nothing is stored, or its time is over. None if the secret is not its own."""
    entry = reads.find(wiring.store, keys.filing_draft(ref.tenant, ref.id))
    if entry is None:
        return LoadedDraft(_empty())
    draft = FORM.read(entry)
    if not hmac.compare_digest(draft.owner, ref.owner):
        return None
    if draft.until <= wiring.real_clock():
        return LoadedDraft(_empty(), entry.version or 0)
    return LoadedDraft(_opened(wiring, ref, draft) or _empty(), entry.version or 0, draft.until)


def load_filed(wiring: Wiring, refs: Sequence[DraftRef]) -> list[tuple[DraftRef, FilingAnswers]]:
    """Of these drafts, those with which something was filed that their pages still show. In one read."""
    entries = wiring.store.get([keys.filing_draft(ref.tenant, ref.id) for ref in refs])
    found = []
    for ref in refs:
        entry = entries.get(keys.filing_draft(ref.tenant, ref.id))
        draft = None if entry is None else FORM.read(entry)
        if draft is None or draft.until <= wiring.real_clock() or not hmac.compare_digest(draft.owner, ref.owner):
            continue
        content = _opened(wiring, ref, draft)
        if content is not None and content.filed is not None:
            found.append((ref, content))
    return found


def _empty() -> FilingAnswers:
    return FilingAnswers(key=secrets.token_urlsafe(_BYTES_OF_SECRET))


def _opened(wiring: Wiring, ref: DraftRef, draft: FilingDraft) -> FilingAnswers | None:
    try:
        return msgspec.json.decode(wiring.sealer.open(ref.tenant, ref.context, draft.sealed), type=FilingAnswers)
    except (CannotOpen, msgspec.DecodeError):
        return None


def save(wiring: Wiring, ref: DraftRef, before: LoadedDraft, content: FilingAnswers) -> None:
    """Raises `CommitConflict` if it was changed since. Its time begins with the first answers."""
    now = wiring.real_clock()
    until = now + SHOWN if content.filed is not None else before.until or now + LASTS
    sealed = wiring.sealer.seal(ref.tenant, ref.context, msgspec.json.encode(content))
    key = keys.filing_draft(ref.tenant, ref.id)
    draft = FilingDraft(owner=ref.owner, sealed=sealed, until=until)
    wiring.store.commit([FORM.write(key, draft, before.version, plain=True, expires=until // SECOND)])


def forget(wiring: Wiring, ref: DraftRef) -> None:
    """Removes the draft, if the secret is its own."""
    loaded = load(wiring, ref)
    if loaded is not None and loaded.version:
        wiring.store.commit([Remove(keys.filing_draft(ref.tenant, ref.id))])


ERASED = Erased(organisation=lambda leaver: [keys.filing_drafts(leaver.tenant)])
