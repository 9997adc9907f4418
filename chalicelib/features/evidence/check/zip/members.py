"""Checks each member of an archive as if it had come alone. An archive inside an archive is refused."""

from __future__ import annotations

import tempfile
import zipfile
from typing import IO, BinaryIO

from chalicelib.features.evidence.check import contents, sniff
from chalicelib.features.evidence.check.contents import ENDS, Ends
from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.zip import names
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.policy.language.file_types import FILE_TYPES, MAX_INSPECTED_BYTES

_PIECE = 1 << 16


def check(archive: zipfile.ZipFile, budget: InflationBudget) -> None:
    """Raises `Refusal`."""
    for info in archive.infolist():
        with archive.open(info) as member:
            check_member(info.filename, member, budget)


def check_member(name: str, member: IO[bytes], budget: InflationBudget) -> None:
    """Reads the member to its end, so that `zipfile` verifies its checksum."""
    head = member.read(ENDS)
    budget.spend(len(head))
    if not head and name.endswith("/"):
        return
    media_type = sniff.media_type(head) if head else "text/plain"
    if media_type is None or media_type not in names.EXTENSIONS:
        raise Refusal("active-content")
    names.check_extension(name, media_type)
    if FILE_TYPES[media_type].streamed:
        contents.check_stream(_read(member, head, budget, None))
        return
    with tempfile.TemporaryFile() as disk:
        ends = _read(member, head, budget, disk)
        contents.check(media_type, disk, ends)


def _read(member: IO[bytes], head: bytes, budget: InflationBudget, disk: BinaryIO | None) -> Ends:
    """Inflates the rest; writes everything to `disk` if given."""
    size, tail, piece = 0, b"", head
    while piece:
        size += len(piece)
        tail = (tail + piece)[-ENDS:]
        if disk is not None:
            if size > MAX_INSPECTED_BYTES:
                raise Refusal("bomb")
            disk.write(piece)
        piece = member.read(_PIECE)
        budget.spend(len(piece))
    return Ends(size, head, tail)
