"""Vended credentials: role `tenant-data`, assumed for one organisation at a time under the session tag `TenantId`.

The role's policy allows the keys and objects under that tag and nothing else, so that a request which code signs for
one tenant cannot reach another's. A tenant is bound only after its `DIR#` item was found (`http.tenancy`) or out of
keys that the deployment itself wrote, so ids that were made up by a caller never get here.
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
from chalicelib.instants import MINUTE, Instant, to_instant
from chalicelib.ports import TimeSource
from chalicelib.store.port import Unavailable

if TYPE_CHECKING:
    from botocore.session import Session

TAG = "TenantId"
DURATION = 3600
"""Seconds; STS's most for a role that is assumed from another role's credentials, as a function's are."""
LEAST_LEFT = 15 * MINUTE
"""What handed-out credentials are good for at least. A presigned link ends with the credentials that signed it, so
this is longer than any link (`evidence.storage.s3_objects.LONGEST`) by more than clocks differ."""
MOST = 1_000
"""Tenants kept in a process, about 2 KB each."""
_FOR_NOW = frozenset({"RequestLimitExceeded", "ServiceUnavailable", "Throttling", "ThrottlingException"})


class AssumedCredentials(msgspec.Struct, frozen=True):
    credentials: Credentials
    until: Instant
    """Real time at which AWS stops taking them."""


Assume = Callable[[str], AssumedCredentials]
"""Assumes the role for a tenant's id. Raises `Unavailable` or `Unbound`."""


class _Slot(msgspec.Struct):
    """One tenant's place. Its lock lets one thread ask while those that need the same answer wait."""

    lock: Lock = msgspec.field(default_factory=Lock)
    vended: AssumedCredentials | None = None


class ScopedCredentials:
    """A `CredentialProvider`: `tenant(id)` signs as the role under that tag, everything else as the function itself.

    `erase`: assumes the role that deletes objects, for `erasure(id)`.
    """

    def __init__(
        self,
        own: CredentialProvider,
        assume: Assume,
        real_clock: TimeSource,
        most: int = MOST,
        erase: Assume | None = None,
    ) -> None:
        self._own = own
        self._assume = {"tenant": assume} | ({} if erase is None else {"erasure": erase})
        self._clock = real_clock
        self._most = most
        self._slots: OrderedDict[Binding, _Slot] = OrderedDict()
        self._lock = Lock()

    def credentials(self, binding: Binding) -> Credentials:
        """Raises `Unavailable` or `Unbound` where the role cannot be assumed: never the function's own instead."""
        if binding.kind not in ("tenant", "erasure"):
            return self._own.credentials(binding)
        slot = self._slot(binding)
        with slot.lock:
            if slot.vended is None or slot.vended.until - self._clock() < LEAST_LEFT:
                slot.vended = self._assumed(binding)
            return slot.vended.credentials

    def _assumed(self, binding: Binding) -> AssumedCredentials:
        if binding.kind not in self._assume:
            raise Unbound("this function erases nothing")
        return self._assume[binding.kind](binding.tenant)

    def _slot(self, binding: Binding) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(binding, _Slot())
            self._slots.move_to_end(binding)
            if len(self._slots) > self._most:
                self._slots.popitem(last=False)
            return slot


class AssumeRole:
    """`Assume` by AWS STS, in the deployment's region, signed with the function's own credentials."""

    def __init__(self, session: Session, *, region: str, role: str) -> None:
        """`session` must have no `before-sign` hook, for its requests precede every binding's. `role`: the ARN."""
        self._session = session
        self._region = region
        self._role = role
        self._made: Any = None
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
            raise _meaning(error) from error
        found = answer["Credentials"]
        return AssumedCredentials(
            Credentials(found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"]),
            to_instant(found["Expiration"]),
        )

    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                patience = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard"})
                self._made = self._session.create_client("sts", region_name=self._region, config=patience)
            return self._made


def _meaning(error: ClientError) -> Exception:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = error.response["Error"]["Code"]
    if code in _FOR_NOW or status >= 500:
        return Unavailable(f"STS answered {code}")
    return Unbound(f"the tenant's role was not given: {code}")
