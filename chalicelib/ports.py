"""Ports: what the rooms need from the world outside. Adapters for AWS and fakes for tests stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import msgspec

from chalicelib.instants import Instant

TimeSource = Callable[[], Instant]
"""The domain's present. Read in one place per command (`wiring`), passed on as an argument."""


class Invitation(msgspec.Struct, frozen=True):
    """A person known to the identity provider, and a new temporary password if they never signed in yet."""

    sub: str
    password: str | None


class Account(msgspec.Struct, frozen=True):
    """`signed_in`: whether a password of their own was chosen, which only who reads the address's mail could."""

    sub: str
    signed_in: bool


class Identity(Protocol):
    """Who people are (Amazon Cognito). What they may do is the tenant's own membership item."""

    def find_or_create(self, email: str) -> str:
        """The `sub` of whoever has this address; who is not known is created, with a password that nobody knows.

        Raises `Problem("conflict")` where an account gives the address for its own and has not confirmed it.
        """
        ...

    def account(self, email: str) -> Account | None:
        """Whoever has this address; None where nobody has, or somebody has not confirmed it. Nobody is created."""
        ...

    def delete(self, sub: str) -> None:
        """Delete the account. One that is gone is no error."""
        ...

    def invite(self, email: str) -> Invitation:
        """The same person with a new temporary password, which makes every earlier one void. Raises as `person`."""
        ...


class DeliveryRefused(Exception):
    """Whoever was to pass something on will never take it: asking again changes nothing. `why` names no particular."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DeliveryFailed(Exception):
    """It could not be passed on this time: refused connection, no answer, too many at once. `why` as in `Refused`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NO_TAGS: Mapping[str, str] = MappingProxyType({})


class Mailer(Protocol):
    """Outgoing e-mail (Amazon SES)."""

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        *,
        key: str | None = None,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> None:
        """`key`: the same for the same mail, and so in its headers. `tags`: come back with what is heard of it later.

        Raises `Refused` or `NotReached`.
        """
        ...


class Poster(Protocol):
    """Outgoing HTTP to addresses that organisations name (webhooks)."""

    def fault(self, url: str) -> str | None:
        """What is wrong with an address, to be read after its name; None where it can be tried."""
        ...

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The answer's status. Raises `NotReached`."""
        ...


class TenantMessage(Protocol):
    """What a worker is told, as a struct: whose it is, and the rest."""

    @property
    def tenant(self) -> str: ...


class QueueMessage(msgspec.Struct, frozen=True):
    """One message for a queue: JSON text, at most 256 KiB."""

    tenant: str
    body: str

    @classmethod
    def of(cls, what: TenantMessage) -> QueueMessage:
        return cls(what.tenant, msgspec.json.encode(what).decode())


class Queue(Protocol):
    """A queue with at-least-once delivery (Amazon SQS)."""

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        """Enqueue all of them, in batches of ten, or raise. Nobody is handed them for `pause` seconds, at most 900."""
        ...

    def depth(self) -> int:
        """About how many messages are not handled yet, pausing or in a worker's hands too. 0 may be a moment old."""
        ...


class ObjectVersion(msgspec.Struct, frozen=True):
    """One version of an object. `locked`: UTC text until when nobody, or nobody without a bypass, can delete it."""

    key: str
    version: str
    locked: str | None


class Vault(Protocol):
    """What the deployment itself keeps of a tenant in the bucket, under the bound tenant's prefix: anchors, archives.

    Keys outside that prefix raise `binding.Unbound`.
    """

    def put_once(self, key: str, body: bytes) -> None:
        """Write an object that cannot be changed until its retention is over; one that is there stays as it is."""
        ...

    def put(self, key: str, body: bytes) -> None: ...

    def first(self, key: str) -> bytes | None:
        """The oldest version, which for a write-once object is the only true one."""
        ...

    def read(self, key: str, first: int, size: int) -> bytes | None:
        """At most `size` bytes of the latest version from byte `first`; None where there is no such object."""
        ...

    def begin(self, key: str, media_type: str) -> str:
        """Begin an upload in parts; its id."""
        ...

    def part(self, key: str, upload: str, number: int, body: bytes) -> str:
        """Parts are numbered from 1; each but the last has 5 MiB or more. The part's entity tag."""
        ...

    def complete(self, key: str, upload: str, tags: Sequence[str]) -> None:
        """Make the object of its parts. One that was completed before stays as it is."""
        ...

    def abort(self, key: str, upload: str) -> None:
        """Give up an upload in parts, and what it holds. One that was completed or given up before is none."""
        ...

    def link(self, key: str, *, seconds: int, name: str) -> str:
        """A presigned GET that saves the object under `name`."""
        ...

    def versions(self, prefix: str, most: int, *, after: tuple[str, str] | None = None) -> Sequence[ObjectVersion]:
        """Versions under a prefix, delete markers included, behind a key and version."""
        ...

    def erase(self, stored: Sequence[ObjectVersion]) -> None:
        """Delete these versions, those under governance included; those under compliance stay."""
        ...


class Signer(Protocol):
    """Signs for the deployment, so that anybody can check it with the public key (AWS KMS, ECDSA on P-256, SHA-256)."""

    def sign(self, message: bytes) -> str:
        """The signature: DER, in base64."""
        ...

    def public_key(self) -> str:
        """PEM."""
        ...


class Sealer(Protocol):
    """Encrypts private values under the tenant's data key, bound to tenant and complaint. The tenant is bound."""

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str: ...

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes: ...

    def erase_key(self, tenant: str) -> None:
        """Erase the tenant: its data key is deleted, and nothing of it can be sealed or opened any more."""
        ...


class ServerKey(msgspec.Struct, frozen=True):
    """A secret of the deployment and the id under which values made with it name it."""

    id: str
    secret: bytes


class Secrets(Protocol):
    """Keys of the deployment (AWS Secrets Manager), read once per process. `purpose`: `receipt`, `cursor`, `lookup`."""

    def current(self, purpose: str) -> ServerKey: ...

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None: ...


class TenantStates(Protocol):
    """Which tenants exist (`DIR#` items), cached for 60 s, read under the `directory` binding."""

    def state(self, tenant: str) -> str | None:
        """`pending`, `active`, `suspended`, `leaving`, `erasing`, `erased` or `lapsing`; None where there is none."""
        ...

    def reason(self, tenant: str) -> str:
        """Why it is suspended, as the last `state` of this tenant found it. Makes no call."""
        ...

    def plan(self, tenant: str) -> str | None:
        """The plan's name, as the last `state` of this tenant found it. Makes no call; None where it is not cached."""
        ...

    def origins(self, tenant: str) -> Sequence[str]:
        """The web origins that it names, in the same way; empty where it names none or nothing is cached."""
        ...

    def invalidate(self, tenant: str) -> None:
        """What is cached of it: it was changed in this process. Others hear of it when their 60 s are over."""
        ...


class TokenVerifier(Protocol):
    """Proves who sent a bearer token, and only that (OpenID Connect ID token of the deployment's user pool)."""

    def subject(self, token: str) -> str:
        """The token's `sub`. Raises `Problem("unauthenticated")` for every token that is not good."""
        ...
