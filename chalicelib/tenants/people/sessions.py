"""Sessions of people who sign in on a page (`DIR#~session#…`), in real time.

The browser has a random secret. The item's name is a digest of it, and the item opens only with the secret and a key of
the deployment: a copy of the table shows no token, and neither of the two alone opens one. A session gives no
permissions. Each request reads the membership of its person, as one with a bearer token does.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.crypto import server_seals
from chalicelib.kit.instants import MINUTE, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports.issuer import IssuerRefusal, IssuerUnavailable, SignedIn
from chalicelib.store import keys, reads
from chalicelib.store.port import CommitConflict, Entry, Key, Remove
from chalicelib.store.stored_form import Form

if TYPE_CHECKING:
    from chalicelib.wiring import SessionTimes, Wiring

KIND = "session"
NOTED = 3 * MINUTE
"""A request is noted only if the last note is older. So a session that is used may end that much earlier."""
EARLY = 2 * MINUTE
"""Time before their end at which tokens are exchanged for new ones."""
_SECRET_BYTES = 32
_PURPOSE = "session"


class OwnOrganisation(msgspec.Struct, frozen=True):
    """An organisation of a person, as the pages name it."""

    id: str
    name: str
    second_factor: bool = False
    """Whether it asks its people for one."""


class PlayedPart(msgspec.Struct, frozen=True):
    """An invented person of a practice organisation, as whom its owner acts there."""

    tenant: str
    sub: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """`organisations`: of the person, as they were at sign-in or at the last exchange of tokens; for menus only."""

    sub: str
    email: str
    access: str
    refresh: str
    until: Instant
    """When its ID token expires. Without a refresh token, the session ends then."""
    begun: Instant
    used: Instant
    organisations: Sequence[OwnOrganisation] = ()
    second_factor: bool = False
    """Whether the person has set one up. Asked only where one of the organisations wants it."""
    new_factor: str = ""
    """The secret of one that is being set up, so that the page can show it again."""
    plays: PlayedPart | None = None

    def __repr__(self) -> str:
        return "Session()"  # a log must not contain tokens

    def ends(self, times: SessionTimes) -> Instant:
        last = min(self.used + times.idle, self.begun + times.longest)
        return last if self.refresh else min(last, self.until)


class _Stored(msgspec.Struct, frozen=True):
    sealed: str


FORM = Form(KIND, _Stored, keeps=False)


class OpenSession(msgspec.Struct, frozen=True):
    """A session with the secret that its cookie holds, and its item as it was read."""

    session: Session
    secret: str
    entry: Entry

    def __repr__(self) -> str:
        return "OpenSession()"


def begin(
    wiring: Wiring, person: SignedIn, organisations: Sequence[OwnOrganisation], *, second_factor: bool = False
) -> str:
    """Writes a new session, and returns its secret."""
    now, secret = wiring.real_clock(), secrets.token_urlsafe(_SECRET_BYTES)
    session = Session(
        sub=person.sub,
        email=person.email,
        access=person.access,
        refresh=person.refresh,
        until=person.until,
        begun=now,
        used=now,
        organisations=list(organisations),
        second_factor=second_factor,
    )
    _write(wiring, session, secret, None)
    return secret


def find(wiring: Wiring, secret: str) -> OpenSession | None:
    """The session, if it has not ended. None too if it is not this secret's, or its key is gone."""
    with binding.directory():
        entry = reads.find(wiring.store, _key(secret))
    if entry is None:
        return None
    try:
        body = server_seals.unseal(
            wiring.secrets, _PURPOSE, entry.key.pk, FORM.read(entry).sealed, with_secret=secret.encode()
        )
        session = msgspec.json.decode(body, type=Session)
    except (server_seals.NotOurs, msgspec.DecodeError):
        return None
    return OpenSession(session, secret, entry) if wiring.real_clock() < session.ends(wiring.session_times) else None


def used(wiring: Wiring, found: OpenSession) -> Session | None:
    """The session after one more request: noted, with new tokens if its own are about to end. None if it has ended.

    Raises `Problem("unavailable")` if tokens have ended and the issuer does not answer.
    """
    now, session = wiring.real_clock(), found.session
    try:
        session = _with_new_tokens(wiring, session, now)
    except IssuerRefusal:  # such as for an account that is no more
        end(wiring, found)
        return None
    if session is not found.session or now - session.used >= NOTED:
        session = replace(session, used=now)
        _note(wiring, session, found)
    return session


def end(wiring: Wiring, found: OpenSession) -> None:
    """The session is over at once, also for requests that run at this moment."""
    with binding.directory():
        wiring.store.commit([Remove(found.entry.key)])


def with_second_factor(wiring: Wiring, found: OpenSession) -> None:
    """Notes that the person has set one up."""
    _note(wiring, replace(found.session, second_factor=True, new_factor=""), found)


def with_new_factor(wiring: Wiring, found: OpenSession, secret: str) -> None:
    _note(wiring, replace(found.session, new_factor=secret), found)


def with_organisations(wiring: Wiring, found: OpenSession, organisations: Sequence[OwnOrganisation]) -> None:
    """Notes the person's present organisations."""
    _note(wiring, replace(found.session, organisations=list(organisations)), found)


def with_part(wiring: Wiring, found: OpenSession, plays: PlayedPart | None) -> None:
    """Notes as whom the person acts from now on, which the caller has checked. None: as themself."""
    _note(wiring, replace(found.session, plays=plays), found)


def _with_new_tokens(wiring: Wiring, session: Session, now: Instant) -> Session:
    """The session itself if its tokens are not about to end, or while they are valid and the issuer does not answer.

    Raises `IssuerRefusal`.
    """
    if not session.refresh or now < session.until - EARLY:
        return session
    try:
        new = wiring.issuer.refresh(session.refresh, session.sub)
    except IssuerUnavailable:
        if now < session.until:
            return session
        raise Problem("unavailable", "Sign-in cannot be checked at the moment.") from None
    return replace(session, access=new.access, refresh=new.refresh, until=new.until)


def _note(wiring: Wiring, session: Session, found: OpenSession) -> None:
    """Without effect if another request has noted itself, or has ended the session."""
    _write(wiring, session, found.secret, found.entry)


def _write(wiring: Wiring, session: Session, secret: str, before: Entry | None) -> None:
    key = _key(secret)
    body = msgspec.json.encode(session)
    sealed = server_seals.seal(wiring.secrets, _PURPOSE, key.pk, body, with_secret=secret.encode())
    expires = -(-session.ends(wiring.session_times) // SECOND)
    with binding.directory(), suppress(CommitConflict):
        wiring.store.commit([FORM.write(key, _Stored(sealed), before, plain=True, expires=expires)])


def _key(secret: str) -> Key:
    return keys.session(hashlib.sha256(b"redress session " + secret.encode()).hexdigest())
