"""The bucket's anchors and archives in memory, with versions and locks."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.ports import ObjectVersion
from tests.helpers.fakes.objects import FakeObjects

SMALLEST_PART = 5 * 1024 * 1024
"""The minimum size of a part other than the last, in bytes (Amazon S3)."""


class FakeVault:
    """`ports.Vault`. `objects`: the uploaded evidence, which can be read and is erased with everything else."""

    def __init__(self, objects: FakeObjects) -> None:
        self._evidence = objects
        self.written: dict[str, list[bytes]] = {}
        """Versions by key, oldest first."""
        self.once: set[str] = set()
        self.locked: dict[str, str] = {}
        """The end of compliance retention, by key."""
        self.uploads: dict[str, dict[int, bytes]] = {}
        """Open multipart uploads, by id."""
        self._begun = 0

    def put_once(self, key: str, body: bytes) -> bool:
        if key in self.written:
            return False
        self.once.add(key)
        self.written[key] = [body]
        return True

    def put(self, key: str, body: bytes) -> None:
        self.written.setdefault(key, []).append(body)

    def first(self, key: str) -> bytes | None:
        return self.written.get(key, [None])[0]

    def read(self, key: str, first: int, size: int) -> bytes | None:
        versions = self.written.get(key)
        whole = versions[-1] if versions else self._evidence.content(key)
        return None if whole is None else whole[first : first + size]

    def begin(self, key: str, media_type: str) -> str:
        self._begun += 1
        upload = f"{key}#{self._begun}"
        self.uploads[upload] = {}
        return upload

    def part(self, key: str, upload: str, number: int, body: bytes) -> str:
        self.uploads[upload][number] = body
        return f"{number}-{hash(body)}"

    def complete(self, key: str, upload: str, tags: Sequence[str]) -> None:
        if upload not in self.uploads:
            assert key in self.written, "NoSuchUpload"
            return
        parts = self.uploads.pop(upload)
        bodies = [parts[number] for number in range(1, len(tags) + 1)]
        assert [f"{number}-{hash(body)}" for number, body in enumerate(bodies, start=1)] == list(tags), "InvalidPart"
        assert all(len(body) >= SMALLEST_PART for body in bodies[:-1]), "EntityTooSmall"
        self.written.setdefault(key, []).append(b"".join(bodies))

    def abort(self, key: str, upload: str) -> None:
        self.uploads.pop(upload, None)

    def link(self, key: str, *, seconds: int, name: str) -> str:
        return f"https://bucket.test/{key}?seconds={seconds}"

    def versions(self, prefix: str, most: int, *, after: tuple[str, str] | None = None) -> Sequence[ObjectVersion]:
        every = [(key, str(number)) for key, versions in self.written.items() for number in range(len(versions))]
        every += [(key, version) for key, versions in self._evidence.stored.items() for version in versions]
        found = sorted(one for one in every if one[0].startswith(prefix) and (after is None or one > after))
        return [ObjectVersion(key, version, self.locked.get(key)) for key, version in found[:most]]

    def erase(self, stored: Sequence[ObjectVersion], *, early: bool = True) -> None:
        """Raises `Locked` for versions under a legal hold, which no permission bypasses."""
        for one in stored:
            if one.locked is None:
                self.written.pop(one.key, None)
                self._evidence.delete(one.key, one.version, early=True)
