"""What the process that reads a PDF answers: its exit code is a reason for a refusal, or says that there is none."""

from __future__ import annotations

from chalicelib.features.evidence.refusal import REASONS, Refusal

NOTHING_FOUND, COPIED = 0, 3
"""`COPIED`: nothing was found, and a copy without metadata was written."""
_FIRST = 64
"""Python and the shell use the codes below."""


class ReaderFailed(Exception):
    """The process could not do its work, for a reason that is not in the document."""


def exit_code(refusal: Refusal) -> int:
    return _FIRST + REASONS.index(refusal.reason)


def raise_refusal(code: int) -> None:
    """Raises the `Refusal` of an exit code. Raises `ReaderFailed` for a code that the process does not give."""
    if code in (NOTHING_FOUND, COPIED):
        return
    if not _FIRST <= code < _FIRST + len(REASONS):
        raise ReaderFailed(f"the process that reads PDFs ended with {code}")
    raise Refusal(REASONS[code - _FIRST])
