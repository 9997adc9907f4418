"""The files in a copy of a case: as many as there is room for, in the order in which they were given."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.evidence import evidence_queries, file_limits
from chalicelib.features.evidence.evidence_queries import EvidenceView, StoredCopy, VisibleEvidence
from chalicelib.policy.language.file_types import FILE_TYPES, MIB
from chalicelib.store.keys import CaseRef

if TYPE_CHECKING:
    from chalicelib.ports.files import Objects

ROOM_IN_MIB = 20
ROOM = ROOM_IN_MIB * MIB
"""Bytes of all files in a copy. The page of the case has the others."""
_NOT_IN_PATHS = re.compile(r'[<>:"|?*]')
"""Signs that Windows allows in no name of a file."""
_LONGEST = 100
"""Characters of a name in the ZIP file."""
_MOST_BYTES = 240
"""Of the name as UTF-8. Linux unpacks no name above 255 bytes, and a number stands before it."""


class CopiedFile(NamedTuple):
    """`path`: in the ZIP file; empty if the file is not in it, and then `content` is empty.

    `name`: empty if the reader may not read it. `sha256`: of the content, which lacks the file's metadata if the reader
    gets no original.
    """

    view: EvidenceView
    name: str
    path: str = ""
    content: bytes = b""

    @property
    def sha256(self) -> str | None:
        return hashlib.sha256(self.content).hexdigest() if self.path else None

    @property
    def is_left_out(self) -> bool:
        """The reader may have the file, but there was no room for it."""
        return not self.path and bool(self.view.copies)


def copied(
    objects: Objects, ref: CaseRef, found: Iterable[VisibleEvidence], names: Mapping[str, str]
) -> list[CopiedFile]:
    """`names`: of the files, by id."""
    files: list[CopiedFile] = []
    room = ROOM
    for number, visible in enumerate(found, 1):
        name, stored = names.get(visible.evidence.id, ""), evidence_queries.best_copy(ref, visible)
        content = None if stored is None else _content(objects, stored, room)
        one = CopiedFile(evidence_queries.view(visible), name)
        if stored is not None and content is not None:
            room -= len(content)
            one = one._replace(path=_path(number, visible, name, stored.media_type), content=content)
        files.append(one)
    return files


def _content(objects: Objects, stored: StoredCopy, room: int) -> bytes | None:
    """None if the object is larger than the room in bytes, or was erased a moment ago."""
    arrived = objects.arrived(stored.key, stored.version)
    if arrived is None or arrived.size > room:
        return None
    try:
        return b"".join(objects.read(stored.key, stored.version))
    except LookupError:
        return None


def _path(number: int, visible: VisibleEvidence, name: str, media_type: str) -> str:
    """A name without an ending gets that of its type, so that a device knows with what to open it."""
    evidence = visible.evidence
    typed = name if file_limits.has_ending(name) else f"{name.rstrip('. ')}.{FILE_TYPES[media_type].extension}"
    known = file_limits.download_name(typed, media_type) if name else ""
    last = _NOT_IN_PATHS.sub("_", known or file_limits.neutral_name(evidence.kind, evidence.id, media_type))
    return f"files/{number:02d}-{_fitting(last).rstrip('. ')}"


def _fitting(name: str) -> str:
    cuts = (file_limits.cut_name(name, most) for most in range(_LONGEST, 0, -1))
    return next(one for one in cuts if len(one.encode()) <= _MOST_BYTES)
