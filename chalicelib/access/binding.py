"""Binding: on whose behalf the running code touches AWS, and whose credentials therefore sign each request.

There are four bindings: `tenant(id)` for one organisation's items and objects; `directory()`, the function's own
role, for `DIR#` items, identities, mail and secrets; `sweep()` for the query of index `due`; `erasure(id)` for deleting
the objects of an organisation that has left, locked ones included. Code without one gets `Unbound`.
A binding belongs to the thread (context) that entered it: new threads start unbound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

if TYPE_CHECKING:
    from botocore.credentials import Credentials

BindingKind = Literal["tenant", "directory", "sweep", "erasure"]

_TENANT_ID = r"[a-z0-9-]{3,40}"


class Unbound(RuntimeError):
    """AWS was to be touched without a binding, or outside what the binding allows: a fault of the code."""


class Binding(msgspec.Struct, frozen=True):
    """`tenant` is the organisation's id where `kind` is `tenant` or `erasure`, else empty."""

    kind: BindingKind
    tenant: str = ""


class CredentialProvider(Protocol):
    """Vends the credentials for a binding."""

    def credentials(self, binding: Binding) -> Credentials:
        """Called for each signature, so it keeps what it fetched. Raises rather than return None."""
        ...


_current: ContextVar[Binding] = ContextVar("binding")


def current() -> Binding:
    """The innermost binding. Raises `Unbound`."""
    try:
        return _current.get()
    except LookupError:
        raise Unbound("no tenant, directory or sweep is bound here") from None


@contextmanager
def _bound(binding: Binding) -> Iterator[Binding]:
    token = _current.set(binding)
    try:
        yield binding
    finally:
        _current.reset(token)


@contextmanager
def tenant(tenant_id: str) -> Iterator[Binding]:
    """Act for one organisation. Raises ValueError for what is no id: a `#` in it would reach other tenants' keys."""
    if not re.fullmatch(_TENANT_ID, tenant_id):
        raise ValueError("a tenant id is 3 to 40 of a-z, 0-9 and -")
    with _bound(Binding("tenant", tenant_id)) as binding:
        yield binding


@contextmanager
def erasure(tenant_id: str) -> Iterator[Binding]:
    """Delete an organisation's objects, and nothing else. Raises ValueError as `tenant`."""
    if not re.fullmatch(_TENANT_ID, tenant_id):
        raise ValueError("a tenant id is 3 to 40 of a-z, 0-9 and -")
    with _bound(Binding("erasure", tenant_id)) as binding:
        yield binding


@contextmanager
def directory() -> Iterator[Binding]:
    """Act as the deployment itself: never on a tenant's items."""
    with _bound(Binding("directory")) as binding:
        yield binding


@contextmanager
def sweep() -> Iterator[Binding]:
    """Query index `due`, and nothing else."""
    with _bound(Binding("sweep")) as binding:
        yield binding


class OwnCredentials:
    """The function's own credentials for every binding."""

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

    Takes a client or a session, boto3's or botocore's; a session's hook is inherited by the clients made from it
    afterwards. With no binding, or no credentials for it, the call raises before anything leaves. The hook is
    botocore's `before-sign`, which precedes the choice of `request_credentials` in `RequestSigner.sign`.
    """

    def choose(request: Any, **_: Any) -> None:
        signing = dict(request.context.get("signing", {}))
        if "identity_cache" in signing:
            raise Unbound("S3 Express sessions are cached per bucket, not per binding")
        credentials = provider.credentials(current())
        if not credentials:
            raise Unbound("the binding has no credentials")  # botocore would fall back on the function's own
        signing["request_credentials"] = credentials
        request.context["signing"] = signing

    _emitter(client_or_session).register_last("before-sign", choose)


def _emitter(client_or_session: Any) -> Any:
    """Where hooks are registered: `client.meta.events`, boto3's `session.events`, or botocore's session component."""
    if hasattr(client_or_session, "meta"):
        return client_or_session.meta.events
    if hasattr(client_or_session, "events"):
        return client_or_session.events
    return client_or_session.get_component("event_emitter")
