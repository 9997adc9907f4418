"""Idempotency records (`I#<hash>`): the same request again gets the first one's answer (design §5)."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib import canonical
from chalicelib.instants import DAY, SECOND, Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Key, Put

KIND = "idempotency"
KEPT = DAY
"""Real time that a record is honoured."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request as its repeats know it."""

    tenant: str
    principal: str
    """A person's `sub`, or `public`."""
    source: str
    """Names the route."""
    key: str
    body_hash: str

    @property
    def record_key(self) -> Key:
        return keys.idempotency(self.tenant, canonical.digest([self.tenant, self.principal, self.source, self.key]))


class Answer(msgspec.Struct, frozen=True):
    """What a use case says; `body` is a JSON value."""

    status: int
    body: Any
    replayed: bool = False


class _Record(msgspec.Struct, frozen=True):
    body_hash: str
    status: int
    answer: Any


def replay(entry: Entry | None, request: Request, real_now: Instant) -> Answer | None:
    """The first answer, or None where this request is the first. Raises `Problem("idempotency-key-reused")`."""
    if entry is None or (entry.expires or 0) * SECOND <= real_now:
        return None
    record = msgspec.json.decode(entry.body, type=_Record)
    if record.body_hash != request.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    return Answer(record.status, record.answer, replayed=True)


def put(request: Request, answer: Answer, real_now: Instant, *, found: Entry | None = None) -> Put | Change:
    """Keep the answer, in the same commit as what it tells of. `found`: an expired record that DynamoDB still has.

    The commit is lost where the record is no longer as it was read: of two at once, one keeps its answer.
    """
    body = msgspec.json.encode(_Record(request.body_hash, answer.status, answer.body)).decode()
    expires = (real_now + KEPT) // SECOND
    before = 0 if found is None else found.version or 0
    entry = Entry(key=request.record_key, kind=KIND, body=body, version=before + 1, expires=expires)
    return Put(entry) if found is None else Change(entry, before)
