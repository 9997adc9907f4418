"""Idempotency records (`I#<hash>`): a repeated request gets the answer to the first one."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Update
from chalicelib.store.stored_form import Form

KIND = "idempotency"
KEPT = DAY
"""Real time for which a record is valid."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a request by which its repetition is recognised."""

    tenant: str
    principal: str
    """A person's `sub`, or `public`."""
    source: str
    """The route."""
    key: str
    body_hash: str

    @property
    def record_key(self) -> Key:
        return keys.idempotency(self.tenant, canonical.digest([self.tenant, self.principal, self.source, self.key]))


class Answer(msgspec.Struct, frozen=True):
    """Result of a use case: an HTTP status and a JSON value, so that a replay has the same form as the first answer."""

    status: int
    body: Any
    replayed: bool = False

    @classmethod
    def of(cls, status: int, view: msgspec.Struct, *, replayed: bool = False) -> Answer:
        return cls(status, msgspec.to_builtins(view), replayed)


class _KeptAnswer(msgspec.Struct, frozen=True):
    body_hash: str
    status: int
    answer: Any


FORM = Form(KIND, _KeptAnswer, keeps=False, packs=True)


def replay(entry: Entry | None, request: Request, real_now: Instant) -> Answer | None:
    """The first answer, or None for a first request.

    Raises `Problem("idempotency-key-reused")` if the first request with this key had another body.
    """
    if entry is None or (entry.expires or 0) * SECOND <= real_now:
        return None
    record = FORM.read(entry)
    if record.body_hash != request.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    return Answer(record.status, record.answer, replayed=True)


def put(request: Request, answer: Answer, real_now: Instant, *, found: Entry | None = None) -> Put | Update:
    """Write that stores the answer. It belongs in the same commit as the request's changes.

    `found`: an expired record that DynamoDB has not deleted yet. The commit fails if the record has changed since then,
    so only one of two concurrent requests succeeds.
    """
    record = _KeptAnswer(request.body_hash, answer.status, answer.body)
    expires = (real_now + KEPT) // SECOND
    return FORM.write(request.record_key, record, found, expires=expires)
