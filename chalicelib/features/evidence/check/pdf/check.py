"""Checks PDF documents (ISO 32000): no active content, no attachments, no decompression bombs.

Two readers must both find nothing: a search of the bytes, which also sees earlier revisions of the document, and a
parser (`other_process`), which sees what is encoded, escaped or elsewhere in the file.
"""

from __future__ import annotations

from typing import BinaryIO

from chalicelib.features.evidence.check.pdf import other_process, raw_scan


def check(file: BinaryIO, size: int) -> bytes | None:
    """Returns a copy without metadata, or None if the document cannot be cleaned.

    Raises `Refusal` for a file that is broken or a bomb, or has active content or a second file in it.
    """
    raw_scan.check(file, size)
    return other_process.check(file, size)
