"""Keys of the deployment in one AWS Secrets Manager secret, read once per process."""

from __future__ import annotations

import hashlib
import hmac
import json

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.ports import ServerKey

CURRENT = "current"
SHORTEST = 32
"""Characters of a secret; the template has Secrets Manager generate 64."""


class SecretsManagerKeys:
    """`ports.Secrets`. The secret is JSON: `{"current": "k1", "k1": "<text of at least 32 characters>"}`.

    Rotating adds `k2` and names it current; `k1` stays as long as values made with it must be understood. Each
    purpose has its own key, derived by HMAC-SHA-256, so that a value of one purpose never passes for another's.
    """

    def __init__(self, clients: Clients, secret: str) -> None:
        """`secret`: the secret's name or ARN."""
        self._clients = clients
        self._secret = secret
        self._keys: dict[str, str] | None = None

    def current(self, purpose: str) -> ServerKey:
        known = self._known()
        return _derived(purpose, known[CURRENT], known)

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None:
        known = self._known()
        return _derived(purpose, key_id, known) if key_id != CURRENT and key_id in known else None

    def _known(self) -> dict[str, str]:
        if self._keys is None:
            with binding.directory():
                text = self._clients.secrets().get_secret_value(SecretId=self._secret)["SecretString"]
            self._keys = _parse(text)
        return self._keys


def _parse(text: str) -> dict[str, str]:
    """Raises ValueError, which names no secret, where the text is not what the class says."""
    keys: dict[str, str] = json.loads(text)
    if keys.get(CURRENT) not in keys.keys() - {CURRENT}:
        raise ValueError("the deployment's secret names no current key")
    if any(len(value) < SHORTEST for key_id, value in keys.items() if key_id != CURRENT):
        raise ValueError(f"a key of the deployment's secret is shorter than {SHORTEST} characters")
    return keys


def _derived(purpose: str, key_id: str, keys: dict[str, str]) -> ServerKey:
    secret = hmac.new(keys[key_id].encode(), f"redress/{purpose}".encode(), hashlib.sha256).digest()
    return ServerKey(id=key_id, secret=secret)
