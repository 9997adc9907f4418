"""Checks the content of one file that is no archive: alone, or as a member of an archive."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from chalicelib.features.evidence.check import images, markers, sniff
from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.pdf import check as pdf
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.policy.language.file_types import FILE_TYPES

ENDS = 128 * 1024
"""Bytes kept of a file's beginning and end. A ZIP's last record may start 65,557 bytes before the end."""


class Ends(NamedTuple):
    """A file's size in bytes, and at most `ENDS` bytes of its beginning and end."""

    size: int
    head: bytes
    tail: bytes


def check_stream(ends: Ends) -> None:
    """Checks only both ends of audio and video: the compressed data between them matches any marker by chance."""
    markers.refuse_zip(ends.tail, ends.size)
    for end in (ends.head, ends.tail):
        markers.refuse_script(end)


def check(media_type: str, file: BinaryIO, ends: Ends) -> Copies | None:
    """Checks a file of the type that its first bytes have. Returns its copies if it can be cleaned.

    Raises `Refusal`.
    """
    content = FILE_TYPES[media_type].content
    if content == "text":
        sniff.check_text(file)
        return None
    markers.refuse_zip(ends.tail, ends.size)
    if content == "pdf":
        copy = pdf.check(file, ends.size)
        return None if copy is None else Copies(copy)
    if content == "image":
        return images.check(media_type, file)
    raise Refusal("not-scannable")
