"""The evidence bucket in memory: versions, locks, and the issued tickets."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chalicelib.ports.files import (
    ArrivedFile,
    ObjectLocked,
    PartTicket,
    PostTicket,
    SealedObject,
    SealPlan,
    StoredVersion,
    UploadPart,
)


class Ticket(NamedTuple):
    key: str
    size: int
    media_type: str
    sha256: str
    seconds: int


class FormTicket(NamedTuple):
    """A ticket for the form of a page: 1 to `most` bytes, then the browser goes to `back`."""

    key: str
    most: int
    back: str
    seconds: int


@dataclass(frozen=True)
class Version:
    content: bytes
    media_type: str = ""
    until: int | None = None
    hold: bool = False
    name: str = ""


class FakeObjects:
    """`objects.Objects`: a versioned bucket. The newest version of each key is last."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.forms: list[FormTicket] = []
        self.links: list[tuple[str, str, str]] = []
        """Key, name and media type of each download."""
        self.uploads: dict[str, str] = {}
        """The key of each unfinished multipart upload, by upload id."""
        self.stored: dict[str, dict[str, Version]] = {}
        self.full_reads = 0
        self._ids = itertools.count(1)

    def upload_ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> PostTicket:
        self.tickets.append(Ticket(key, size, media_type, sha256, seconds))
        fields = {"key": key, "Content-Type": media_type}
        return PostTicket(url="https://bucket.test/", fields=fields)

    def form_ticket(self, key: str, *, most: int, back: str, seconds: int) -> PostTicket:
        self.forms.append(FormTicket(key, most, back, seconds))
        return PostTicket(url="https://bucket.test/", fields={"key": key, "success_action_redirect": back})

    def upload_origin(self) -> str:
        return "https://bucket.test"

    def put(self, key: str, content: bytes, *, media_type: str = "", name: str = "") -> str:
        """`name`: of the file on the device, which came with a form."""
        return self._keep(key, Version(content, media_type, name=name))

    def begin(self, key: str, *, media_type: str) -> str:
        upload = f"upload-{next(self._ids)}"
        self.uploads[upload] = key
        return upload

    def part_tickets(self, key: str, upload: str, parts: Sequence[UploadPart], *, seconds: int) -> list[PartTicket]:
        return [PartTicket(part.number, f"https://bucket.test/{key}?{part.number}", {}) for part in parts]

    def complete(self, key: str, upload: str, parts: Sequence[tuple[UploadPart, str]]) -> None:
        """The content is the object that a test stored under the upload id."""
        if self.uploads.pop(upload, None) != key:
            raise LookupError(upload)

    def abort(self, key: str, upload: str) -> None:
        self.uploads.pop(upload, None)

    def arrived(self, key: str, version: str) -> ArrivedFile | None:
        found = self.stored.get(key, {}).get(version)
        return None if found is None else ArrivedFile(len(found.content), found.name)

    def latest_version(self, key: str) -> StoredVersion | None:
        versions = list(self.stored.get(key, {}).items())
        return StoredVersion(versions[-1][0], len(versions[-1][1].content)) if versions else None

    def read(self, key: str, version: str) -> Iterator[bytes]:
        if version not in self.stored.get(key, {}):
            raise LookupError(key)
        self.full_reads += 1
        yield self.stored[key][version].content

    def seal(self, source: str, version: str, target: str, plan: SealPlan) -> SealedObject:
        copies = self.stored.get(target)
        if copies:
            made, kept = list(copies.items())[-1]
            copies[made] = replace(kept, hold=plan.hold)
        else:
            kept = Version(self.stored[source][version].content, plan.media_type, plan.until, plan.hold)
            made = self._keep(target, kept)
        return SealedObject(made, len(kept.content), hashlib.sha256(kept.content).hexdigest())

    def set_legal_hold(self, key: str, version: str, *, on: bool) -> None:
        self.stored[key][version] = replace(self.stored[key][version], hold=on)

    def delete(self, key: str, version: str, *, early: bool = False) -> None:
        found = self.stored.get(key, {}).get(version)
        if found is not None and found.hold:
            raise ObjectLocked(key)
        self.stored.get(key, {}).pop(version, None)
        if not self.stored.get(key):
            self.stored.pop(key, None)

    def link(self, key: str, version: str, *, name: str, media_type: str, seconds: int) -> str:
        self.links.append((key, name, media_type))
        return f"https://bucket.test/{key}?versionId={version}"

    def to_view(self, key: str, version: str, *, media_type: str, seconds: int) -> str:
        return f"https://bucket.test/{key}?versionId={version}&disposition=inline"

    def present(self) -> set[str]:
        """The keys of all present objects."""
        return {key for key, versions in self.stored.items() if versions}

    def content(self, key: str) -> bytes | None:
        """The content of the newest version."""
        versions = list(self.stored.get(key, {}).values())
        return versions[-1].content if versions else None

    def _keep(self, key: str, version: Version) -> str:
        name = f"v{next(self._ids)}"
        self.stored.setdefault(key, {})[name] = version
        return name
