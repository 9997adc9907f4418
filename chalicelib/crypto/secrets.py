"""Keys of the deployment, in one AWS Secrets Manager secret that each process reads once."""

from __future__ import annotations

import hashlib
import hmac
import json

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.ports import ServerKey

CURRENT = "current"
MIN_LENGTH = 32
"""Characters of a key. The template lets Secrets Manager generate 64."""


class SecretsManagerKeys:
    """`ports.Secrets`. The secret is JSON: `{"current": "k1", "k1": "<text of at least 32 characters>"}`.

    To rotate, add `k2` and make it current. Keep `k1` as long as values made with it must stay valid. Each purpose has
    its own key, derived with HMAC-SHA-256, so a value made for one purpose is not valid for another.
    """

    def __init__(self, clients: Clients, secret: str) -> None:
        """`secret`: the secret's name or ARN."""
        self._clients = clients
        self._secret = secret
        self._keys: dict[str, str] | None = None

    def current(self, purpose: str) -> ServerKey:
        keys = self._load()
        return _derived(purpose, keys[CURRENT], keys)

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None:
        keys = self._load()
        return _derived(purpose, key_id, keys) if key_id != CURRENT and key_id in keys else None

    def _load(self) -> dict[str, str]:
        if self._keys is None:
            with binding.directory():
                text = self._clients.secrets().get_secret_value(SecretId=self._secret)["SecretString"]
            self._keys = _parse(text)
        return self._keys


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
