"""Ports: the interfaces to services outside the code. AWS adapters and the tests' fakes implement them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from chalicelib.kit.instants import Instant

if TYPE_CHECKING:
    from chalicelib.kit.mail import Mail

TimeSource = Callable[[], Instant]
"""Returns the current time, domain or real. Read once per command, then passed on as an argument."""


class Invitation(msgspec.Struct, frozen=True):
    """An account, with a new temporary password if the person has never signed in."""

    sub: str
    password: str | None
    pending: bool = False
    """True if the person has never signed in, and an earlier invitation's password was kept."""


class Identity(Protocol):
    """Accounts of people (Amazon Cognito). Their permissions are in the tenant's membership items."""

    def find_or_create(self, email: str) -> str:
        """The `sub` of the account with this address. A new account gets a random password that is not disclosed.

        Raises `Problem("conflict")` if an account has the address but has not confirmed it.
        """
        ...

    def account(self, email: str) -> str | None:
        """The `sub` of the account with this address. None if there is none, or if it has not confirmed the address."""
        ...

    def delete(self, sub: str) -> None:
        """Delete the account. A missing account is no error."""
        ...

    def invite(self, email: str, *, keep_pending: bool = False) -> Invitation:
        """Find or create the account, and set a new temporary password if the person has never signed in.

        Earlier temporary passwords become invalid. With `keep_pending`, one that an earlier invitation set stays until
        it expires, seven days after. Raises as `find_or_create`.
        """
        ...


MailTrouble = Literal["bounced", "complained", "stopped"]
"""Why a person gets no mail, as an organisation sees it: a mail bounced, they reported one as spam, or `stopped`,
because of a mail of another organisation."""


class DeliveryRefused(Exception):
    """Delivery failed permanently; a retry does not help. `why` contains no personal data.

    `mail`: if mails to the address are stopped.
    """

    def __init__(self, why: str, mail: MailTrouble | None = None) -> None:
        super().__init__(why)
        self.why, self.mail = why, mail


class DeliveryFailed(Exception):
    """Delivery failed for now: connection refused, timeout, throttling. `why` contains no personal data."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NO_TAGS: Mapping[str, str] = MappingProxyType({})


class Mailer(Protocol):
    """Outgoing e-mail (Amazon SES)."""

    def send(
        self,
        to: str,
        mail: Mail,
        *,
        key: str | None = None,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> None:
        """Send one mail. Raises `DeliveryRefused` if a retry cannot help, otherwise `DeliveryFailed`.

        `key`: identifies the mail; retries of the same mail carry the same key in a header. `tags`: returned with later
        delivery events.
        """
        ...


class Poster(Protocol):
    """Outgoing HTTP requests to URLs that organisations configure (webhooks)."""

    def fault(self, url: str) -> str | None:
        """The reason why a URL is not allowed, as a predicate of a sentence ("must be …"). None if it is allowed."""
        ...

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Status code of the response, of any class. Raises `DeliveryFailed` without a complete answer in time."""
        ...


class TenantMessage(Protocol):
    """A struct that is sent through a queue on behalf of a tenant."""

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
        """Enqueue all messages, in batches of ten, or raise. `pause`: delay in seconds before delivery, at most 900."""
        ...

    def depth(self) -> int:
        """Approximate number of messages, including delayed and in-flight ones. May miss recent messages."""
        ...


class ObjectVersion(msgspec.Struct, frozen=True):
    """One version of an object. `locked`: end of its Object Lock retention as UTC text, or None."""

    key: str
    version: str
    locked: str | None


class Vault(Protocol):
    """Anchors and archives of the bound tenant in the bucket.

    Keys outside the tenant's prefix raise `binding.Unbound`.
    """

    def put_once(self, key: str, body: bytes) -> bool:
        """Write an object that cannot be changed until its retention ends. An existing object stays unchanged.

        True if this call wrote it. False if it existed, also if it is from a try of this call whose answer was lost.
        """
        ...

    def put(self, key: str, body: bytes) -> None: ...

    def first(self, key: str) -> bytes | None:
        """The oldest version. For a write-once object this is the authentic one."""
        ...

    def read(self, key: str, first: int, size: int) -> bytes | None:
        """At most `size` bytes of the latest version, from byte `first`. None if there is no such object."""
        ...

    def begin(self, key: str, media_type: str) -> str:
        """Start a multipart upload. Returns its id."""
        ...

    def part(self, key: str, upload: str, number: int, body: bytes) -> str:
        """Upload one part. Returns its entity tag. Parts count from 1; all but the last have at least 5 MiB."""
        ...

    def complete(self, key: str, upload: str, tags: Sequence[str]) -> None:
        """Create the object from its parts. No effect if the upload was completed before."""
        ...

    def abort(self, key: str, upload: str) -> None:
        """Abort a multipart upload and delete its parts. No effect if it was completed or aborted before."""
        ...

    def link(self, key: str, *, seconds: int, name: str) -> str:
        """A presigned GET URL. Browsers save the object as `name`."""
        ...

    def versions(self, prefix: str, most: int, *, after: tuple[str, str] | None = None) -> Sequence[ObjectVersion]:
        """At most `most` versions under a prefix, including delete markers. `after`: the last key and version read."""
        ...

    def erase(self, stored: Sequence[ObjectVersion], *, early: bool = True) -> None:
        """Delete these versions. Those locked in compliance mode stay; without `early`, no lock is bypassed."""
        ...


class Signer(Protocol):
    """Signatures of the deployment, verifiable with its public key (AWS KMS, ECDSA on P-256 with SHA-256)."""

    def sign(self, message: bytes) -> str:
        """The signature in DER, base64-encoded."""
        ...

    def public_key(self) -> str:
        """PEM."""
        ...


class Sealer(Protocol):
    """Encrypts (`seal`) and decrypts (`open`) private values with the tenant's data key.

    The encryption context names tenant and complaint, so a value cannot be decrypted as that of another.

    Callers must have bound the tenant.
    """

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str: ...

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes: ...

    def derive(self, tenant: str, purpose: str) -> bytes:
        """A key of 32 bytes for this purpose, from the tenant's data key. It is stored nowhere."""
        ...

    def erase_key(self, tenant: str) -> None:
        """Delete the tenant's data key. Its values can never be decrypted again, and no new key can be created."""
        ...


class ServerKey(msgspec.Struct, frozen=True):
    """A secret of the deployment. Values made with it carry its id."""

    id: str
    secret: bytes


class Secrets(Protocol):
    """Keys of the deployment (AWS Secrets Manager). A process keeps them for some minutes.

    `purpose`: such as `receipt`, `cursor`, `lookup` or `session`.
    """

    def current(self, purpose: str) -> ServerKey: ...

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None: ...

    def retained(self, purpose: str) -> list[ServerKey]:
        """All keys, the current one first."""
        ...


class TenantStates(Protocol):
    """State of each tenant (`DIR#` items), read under the `directory` binding. That of open ones is cached for 60 s.

    Only `state` reads from the store. The other methods return what the last `state` call for the tenant read.
    """

    def state(self, tenant: str) -> str | None:
        """`pending`, `active`, `suspended`, `leaving`, `erasing`, `erased` or `lapsing`. None for an unknown tenant."""
        ...

    def is_open(self, tenant: str) -> bool:
        """Whether people from outside may use the organisation, and others than its founder get its mails."""
        ...

    def second_factor(self, tenant: str) -> bool:
        """Whether its people need a second factor to use its pages."""
        ...

    def reason(self, tenant: str) -> str:
        """Reason for the suspension, or empty."""
        ...

    def plan(self, tenant: str) -> str | None:
        """Name of the plan. None if it is not cached."""
        ...

    def origins(self, tenant: str) -> Sequence[str]:
        """Web origins that may read responses (CORS). Empty if the tenant names none, or nothing is cached."""
        ...

    def invalidate(self, tenant: str) -> None:
        """Drop the tenant from this process's cache after a change. Other processes follow within 60 s."""
        ...


class TokenVerifier(Protocol):
    """Verifies bearer tokens (OpenID Connect ID tokens of the deployment's user pool). Does not check permissions."""

    def subject(self, token: str) -> str:
        """The `sub` of the token. Raises `Problem("unauthenticated")` for a token that is not valid."""
        ...
