"""Binding: the scope in which code uses AWS. It determines the credentials that sign each request.

There are four kinds:

- `tenant(id)`: the items and objects of one organisation.
- `directory()`: `DIR#` items, accounts, mail and secrets, with the function's own role.
- `sweep()`: the query of index `due`.
- `erasure(id)`: deletion of the objects of an organisation that has left, including locked ones.

Each is a context manager: inside its block, the code has this binding. AWS calls without a binding raise `Unbound`. A
binding belongs to the thread (context) that entered it. New threads start without one.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

if TYPE_CHECKING:
    from botocore.credentials import Credentials

BindingKind = Literal["tenant", "directory", "sweep", "erasure"]

_TENANT_ID = r"[a-z0-9-]{3,40}"


class Unbound(RuntimeError):
    """Code used AWS without a binding, or outside the current one. A programming error."""


class Binding(msgspec.Struct, frozen=True):
    """`tenant`: the organisation's id for the kinds `tenant` and `erasure`, otherwise empty."""

    kind: BindingKind
    tenant: str = ""


class CredentialProvider(Protocol):
    """Source of the credentials for each binding."""

    def credentials(self, binding: Binding) -> Credentials:
        """Called for each signature, so implementations cache. Raises if there are no credentials."""
        ...


_DIRECTORY, _SWEEP = Binding("directory"), Binding("sweep")
_current: ContextVar[Binding] = ContextVar("binding")


def current() -> Binding:
    """The innermost binding. Raises `Unbound` outside all bindings."""
    try:
        return _current.get()
    except LookupError:
        raise Unbound("AWS is used without a binding") from None


class _Bound(AbstractContextManager[Binding]):
    """Entered once. A class, because each call of the store is inside one, and a generator takes longer."""

    __slots__ = ("_binding", "_token")

    def __init__(self, binding: Binding) -> None:
        self._binding = binding

    def __enter__(self) -> Binding:
        self._token = _current.set(self._binding)
        return self._binding

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def tenant(tenant_id: str) -> AbstractContextManager[Binding]:
    """Context in which the code may use one organisation's items and objects.

    Raises ValueError for an invalid id: with `#`, it could reach other tenants' keys.
    """
    return _Bound(_of_tenant("tenant", tenant_id))


def erasure(tenant_id: str) -> AbstractContextManager[Binding]:
    """Context in which the code may delete this organisation's objects, and nothing else.

    Raises ValueError for an invalid id.
    """
    return _Bound(_of_tenant("erasure", tenant_id))


@lru_cache(maxsize=1024)
def _of_tenant(kind: BindingKind, tenant_id: str) -> Binding:
    """Checked and made once for many blocks."""
    if not re.fullmatch(_TENANT_ID, tenant_id):
        raise ValueError("a tenant id has 3 to 40 characters of a-z, 0-9 and -")
    return Binding(kind, tenant_id)


def directory() -> AbstractContextManager[Binding]:
    """Context in which the code acts as the deployment itself, without access to tenants' items."""
    return _Bound(_DIRECTORY)


def sweep() -> AbstractContextManager[Binding]:
    """Context in which the code may query index `due`, and nothing else."""
    return _Bound(_SWEEP)


class OwnCredentials:
    """A `CredentialProvider` that returns the function's own credentials for every binding."""

    def __init__(self, session: Any) -> None:
        """`session`: a boto3 or botocore session."""
        self._session = session

    def credentials(self, binding: Binding) -> Credentials:
        found: Credentials | None = self._session.get_credentials()
        if found is None:
            raise Unbound("the function has no credentials of its own")
        return found


def sign_with(client_or_session: Any, provider: CredentialProvider) -> None:
    """Sign every request and every presigned URL or POST with the current binding's credentials.

    Accepts a client or a session of boto3 or botocore. Clients that a session creates afterwards inherit its hook.
    Without a binding, or without credentials for it, the call raises before a request is sent. The hook is botocore's
    `before-sign`, which runs before `RequestSigner.sign` chooses `request_credentials`.
    """

    def choose(request: Any, **_: Any) -> None:
        signing = dict(request.context.get("signing", {}))
        if "identity_cache" in signing:
            raise Unbound("S3 Express sessions are cached per bucket, not per binding")
        credentials = provider.credentials(current())
        if not credentials:
            raise Unbound("the binding has no credentials")  # botocore would fall back to the function's own
        signing["request_credentials"] = credentials
        request.context["signing"] = signing

    _emitter(client_or_session).register_last("before-sign", choose)


def _emitter(client_or_session: Any) -> Any:
    """The event emitter: `client.meta.events`, boto3's `session.events`, or botocore's session component."""
    if hasattr(client_or_session, "meta"):
        return client_or_session.meta.events
    if hasattr(client_or_session, "events"):
        return client_or_session.events
    return client_or_session.get_component("event_emitter")
