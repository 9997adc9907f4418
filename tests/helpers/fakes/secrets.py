"""Keys of the deployment, new for every instance."""

from __future__ import annotations

import secrets
import threading

from chalicelib.ports import ServerKey


class FakeSecrets:
    """`ports.Secrets`. `rotate` creates a new current key. Older keys remain available by id."""

    def __init__(self) -> None:
        self._keys: dict[str, list[ServerKey]] = {}
        self._lock = threading.RLock()

    def current(self, purpose: str) -> ServerKey:
        with self._lock:
            return self._keys[purpose][-1] if purpose in self._keys else self.rotate(purpose)

    def by_id(self, purpose: str, key_id: str) -> ServerKey | None:
        return next((key for key in self._keys.get(purpose, []) if key.id == key_id), None)

    def retained(self, purpose: str) -> list[ServerKey]:
        self.current(purpose)
        return self._keys[purpose][::-1]

    def rotate(self, purpose: str) -> ServerKey:
        with self._lock:
            keys = self._keys.setdefault(purpose, [])
            keys.append(ServerKey(id=f"k{len(keys) + 1}", secret=secrets.token_bytes(32)))
            return keys[-1]
