"""Scoped credentials: role `tenant-data`, assumed for one organisation at a time with the session tag `TenantId`.

The role's policy allows only the keys and objects of the tenant in the tag, so a request that is signed for one tenant
cannot reach another tenant. A tenant id comes from a `DIR#` item that was found (`web.dispatch`) or from keys that the
deployment wrote. Ids that a caller made up never get here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotocoreConnectionError

from chalicelib.access.binding import Binding, CredentialProvider, Unbound
from chalicelib.kit.instants import MINUTE, Instant, to_instant
from chalicelib.ports import TimeSource
from chalicelib.store.port import Unavailable

if TYPE_CHECKING:
    from botocore.session import Session

TAG = "TenantId"
DURATION = 3600
"""Seconds. The maximum of STS for role chaining, which assuming a role with a function's credentials is."""
MIN_VALIDITY = 15 * MINUTE
"""Minimum remaining validity of returned credentials. A presigned URL expires with the credentials that signed it, so
this exceeds the validity of every URL (`features.evidence.storage.s3_objects`) by more than clocks differ."""
MAX_TENANTS = 1_000
"""Tenants whose credentials a process caches, about 2 KB each."""
_TEMPORARY = frozenset({"RequestLimitExceeded", "ServiceUnavailable", "Throttling", "ThrottlingException"})


class AssumedCredentials(msgspec.Struct, frozen=True):
    credentials: Credentials
    until: Instant
    """Real time at which they expire."""


Assume = Callable[[str], AssumedCredentials]
"""Assumes the role for a tenant id. Raises `Unavailable` or `Unbound`."""


class _CacheSlot(msgspec.Struct):
    """The cached credentials of one binding. While one thread fetches them, the lock lets the others wait."""

    lock: Lock = msgspec.field(default_factory=Lock)
    assumed: AssumedCredentials | None = None


class ScopedCredentials:
    """`binding.CredentialProvider`: the assumed role for `tenant(id)`, otherwise the function's own credentials.

    `erase`: assumes the role that deletes objects, for `erasure(id)`.
    """

    def __init__(
        self,
        own: CredentialProvider,
        assume: Assume,
        real_clock: TimeSource,
        max_tenants: int = MAX_TENANTS,
        erase: Assume | None = None,
    ) -> None:
        self._own = own
        self._assume = {"tenant": assume} | ({} if erase is None else {"erasure": erase})
        self._clock = real_clock
        self._max_tenants = max_tenants
        self._slots: OrderedDict[Binding, _CacheSlot] = OrderedDict()
        self._lock = Lock()

    def credentials(self, binding: Binding) -> Credentials:
        """Raises `Unavailable` or `Unbound` if the role cannot be assumed. Never falls back to the function's own."""
        if binding.kind not in ("tenant", "erasure"):
            return self._own.credentials(binding)
        slot = self._slot(binding)
        with slot.lock:
            if slot.assumed is None or slot.assumed.until - self._clock() < MIN_VALIDITY:
                slot.assumed = self._assume_for(binding)
            return slot.assumed.credentials

    def _assume_for(self, binding: Binding) -> AssumedCredentials:
        if binding.kind not in self._assume:
            raise Unbound("this function must not erase objects")
        return self._assume[binding.kind](binding.tenant)

    def _slot(self, binding: Binding) -> _CacheSlot:
        with self._lock:
            slot = self._slots.setdefault(binding, _CacheSlot())
            self._slots.move_to_end(binding)
            if len(self._slots) > self._max_tenants:
                self._slots.popitem(last=False)
            return slot


class AssumeRole:
    """`Assume` through AWS STS in the deployment's region, signed with the function's own credentials."""

    def __init__(self, session: Session, *, region: str, role: str) -> None:
        """`session`: without a `before-sign` hook, because these requests have no binding. `role`: the ARN."""
        self._session = session
        self._region = region
        self._role = role
        self._sts: Any = None
        self._lock = Lock()

    def __call__(self, tenant: str) -> AssumedCredentials:
        try:
            answer = self._client().assume_role(
                RoleArn=self._role,
                RoleSessionName=tenant,
                DurationSeconds=DURATION,
                Tags=[{"Key": TAG, "Value": tenant}],
            )
        except (HTTPClientError, BotocoreConnectionError) as error:
            raise Unavailable("STS did not answer") from error
        except ClientError as error:
            raise _translated(error) from error
        keys = answer["Credentials"]
        return AssumedCredentials(
            Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]),
            to_instant(keys["Expiration"]),
        )

    def _client(self) -> Any:
        with self._lock:
            if self._sts is None:
                config = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard"})
                self._sts = self._session.create_client("sts", region_name=self._region, config=config)
            return self._sts


def _translated(error: ClientError) -> Exception:
    """`Unavailable` for a temporary error, otherwise `Unbound`."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = error.response["Error"]["Code"]
    if code in _TEMPORARY or status >= 500:
        return Unavailable(f"STS answered {code}")
    return Unbound(f"the tenant's role cannot be assumed: {code}")
