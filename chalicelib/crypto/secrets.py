"""Keys of the deployment, in one AWS Secrets Manager secret that each process keeps for some minutes."""

from __future__ import annotations

import hashlib
import hmac
import json

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.kit import observability
from chalicelib.kit.instants import MINUTE, SECOND
from chalicelib.ports import ServerKey, TimeSource

CURRENT = "current"
MIN_LENGTH = 32
"""Characters of a key. The template lets Secrets Manager generate 64."""


KEPT_FOR = 5 * MINUTE
"""A rotation reaches every process within this time."""
KEPT_FOR_AN_UNKNOWN_ID = 10 * SECOND
"""The least time between two readings, however many unknown ids arrive: every caller can send one."""


class SecretsManagerKeys:
    """`ports.Secrets`. The secret is JSON: `{"current": "k1", "k1": "<text of at least 32 characters>"}`.

    To rotate, add `k2` and make it current. Keep `k1` as long as values made with it must stay valid. Each purpose has
    its own key, derived with HMAC-SHA-256, so a value made for one purpose is not valid for another.
    """

    def __init__(self, clients: Clients, secret: str, real_clock: TimeSource) -> None:
        """`secret`: the secret's name or ARN."""
        self._clients = clients
        self._secret = secret
        self._real_clock = real_clock
        self._keys: dict[str, str] = {}
        self._read_at = 0

    def current(self, purpose: str) -> ServerKey:
        keys = self._load(KEPT_FOR)
        return _derived(purpose, keys[CURRENT], keys)

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None:
        """An unknown id may belong to a new key, with which another process has already issued a receipt."""
        if key_id == CURRENT:
            return None
        keys = self._load(KEPT_FOR)
        if key_id not in keys:
            keys = self._load(KEPT_FOR_AN_UNKNOWN_ID)
        return _derived(purpose, key_id, keys) if key_id in keys else None

    def retained(self, purpose: str) -> list[ServerKey]:
        keys = self._load(KEPT_FOR)
        return [_derived(purpose, key_id, keys) for key_id in sorted(keys.keys() - {CURRENT}, key=keys[CURRENT].__ne__)]

    def _load(self, longest: int) -> dict[str, str]:
        """The keys, not older than `longest` milliseconds. If they cannot be read again, the known ones remain."""
        now = self._real_clock()
        if not self._keys:
            self._keys, self._read_at = self._read(), now
        elif now - self._read_at >= longest:
            self._read_at = now
            try:
                self._keys = self._read()
            except Exception as failure:  # noqa: BLE001  an outage, or a secret that an operator has just spoilt
                observability.error("The server keys could not be read again", error=observability.frames(failure))
        return self._keys

    def _read(self) -> dict[str, str]:
        with binding.directory():
            return _parse(self._clients.secrets().get_secret_value(SecretId=self._secret)["SecretString"])


def _parse(text: str) -> dict[str, str]:
    """Raises ValueError, without secret text, if the JSON does not have the form that the class describes."""
    keys: dict[str, str] = json.loads(text)
    if keys.get(CURRENT) not in keys.keys() - {CURRENT}:
        raise ValueError("the deployment's secret names no current key")
    if any(len(value) < MIN_LENGTH for key_id, value in keys.items() if key_id != CURRENT):
        raise ValueError(f"a key of the deployment's secret is shorter than {MIN_LENGTH} characters")
    return keys


def _derived(purpose: str, key_id: str, keys: dict[str, str]) -> ServerKey:
    secret = hmac.new(keys[key_id].encode(), f"redress/{purpose}".encode(), hashlib.sha256).digest()
    return ServerKey(id=key_id, secret=secret)
